"""Telling people: in the transaction of the change, once for each key, whatever happens afterwards (K2; design §6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from ismsroles.core import clock, outbox
from ismsroles.core.names import email_key
from ismsroles.notices import kinds
from ismsroles.notices.models import Message

BATCH = 500


@dataclass(frozen=True)
class Reader:
    """Somebody who is told: by their login where there is one, else by their address."""

    address: str
    name: str
    user: int | None = None

    @classmethod
    def of(cls, user) -> "Reader":
        """The reader behind a login."""
        return cls(user.email, str(user), user.pk)


@dataclass(frozen=True)
class Telling:
    """One message before it is written. `key` makes it one message to one reader, however often it is told."""

    code: str
    reader: Reader
    key: str
    url: str = ""
    about: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    calendar: str = ""  # an entry for the reader's own calendar (iCalendar); its mail carries it


def tell(code: str, readers: Iterable[Reader], *, key: str, url: str = "", about: str = "", **params: Any) -> None:
    """Tell each of these people the same thing."""
    tell_many([Telling(code, reader, key, url, about, params) for reader in readers])


@transaction.atomic
def tell_many(tellings: Iterable[Telling]) -> None:
    """Tell many people many things: the number of queries depends on the number of batches only."""
    rows = [telling for telling in tellings if telling.reader.address]
    for start in range(0, len(rows), BATCH):
        _tell(rows[start : start + BATCH])


def _tell(tellings: Sequence[Telling]) -> None:
    rows = [_row(telling) for telling in tellings]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    at_once = {f"notice:{row.key}": {"key": row.key} for row in rows if row.when == kinds.NOW}
    if at_once:
        outbox.post_many("notices.message", at_once)


def _row(telling: Telling) -> Message:
    address = email_key(telling.reader.address)
    return Message(
        code=telling.code, params={name: _plain(value) for name, value in telling.params.items()}, url=telling.url,
        about=telling.about, calendar=telling.calendar, user_id=telling.reader.user, address=address, name=telling.reader.name[:200],
        when=kinds.get(telling.code).when, key=f"{telling.code}:{telling.key}:{address}"[:200], created_at=clock.now(),
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | list) else str(value)


def end(*about: str) -> None:
    """What messages about these asked for is done, by whomever: they ask no more."""
    Message.objects.filter(about__in=about, done_at=None).update(done_at=clock.now())


def end_all(beginning: str) -> None:
    """The same for all whose subject begins so."""
    Message.objects.filter(about__startswith=beginning, done_at=None).update(done_at=clock.now())


__all__ = ["Reader", "Telling", "end", "end_all", "tell", "tell_many"]
