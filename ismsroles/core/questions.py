"""Questions that are asked in the same words each time: written as SQL once in a process, answered with bare rows.

Where a page needs hundreds of rows, the ORM takes longer to write the question and to hand the rows on than the database
to answer it. What the page needs in other types than the driver gives, it converts itself (`dated`)."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Question:
    """One such question. `make` gives the `values_list` that it is; nothing in it may depend on the day or the person."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self._make = make
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self) -> list[tuple[Any, ...]]:
        """All rows, as the driver gives them."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._make().query.get_compiler(connection=connection).as_sql()
        with connection.cursor() as cursor:
            cursor.execute(*self._written[connection.vendor])
            return cursor.fetchall()


def bare(rows: QuerySet) -> list[tuple[Any, ...]]:
    """The rows of a `values_list` as the driver gives them, where there are thousands of them."""
    with connection.cursor() as cursor:
        cursor.execute(*rows.query.get_compiler(connection=connection).as_sql())
        return cursor.fetchall()


@lru_cache(maxsize=4096)
def dated(value: date | str | None) -> date | None:
    """A date as Python has it; SQLite keeps it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
