"""Delegations in the document: the role profiles print them; the holder stays accountable (coverage A8)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from evidence.parts.part import Part
from ismsroles.records.pdf import parts
from roles.queries.delegations import now_by_duty


def read(day: date) -> list[dict[str, Any]]:
    """What is delegated on this day, each with the role, who answers, who does it, until when and how often it is checked."""
    found = {each.pk: each for each in now_by_duty(day).values()}
    rows = sorted(found.values(), key=lambda each: (each.role_id, each.holder.name_key, each.pk))
    return [
        {
            "role": each.role_id,
            "holder": each.holder.name,
            "delegate": each.delegate.name,
            "since": each.starts_on.isoformat(),
            "until": each.ends_on.isoformat(),
            "every": each.every,
            "unit": each.unit,
            "responsibilities": [duty.text for duty in each.duties.all()],
        }
        for each in rows
    ]


def rows(value: list[dict[str, Any]], snapshot: Any) -> dict[str, Any]:
    """Role → lines for its profile."""
    found: dict[int, list[dict[str, str]]] = {}
    for row in value:
        words = {"holder": row["holder"], "delegate": row["delegate"], "day": parts.day(row["until"])}
        line = _("%(holder)s is accountable. Delegated to %(delegate)s until %(day)s:") % words
        found.setdefault(row["role"], []).append({"line": line, "duties": row["responsibilities"]})
    for role in snapshot.roles:
        role.delegated = found.get(role.id, [])
    return {}


def changes(was: list | None, now: list | None) -> Iterable[dict[str, Any]]:
    """What was delegated, and what is delegated no more."""
    before, after = [_key(row) for row in was or []], [_key(row) for row in now or []]
    for kind, found, others, words in (
        ("added", now or [], before, _("%(holder)s delegated to %(delegate)s: %(duties)s")),
        ("removed", was or [], after, _("No longer delegated by %(holder)s to %(delegate)s: %(duties)s")),
    ):
        for row in found:
            if _key(row) not in others:
                duties = " ".join(f"“{text}”" for text in row["responsibilities"])
                detail = words % {"holder": row["holder"], "delegate": row["delegate"], "duties": duties}
                yield {"kind": kind, "what": _("Delegation"), "role": row["role"], "detail": detail}


def _key(row: dict[str, Any]) -> tuple:
    return row["role"], row["holder"], row["delegate"], tuple(row["responsibilities"])


PART = Part(key="delegations", read=read, rows=rows, changes=changes)
