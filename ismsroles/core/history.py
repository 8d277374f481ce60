"""The one way to write tracked rows: django-simple-history gets the person, the reason and the moment (design rule 12)."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ismsroles.core import clock, scope
from ismsroles.core.errors import Invalid

Row = TypeVar("Row", bound=models.Model)


def save(instance: Row, *, actor, reason: str = "") -> Row:
    """Check the row against its rules and write it with its history; raises Invalid with a sentence."""
    _sign(instance, actor, reason)
    try:
        instance.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), None if field == "__all__" else field) from error
    instance.save()
    scope.forget()
    return instance


def delete(instance: models.Model, *, actor, reason: str = "") -> None:
    """Delete a row; its history keeps it."""
    _sign(instance, actor, reason)
    instance.delete()
    scope.forget()


def bulk_create(rows: Sequence[Row], model: type[Row], *, actor, reason: str = "") -> list[Row]:
    """Write many new rows with their history."""
    created = bulk_create_with_history(
        rows, model, batch_size=500, default_user=actor, default_change_reason=reason, default_date=clock.now()
    )
    scope.forget()
    return created


def bulk_update(rows: Sequence[Row], model: type[Row], fields: list[str], *, actor, reason: str = "") -> None:
    """Change many rows with their history."""
    bulk_update_with_history(
        rows, model, fields, batch_size=500, default_user=actor, default_change_reason=reason, default_date=clock.now()
    )
    scope.forget()


def _sign(instance: models.Model, actor, reason: str) -> None:
    instance._history_user = actor
    instance._change_reason = reason
    instance._history_date = clock.now()
