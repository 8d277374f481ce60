"""The register as it was: for the length of a block every tracked table shows the rows that it had at a moment (issue "any past date").

Each query of the product then answers as it would have answered on that day, with no word about the past in it. For the block, a
temporary table with the name of each tracked table stands in front of it, filled from its history; only this connection sees it, and
everything that happens in the block is rolled back with it. So nothing can be written from the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.db import connection, models, transaction

from ismsroles.core import clock, scope

_dated: dict[type[models.Model], tuple[str, str]] = {}


def dated(model: type[models.Model], field: str, *, through: str = "") -> None:
    """A table that is only added to and has no history: in the past it holds the rows written until then (by a field of its own, or
    of the row that `through` names)."""
    _dated[model] = (field, through)


def tracked() -> list[type[models.Model]]:
    """Every model whose rows have a history."""
    return [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Read the register as it was at this moment; what is read must be worked out before the block ends."""
    with transaction.atomic(), clock.at(moment), scope.opened():
        try:
            with connection.cursor() as cursor:
                for model in tracked():
                    _shadow(cursor, model, moment)
                for model, (field, through) in _dated.items():
                    _shadow_dated(cursor, model, field, through, moment)
            yield
        finally:
            _lift()
    scope.forget()


def _shadow(cursor, model: type[models.Model], moment: datetime) -> None:
    """The newest row of each object until then, unless that one says it was deleted."""
    meta, past = model._meta, getattr(model, model._meta.simple_history_manager_attribute).model._meta
    names = [field.column for field in meta.concrete_fields]
    kept = {field.column for field in past.concrete_fields}
    columns = ", ".join(f'"{name}"' if name in kept else f'NULL AS "{name}"' for name in names)
    key = meta.pk.column
    _stand_in(cursor, meta.db_table, key)
    cursor.execute(
        f'INSERT INTO {_temporary(meta.db_table)} ({", ".join(map(_quoted, names))}) SELECT {columns} FROM "{past.db_table}" AS h '  # noqa: S608 (names of our own tables)
        f'WHERE h.history_id IN (SELECT history_id FROM (SELECT history_id, ROW_NUMBER() OVER (PARTITION BY "{key}" '
        f'ORDER BY history_date DESC, history_id DESC) AS n FROM "{past.db_table}" WHERE history_date <= %s) AS ranked WHERE n = 1) '
        f"AND h.history_type <> '-'",
        [moment],
    )


def _shadow_dated(cursor, model: type[models.Model], field: str, through: str, moment: datetime) -> None:
    table = model._meta.db_table
    _stand_in(cursor, table, model._meta.pk.column)
    if through:
        link = model._meta.get_field(through)
        parent = link.related_model._meta
        written = f'SELECT id FROM {_real(parent.db_table)} WHERE "{parent.get_field(field).column}" <= %s'  # noqa: S608
        where = f'"{link.column}" IN ({written})'
    else:
        where = f'"{model._meta.get_field(field).column}" <= %s'
    cursor.execute(f"INSERT INTO {_temporary(table)} SELECT * FROM {_real(table)} WHERE {where}", [moment])  # noqa: S608


def _stand_in(cursor, table: str, key: str) -> None:
    """An empty temporary table of the same shape, without checks and triggers. PostgreSQL groups by the key, so it must know it."""
    cursor.execute(f'CREATE TEMPORARY TABLE "{table}" AS SELECT * FROM {_real(table)} LIMIT 0')  # noqa: S608
    if connection.vendor == "postgresql":
        cursor.execute(f'ALTER TABLE {_temporary(table)} ADD PRIMARY KEY ("{key}")')


def _lift() -> None:
    """Undo everything: the tables in front, and whatever tried to write."""
    transaction.set_rollback(True)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _real(table: str) -> str:
    return f'{"public" if connection.vendor == "postgresql" else "main"}."{table}"'


def _temporary(table: str) -> str:
    return f'{"pg_temp" if connection.vendor == "postgresql" else "temp"}."{table}"'
