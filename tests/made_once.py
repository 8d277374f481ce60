"""Rows that many tests begin with, made by their factories once a process and then put back as they were.

The first test that asks has the world built; what it wrote is read off the tables. Every later one gets the same rows by one
INSERT a table, and copies of the same objects. Nothing is shared between tests: each still has its own transaction."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from django.db.models import Max

from ismsroles.core import clock

Rows = list[tuple[Any, ...]]


class _Made(NamedTuple):
    rows: dict[str, tuple[list[str], Rows]]  # table → its columns and rows
    objects: bytes


_kept: dict[object, _Made] = {}


def made_once(name: str, build: Callable[[], Any]) -> Any:
    """What `build` makes and returns: built the first time, put back each later time."""
    key = (
        name,
        clock.today(),
        Permission.objects.aggregate(last=Max("pk"))["last"],
    )  # a flush gives permissions new keys
    if key in _kept and (_put_back(_kept[key]) or _put_back(_kept[key], as_they_ended=True)):
        return pickle.loads(_kept[key].objects)
    before = _tables()
    made = build()
    _kept[key] = _Made(_new_rows(before, _tables()), pickle.dumps(made))
    return made


def _put_back(made: _Made, *, as_they_ended: bool = False) -> bool:
    """False where other rows have these keys already: then the world is built anew. A row that a guard lets begin in its first state
    only (a version) is put back as it ended, with the guards of that moment aside."""
    try:
        with transaction.atomic(), connection.cursor() as cursor, _aside(cursor, made.rows if as_they_ended else {}):
            for table, (columns, rows) in made.rows.items():
                _insert(cursor, table, columns, rows)
    except DatabaseError:
        return False
    return True


@contextmanager
def _aside(cursor, tables: Iterable[str]) -> Iterator[None]:
    """No trigger of these tables looks at what is inserted meanwhile."""
    if not tables:
        yield
    elif connection.vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
    else:
        cursor.execute(
            "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE INSERT%'"
        )
        triggers = [(name, sql) for name, sql, table in cursor.fetchall() if table in tables]
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def _insert(cursor, table: str, columns: list[str], rows: Rows) -> None:
    quote = connection.ops.quote_name
    one = f"({', '.join(['%s'] * len(columns))})"
    names = ", ".join(map(quote, columns))
    values = ", ".join([one] * len(rows))
    cursor.execute(f"INSERT INTO {quote(table)} ({names}) VALUES {values}", [value for row in rows for value in row])


def _tables() -> dict[str, tuple[list[str], Rows]]:
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed or model._meta.proxy:
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def _new_rows(before: dict, after: dict) -> dict:
    new = {}
    for table, (columns, rows) in after.items():
        known = {repr(row) for row in before[table][1]}
        added = [tuple(row) for row in rows if repr(row) not in known]
        if added:
            new[table] = (columns, added)
    return new
