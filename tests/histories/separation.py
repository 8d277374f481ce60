"""Steps: somebody is proposed, and approved, for what a blocking rule keeps apart from what they hold (rule 8)."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ismsroles.core.shown import fingerprint
from roles.actions import assignments, separation_exceptions
from roles.models import Assignment, Role, SeparationException
from roles.shown import shown
from roles.shown_separation import shown as shown_exception
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

    @rule(who=PICK, lasts=st.integers(0, 90), by=PICK, rejects=st.booleans())
    def ask_for_an_exception(self, who: int, lasts: int, by: int, rejects: bool) -> None:
        """For a rule that only warns: what blocks stays blocked in every history."""
        made = self.attempt(
            separation_exceptions.request_exception, actor=self.made.cast.ism, rule=self.made.warns, person=self.person(who),
            control="Somebody else looks each week.", reason="Because.", starts_on=self.day(0), ends_on=self.day(lasts),
        )  # fmt: skip
        if made is not None:
            seen = fingerprint(shown_exception(made))
            verb = separation_exceptions.reject_exception if rejects else separation_exceptions.approve_exception
            self.attempt(verb, made, actor=self.actor(by), seen_hash=seen, reason="Because.")

    def exceptions_hold(self) -> None:
        """Rule 8: each exception in force has a control, an approver who is neither proposer nor the person, and an end."""
        for one in SeparationException.objects.filter(state="approved"):
            assert one.control and one.ends_on and one.decided_by_person_id not in (None, one.person_id), one.pk
            assert one.decided_by_id != one.proposed_by_id, one.pk
