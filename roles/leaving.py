"""What must happen in the same transaction when people leave, or stay after all (rule 5; A6).

One action records last days (form, import, command, API) and calls everybody who subscribed here, upper apps included. Each gets all
the people at once, their `last_day` already set, and takes a number of queries that does not grow with them:

    @on_leaving
    def delegations_end(people, *, actor, reason): ...
        yield Outcome(person.pk, _("Delegation of … ends on …"), url, event=events.prepare("delegation.ended", …))

    @on_staying       # the last day was taken back: restore what your part ended, as far as that is still possible
    def delegations_return(people, *, actor, reason): ...

A changed last day calls `on_leaving` only, with the new day: what was cut at the old one must then end at the new one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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


def leave(people: Sequence[Person], *, actor, reason: str) -> list[Outcome]:
    """Ends all that these people hold. Call inside the transaction that records their last days."""
    return _tell(_on_leaving, people, actor, reason)


def stay(people: Sequence[Person], *, actor, reason: str) -> list[Outcome]:
    """Restores what leaving ended. Call inside the transaction that takes their last days back."""
    return _tell(_on_staying, people, actor, reason)


def _tell(subscribers: list[Subscriber], people: Sequence[Person], actor, reason: str) -> list[Outcome]:
    if not people:
        return []
    outcomes = [each for one in subscribers for each in one(people, actor=actor, reason=reason) or ()]
    events.record_many([each.event for each in outcomes if each.event is not None])
    return outcomes
