"""Rows that are written once: checked against their rules, inserted, never changed."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from ismsroles.core import scope
from ismsroles.core.errors import Invalid

Row = TypeVar("Row", bound=models.Model)


def once(row: Row) -> Row:
    """Insert the row, or raise Invalid with a sentence and its field."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), None if field == "__all__" else field) from error
    row.save(force_insert=True)
    scope.forget()
    return row
