"""Rows that the templates of the document print: labels given, ids made into titles, signatures in their order."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.document import lines, reading
from evidence.document.reading import Snapshot
from evidence.parts import PARTS
from ismsroles.records.pdf import parts


def derived(snapshot: Snapshot, signed: list[dict]) -> dict:
    """Rows that a template cannot work out by itself."""
    return {
        "figures": _figures(snapshot),
        "signatures": _signatures(snapshot, signed),
        "drafts": sorted({row["draft_sha256"] for row in signed}),
        "clauses": [
            (row, [held | {"role": snapshot.role_title(held["role"])} for held in row["held_by"]])
            for row in snapshot.list("clause_53")
        ],
        "open_points": [
            row | {"label": reading.severity_label(row["severity"])} for row in snapshot.list("open_points")
        ],
        "changes": [
            row | {"label": reading.change_label(row["kind"]), "linked": row.get("role") in snapshot.titles}
            for row in snapshot.list("changes")
        ],
        "approvals": [
            row
            | {
                "role": snapshot.role_title(row["role"]),
                "seat": reading.seat_label(row["seat"]),
                "decided_by": _decider(row),
                "on": parts.local_day(row.get("decided_at"), snapshot.zone),
            }
            for row in snapshot.list("approvals")
        ],
        "frozen": parts.local_day(snapshot.document["frozen_at"], snapshot.zone),
        "alone": lines.alone(snapshot.roles),
    } | {
        key: row
        for part in PARTS
        if (value := snapshot.row.get(part.key))
        for key, row in part.rows(value, snapshot).items()
    }


def _decider(row: dict) -> str:
    """Who decided; that it was on their own proposal is said beside the name (design rule 1)."""
    return _("%s, on an own proposal by exception") % row["decided_by"] if row.get("exception") else row["decided_by"]


def _signatures(snapshot: Snapshot, signed: list[dict]) -> list[dict]:
    """Those who signed, in their order; in a draft those who are asked to."""
    rows = [row | {"signed": row, "method": reading.method_label(row["method"])} for row in signed] or snapshot.list(
        "signers"
    )
    return [
        row | {"label": reading.meaning_label(row["meaning"])} for row in sorted(rows, key=lambda row: row["order"])
    ]


def _figures(snapshot: Snapshot) -> list[tuple[int, str]]:
    roles, people = len(snapshot.roles), len(snapshot.people)
    vacant, points = sum(role.vacant for role in snapshot.roles), len(snapshot.list("open_points"))
    return [
        (
            roles,
            ngettext("role is defined", "roles are defined, each with its responsibilities and authorities", roles),
        ),
        (people, ngettext("person holds a role or is a deputy", "people hold a role or are a deputy", people)),
        (vacant, ngettext("of the roles is vacant", "of the roles are vacant", vacant)),
        (points, ngettext("point was open when this was frozen", "points were open when this was frozen", points)),
    ]
