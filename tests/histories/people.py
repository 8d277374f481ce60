"""Steps: leave, stay, come back, change area, hand over, look after an area; days that pass."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from roles.actions import handover as actions
from roles.actions import people
from roles.models import Assignment
from roles.policy import has_not_left
from roles.queries import handover
from tests.histories.world import PICK, World, one_of


class PeopleSteps(World):
    @rule(days=st.integers(min_value=1, max_value=60))
    def days_pass(self, days: int) -> None:
        self.pass_days(days)

    @rule(who=PICK, days=st.integers(-10, 40), by=PICK)
    def leave(self, who: int, days: int, by: int) -> None:
        person = self.leaver(who)
        self.attempt(people.record_last_day, person, self.day(days), actor=self.actor(by), reason="New job")

    @rule(who=PICK)
    def stay_or_return(self, who: int) -> None:
        """What comes back is what was approved, and nothing else begins."""
        person = self.leaver(who)
        before = dict(Assignment.objects.filter(person=person).values_list("pk", "state"))
        done = self.attempt(people.record_last_day, person, None, actor=self.made.cast.ism)
        assert done is not None, self.refused
        assert dict(Assignment.objects.filter(person=person).values_list("pk", "state")) == before

    @rule(who=PICK, where=PICK, boss=st.none() | PICK)
    def change_area(self, who: int, where: int, boss: int | None) -> None:
        manager = None if boss is None else self.person(boss)
        self.attempt(
            people.change_person, self.person(who), actor=self.made.cast.ism, area=one_of(self.made.areas, where), manager=manager
        )  # fmt: skip

    @rule(who=PICK, to=PICK, days=st.integers(0, 30))
    def hand_over(self, who: int, to: int, days: int) -> None:
        """All successors are proposed, or none."""
        person, before = self.leaver(who), Assignment.objects.count()
        rows = [row for row in handover.rows(person, self.day(0)) if not row.hurdle][:3]
        chosen = {row.seat.pk: row.best or self.person(to) for row in rows}
        start = max(handover.first_day(person, self.day(0)), self.day(days))
        done = self.attempt(
            actions.hand_over, person, successors=chosen, starts_on=start, reason="Goes on", actor=self.made.cast.ism
        )
        assert Assignment.objects.count() - before == (len(chosen) if done else 0)

    @rule(who=PICK, where=PICK, ends=st.booleans())
    def look_after_an_area(self, who: int, where: int, ends: bool) -> None:
        verb = people.end_representation if ends else people.name_representative
        self.attempt(verb, self.person(who), one_of(self.made.areas, where), actor=self.made.cast.ism)

    @rule(who=PICK)
    def somebody_who_left_comes_in_nowhere(self, who: int) -> None:
        """Rule 5: access ends at the first request after the last day."""
        person = self.person(who)
        if person.user is not None:
            assert has_not_left(person.user) == (person.last_day is None or person.last_day >= self.day(0))
