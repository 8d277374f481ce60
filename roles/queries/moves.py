"""Who moved and holds roles from before, of which nobody has said whether they stay (A6): four queries, however many moved."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from roles.models import Assignment, Kept, Move


@dataclass
class OpenMove:
    """The last move of somebody, with the seats from before that wait for a word."""

    move: Move
    seats: list[Assignment]


def held_today_or_later(day: date) -> QuerySet[Assignment]:
    """Approved seats that are not over, of people who have not left."""
    here = Q(person__last_day=None) | Q(person__last_day__gte=day)
    return Assignment.objects.approved().filter(here).exclude(ends_on__lt=day)


def open_moves(day: date) -> list[OpenMove]:
    """The longest waiting first."""
    moves = _last_moves(day)
    seats = held_today_or_later(day).filter(person__in=moves).select_related("role", "area", "person")
    kept = set(Kept.objects.filter(move__in=[m.pk for m in moves.values()]).values_list("assignment_id", flat=True))
    followed = _followed({seat.role_id for seat in seats})
    waiting: dict[int, list[Assignment]] = defaultdict(list)
    for seat in seats.order_by("role__title", "pk"):
        move = moves[seat.person_id]
        if seat.proposed_at <= move.moved_at and seat.pk not in kept and not _is_followed(seat, move, followed):
            waiting[seat.person_id].append(seat)
    found = [OpenMove(moves[person], rows) for person, rows in waiting.items()]
    return sorted(found, key=lambda one: (one.move.moved_on, one.move.pk))


def _last_moves(day: date) -> dict[int, Move]:
    holds = held_today_or_later(day).filter(person=OuterRef("person"))
    rows = Move.objects.filter(Exists(holds)).select_related("person", "person__area").order_by("pk")
    return {move.person_id: move for move in rows}


def _followed(roles: set[int]) -> list[Assignment]:
    """Everybody who follows, approved or proposed."""
    return list(Assignment.objects.filter(role__in=roles, state__in=["approved", "proposed"]))


def _is_followed(seat: Assignment, move: Move, others: list[Assignment]) -> bool:
    """Handed over: somebody else was proposed for the same seat since the move."""
    return any(
        (other.role_id, other.area_id, other.seat) == (seat.role_id, seat.area_id, seat.seat)
        and other.person_id != seat.person_id
        and other.proposed_at > move.moved_at
        for other in others
    )
