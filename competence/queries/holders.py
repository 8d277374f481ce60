"""Who counts for the needs of a role on a day: holders, deputies, and whoever else the register says acts in it. One query.

It says the same as `roles.holdings`, for everybody at once and without a row object for each; a test compares the two. Whoever has
R or A in the matrix of activities has it through a role, and so is here."""

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import IntegerField, QuerySet, Value

from roles.models import Assignment, Delegation, Person

Source = Callable[[date], QuerySet]


def _assignments(on: date) -> QuerySet:
    return Assignment.objects.current(on).order_by().values_list("person_id", "role_id")


def _delegations(on: date) -> QuerySet:
    """Whoever was delegated tasks of a role, and accepted, knows what the role needs (A8)."""
    return Delegation.objects.current(on).order_by().values_list("delegate_id", "role_id")


# Each with the name of the column that says who.
SOURCES: list[tuple[Source, str]] = [(_assignments, "person_id"), (_delegations, "delegate_id")]


def holders(
    on: date,
    *,
    roles: Collection[int] | None = None,
    everyone: Collection[int] = (),
    people: Collection[int] | None = None,
) -> set[tuple[int, int]]:
    """(person, role) of everybody who acts in a role on that day; `everyone` are roles that all current people hold."""
    first, *more = [
        *(_narrowed(source(on), roles, people, who) for source, who in SOURCES),
        *(_narrowed(_all(on, role), None, people, "pk") for role in everyone),
    ]
    return set(first.union(*more) if more else first)


def _narrowed(rows: QuerySet, roles: Collection[int] | None, people: Collection[int] | None, person: str) -> QuerySet:
    if roles is not None:
        rows = rows.filter(role_id__in=list(roles))
    return rows if people is None else rows.filter(**{f"{person}__in": list(people)})


def _all(on: date, role: int) -> QuerySet:
    return Person.objects.current(on).order_by().values_list("pk", Value(role, output_field=IntegerField()))
