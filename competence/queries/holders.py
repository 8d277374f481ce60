"""Who counts for the needs of a role on a day: holders, deputies, and whoever else the register says acts in it. One query.

Every kind of holding registers its pairs in `roles.holdings`, those of upper apps (members of the management review team) included.
Whoever has R or A in the matrix of activities has it through a role, and so is here."""

from collections.abc import Collection
from datetime import date

from django.db.models import IntegerField, QuerySet, Value

from roles.holdings import acting_on
from roles.models import Person


def holders(
    on: date,
    *,
    roles: Collection[int] | None = None,
    everyone: Collection[int] = (),
    people: Collection[int] | None = None,
) -> set[tuple[int, int]]:
    """(person, role) of everybody who acts in a role on that day; `everyone` are roles that all current people hold."""
    first, *more = [
        *(_narrowed(pairs, roles, people, who) for pairs, who in acting_on(on)),
        *(_narrowed(_all(on, role), None, people, "pk") for role in everyone),
    ]
    return set(first.union(*more) if more else first)


def _narrowed(rows: QuerySet, roles: Collection[int] | None, people: Collection[int] | None, person: str) -> QuerySet:
    if roles is not None:
        rows = rows.filter(role_id__in=list(roles))
    return rows if people is None else rows.filter(**{f"{person}__in": list(people)})


def _all(on: date, role: int) -> QuerySet:
    return Person.objects.current(on).order_by().values_list("pk", Value(role, output_field=IntegerField()))
