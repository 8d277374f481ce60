"""Costly parts of pages, kept in this process under the exact state of the tables that they were made from.

One statement asks each table for its newest number: of its history where it has one, of its rows where they are only ever
added. Every change of the register writes a history row in its own transaction (design rule 12), so an equal state means
equal rows; a part that was made from older ones is never shown again. Nobody has to remember to empty anything."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

AT_MOST = 16  # parts of about a megabyte in each process
# Numbers are given before they are committed: while somebody else's change is under way, an older number may still come.
SETTLED = "pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())"
State = tuple[int | None, ...]
Renew = Callable[[Any, Any, Any], Any]
PLACE = SafeString("<!-- the kept part stands here -->")  # what people write is escaped, so it cannot be theirs

_parts: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def state_of(tables: Sequence[type[models.Model]]) -> State | None:
    """The state of these tables; None where it cannot be told: inside a transaction, which may yet be rolled back, and on
    PostgreSQL while another one is under way."""
    if connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_question(tuple(tables), connection.vendor))
        is_settled, *numbers = cursor.fetchone()
    return tuple(numbers) if is_settled else None


@lru_cache(maxsize=32)
def _question(tables: tuple[type[models.Model], ...], vendor: str) -> str:
    asked = [model.history.model if hasattr(model, "history") else model for model in tables]
    return f"SELECT {', '.join([SETTLED if vendor == 'postgresql' else '1', *map(_newest, asked)])}"


def _newest(model: type[models.Model]) -> str:
    name = connection.ops.quote_name
    return f"(SELECT MAX({name(model._meta.pk.column)}) FROM {name(model._meta.db_table)})"  # noqa: S608 names of our own tables


def part(key: Hashable, state: Hashable, make: Callable[[], Any], renew: Renew | None = None) -> Any:
    """What `make` gives, made once for this key and state: that of its tables, or the very values that it is made from.

    `renew(before, now, part)` may make it from the same part in an earlier state instead, or give None where it cannot.
    Without a state it is made each time."""
    if state is None:
        return make()
    whole = (connection.settings_dict["NAME"], key, state)
    with _lock:
        if whole in _parts:
            _parts.move_to_end(whole)
            return _parts[whole]
        earlier = next(((one[2], state, _parts[one]) for one in _parts if one[:2] == whole[:2]), None)
    made = renew(*earlier) if renew and earlier else None
    made = make() if made is None else made
    with _lock:
        _parts[whole] = made
        for old in [one for one in _parts if one[:2] == whole[:2] and one != whole]:
            del _parts[old]  # the same part in an earlier state
        while len(_parts) > AT_MOST:
            _parts.popitem(last=False)
    return made


def rendered(request: HttpRequest, template: str, context: dict[str, Any], content: bytes) -> bytes:
    """A template around a large part. Its `{{ content }}` says where; a megabyte is not copied from block to block."""
    before, place, after = render_to_string(template, {**context, "content": PLACE}, request).partition(PLACE)
    return b"".join([before.encode(), content if place else b"", after.encode()])


def around(request: HttpRequest, template: str, context: dict[str, Any], content: bytes) -> HttpResponse:
    """The page around such a part."""
    return HttpResponse(rendered(request, template, context, content))


def forget() -> None:
    """Keep nothing any more (tests that begin anew)."""
    with _lock:
        _parts.clear()
