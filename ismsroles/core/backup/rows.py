"""Rows of any table as lines of text and back, the same from every database."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from ismsroles.core.backup import LEFT_OUT

BATCH = 500


def tables() -> list[type[models.Model]]:
    """Every table that is kept, also those behind many-to-many fields, in a fixed order."""
    every = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    kept = [model for model in every if not model._meta.proxy and model._meta.label not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.label)


def columns(model: type[models.Model]) -> list[models.Field]:
    """The fields that a row is written with."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """Each row as a line, in the order of its key."""
    names = [field.attname for field in columns(model)]
    rows = models.QuerySet(model).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=2000):
        yield _line(row)


def digest(model: type[models.Model]) -> str:
    """SHA-256 of all rows as they stand in the database now."""
    whole = hashlib.sha256()
    for line in lines(model):
        whole.update(line)
    return whole.hexdigest()


def write(model: type[models.Model], texts: Iterable[bytes]) -> int:
    """Put lines back as rows, exactly as they were; returns how many."""
    fields, written = columns(model), 0
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        remaining = iter(texts)
        while batch := list(islice(remaining, BATCH)):
            cursor.executemany(statement, [_values(fields, json.loads(text)) for text in batch])
            written += len(batch)
    return written


def empty(model: type[models.Model]) -> None:
    """Take what a migration wrote out of the way; the guards are lifted by the caller."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  (our own names)


def count_on(models_: list[type[models.Model]]) -> None:
    """The next row of each table gets a number that no restored row has."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_):
            cursor.execute(statement)


def _line(row: tuple[Any, ...]) -> bytes:
    return json.dumps(row, default=_as_text, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _as_text(value: object) -> str:
    """What JSON does not know: moments to the microsecond, and in UTC, so that databases agree."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, (date, time, timedelta, Decimal, UUID)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a backup yet")


def _values(fields: list[models.Field], row: list[Any]) -> list[Any]:
    if len(row) != len(fields):
        raise ValueError("a row has too few or too many values")
    return [field.get_db_prep_save(_read(field, value), connection) for field, value in zip(fields, row, strict=True)]


def _read(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    if value is None or isinstance(field, (models.JSONField, models.FileField)):
        return value
    return base64.b64decode(value) if isinstance(field, models.BinaryField) else field.to_python(value)
