"""Writing down and changing the rules of the management review team (T1, T4)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from reviews.models import Charter
from roles.actions import changes
from roles.models import Role


@transaction.atomic
def write_charter(*, actor, reason: str = "", **values: Any) -> Charter:
    """Say what the team is and how it decides; what it was stays in the history."""
    require(actor, "reviews.team.keep")
    charter = Charter.objects.select_for_update(of=("self",)).first()
    added = charter is None
    charter = charter or Charter(role=values["role"])
    what = changes.apply(charter, values)
    _refuse_unfit(charter)
    if added or what:
        history.save(charter, actor=actor, reason=reason)
        code = "team.charter_written" if added else "team.charter_changed"
        events.record(code, actor=actor, subject=charter, what=what, reason=reason)
    return charter


def _refuse_unfit(charter: Charter) -> None:
    for name in ("role", "chair_role", "senior_role", "board_role"):
        role = getattr(charter, name)
        if role is not None and role.state != "active":
            raise Invalid(_("%(role)s is not in force. Put it in force first.") % {"role": role}, name)
    if charter.role.kind not in ("body", "many"):
        raise Invalid(_("A team has several members. Choose a role that is a body or has many holders."), "role")
    if charter.chair_role_id and Role.objects.get(pk=charter.chair_role_id).kind != "one":
        raise Invalid(_("One person chairs it. Choose a role with one holder."), "chair_role")
    if charter.decided_on and charter.decided_on > clock.today():
        raise Invalid(_("The board's decision cannot be in the future."), "decided_on")
