"""Reads about appointment letters: who has answered, who has not, what one says (A4)."""

import json
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.core.access import may, visible_to
from ismsroles.core.names import search_key
from roles.models import Assignment, Letter, Person
from roles.queries.register import standing_of

ANSWER_WITHIN = timedelta(days=14)
ORDERS = {
    "person": F("person__name_key"),
    "role": Lower("assignment__role__title"),
    "issued": F("issued_at"),
    "answered": F("answered_at"),
}


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list on this day."""
    lasting = Q(assignment__state="approved") & (Q(assignment__ends_on=None) | Q(assignment__ends_on__gte=day))
    lasting &= Q(person__last_day=None) | Q(person__last_day__gte=day)
    late = Q(issued_at__lt=clock.begin_of(day - ANSWER_WITHIN))
    open_ = Q(state="appointed") & lasting
    return {
        "": (gettext_lazy("Not answered yet"), open_),
        "late": (gettext_lazy("Not answered for 14 days"), open_ & late),
        "accepted": (gettext_lazy("Accepted"), Q(state="accepted")),
        "paper": (gettext_lazy("Accepted on paper"), Q(way="paper")),
        "declined": (gettext_lazy("Declined"), Q(state="declined")),
        "all": (gettext_lazy("All"), Q()),
    }


def late(day: date) -> QuerySet[Letter]:
    """Letters that nobody answered in time, of assignments that last."""
    return Letter.objects.filter(questions(day)["late"][1]).select_related("assignment__role", "person")


def declined_and_open(day: date) -> QuerySet[Letter]:
    """Declined within a year, with nobody proposed for that seat since."""
    since = Assignment.objects.filter(
        role=OuterRef("assignment__role"),
        seat=OuterRef("assignment__seat"),
        state__in=["approved", "proposed"],
        proposed_at__gt=OuterRef("answered_at"),
    )
    rows = Letter.objects.filter(state="declined", assignment__role__state="active")
    rows = rows.filter(~Exists(since), answered_at__gte=clock.begin_of(day - timedelta(days=365)))
    return rows.select_related("assignment__role", "person")


def to_answer(person: Person | None, day: date) -> list[Letter]:
    """The letters that wait for this person, the oldest first."""
    if person is None:
        return []
    rows = Letter.objects.filter(questions(day)[""][1], person=person)
    return list(rows.select_related("assignment__role", "assignment__area").order_by("issued_at", "pk"))


def listed(user, *, words: str = "", area: int | None = None) -> QuerySet[Letter]:
    """The letters that the user may see, narrowed."""
    rows = visible_to(user, Letter)
    for word in search_key(words).split():
        rows = rows.filter(Q(person__name_key__contains=word) | Q(assignment__role__title__icontains=word))
    return rows if area is None else rows.filter(Q(person__area_id=area) | Q(assignment__area_id=area))


def ordered(rows: QuerySet[Letter], sort: str) -> QuerySet[Letter]:
    """Sorted as the heading asks; the oldest first when it asks nothing we know."""
    key = ORDERS.get(sort.removeprefix("-"), ORDERS["issued"])
    down = sort.startswith("-") and sort[1:] in ORDERS
    first = key.desc(nulls_last=True) if down else key.asc(nulls_last=True)
    return rows.select_related("assignment__role", "person", "answered_by").order_by(first, "pk")


def beside(assignment: Assignment, user, day: date) -> dict[str, Any]:
    """What the page of an assignment shows of its letter, and what this user may do with it."""
    letter = Letter.objects.filter(assignment=assignment).select_related("answered_by", "person").first()
    lasts = standing_of(assignment, day) in ("now", "coming")
    waits = letter is not None and letter.state == "appointed" and lasts
    return {
        "letter": letter,
        "has_letter": letter is not None or assignment.state == "approved",
        "sees_letter": letter is not None and visible_to(user, Letter).filter(pk=letter.pk).exists(),
        "may_answer_letter": waits and may(user, "roles.letter.answer", letter),
        "may_record_letter": waits and may(user, "roles.letter.record", letter),
        "may_ask_letter": letter is None and lasts and may(user, "roles.letter.ask", assignment),
    }


def written(letter: Letter) -> dict[str, Any]:
    """What the letter says, as it was frozen."""
    return readable(json.loads(bytes(letter.snapshot.content)))


def readable(content: dict[str, Any]) -> dict[str, Any]:
    """With the day as a day, so that the page writes it as every page does."""
    return content | {"day": date.fromisoformat(content["dated"])}


def waits_since(letter: Letter) -> date:
    """The day on which it was written."""
    return letter.issued_at.astimezone(clock.zone()).date()
