"""Steps after an approval: letters answered, people away and back."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ismsroles.records.actions import keep
from roles.actions import absences, letters
from roles.models import Absence, Assignment, Letter
from tests.histories.world import PICK, World, one_of


def _letters(machine: World) -> bool:
    return machine.is_appointed


class AfterwardsSteps(World):
    @precondition(_letters)
    @rule(which=PICK, by=st.none() | PICK, accepts=st.booleans())
    def answer_a_letter(self, which: int, by: int | None, accepts: bool) -> None:
        """By the person, or by somebody who has no business to."""
        letter = one_of(Letter.objects.filter(state="appointed").select_related("person__user").order_by("pk"), which)
        if letter.pdf_id is None:
            letter.pdf = keep(b"%PDF-1.7", "application/pdf")
            letter.save()
        actor = letter.person.user if by is None else self.actor(by)
        verb = letters.accept_letter if accepts else letters.decline_letter
        if actor is None:
            return
        done = self.attempt(verb, letter, actor=actor, seen_sha256=letter.pdf_id, reason="Because.")
        if done is not None:
            made = Assignment.objects.get(pk=letter.assignment_id)
            assert done.answered_by_person_id == made.person_id
            assert accepts or not made.is_current(self.day(0)), "who declines does not hold it from then on"

    @rule(who=PICK, by=PICK, starts=st.integers(-3, 5), lasts=st.none() | st.integers(-1, 20))
    def be_away(self, who: int, by: int, starts: int, lasts: int | None) -> None:
        self.attempt(
            absences.record_absence, self.person(who), actor=self.actor(by), starts_on=self.day(starts),
            ends_on=None if lasts is None else self.day(starts + lasts),
        )  # fmt: skip

    @rule(which=PICK, days=st.integers(-1, 9))
    def come_back(self, which: int, days: int) -> None:
        one = one_of(Absence.objects.order_by("pk"), which)
        if one is not None:
            self.attempt(absences.end_absence, one, actor=self.made.cast.ism, last_day=self.day(days))
