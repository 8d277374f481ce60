"""The map of clauses in the document: each clause and control with the roles and evidence that serve it (coverage D9).

What is open under a clause is counted from the open points of the same snapshot; the way back, from a role to its clauses, stands in each
role's profile."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from evidence.parts.part import Part
from evidence.workspace.clauses import clause_map

Row = dict[str, Any]


def read(day: date) -> list[Row]:
    """Nothing while no role says which clause it serves. Findings are not asked here: they compare with this very snapshot."""
    rows = clause_map(day, [])
    if not any(row.roles for row in rows):
        return []
    return [
        {
            "code": row.code,
            "text": str(row.text),
            "roles": [held.role.pk for held in row.roles],
            "evidence": [str(item.title) for item in row.items],
        }
        for row in rows
    ]


def rows(value: list[Row], snapshot: Any) -> Row:
    """Titles for ids, how many responsibilities each role has, and how many points were open under the clause."""
    roles = {role.id: role for role in snapshot.roles}
    points = [point.get("clause") for point in snapshot.list("open_points")]
    return {
        "clause_rows": [
            row
            | {
                "served": [(role, len(role.row.get("responsibilities") or [])) for pk in row["roles"] if (role := roles.get(pk))],
                "open": points.count(row["code"]),
            }
            for row in value
        ]
    }  # fmt: skip


PART = Part(
    key="clause_map",
    read=read,
    after="approvals",
    title=_("Map of clauses"),
    lead=_(
        "Which roles serve each clause and control, and where the evidence is. Each role’s profile names its clauses."
    ),
    rows=rows,
)
