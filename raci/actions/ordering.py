"""The order of the matrix: activities within their process, processes, roles (M1)."""

from collections.abc import Sequence

from django.db import models, transaction
from django.utils.translation import gettext as _

from ismsroles.core import events, history
from ismsroles.core.access import require
from raci.models import Activity, ActivityGroup, Column
from roles.models import Role


@transaction.atomic
def order_rows(group: ActivityGroup, order: Sequence[int], *, actor) -> None:
    """The activities of a process in this order; those not named follow as they were."""
    require(actor, "raci.matrix.keep")
    rows = list(Activity.objects.select_for_update().filter(group=group, retired=False).order_by("position", "pk"))
    if _order(rows, order, Activity, actor):
        events.record("matrix.ordered", actor=actor, subject=group, what=_("activities of %s") % group)


@transaction.atomic
def order_groups(order: Sequence[int], *, actor) -> None:
    """The processes in this order; those not named follow as they were."""
    require(actor, "raci.matrix.keep")
    rows = list(ActivityGroup.objects.select_for_update().filter(retired=False).order_by("position", "pk"))
    if _order(rows, order, ActivityGroup, actor):
        events.record("matrix.ordered", actor=actor, subject=None, what=_("processes"))


@transaction.atomic
def order_columns(order: Sequence[int], *, actor) -> None:
    """The roles in this order; those not named follow as they were."""
    require(actor, "raci.matrix.keep")
    kept = {column.role_id: column for column in Column.objects.select_for_update()}
    wanted = list(dict.fromkeys(pk for pk in order if pk in set(Role.objects.values_list("pk", flat=True))))
    rest = [pk for pk in kept if pk not in set(wanted)]
    new = [Column(role_id=pk, position=place) for place, pk in enumerate([*wanted, *rest]) if pk not in kept]
    moved = _moved([kept.get(pk) for pk in [*wanted, *rest]])
    if new:
        history.bulk_create(new, Column, actor=actor)
    if moved:
        history.bulk_update(moved, Column, ["position"], actor=actor)
    if new or moved:
        events.record("matrix.ordered", actor=actor, subject=None, what=_("roles"))


@transaction.atomic
def move_activity(activity: Activity, by: int, *, actor) -> None:
    """One activity some places down (or, below nought, up) in its process."""
    rows = Activity.objects.filter(group=activity.group_id, retired=False).order_by("position", "pk")
    order_rows(activity.group, _stepped(list(rows.values_list("pk", flat=True)), activity.pk, by), actor=actor)


@transaction.atomic
def move_group(group: ActivityGroup, by: int, *, actor) -> None:
    """One process some places down (or, below nought, up) in the matrix."""
    rows = ActivityGroup.objects.filter(retired=False).order_by("position", "pk")
    order_groups(_stepped(list(rows.values_list("pk", flat=True)), group.pk, by), actor=actor)


@transaction.atomic
def move_column(role: Role, by: int, order: Sequence[int], *, actor) -> None:
    """One role some places to the right (or, below nought, to the left); `order` is how they stand."""
    order_columns(_stepped(list(order), role.pk, by), actor=actor)


def _stepped(order: list[int], pk: int, by: int) -> list[int]:
    if pk in order:
        place = order.index(pk)
        order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
    return order


def _order(rows: list, order: Sequence[int], model: type[models.Model], actor) -> bool:
    by_pk = {row.pk: row for row in rows}
    named = list(dict.fromkeys(pk for pk in order if pk in by_pk))
    moved = _moved([by_pk[pk] for pk in [*named, *(pk for pk in by_pk if pk not in set(named))]])
    if moved:
        history.bulk_update(moved, model, ["position"], actor=actor)
    return bool(moved)


def _moved(rows: list) -> list:
    """Those that stand elsewhere than before, with their new place."""
    moved = []
    for place, row in enumerate(rows):
        if row is not None and row.position != place:
            row.position = place
            moved.append(row)
    return moved
