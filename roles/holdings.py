"""What a person holds: one answer for conflicts, for a leaver, for "what if", for competence.

Every kind of holding (an assignment, a delegation, an owned asset …) registers one provider with one query, upper apps included."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from roles.models import Assignment, Delegation


@dataclass(frozen=True)
class Holding:
    """One thing that somebody holds, from its first to its last day (last days count; None is open)."""

    person: int
    kind: str  # assignment, delegation, ownership …
    how: str  # holder, deputy, delegate, member, owner …
    label: str  # what it is, in words
    url: str
    pk: int
    starts_on: date | None = None
    ends_on: date | None = None
    role: int | None = None
    responsibilities: frozenset[int] | None = None  # None: all of the role's


Provider = Callable[[Collection[int] | None, date, date | None], Iterable[Holding]]
_providers: list[Provider] = []
_of_roles: list[Provider] = []


def provider(function: Provider) -> Provider:
    """The decorated function yields, in one query, what these people (None: everybody) hold on any day from `first` to `last`."""
    _providers.append(function)
    return function


def role_provider(function: Provider) -> Provider:
    """The same, of holdings that carry a role; only these can conflict. A test holds the two kinds apart."""
    _of_roles.append(function)
    return provider(function)


def holdings(people: Collection[int] | None, first: date, last: date | None) -> list[Holding]:
    """All that these people hold on any day of the term; one query a kind, however many people they are."""
    return [held for each in _providers for held in each(people, first, last)]


def roles_held(people: Collection[int] | None, first: date, last: date | None) -> list[Holding]:
    """What of it carries a role: asked for where duties are kept apart."""
    return [held for each in _of_roles for held in each(people, first, last)]


@role_provider
def _assignments(people: Collection[int] | None, first: date, last: date | None) -> Iterable[Holding]:
    rows = Assignment.objects.approved().overlapping(first, last).select_related("role", "area")
    for row in rows if people is None else rows.filter(person__in=people):
        yield Holding(
            person=row.person_id,
            kind="assignment",
            how=row.how,
            label=str(row.role),
            url=row.get_absolute_url(),
            pk=row.pk,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            role=row.role_id,
        )


# Who acts in which role, for questions about everybody at once: pairs of numbers that the database joins, no row object for each.
# Whoever registers a provider of holdings that carry a role registers its pairs as well; a test compares the two.
Acting = Callable[[date], QuerySet]
_acting: list[tuple[Acting, str]] = []


def acting(person: str) -> Callable[[Acting], Acting]:
    """The decorated function gives the (person, role) pairs of a day as a queryset; `person` names its column that says who."""

    def register(function: Acting) -> Acting:
        _acting.append((function, person))
        return function

    return register


def acting_on(day: date) -> list[tuple[QuerySet, str]]:
    """The pairs of every kind of holding, each with its column of people."""
    return [(pairs(day), person) for pairs, person in _acting]


@acting("person_id")
def _assigned(day: date) -> QuerySet:
    return Assignment.objects.current(day).order_by().values_list("person_id", "role_id")


@acting("delegate_id")
def _delegated(day: date) -> QuerySet:
    """Whoever was delegated tasks of a role, and accepted, knows what the role needs (A8)."""
    return Delegation.objects.current(day).order_by().values_list("delegate_id", "role_id")
