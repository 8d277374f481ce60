"""What one person must do and may decide, and who does the rest (K1, K6)."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import CharField
from django.db.models.functions import Cast

from ismsroles.core.models import AuditEvent
from roles.models import Assignment, Authority, Delegation, Person, Responsibility
from roles.queries.absences import acting_now
from roles.queries.delegations import own_by_duty
from roles.queries.held import HeldRole, held_roles

CHANGES_SHOWN = 6


@dataclass(frozen=True)
class Duty:
    """One thing to do, and what may be decided for it."""

    must: Responsibility
    may: list[Authority]
    delegation: Delegation | None = None


@dataclass(frozen=True)
class Seat:
    """One role of the person, written out."""

    assignment: Assignment | None
    held: HeldRole
    duties: list[Duty]
    loose: list[Authority]  # authorities that serve no responsibility in particular
    acts_for: Person | None = None  # the absent holder, while the person stands in

    @property
    def others(self) -> list[Assignment]:
        """Who holds it beside the person."""
        return [a for a in self.held.holders if self.assignment is None or a.person_id != self.assignment.person_id]

    @property
    def deputies(self) -> list[Assignment]:
        """Who stands in."""
        return [a for a in self.held.deputies if self.assignment is None or a.person_id != self.assignment.person_id]


@dataclass(frozen=True)
class Mine:
    """Everything on the page of one person."""

    holds: list[Seat]
    belongs: list[Seat]  # as a member of a team
    stands_in: list[Seat]
    coming: list[Assignment]
    waiting: list[Assignment]
    everyone: list[Seat]
    rest: list[HeldRole]


def of(person: Person | None, day: date) -> Mine:
    """What is the person's on this day; the same number of queries for one role and for fifty."""
    held = held_roles(day)
    own = [(role, a) for role in held for a in role.seats if person is not None and a.person_id == person.pk]
    now = [(role, a) for role, a in own if a.is_current(day)]
    mine = {role.role.pk for role, _a in now}
    acting = acting_now(person, day) if person is not None else {}
    return Mine(
        holds=[_seat(role, a) for role, a in now if a.seat == "primary"],
        belongs=[_seat(role, a) for role, a in now if a.seat == "member"],
        stands_in=[replace(_seat(role, a), acts_for=acting.get(role.role.pk)) for role, a in now if a.seat == "deputy"],
        coming=[a for _role, a in own if a.state == "approved" and a.starts_on > day],
        waiting=[a for _role, a in own if a.state == "proposed"],
        everyone=[_seat(role, None) for role in held if role.role.kind == "everyone"],
        rest=[role for role in held if role.role.kind != "everyone" and role.role.pk not in mine],
    )


def _seat(held: HeldRole, assignment: Assignment | None) -> Seat:
    by_duty: dict[int, list[Authority]] = {duty.pk: [] for duty in held.duties}
    for authority in held.authorities:
        for duty in held.serves.get(authority.pk, ()):
            by_duty.get(duty, []).append(authority)
    passed_on = (
        own_by_duty(assignment.person, held.day) if assignment is not None and assignment.seat == "primary" else {}
    )
    duties = [
        Duty(duty, by_duty[duty.pk], passed_on.get((assignment.pk, duty.pk)) if assignment else None)
        for duty in held.duties
    ]
    return Seat(assignment, held, duties, held.authorities_serving_none)


def changes(person: Person) -> list[AuditEvent]:
    """What last changed for the person: got, lost, proposed, rejected."""
    about = Assignment.objects.filter(person=person).order_by().values_list(Cast("pk", CharField()))
    rows = AuditEvent.objects.filter(subject_type="roles.assignment", subject_id__in=about)
    return list(rows.order_by("-pk")[:CHANGES_SHOWN])
