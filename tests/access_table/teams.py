"""Teams: Hana leads the night watch, which is proposed for the night guard's role."""

from types import SimpleNamespace

from ismsroles.core import clock
from roles.actions import teams
from roles.models import TeamMember
from tests import factories
from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("work-teams", "200", "405"),
    Row("work-team", "200", "405", lambda w: [w.team.pk]),
    Row("work-team-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("work-team-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.team.pk]),
    Row("work-team-close", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.team.pk]),
    Row("work-team-join", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.team.pk]),
    Row("work-team-propose", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.team.pk]),
    Row("work-team-leave", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.team_member]),
    Row("work-team-end", "403 200 403 403 403 404 403 404", "403 422 403 403 403 404 403 404", lambda w: [w.team_seat]),
    Row("work-team-decide", "200 200 200 200 403 403 200 403", "403 403 422 403 403 403 403 403", lambda w: [w.team_proposal]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """Proposed, and not decided yet."""
    world.team = teams.add_team(actor=world.ism, name="Night watch")
    for person in (world.people.holder, world.people.deputy):
        leads = person == world.people.holder
        teams.join_team(world.team, person=person, actor=world.ism, starts_on=clock.today(), leads=leads)
    made = teams.propose_team(
        world.team, role=factories.role("Night guard"), actor=world.ism, starts_on=clock.today(), reason="Fits"
    )
    world.team_member = TeamMember.objects.filter(team=world.team).latest("pk").pk
    world.team_seat, world.team_proposal = made[0].pk, made[0].proposal
