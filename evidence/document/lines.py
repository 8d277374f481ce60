"""Reporting lines as a chart, and the tree of the cover, from the roles of a snapshot (coverage R8)."""

from evidence.document.reading import Role
from ismsroles.core import colour
from ismsroles.records.pdf import chart, ornament

WIDTH, FIRST, OTHER = 257.0, 134.0, 150.0  # millimetres on a landscape page, heads taken off
LONE_IN_THE_CHART = 6  # more roles than this without any line are named in a sentence, not drawn


def alone(roles: list[Role]) -> list[Role]:
    """Roles that neither report to a role nor have one reporting to them, when there are too many to draw."""
    known = {role.id for role in roles}
    above = {role.row.get("reports_to") for role in roles}
    found = [role for role in roles if role.row.get("reports_to") not in known and role.id not in above]
    return found if len(found) > LONE_IN_THE_CHART else []


def charts(roles: list[Role], accent: str) -> list[chart.Sheet]:
    """The sheets of the organisation chart: vacant roles hatched, those held from outside dashed."""
    left_out = {role.id for role in alone(roles)}
    boxes = [
        chart.Box(
            role.id, role.row.get("reports_to"), role.title, role.held_by, hatched=role.vacant, dashed=role.outside
        )
        for role in roles
        if role.id not in left_out
    ]
    return chart.organisation_chart(boxes, colour.safe_accent(accent), width=WIDTH, first=FIRST, other=OTHER)


def cover(roles: list[Role], accent: str) -> str:
    """The version's own roles as the picture of its cover."""
    ground = colour.safe_accent(accent)
    return ornament.radial(
        {role.id: role.row.get("reports_to") for role in roles},
        filled={role.id for role in roles if not role.vacant},
        trails={role.id: len(role.row.get("responsibilities") or []) for role in roles},
        ground=ground,
        quiet=colour.mix(ground, 0.72),
    )
