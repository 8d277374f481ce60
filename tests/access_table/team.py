"""The management review team: Hana speaks for Operations, Dov stands in; Finance has nobody. One meeting was held, one is planned;
the colleague, who is not on the team, has something to do."""

from datetime import timedelta
from types import SimpleNamespace

from ismsroles.core import clock
from reviews.actions import minuting, papers
from reviews.actions.feeds import make_link
from roles.actions import guidance
from roles.models import Policy
from tests.access_walk import Row
from tests.reviews.making import held, meeting, seated


def furnish(world: SimpleNamespace) -> None:
    world.charter = seated(world)
    world.met, world.coming = held(world), meeting(days=20)
    world.item = world.met.agendaitem_set.first()
    world.decided = minuting.decide(world.met, actor=world.ism, text="Carry on.")
    due = clock.today() + timedelta(days=30)
    world.given = minuting.give_action(
        world.met, actor=world.ism, text="Tell all.", owner=world.people.colleague, due_on=due
    )
    policy = guidance.add(Policy, actor=world.ism, title="Access policy", version="1", dated=clock.today())
    link = {"link": "https://wiki.testhouse.example/access", "sha256": "a" * 64}
    world.paper = papers.hand_in(actor=world.ism, policy=policy, number="2", summary="Shorter.", **link)
    world.calendar_secret = make_link(world.people.holder, actor=world.holder)


# fmt: off
# Personas: administrator ism top representative holder deputy auditor colleague. Tora, who holds the top role, chairs.
SEEN, KEPT = "200 200 200 403 200 200 200 403", "403 200 200 403 403 403 403 403"
ONE, OWN = "200 200 200 404 200 200 200 404", "403 200 200 404 403 403 403 404"
ISM, OWN_ISM = "403 200 403 403 403 403 403 403", "403 200 403 404 403 403 403 404"
ACTION, OF_ACTION = "200 200 200 404 200 200 200 200", "403 200 200 404 403 403 403 403"


def posts(row: str, answer: str) -> str:
    """The same, with another answer for whoever may."""
    return row.replace("200", answer)


TABLE = [
    Row("team", "200", "405"),
    Row("team-edit", ISM, posts(ISM, "422")),
    Row("meetings", SEEN, "405"),
    Row("meeting-plan", KEPT, posts(KEPT, "422")),
    Row("meeting", ONE, "405", lambda w: [w.met.pk]),
    Row("meeting-edit", OWN, posts(OWN, "422"), lambda w: [w.coming.pk]),
    Row("meeting-cancel", OWN, posts(OWN, "422"), lambda w: [w.coming.pk]),
    Row("meeting-invite", OWN, posts(OWN, "302"), lambda w: [w.coming.pk]),
    Row("meeting-hold", OWN, posts(OWN, "422"), lambda w: [w.met.pk], what="after something was decided"),
    Row("meeting-hold", OWN, posts(OWN, "409"), lambda w: [w.coming.pk], what="before it began"),
    Row("meeting-report", OWN_ISM, posts(OWN_ISM, "302"), lambda w: [w.met.pk]),
    Row("meeting-item-add", OWN, posts(OWN, "422"), lambda w: [w.met.pk]),
    Row("meeting-item", OWN, posts(OWN, "302"), lambda w: [w.met.pk, w.item.pk]),
    Row("decision-add", OWN, posts(OWN, "422"), lambda w: [w.met.pk]),
    Row("decision-remove", OWN, posts(OWN, "302"), lambda w: [w.met.pk, w.decided.pk]),
    Row("team-action-add", OWN, posts(OWN, "422"), lambda w: [w.met.pk]),
    Row("meeting-minutes", OWN_ISM, posts(OWN_ISM, "302"), lambda w: [w.met.pk]),
    Row("minutes-send", "404", "404", lambda w: [w.published.pk], what="of a document that is no minutes"),
    Row("team-actions", "200", "405"),
    Row("team-action", ACTION, "405", lambda w: [w.given.pk]),
    Row("team-action-edit", OF_ACTION, posts(OF_ACTION, "422"), lambda w: [w.given.pk]),
    Row("team-action-close", "403 200 200 404 403 403 403 200", "403 422 422 404 403 403 403 422", lambda w: [w.given.pk]),
    Row("team-action-drop", OF_ACTION, posts(OF_ACTION, "422"), lambda w: [w.given.pk]),
    Row("team-action-reopen", OF_ACTION, posts(OF_ACTION, "422"), lambda w: [w.given.pk]),
    Row("papers", "200", "405"),
    Row("paper-add", ISM, posts(ISM, "422")),
    Row("paper-send", OWN_ISM, posts(OWN_ISM, "422"), lambda w: [w.paper.version_id]),
    Row("paper-file", "404", "405", lambda w: [w.paper.pk], what="kept elsewhere"),
    Row("calendar", "403 200 200 200 200 200 403 200", "405"),
    Row("calendar-link", "405", "403 200 200 200 200 200 403 200"),
    Row("calendar-revoke", "405", "403 302 302 302 302 302 403 302"),
    Row("calendar-feed", "200", "405", lambda w: [w.calendar_secret], stranger="200 405", what="with the secret of somebody"),
    Row("calendar-feed", "404", "405", lambda w: ["x" * 43], stranger="404 405", what="with a secret of nobody"),
]
# fmt: on
