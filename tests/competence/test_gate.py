"""Who lacks what a role must have is proposed only with a training plan; the approver reads it (C4)."""

from datetime import timedelta

import pytest

from competence.actions.training import cancel_training
from ismsroles.core import clock
from ismsroles.core.errors import Invalid
from ismsroles.core.shown import fingerprint
from roles import checks
from roles.actions.assignments import approve_assignment, propose_assignment
from roles.models import Assignment
from roles.shown import shown
from tests.competence import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill(cast):
    made = world.skill("Digital evidence")
    world.need(cast.roles.vacant, made, 2)
    return made


def propose(cast, person=None, **more):
    given = {"starts_on": clock.today(), "reason": "Fits.", **more}
    return propose_assignment(role=cast.roles.vacant, person=person or cast.people.colleague, actor=cast.ism, **given)


def approve(cast, assignment):
    seen = fingerprint(shown(Assignment.objects.get(pk=assignment.pk)))
    return approve_assignment(assignment, actor=cast.top, seen_hash=seen)


def notes(assignment, viewer=None):
    return " ".join(
        f"{note.severity} {note.sentence} {note.detail}" for note in checks.look(assignment, clock.today(), viewer)
    )


def test_who_lacks_a_must_is_not_proposed_without_a_plan(cast, skill):
    with pytest.raises(Invalid, match=r"lacks what Continuity manager must have.*Digital evidence"):
        propose(cast)
    assert not Assignment.objects.pending().exists()


def test_with_a_plan_it_is_proposed_and_the_approver_reads_the_plan(cast, skill):
    world.plan(cast.people.colleague, skill, cast.people.ism)
    made = propose(cast)
    assert "0 of 1 skills" in notes(made, cast.top) and "Course, two days" in notes(made, cast.top)
    assert approve(cast, made).state == "approved"


def test_a_plan_whose_day_is_over_is_no_plan(cast, skill):
    world.plan(cast.people.colleague, skill, cast.people.ism, clock.today() - timedelta(days=1))
    with pytest.raises(Invalid):
        propose(cast)


def test_when_the_plan_is_cancelled_nothing_is_approved(cast, skill):
    plan = world.plan(cast.people.colleague, skill, cast.people.ism)
    made = propose(cast)
    cancel_training(plan, actor=cast.ism, reason="No budget.")
    with pytest.raises(Invalid):
        approve(cast, made)
    assert Assignment.objects.get(pk=made.pk).state == "proposed"


def test_who_has_shown_it_is_proposed_as_before(cast, skill):
    world.shows(cast.people.colleague, skill, 2)
    assert "good Cole Colleague has shown all 1 skills" in notes(propose(cast))


def test_a_deputy_is_asked_for_the_same(cast, skill):
    with pytest.raises(Invalid):
        propose(cast, seat="deputy")


def test_what_is_wished_for_asks_for_a_reason(cast):
    world.need(cast.roles.vacant, world.skill(), 2, strength="should")
    with pytest.raises(Invalid, match="Say why"):
        propose(cast, reason="")
    assert propose(cast).state == "proposed"


def test_a_suggestion_that_nobody_confirmed_stops_nobody(cast):
    world.need(cast.roles.vacant, world.skill(), 2, is_suggested=True)
    assert propose(cast).state == "proposed"


def test_who_may_not_know_reads_that_it_was_looked_at_and_no_more(cast, skill):
    world.plan(cast.people.colleague, skill, cast.people.ism)
    made = propose(cast)
    for who in (cast.administrator, cast.holder):
        assert "Digital evidence" not in notes(made, who) and "Competence was looked at" in notes(made, who)


def test_the_page_of_a_proposal_leads_to_the_plan_and_back(cast, skill, as_user):
    client, person = as_user("ism"), cast.people.colleague
    asked = {
        "role": cast.roles.vacant.pk,
        "person": f"{person.name} <{person.email}>",
        "seat": "primary",
        "reason": "x",
    }
    page = client.post("/assignments/propose/checks/", asked)
    url = f"/competence/plan/?role={cast.roles.vacant.pk}&amp;person={person.pk}"
    assert url in page.content.decode()
    day = (clock.today() + timedelta(days=20)).isoformat()
    owner = f"{cast.people.ism.name} <{cast.people.ism.email}>"
    sent = client.post(
        url.replace("&amp;", "&"), {"owner": owner, f"what_{skill.pk}": "Course", f"due_{skill.pk}": day}
    )
    assert sent.status_code == 302 and "/assignments/propose/" in sent.url
    assert propose(cast).state == "proposed"
