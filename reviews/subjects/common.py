"""What several kinds of reviewable things share."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from reviews.reviewable import People
from roles.models import Assignment
from roles.terms import in_words


def first_written(model: type[models.Model], **when: Any) -> Subquery:
    """The moment from which a row was so, by its history."""
    rows = model.history.filter(id=OuterRef("pk"), **when).order_by("history_date")
    return Subquery(rows.values("history_date")[:1])


def holders(roles: Iterable[int | None], day: date, *, deputies: bool = False) -> People:
    """Role → who holds it on this day, deputies too when asked: one query."""
    wanted = {role for role in roles if role}
    if not wanted:
        return {}
    seats = Assignment.objects.current(day).filter(role__in=wanted)
    found: People = defaultdict(list)
    rows = seats if deputies else seats.filter(seat="primary")
    for role, person in rows.order_by("-seat", "pk").values_list("role_id", "person_id"):
        if person not in found[role]:
            found[role].append(person)
    return dict(found)


def term(first: date | None, last: date | None) -> str:
    """From when to when, in words."""
    if first is None:
        return ""
    if last is None:
        return _("since %(day)s, no end") % {"day": in_words(first)}
    return _("%(first)s to %(last)s") % {"first": in_words(first), "last": in_words(last)}
