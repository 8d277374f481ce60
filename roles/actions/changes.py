"""What changed in a row, in words, for its event."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ismsroles.core.shown import refuse_if_changed


def apply(instance: models.Model, values: Mapping[str, Any]) -> str:
    """Set the values that differ; returns "title: was → now; …", empty when nothing differs.

    `seen` among the values is what the person's form showed of this row: raises Stale if it is no longer so (case 29)."""
    refuse_if_changed(instance, values.get("seen", ""))
    said = []
    for name, value in values.items():
        if name == "seen":
            continue
        was = getattr(instance, name)
        if was != value and (was or value or isinstance(value, bool)):
            setattr(instance, name, value)
            label = instance._meta.get_field(name).verbose_name
            said.append(f"{label}: {_shown(was)} → {_shown(value)}")
    return "; ".join(said).rstrip(".")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return ", ".join(str(value).splitlines()) if value not in (None, "") else "–"
