"""Steps: somebody is proposed, and approved, for what a blocking rule keeps apart from what they hold (rule 8)."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ismsroles.core.shown import fingerprint
from roles.actions import assignments
from roles.models import Assignment, Role
from roles.shown import shown
from tests.histories.world import PICK, World, one_of


class SeparationSteps(World):
    @rule(which=PICK, starts=st.integers(0, 30), seat=st.sampled_from(["primary", "deputy"]))
    def unite_what_is_kept_apart(self, which: int, starts: int, seat: str) -> None:
        held = one_of(Assignment.objects.approved().filter(role__in=self.made.apart).order_by("pk"), which)
        if held is None:
            return
        other = next(pk for pk in self.made.apart if pk != held.role_id)
        made = self.attempt(
            assignments.propose_assignment, role=Role.objects.get(pk=other), person=held.person, actor=self.made.cast.ism,
            starts_on=self.day(starts), seat=seat, reason="Because.",
        )  # fmt: skip
        if made is not None:
            seen = fingerprint(shown(made))
            self.attempt(
                assignments.approve_assignment, made, actor=self.made.cast.top, seen_hash=seen, reason="Because."
            )
