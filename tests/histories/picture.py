"""The register as it is after a step, read in a few queries, and what an auditor would say of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from ismsroles.core.models import AuditEvent
from roles.models import Assignment, DelegatedDuty, Person

END = date.max
COLUMNS = (
    "pk", "role_id", "area_id", "person_id", "seat", "single_holder", "state", "starts_on", "ends_on", "is_founding",
    "proposed_by_id", "proposed_by_person_id", "decided_by_id", "decided_by_person_id", "cut_by_leaving", "approved_end",
    "decided_for_id", "role__state", "letter__state",
)  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """One assignment, as the database has it."""

    pk: int
    role_id: int
    area_id: int | None
    person_id: int
    seat: str
    single_holder: bool
    state: str
    starts_on: date
    ends_on: date | None
    is_founding: bool
    proposed_by_id: int
    proposed_by_person_id: int | None
    decided_by_id: int | None
    decided_by_person_id: int | None
    cut_by_leaving: bool
    approved_end: date | None
    decided_for_id: int | None
    role_state: str
    letter_state: str | None

    @property
    def last(self) -> date:
        return self.ends_on or END


class Picture:
    """All seats and people on one day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.seats = [Seat(*row) for row in Assignment.objects.order_by("pk").values_list(*COLUMNS)]
        rows = Person.objects.values_list("pk", "last_day", "user_id")
        self.last_days = {pk: last_day for pk, last_day, _user in rows}
        self.person_of = {user: pk for pk, _last_day, user in rows if user}

    @cached_property
    def approved(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.state == "approved"]

    def hold(self) -> None:
        """Every rule that can be seen in the rows alone."""
        self.nobody_decided_about_themself()
        self.one_holder_and_nobody_twice()
        self.nobody_holds_beyond_their_last_day()
        self.no_deputy_decided_for_whom_it_concerns()
        self.retired_roles_hold_nothing()
        self.no_term_is_longer_than_approved()

    def nobody_decided_about_themself(self) -> None:
        """Rule 1: the approver is neither proposer nor the person, by person and by login."""
        for seat in self.seats:
            if seat.decided_by_id is not None:
                assert seat.decided_by_person_id not in (None, seat.person_id, seat.proposed_by_person_id), seat
                assert seat.decided_by_id != seat.proposed_by_id, seat
                assert self.person_of.get(seat.decided_by_id) in (None, seat.decided_by_person_id), seat
            elif seat.state in ("approved", "rejected"):
                assert seat.is_founding, seat

    def one_holder_and_nobody_twice(self) -> None:
        """Rule 3: one holder at a time; nobody is holder and deputy of a role on the same day."""
        for a, b in combinations(self.approved, 2):
            if (a.role_id, a.area_id) == (b.role_id, b.area_id) and a.starts_on <= b.last and b.starts_on <= a.last:
                assert a.person_id != b.person_id, (a, b)
                assert not (a.single_holder and b.single_holder and a.seat == b.seat == "primary"), (a, b)

    def nobody_holds_beyond_their_last_day(self) -> None:
        """Rule 5: whoever has a last day holds nothing after it, and nothing beyond it is proposed."""
        for seat in self.seats:
            last_day = self.last_days[seat.person_id]
            if last_day is not None and seat.state in ("approved", "proposed"):
                begins_later = seat.state == "approved" and seat.starts_on > last_day and seat.last == seat.starts_on
                assert seat.last <= last_day or begins_later, (seat, last_day)

    def no_term_is_longer_than_approved(self) -> None:
        """What a leaving cut is shorter than what was approved; nothing else remembers another end."""
        for seat in self.seats:
            assert seat.cut_by_leaving or seat.approved_end is None, seat
            assert not seat.cut_by_leaving or seat.last < (seat.approved_end or END), seat

    def nobody_unites(self, one: int, other: int) -> None:
        """Rule 8: what a blocking rule keeps apart is on no day held or deputised by one person."""
        for a, b in combinations(self.approved, 2):
            if {a.role_id, b.role_id} == {one, other} and a.person_id == b.person_id:
                assert a.starts_on > b.last or b.starts_on > a.last, (a, b)

    def delegations_stay_within(self) -> None:
        """A8: one person at a time for a responsibility, never the holder, never beyond what holder and delegate have themselves."""
        seats = {seat.pk: seat for seat in self.seats}
        rows = list(DelegatedDuty.objects.filter(lives=True).select_related("delegation"))
        for duty in rows:
            one, seat = duty.delegation, seats[duty.assignment_id]
            assert one.holder_id == seat.person_id != one.delegate_id, one.pk
            ends = [day for day in (self.last_days[one.holder_id], self.last_days[one.delegate_id]) if day]
            for last in (seat.last, *ends):
                assert one.ends_on <= last or one.ends_on < self.today, (one.pk, last)
            assert seat.state == "approved" or one.ends_on < self.today, one.pk
        for a, b in combinations(rows, 2):
            same = (a.assignment_id, a.responsibility_id) == (b.assignment_id, b.responsibility_id)
            assert not (same and a.starts_on <= b.ends_on and b.starts_on <= a.ends_on), (a.pk, b.pk)

    def no_deputy_decided_for_whom_it_concerns(self) -> None:
        """Rule 1 through deputies: the absent holder is neither the person nor the proposer; the deputy is not the absent holder."""
        for seat in self.seats:
            absent = seat.decided_for_id
            assert absent is None or absent not in (
                seat.person_id,
                seat.proposed_by_person_id,
                seat.decided_by_person_id,
            )

    def retired_roles_hold_nothing(self) -> None:
        """Rule 7: a role that is out of force has nobody in it and nobody proposed for it."""
        for seat in self.seats:
            open_seat = seat.state == "proposed" or (seat.state == "approved" and seat.last >= self.today)
            assert not (open_seat and seat.role_state == "retired"), seat


def nothing_was_lost() -> None:
    """Rule 12, asked once at the end: the last history row says what the row says, and each decision left one event."""
    said = {
        pk: (state, ends_on)
        for pk, state, ends_on in Assignment.history.order_by("history_id").values_list("id", "state", "ends_on")
    }
    for pk, state, ends_on in Assignment.objects.filter(pk__in=said).values_list("pk", "state", "ends_on"):
        assert said[pk] == (state, ends_on), pk
    last_days = dict(Person.history.order_by("history_id").values_list("id", "last_day"))
    for pk, last_day in Person.objects.filter(pk__in=last_days).values_list("pk", "last_day"):
        assert last_days[pk] == last_day, pk
    made = Assignment.objects.exclude(state__in=["approved", "rejected"], seen_hash="")  # not those of the cast
    for state in ("approved", "rejected", "withdrawn", "declined"):
        also = ["declined"] if state == "approved" else []  # it was approved first
        rows = made.filter(state__in=[state, *also]).values_list("pk", flat=True)
        told = AuditEvent.objects.filter(code=f"assignment.{state}").values_list("subject_id", flat=True)
        assert sorted(map(int, told)) == sorted(rows), state
    assert all(event.is_intact() for event in AuditEvent.objects.all())
