"""Steps: propose, decide, withdraw, end; an approval of what was not shown."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ismsroles.core.shown import fingerprint
from roles.actions import assignments
from roles.models import Assignment, Person
from roles.shown import shown
from tests.histories.world import PICK, World, one_of


def _waits(machine: World) -> bool:
    return machine.waits


class AssignmentSteps(World):
    @rule(
        who=PICK, what=PICK, by=PICK, starts=st.integers(-5, 40), lasts=st.none() | st.integers(-2, 90),
        seat=st.sampled_from(["primary", "primary", "deputy"]), deputy=st.none() | PICK,
    )  # fmt: skip
    def propose_anything(self, who, what, by, starts, lasts, seat, deputy) -> None:
        first = self.day(starts)
        self.attempt(
            assignments.propose_assignment,
            role=self.role(what), person=self.person(who), actor=self.actor(by), seat=seat, starts_on=first,
            ends_on=None if lasts is None else self.day(starts + lasts), deputy=None if deputy is None else self.person(deputy),
        )  # fmt: skip

    @rule(who=PICK, what=PICK, starts=st.integers(0, 20), lasts=st.none() | st.integers(10, 90))
    def propose(self, who: int, what: int, starts: int, lasts: int | None) -> None:
        """What usually fits: somebody who is here, from now on."""
        here = Person.objects.current(self.day(0)).order_by("pk")
        self.attempt(
            assignments.propose_assignment, role=self.role(what), person=one_of(here, who), actor=self.made.cast.ism,
            starts_on=self.day(starts), ends_on=None if lasts is None else self.day(starts + lasts),
        )  # fmt: skip

    @precondition(_waits)
    @rule(which=PICK, by=PICK)
    def approve(self, which: int, by: int) -> None:
        self._decided(which, by, assignments.approve_assignment)

    @precondition(_waits)
    @rule(which=PICK, by=PICK)
    def approve_as_approver(self, which: int, by: int) -> None:
        self._decided(which, by % len(self.made.approvers), assignments.approve_assignment)

    @precondition(_waits)
    @rule(which=PICK, by=PICK)
    def reject(self, which: int, by: int) -> None:
        self._decided(which, by, assignments.reject_assignment)

    @precondition(_waits)
    @rule(which=PICK, by=PICK)
    def withdraw(self, which: int, by: int) -> None:
        waiting = one_of(Assignment.objects.pending().order_by("pk"), which)
        self.attempt(assignments.withdraw_assignment, waiting, actor=self.actor(by))

    @precondition(_waits)
    @rule(which=PICK, by=PICK)
    def approve_what_was_not_shown(self, which: int, by: int) -> None:
        """Rule 2: another fingerprint than that of what is there now decides nothing, whoever sends it."""
        waiting = one_of(Assignment.objects.pending().order_by("pk"), which)
        done = self.attempt(
            assignments.approve_assignment, waiting, actor=one_of(self.made.approvers, by), seen_hash="0" * 64
        )
        assert done is None and Assignment.objects.get(pk=waiting.pk).state == "proposed"

    @rule(which=PICK, days=st.integers(-3, 60))
    def end(self, which: int, days: int) -> None:
        held = one_of(Assignment.objects.approved().filter(role__in=self.made.role_ids).order_by("pk"), which)
        if held is not None:
            self.attempt(
                assignments.end_assignment, held, actor=self.made.cast.ism, last_day=self.day(days), reason="Because."
            )

    def _decided(self, which: int, by: int, verb) -> None:
        waiting = one_of(Assignment.objects.pending().select_related("role", "person").order_by("pk"), which)
        seen = fingerprint(shown(waiting))
        done = self.attempt(verb, waiting, actor=self.actor(by), seen_hash=seen, reason="Because.")
        if done is not None and done.state == "approved":
            person = self.person_now(done.person_id)
            assert person.is_current(self.day(0)), "rule 4: only who is here is approved"

    def person_now(self, pk: int):
        return type(self.person(0)).objects.get(pk=pk)
