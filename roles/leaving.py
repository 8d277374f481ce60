"""What must happen in the same transaction when people leave, or stay after all (rule 5; A6).

One action records last days (form, import, command, API) and calls everybody who subscribed here, upper apps included. Each gets all
the people at once, their `last_day` already set, and takes a number of queries that does not grow with them:

    @on_leaving
    def delegations_end(people, *, actor, reason): ...
        yield Outcome(person.pk, _("Delegation of … ends on …"), url, event=events.prepare("delegation.ended", …))

    @on_staying       # the last day was taken back: restore what your part ended, as far as that is still possible
    def delegations_return(people, *, actor, reason): ...

A changed last day calls `on_leaving` only, with the new day: what was cut at the old one must then end at the new one.

What is only said, because others must take it up, is not asked for by each app: one statement reads all kinds of it.

    @left_open("asset", lambda people: Asset.objects.filter(owner_person__in=people), person="owner_person_id", title="name")
    def assets_need_an_owner(rows, people, *, actor, reason): ...
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from ismsroles.core import events
from ismsroles.core.models import AuditEvent
from roles.models import Person


@dataclass(frozen=True)
class Outcome:
    """One thing that a leaver's last day did, or its taking back, in a sentence for those who are told."""

    person: int
    sentence: str
    url: str = ""
    is_open: bool = False  # somebody still has to do something about it
    event: AuditEvent | None = None  # prepared, not yet written: all of them are written in one query


Subscriber = Callable[..., Iterable[Outcome] | None]
_on_leaving: list[Subscriber] = []
_on_staying: list[Subscriber] = []


def on_leaving(function: Subscriber) -> Subscriber:
    """The decorated function ends what it looks after on each person's `last_day`; if it raises, nobody leaves."""
    _on_leaving.append(function)
    return function


def on_staying(function: Subscriber) -> Subscriber:
    """The decorated function restores what it ended for these people, and says what it cannot."""
    _on_staying.append(function)
    return function


class Left(NamedTuple):
    """One thing that somebody who leaves leaves open; what the texts and the day are, its kind says."""

    kind: str
    pk: int
    person: int
    title: str
    more: str
    day: date | None


People = Mapping[int, Person]
Columns = Callable[[People], QuerySet]
_left_open: dict[str, tuple[Columns, Subscriber]] = {}


def left_open(
    kind: str,
    rows: Callable[[People], QuerySet],
    *,
    person: str,
    title: str,
    more: str = "",
    day: str = "",
    pk: str = "pk",
) -> Callable[[Subscriber], Subscriber]:
    """The decorated function gets what `rows` selects, as `Left`, and the people by their numbers: it asks nothing more."""
    texts = [Cast(F(name) if name else Value(""), TextField()) for name in (title, more)]
    columns = [
        Cast(Value(kind), TextField()),
        F(pk),
        F(person),
        *texts,
        Cast(F(day) if day else Value(None), DateField()),
    ]

    def register(function: Subscriber) -> Subscriber:
        _left_open[kind] = lambda people: rows(people).order_by().values_list(*columns), function
        return function

    return register


def leave(people: Sequence[Person], *, actor, reason: str, told: Sequence[AuditEvent] = ()) -> list[Outcome]:
    """Ends all that these people hold. Call inside the transaction that records their last days; `told` is written with the rest."""
    return _tell([*_on_leaving, _says_what_is_open], people, actor, reason, told)


def stay(people: Sequence[Person], *, actor, reason: str) -> list[Outcome]:
    """Restores what leaving ended. Call inside the transaction that takes their last days back."""
    return _tell(_on_staying, people, actor, reason)


def _says_what_is_open(people: Sequence[Person], *, actor, reason: str) -> Iterator[Outcome]:
    by_id, found = {person.pk: person for person in people}, defaultdict(list)
    first, *others = (columns(by_id) for columns, _says in _left_open.values())
    for row in first.union(*others, all=True):
        found[row[0]].append(Left(*row))
    for kind, (_columns, says) in _left_open.items():
        if found[kind]:
            yield from says(sorted(found[kind]), by_id, actor=actor, reason=reason) or ()


def _tell(subscribers: list[Subscriber], people: Sequence[Person], actor, reason: str, told=()) -> list[Outcome]:
    if not people:
        return []
    outcomes = [each for one in subscribers for each in one(people, actor=actor, reason=reason) or ()]
    events.record_many([*told, *(each.event for each in outcomes if each.event is not None)])
    return outcomes
