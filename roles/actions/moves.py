"""Moving within the organisation: what is held from before is kept with a reason, or handed over (A6)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.models import AuditEvent
from roles.models import Kept, Move, Person
from roles.queries.moves import held_today_or_later, open_moves

ASKED = ("area", "job_title")  # a new line manager alone moves nobody: it is told, and nothing has to be decided
TOLD = (*ASKED, "manager")


class Moves:
    """Sees people before and after a change, and records who moved: two queries, however many they are."""

    def __init__(self) -> None:
        self._was: dict[int, dict[str, Any]] = {}
        self._moved: list[tuple[Person, str]] = []

    def before(self, person: Person) -> None:
        """What the person's place is, before it is changed."""
        self._was[person.pk] = {name: getattr(person, name) for name in TOLD}

    def after(self, person: Person) -> None:
        """Keeps it in mind when the person came to another area or job; a first one is no move."""
        was = self._was[person.pk]
        if any(was[name] and was[name] != getattr(person, name) for name in ASKED):
            changed = [name for name in TOLD if was[name] != getattr(person, name)]
            self._moved.append((person, "; ".join(_in_words(person, name, was[name]) for name in changed)))

    def record(self, *, actor, reason: str = "") -> list[AuditEvent]:
        """Writes the moves of those who hold roles; gives back an event of each move, not yet written."""
        if not self._moved:
            return []
        people = [person.pk for person, _what in self._moved]
        holding = set(held_today_or_later(clock.today()).filter(person__in=people).values_list("person_id", flat=True))
        words = {"moved_at": clock.now(), "moved_on": clock.today()}
        rows = [Move(person=person, what=what, **words) for person, what in self._moved if person.pk in holding]
        Move.objects.bulk_create(rows, batch_size=500)
        return [
            events.prepare("person.moved", actor=actor, subject=person, reason=reason, what=what)
            for person, what in self._moved
        ]


def _in_words(person: Person, name: str, was: Any) -> str:
    label = str(Person._meta.get_field(name).verbose_name).capitalize()
    return f"{label}: {was or '–'} → {getattr(person, name) or '–'}"


@transaction.atomic
def keep_after_move(move: Move, assignment_id: int, *, actor, reason: str) -> Kept:
    """The role stays with who moved, and why is in the record (A6)."""
    require(actor, "roles.person.keep")
    Person.objects.select_for_update().get(pk=move.person_id)
    if not reason.strip():
        raise Invalid(_("Say why it stays: an auditor will ask."), "reason")
    waiting = {seat.pk: seat for one in open_moves(clock.today()) if one.move.pk == move.pk for seat in one.seats}
    if assignment_id not in waiting:
        raise WrongState(_("Nothing is to be decided about this role any more."))
    seat = waiting[assignment_id]
    kept = Kept(move=move, assignment=seat, reason=reason, decided_by=actor, decided_at=clock.now())
    _check(kept)
    kept.save()
    words = {"role": seat.role, "seat": seat.get_seat_display()}
    events.record("assignment.kept_after_move", actor=actor, subject=move.person, reason=reason, **words)
    return kept


def _check(kept: Kept) -> None:
    try:
        kept.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), "reason") from error
