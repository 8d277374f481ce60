"""Steps: a team is joined, led by another one, left, proposed for a role, decided on at once (A2)."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ismsroles.core.shown import fingerprint
from roles.actions import teams
from roles.models import Assignment, TeamMember
from roles.queries.teams import in_order, shown_together
from tests.histories.world import PICK, World, one_of


def _waits(_machine: World) -> bool:
    return Assignment.objects.pending().exclude(team=None).exists()


class TeamSteps(World):
    @rule(who=PICK, starts=st.integers(0, 10), lasts=st.none() | st.integers(0, 60), leads=st.booleans())
    def join_the_team(self, who: int, starts: int, lasts: int | None, leads: bool) -> None:
        self.attempt(
            teams.join_team, self.made.team, person=self.person(who), actor=self.made.cast.ism, starts_on=self.day(starts),
            ends_on=None if lasts is None else self.day(starts + lasts), leads=leads,
        )  # fmt: skip

    @rule(which=PICK, days=st.integers(-2, 20))
    def leave_the_team(self, which: int, days: int) -> None:
        one = one_of(TeamMember.objects.filter(state="recorded").select_related("team").order_by("pk"), which)
        if one is not None:
            self.attempt(teams.leave_team, one, actor=self.made.cast.ism, last_day=self.day(days), reason="Because.")

    @rule(what=PICK, starts=st.integers(0, 10), lasts=st.none() | st.integers(5, 60))
    def propose_the_team(self, what: int, starts: int, lasts: int | None) -> None:
        """All of them are proposed, or none."""
        before = Assignment.objects.count()
        made = self.attempt(
            teams.propose_team, self.made.team, role=self.role(what), actor=self.made.cast.ism, starts_on=self.day(starts),
            ends_on=None if lasts is None else self.day(starts + lasts), reason="Because.",
        )  # fmt: skip
        assert Assignment.objects.count() - before == len(made or ())

    @precondition(_waits)
    @rule(which=PICK, by=PICK, verb=st.sampled_from(["approve", "approve", "reject"]))
    def decide_on_the_team(self, which: int, by: int, verb: str) -> None:
        """Nobody of them, or all: also when one of them may not be."""
        proposals = Assignment.objects.pending().exclude(team=None).order_by("pk").values_list("proposal", flat=True)
        rows = in_order(Assignment.objects.pending().filter(proposal=one_of(proposals, which)))
        seen = fingerprint(shown_together(rows))
        self.attempt(
            teams.decide_team, rows, verb=verb, actor=self.actor(by % 6), seen_hash=seen, reason="Because."
        )  # fmt: skip
        states = set(Assignment.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True))
        assert len(states) == 1, states

    def teams_hold(self) -> None:
        """One lead and nobody twice on any day; nobody belongs beyond their last day; members hold nothing unapproved."""
        rows = TeamMember.objects.filter(state="recorded").order_by("starts_on")
        found = list(rows.values_list("team_id", "person_id", "is_lead", "starts_on", "ends_on", "person__last_day"))
        for number, (team, person, leads, _first, last, last_day) in enumerate(found):
            assert last_day is None or (last is not None and last <= max(last_day, _first)), (person, last, last_day)
            for other in found[number + 1 :]:
                if other[0] == team and (last is None or other[3] <= last):
                    assert other[1] != person and not (leads and other[2]), (person, other)
