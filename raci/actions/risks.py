"""Risks, who owns them, and who accepted what remains (M5)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from raci.actions.owners import named, refuse_unfit
from raci.models import Risk, RiskAcceptance, RiskScale
from roles.actions import changes
from roles.models import Person

KEEP = "raci.risk.keep"
PARTIES = ("owner_role", "owner_person")


@transaction.atomic
def add_risk(*, actor, **values: Any) -> Risk:
    """A risk of the organisation's risk register, with who answers for it (M5)."""
    require(actor, KEEP)
    risk = Risk(**values)
    _refuse_off_scale(risk.level)
    refuse_unfit(risk, PARTIES)
    history.save(risk, actor=actor)
    events.record("risk.added", actor=actor, subject=risk, owner=named(risk.owner))
    return risk


@transaction.atomic
def change_risk(risk: Risk, *, actor, reason: str = "", **values: Any) -> Risk:
    """Change what is written about a risk, its owner and level included."""
    require(actor, KEEP)
    risk = _locked(risk)
    _refuse_closed(risk)
    before = {party: getattr(risk, f"{party}_id") for party in PARTIES}
    level = values.get("level", risk.level)
    if level != risk.level:
        _refuse_off_scale(level)
    if what := changes.apply(risk, values):
        refuse_unfit(risk, [party for party in PARTIES if getattr(risk, f"{party}_id") != before[party]])
        history.save(risk, actor=actor, reason=reason)
        events.record("risk.changed", actor=actor, subject=risk, what=what, reason=reason)
    return risk


@transaction.atomic
def close_risk(risk: Risk, *, actor, reason: str = "") -> Risk:
    """The risk is gone from the risk register: nobody needs to own it any more."""
    require(actor, KEEP)
    risk = _locked(risk)
    _refuse_closed(risk)
    risk.closed_on = clock.today()
    history.save(risk, actor=actor, reason=reason)
    events.record("risk.closed", actor=actor, subject=risk, reason=reason)
    return risk


@transaction.atomic
def reopen_risk(risk: Risk, *, actor) -> Risk:
    """The risk is back, as it was."""
    require(actor, KEEP)
    risk = _locked(risk)
    if risk.closed_on is None:
        raise WrongState(_("%(risk)s is open. There is nothing to bring back.") % {"risk": risk})
    risk.closed_on = None
    history.save(risk, actor=actor)
    events.record("risk.reopened", actor=actor, subject=risk)
    return risk


@transaction.atomic
def record_acceptance(
    risk: Risk,
    *,
    actor,
    person: Person,
    accepted_on: date,
    until: date,
    level: int,
    evidence: str = "",
    link: str = "",
) -> RiskAcceptance:
    """Somebody accepted what remains of the risk. Recorded as it was, right or wrong: what is wrong with it is a finding (M5)."""
    require(actor, KEEP)
    risk = _locked(risk)
    _refuse_closed(risk)
    _refuse_off_scale(level)
    if accepted_on > clock.today():
        raise Invalid(_("Nobody accepts in future. Write the day on which it was decided."), "accepted_on")
    if not person.is_current(accepted_on):
        raise Invalid(_("%(person)s was not with the organisation on that day.") % {"person": person}, "person")
    row = RiskAcceptance(
        risk=risk, person=person, accepted_on=accepted_on, until=until, level=level, evidence=evidence, link=link,
        recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    history.save(row, actor=actor)
    words = {"person": person, "day": accepted_on.isoformat(), "until": until.isoformat(), "level": row.level_name}
    events.record("risk.accepted", actor=actor, subject=risk, **words)
    return row


@transaction.atomic
def withdraw_acceptance(acceptance: RiskAcceptance, *, actor, reason: str) -> RiskAcceptance:
    """An acceptance no longer holds. It stays written; a new row says when, by whom and why."""
    require(actor, KEEP)
    risk = _locked(acceptance.risk)
    if acceptance.withdraws_id is not None or RiskAcceptance.objects.filter(withdraws=acceptance).exists():
        raise WrongState(_("This acceptance was withdrawn already."))
    if not reason.strip():
        raise Invalid(_("Say why it no longer holds. It stays in the record."), "reason")
    row = RiskAcceptance(
        risk=risk, person=acceptance.person, accepted_on=acceptance.accepted_on, until=acceptance.until,
        level=acceptance.level, withdraws=acceptance, reason=reason, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    history.save(row, actor=actor)
    events.record("risk.acceptance_withdrawn", actor=actor, subject=risk, person=acceptance.person, reason=reason)
    return row


@transaction.atomic
def name_levels(*, actor, names: str, seen: str = "") -> RiskScale:
    """What the levels of residual risk are called. A level that is in use is not taken away."""
    require(actor, KEEP)
    scale = RiskScale.objects.select_for_update().order_by("pk").first() or RiskScale()
    scale.names = names
    used = max(_highest(Risk), _highest(RiskAcceptance))
    if len(scale.words) < used:
        raise Invalid(_("Level %(level)d is in use, so at least that many are needed.") % {"level": used}, "names")
    history.save(scale, actor=actor)
    events.record("risk.scale_named", actor=actor, subject=None, levels=str(scale))
    return scale


def _highest(model: type) -> int:
    return model.objects.aggregate(highest=Max("level"))["highest"] or 0


def _locked(risk: Risk) -> Risk:
    return Risk.objects.select_for_update(of=("self",)).select_related("owner_role", "owner_person").get(pk=risk.pk)


def _refuse_closed(risk: Risk) -> None:
    if risk.closed_on is not None:
        raise WrongState(_("%(risk)s is closed and stays as it was. Open it again first.") % {"risk": risk})


def _refuse_off_scale(level: int) -> None:
    if not 1 <= level <= len(RiskScale.current()):
        raise Invalid(_("Choose a level of the scale."), "level")
