"""Authorisation levels as a section, and what each role does in processes and for policies in its profile (R6, R7, R9)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.parts.part import Part
from roles.models import AuthorisationLevel, Policy, PolicyPart, ProcessPart
from roles.queries.guidance import in_order

Row = dict[str, Any]


def _read_levels(day: date) -> list[Row]:
    rows = AuthorisationLevel.objects.filter(state="active", role__state="active")
    return [
        {
            "id": row.pk, "kind": row.decision, "what": row.what, "role": row.role_id, "limit_kind": row.limit_kind,
            "limit": row.limit, "evidence": row.evidence,
        }
        for row in in_order(rows)
    ]  # fmt: skip


def _level_rows(value: list[Row], snapshot: Any) -> dict[str, Any]:
    groups: dict[str, list[Row]] = {}
    for row in value:
        groups.setdefault(row["kind"], []).append(
            row | {"role": snapshot.role_title(row["role"]), "limit": _limit(row)}
        )
    return {"levels": list(groups.items())}


def _limit(row: Row) -> str:
    return row["limit"] or (_("without limit") if row["limit_kind"] == "none" else _("not written yet"))


def _level_changes(was: list[Row] | None, now: list[Row] | None) -> Iterator[Row]:
    yield from _differences(
        was, now, _("Authorisation level"), lambda row: f"{row['kind']}: {row['what']} ({_limit(row)})"
    )


def _read_parts(day: date) -> list[Row]:
    parts = ProcessPart.objects.filter(process__state="active", role__state="active").select_related("process")
    found = [_part(part.role_id, "process", part.process, part.does) for part in parts.order_by("process__name", "pk")]
    effects = PolicyPart.objects.filter(policy__state="active", role__state="active").select_related("policy")
    found += [_part(part.role_id, "policy", part.policy, part.does) for part in effects.order_by("policy__title", "pk")]
    owned = Policy.objects.filter(state="active", owner__state="active").order_by("title", "pk")
    return found + [_part(policy.owner_id, "owner", policy, "") for policy in owned]


def _part(role: int, kind: str, row: Any, does: str) -> Row:
    version = {} if kind == "process" else {"version": row.version, "dated": row.dated.isoformat()}
    return {"id": f"{kind}-{row.pk}-{role}", "role": role, "kind": kind, "name": str(row), "does": does} | version


def _part_rows(value: list[Row], snapshot: Any) -> dict[str, Any]:
    by_role: dict[int, list[Row]] = {}
    for row in value:
        does = row["does"] or _("Owns it.")
        name = row["name"] if row["kind"] == "process" else _("%(name)s, version %(version)s") % row
        by_role.setdefault(row["role"], []).append({"name": name, "does": does})
    return {"parts_of": by_role}


def _part_changes(was: list[Row] | None, now: list[Row] | None) -> Iterator[Row]:
    yield from _differences(
        was, now, _("Process or policy"), lambda row: f"{row['name']}: {row['does'] or _('Owns it.')}"
    )


def _differences(was: list[Row] | None, now: list[Row] | None, label: str, say: Any) -> Iterator[Row]:
    """Rows added, changed and removed, by their number."""
    old, new = ({row["id"]: row for row in rows or []} for rows in (was, now))
    for key, row in new.items():
        if key not in old:
            yield {"kind": "added", "what": label, "role": row["role"], "detail": say(row)}
        elif old[key] != row:
            yield {"kind": "changed", "what": label, "role": row["role"], "detail": f"{say(old[key])} → {say(row)}"}
    for key, row in old.items():
        if key not in new:
            yield {"kind": "removed", "what": label, "role": row["role"], "detail": say(row)}


LEVELS = Part(
    "levels",
    _read_levels,
    after="profiles",
    title=gettext_lazy("Authorisation levels"),
    lead=gettext_lazy(
        "What may be granted or decided, up to which limit, by which role, and what is kept as evidence."
    ),
    rows=_level_rows,
    changes=_level_changes,
)
PARTS_OF_ROLES = Part("role_parts", _read_parts, rows=_part_rows, changes=_part_changes)
