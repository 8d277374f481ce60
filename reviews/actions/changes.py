"""Declaring a change of the organisation, and reporting an anomaly: both open reviews (V2, V4)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from reviews.actions.written import once
from reviews.models import Anomaly, DeclaredChange
from roles.models import Role
from roles.policy import standing


@transaction.atomic
def declare_change(*, actor, kind: str, day: date, what: str, areas: Any = (), roles: Any = ()) -> DeclaredChange:
    """Somebody declares a restructure, a company bought or another change, with its day and what it touches."""
    require(actor, "reviews.change.declare")
    row = once(DeclaredChange(kind=kind, day=day, what=what, declared_by=actor, declared_at=clock.now()))
    row.areas.set(areas)
    row.roles.set(roles)
    named = ", ".join(str(one) for one in [*areas, *roles]) or _("nothing in particular")
    events.record(
        "change.declared", actor=actor, subject=row, day=day.isoformat(), kind=row.get_kind_display(), what=what, touches=named
    )  # fmt: skip
    return row


@transaction.atomic
def report_anomaly(*, actor, what: str, happened_on: date, role: Role | None = None) -> Anomaly:
    """Anybody in the register reports what went wrong because nobody, or the wrong one, answered for it."""
    require(actor, "reviews.anomaly.report")
    if happened_on > clock.today():
        raise Invalid(_("This day is still to come. Write the day on which it happened."), "happened_on")
    row = Anomaly(what=what, happened_on=happened_on, role=role, reported_by=actor, reported_at=clock.now())
    row.reported_by_person = standing(actor).person
    once(row)
    events.record("anomaly.reported", actor=actor, subject=row, day=happened_on.isoformat())
    return row
