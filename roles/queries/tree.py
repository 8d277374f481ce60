"""Areas in the order of a tree: each followed by its parts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from roles.models import Area, Person, Role


def counted(areas: QuerySet[Area], day: date) -> QuerySet[Area]:
    """The areas with how many people each has on `day`, and how many roles in force. Joined, the two would multiply each other."""
    return areas.annotate(
        people_count=_in_area(Person.objects.current(day)), role_count=_in_area(Role.objects.active())
    )


def _in_area(rows: QuerySet) -> Coalesce:
    there = rows.filter(area=OuterRef("pk")).order_by().values("area").annotate(number=Count("pk"))
    return Coalesce(Subquery(there.values("number")), 0)


def as_tree(areas: Iterable[Area]) -> list[Area]:
    """The areas with their `depth`, each right after the one it is part of."""
    parts: dict[int | None, list[Area]] = defaultdict(list)
    rows = list(areas)
    present = {area.pk for area in rows}
    for area in rows:
        parts[area.parent_id if area.parent_id in present else None].append(area)
    return list(_below(None, parts, 0))


def _below(parent: int | None, parts: dict[int | None, list[Area]], depth: int) -> Iterable[Area]:
    for area in parts[parent]:
        area.depth = depth
        yield area
        yield from _below(area.pk, parts, depth + 1)
