"""What is known of a person at the moment of choice: facts and warnings beside each name. Upper apps register more (C4).

A provider is asked once for all the people that are offered, never once for each."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from roles.models import Area, Person, Role


@dataclass(frozen=True)
class Choice:
    """What the person would be chosen for; a role may not be chosen yet."""

    role: Role | None
    seat: str
    area: Area | None
    starts_on: date
    ends_on: date | None
    chooser: object  # the user who chooses: who may read something decides whether it is said
    responsibilities: frozenset[int] | None = None  # of a delegation: only these


@dataclass(frozen=True)
class Fact:
    """One thing to know before choosing: stop, warn, note or good, in a few words; `detail` says it in full."""

    severity: str
    words: str
    detail: str = ""


Provider = Callable[[Collection[Person], Choice], dict[int, list[Fact]]]
_providers: list[Provider] = []


def provider(function: Provider) -> Provider:
    """The decorated function gives facts by person, in a fixed number of queries."""
    _providers.append(function)
    return function


def facts(people: Collection[Person], choice: Choice) -> dict[int, list[Fact]]:
    """Everything that is known of these people for this choice, what stands in the way first."""
    found: dict[int, list[Fact]] = {person.pk: [] for person in people}
    for each in _providers if people else ():
        for pk, more in each(people, choice).items():
            found[pk] += more
    order = {"stop": 0, "warn": 1, "note": 2, "good": 3}
    return {pk: sorted(rows, key=lambda fact: order[fact.severity]) for pk, rows in found.items()}
