"""Activities and the processes they stand in: add, change, retire, bring back (M1)."""

from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.errors import InUse, WrongState
from raci.models import Activity, ActivityGroup, Limits
from roles.actions import changes


@transaction.atomic
def add_group(*, actor, **values: Any) -> ActivityGroup:
    """A process, at the end of the matrix."""
    require(actor, "raci.matrix.keep")
    group = history.save(ActivityGroup(position=_next(ActivityGroup.objects.all()), **values), actor=actor)
    events.record("matrix.group_added", actor=actor, subject=group)
    return group


@transaction.atomic
def change_group(group: ActivityGroup, *, actor, **values: Any) -> ActivityGroup:
    """Another name for a process."""
    require(actor, "raci.matrix.keep")
    group = _locked(ActivityGroup, group)
    if what := changes.apply(group, values):
        history.save(group, actor=actor)
        events.record("matrix.group_changed", actor=actor, subject=group, what=what)
    return group


@transaction.atomic
def retire_group(group: ActivityGroup, *, actor) -> ActivityGroup:
    """Take a process out of the matrix. Refused, with the list, while it has activities (rule 7)."""
    require(actor, "raci.matrix.keep")
    group = _locked(ActivityGroup, group)
    if rest := [str(activity) for activity in group.activities.filter(retired=False)]:
        raise InUse(_("%(it)s still has activities. Move or retire these first.") % {"it": group}, rest)
    return _set_retired(group, True, "matrix.group_retired", actor)


@transaction.atomic
def bring_back_group(group: ActivityGroup, *, actor) -> ActivityGroup:
    """A process comes back into the matrix."""
    require(actor, "raci.matrix.keep")
    return _set_retired(_locked(ActivityGroup, group), False, "matrix.group_brought_back", actor)


@transaction.atomic
def add_activity(*, actor, group: ActivityGroup, **values: Any) -> Activity:
    """An activity, at the end of its process."""
    require(actor, "raci.matrix.keep")
    group = _locked(ActivityGroup, group)
    _refuse_retired(group)
    activity = history.save(Activity(group=group, position=_next(group.activities), **values), actor=actor)
    events.record("activity.added", actor=actor, subject=activity)
    return activity


@transaction.atomic
def change_activity(activity: Activity, *, actor, **values: Any) -> Activity:
    """Another title, note, process or rule. In another process it stands last."""
    require(actor, "raci.matrix.keep")
    activity = _locked(Activity, activity)
    _refuse_retired(activity)
    if (group := values.get("group")) is not None and group.pk != activity.group_id:
        _refuse_retired(group)
        activity.position = _next(group.activities)
    if what := changes.apply(activity, values):
        history.save(activity, actor=actor)
        events.record("activity.changed", actor=actor, subject=activity, what=what)
    return activity


@transaction.atomic
def retire_activity(activity: Activity, *, actor) -> Activity:
    """It is no longer done. Its letters stay where they are and come back with it."""
    require(actor, "raci.matrix.keep")
    return _set_retired(_locked(Activity, activity), True, "activity.retired", actor)


@transaction.atomic
def bring_back_activity(activity: Activity, *, actor) -> Activity:
    """It is done again."""
    require(actor, "raci.matrix.keep")
    activity = _locked(Activity, activity)
    _refuse_retired(activity.group)
    return _set_retired(activity, False, "activity.brought_back", actor)


@transaction.atomic
def change_limits(*, actor, **values: Any) -> Limits:
    """From where on accountability is too much in one hand (M7)."""
    require(actor, "raci.matrix.keep")
    limits = Limits.objects.select_for_update().first() or Limits()
    if what := changes.apply(limits, values):
        history.save(limits, actor=actor)
        events.record("matrix.limits_changed", actor=actor, subject=limits, what=what)
    return limits


def _locked(model: type[models.Model], row):
    rows = model.objects.select_for_update(of=("self",))
    return (rows.select_related("group") if model is Activity else rows).get(pk=row.pk)


def _refuse_retired(row) -> None:
    if row.retired:
        raise WrongState(_("%(it)s is retired. Bring it back first.") % {"it": row})


def _set_retired(row, retired: bool, code: str, actor):
    if row.retired == retired:
        raise WrongState(_("%(it)s is so already. Nothing was changed.") % {"it": row})
    row.retired = retired
    history.save(row, actor=actor)
    events.record(code, actor=actor, subject=row)
    return row


def _next(rows) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1
