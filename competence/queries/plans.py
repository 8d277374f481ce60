"""The training plan as a list, as figures for each area, and as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competence.models import TrainingAction
from ismsroles.core.names import search_key


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list."""
    return {
        "": (gettext_lazy("Planned"), Q(state="planned")),
        "overdue": (gettext_lazy("Overdue"), Q(state="planned", due_on__lt=day)),
        "soon": (
            gettext_lazy("Due within 30 days"),
            Q(state="planned", due_on__gte=day, due_on__lte=day + timedelta(days=30)),
        ),
        "unchecked": (gettext_lazy("Effect not checked"), Q(state="done")),
        "over": (gettext_lazy("Over"), Q(state__in=["effective", "ineffective", "cancelled"])),
    }


def narrowed(rows: QuerySet[TrainingAction], *, words: str = "", area: int | None = None) -> QuerySet[TrainingAction]:
    """Narrowed by words and by the area of the person."""
    for word in search_key(words).split():
        rows = rows.filter(
            Q(person__name_key__contains=word) | Q(what__icontains=word) | Q(skill__name__icontains=word)
        )
    return rows if area is None else rows.filter(person__area_id=area)


def written_out(rows: QuerySet[TrainingAction]) -> QuerySet[TrainingAction]:
    """With all that a line shows, the next one due first."""
    return rows.select_related("person", "person__area", "skill", "role", "owner").order_by("due_on", "pk")


@dataclass(frozen=True)
class AreaPlan:
    """What an area has planned, what is late, what it costs."""

    pk: int | None
    name: str
    planned: int
    overdue: int
    cost: Decimal | None


def by_area(rows: QuerySet[TrainingAction], day: date) -> list[AreaPlan]:
    """The plan of each area in one line."""
    found = (
        rows.filter(state="planned")
        .order_by("person__area__name")
        .values_list("person__area_id", "person__area__name")
        .annotate(planned=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=day)), cost=Sum("cost"))
    )
    return [AreaPlan(pk, name or _("No area"), planned, overdue, cost) for pk, name, planned, overdue, cost in found]


def sheet(rows: Iterable[TrainingAction]) -> tuple[list[str], list[list]]:
    """Headings and rows for a file."""
    headers = [
        _("Person"), _("Area"), _("Skill"), _("What is done"), _("Who sees to it"), _("By"), _("Cost"), _("State"),
        _("Done on"), _("Result"),
    ]  # fmt: skip
    lines = [
        [
            row.person.name, str(row.person.area or ""), str(row.skill or ""), row.what, row.owner.name, row.due_on, row.cost,
            str(row.get_state_display()), row.done_on, row.result,
        ]
        for row in rows
    ]  # fmt: skip
    return headers, lines
