"""Whether whoever accepted a risk may accept that much: asked of the authorisation levels (coverage M5, R6)."""

from ismsroles.core import scope
from raci.models import RiskAcceptance
from roles.models import AuthorisationLevel
from roles.queries.held import HeldRole, held_roles

NO_LIMIT = 99


def steps_by_role() -> dict[int, int | None]:
    """Role → the highest step of residual risk that it may accept; None where its limit is no step and cannot be compared."""
    return scope.remember("accepting risks", _read)


def _read() -> dict[int, int | None]:
    rows = AuthorisationLevel.objects.filter(state="active", kind="accept_risk", role__state="active")
    found: dict[int, int | None] = {}
    for role, kind, level in rows.values_list("role_id", "limit_kind", "level"):
        step = {"none": NO_LIMIT, "level": level}.get(kind)
        known = found.get(role, 0)
        found[role] = None if step is None or known is None else max(known, step)
    return found


def lacks_authority(row: RiskAcceptance) -> bool:
    """Whether no role that the person held on that day may accept so much. Where nothing is laid down, nothing is lacking."""
    steps = steps_by_role()
    if not steps:
        return False
    held = [steps.get(one.role.pk, 0) for one in held_roles() if _holds(one, row)]
    return None not in held and max(held, default=0) < row.level


def _holds(one: HeldRole, row: RiskAcceptance) -> bool:
    return any(
        seat.person_id == row.person_id and seat.seat == "primary" and seat.is_current(row.accepted_on)
        for seat in one.seats
    )
