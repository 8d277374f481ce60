"""The organisation chart is kept current: a role is named for it, restructures are recorded, its holder confirms (coverage R8)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, Stale
from ismsroles.core.shown import differences, fingerprint
from ismsroles.notices.telling import tell
from roles import users
from roles.actions.readers import readers_of
from roles.models import Area, ChartConfirmation, ChartKeeping, Restructure, RestructureArea, Role
from roles.policy import standing
from roles.queries import keeping
from roles.states import RESTRUCTURE


@transaction.atomic
def name_chart_keeper(role: Role, *, actor, reason: str = "") -> ChartKeeping:
    """Say which role keeps the chart current; it has to be in force (R8)."""
    require(actor, "roles.chart.keep")
    role = Role.objects.select_for_update().get(pk=role.pk)
    if role.state != "active":
        raise Invalid(_("%(role)s is not in force. Choose a role that is.") % {"role": role}, "role")
    kept = ChartKeeping.objects.select_for_update().first() or ChartKeeping()
    if kept.role_id == role.pk:
        return kept
    was = kept.role if kept.pk else None
    kept.role = role
    history.save(kept, actor=actor, reason=reason)
    events.record("chart.keeper_named", actor=actor, subject=role, was=was or _("nobody"), reason=reason)
    return kept


@transaction.atomic
def record_restructure(*, actor, day: date, what: str, areas: Iterable[Area] = ()) -> Restructure:
    """A restructure has happened: whoever keeps the chart is asked to confirm it (R8)."""
    require(actor, "roles.chart.keep")
    if day > clock.today():
        raise Invalid(_("That day is still to come. Record it when it has happened."), "day")
    row = history.save(Restructure(day=day, what=what, recorded_by=actor, recorded_at=clock.now()), actor=actor)
    touched = [RestructureArea(restructure=row, area=area) for area in areas]
    RestructureArea.objects.bulk_create(touched)
    named = ", ".join(str(one.area) for one in touched) or _("the whole organisation")
    events.record("chart.restructured", actor=actor, subject=row, day=day.isoformat(), what=what, areas=named)
    _ask_keepers(row)
    return row


@transaction.atomic
def withdraw_restructure(row: Restructure, *, actor, reason: str) -> Restructure:
    """It was recorded by mistake."""
    require(actor, "roles.chart.keep")
    row = Restructure.objects.select_for_update().get(pk=row.pk)
    row.state = RESTRUCTURE.move(row.state, "withdraw")
    history.save(row, actor=actor, reason=reason)
    events.record("chart.restructure_withdrawn", actor=actor, subject=row, what=row.what, reason=reason)
    return row


@transaction.atomic
def confirm_chart(*, actor, seen: dict[str, str], remark: str = "") -> ChartConfirmation:
    """The chart that was shown is right. Refused when it is no longer what was shown (design rule 2)."""
    require(actor, "roles.chart.confirm")
    kept = ChartKeeping.objects.select_for_update().select_related("role").get()
    waiting = list(Restructure.objects.select_for_update().filter(state="open").order_by("pk"))
    now = keeping.content(clock.today())
    if rows := differences(seen, now):
        raise Stale(_("The chart changed while you were looking. Nothing was confirmed. Look again."), rows)
    person = standing(actor).person
    away = None if person in keeping.keepers(clock.today()) else keeping.acting_keeper(person, clock.today())
    role = _("Deputy of %(role)s, for %(person)s") % {"role": kept.role, "person": away} if away else kept.role.title
    made = ChartConfirmation.objects.create(
        at=clock.now(), by=actor, person=person, name=person.name, role=role[:160],
        fingerprint=fingerprint(now), content=now, remark=remark,
    )  # fmt: skip
    for row in waiting:
        row.state, row.confirmation = RESTRUCTURE.move(row.state, "confirm"), made
    history.bulk_update(waiting, Restructure, ["state", "confirmation"], actor=actor, reason=remark)
    events.record(
        "chart.confirmed", actor=actor, subject=made, role=kept.role, print=made.fingerprint[:16],
        restructures=len(waiting), reason=remark, behalf=away.name if away else "",
    )  # fmt: skip
    return made


def _ask_keepers(row: Restructure) -> None:
    """Each holder of the role is asked; without an address the finding and the page say it."""
    people = keeping.keepers(clock.today())
    tell("chart.asked", readers_of(people), key=str(row.pk), url=reverse("chart-confirm"), day=row.day, what=row.what)


@users.of(Role)
def _keeps_the_chart(role: Role) -> Iterable[str]:
    if ChartKeeping.objects.filter(role=role).exists():
        yield _("It keeps the organisation chart current")


@users.of(Area)
def _was_touched(area: Area) -> Iterable[str]:
    for row in Restructure.objects.filter(areas=area)[:50]:
        yield _("Restructure: %s") % row
