"""Adopt activities from the starter list, with a suggestion who does what (M3)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.models import Organisation
from raci.actions.cells import Wanted, set_cells
from raci.models import Activity, ActivityGroup
from raci.starter import StarterActivity, StarterProcess, allocation, processes
from roles.models import Process, Role


@transaction.atomic
def adopt_activities(keys: Iterable[str], *, actor, allocate: bool = True) -> list[Activity]:
    """Copy these starter activities into the matrix; one that is there already is left alone, letters included."""
    require(actor, "raci.starter.adopt")
    wanted = set(keys) - set(Activity.objects.exclude(starter_key="").values_list("starter_key", flat=True))
    new = [(process, each) for process in processes() for each in process.activities if each.key in wanted]
    groups = _groups({process.key: process for process, _each in new}, actor)
    made = history.bulk_create(_activities(new, groups), Activity, actor=actor)
    events.record_many([events.prepare("activity.adopted", actor=actor, subject=activity) for activity in made])
    if allocate and made:
        _allocate(made, {each.key: each for _process, each in new}, actor)
    return made


def _groups(wanted: dict[str, StarterProcess], actor) -> dict[str, ActivityGroup]:
    """The processes, made where they are missing; one of that name is that process."""
    present = list(ActivityGroup.objects.select_for_update().filter(retired=False))
    found = {group.starter_key: group for group in present if group.starter_key}
    named = {group.name.lower(): group for group in present}
    last = max((group.position for group in present), default=0)
    for process in wanted.values():
        if process.key not in found and process.name.lower() in named:
            found[process.key] = named[process.name.lower()]
    missing = [process for process in wanted.values() if process.key not in found]
    adopted = Process.objects.filter(state="active").exclude(starter_key="")
    registered = {one.starter_key: one for one in adopted} if missing else {}
    rows = [
        ActivityGroup(
            name=process.name, starter_key=process.key, position=last + place, process=registered.get(process.process)
        )
        for place, process in enumerate(missing, 1)
    ]
    made = history.bulk_create(rows, ActivityGroup, actor=actor) if rows else []
    events.record_many([events.prepare("matrix.group_added", actor=actor, subject=group) for group in made])
    return found | {group.starter_key: group for group in made}


def _activities(new: list[tuple[StarterProcess, StarterActivity]], groups: dict[str, ActivityGroup]) -> list[Activity]:
    """Rows at the end of their processes; a title that the process has already is left alone."""
    rows = ActivityGroup.objects.filter(pk__in=[group.pk for group in groups.values()])
    last = dict(rows.annotate(last=Max("activities__position")).values_list("pk", "last"))
    taken = {(group, title.lower()) for group, title in Activity.objects.values_list("group_id", "title")}
    made = []
    for process, each in new:
        group = groups[process.key]
        if (group.pk, each.title.lower()) in taken:
            continue
        last[group.pk] = (last.get(group.pk) or 0) + 1
        made.append(
            Activity(
                group=group, title=each.title, note=each.note, position=last[group.pk], must_inform=each.inform,
                separate=each.separate, decides=each.decides,
                duties=list(each.duties), starter_key=each.key,
            )
        )  # fmt: skip
    return made


def _allocate(made: list[Activity], starters: dict[str, StarterActivity], actor) -> None:
    size = Organisation.current().size
    rows = Role.objects.exclude(state="retired").exclude(starter_key="").values_list("starter_key", "pk")
    roles = dict(rows)
    cells = [
        Wanted(activity.pk, roles[key], letters)
        for activity in made
        for key, letters in allocation(starters[activity.starter_key], roles, size).items()
    ]
    if cells:
        set_cells(cells, actor=actor)
