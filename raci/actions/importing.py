"""Take a matrix in from a file: new roles as drafts, new activities, and every letter that differs, in one transaction (M1)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core import events, history
from ismsroles.core.access import require
from raci.actions.cells import AT_ONCE, Wanted, write_cells
from raci.models import Activity, ActivityGroup
from raci.spreadsheet.plan import Plan
from raci.spreadsheet.register import groups
from roles.models import Process, Role

NO_PROCESS = "General"


@dataclass(frozen=True)
class Result:
    """What was done."""

    cells: int
    activities: int
    roles: int
    refused: int

    @property
    def sentence(self) -> str:
        parts = [ngettext("%(n)d cell changed", "%(n)d cells changed", self.cells) % {"n": self.cells}]
        if self.activities:
            parts.append(
                ngettext("%(n)d activity added", "%(n)d activities added", self.activities) % {"n": self.activities}
            )
        if self.roles:
            parts.append(
                ngettext("%(n)d role added as a draft", "%(n)d roles added as drafts", self.roles) % {"n": self.roles}
            )
        if self.refused:
            parts.append(ngettext("%(n)d entry refused", "%(n)d entries refused", self.refused) % {"n": self.refused})
        return ", ".join(parts) + "."


@transaction.atomic
def write_matrix(planned: Plan, *, actor, source: str) -> Result:
    """All of the plan or nothing of it; a number of statements that does not grow with the file. `actor` None is the command line."""
    if actor is not None:
        require(actor, "raci.matrix.import")
    roles = planned.roles | _new_roles(planned, actor)
    activities = planned.activities | _new_activities(planned, actor)
    wanted = [Wanted(activities[c.activity.number], roles[c.role.number], c.now, c.was) for c in planned.changes]
    for start in range(0, len(wanted), AT_ONCE):
        write_cells(wanted[start : start + AT_ONCE], actor=actor, reason=_("Imported from %s") % source)
    result = Result(len(wanted), len(planned.new_activities), len(planned.new_roles), len(planned.reading.refused))
    words = {"cells": result.cells, "activities": result.activities, "roles": result.roles, "refused": result.refused}
    events.record("matrix.imported", actor=actor, subject=None, file=source, **words)
    return result


def _new_roles(planned: Plan, actor) -> dict[int, int]:
    """Roles that the register does not have yet come in as drafts: nobody holds them before they are written out (R1)."""
    if not planned.new_roles:
        return {}
    if actor is not None:
        require(actor, "roles.role.keep")
    rows = [Role(title=name.title) for name in planned.new_roles]
    made = history.bulk_create(rows, Role, actor=actor)
    events.record_many([events.prepare("role.added", actor=actor, subject=role) for role in made])
    return {name.number: role.pk for name, role in zip(planned.new_roles, made, strict=True)}


def _new_activities(planned: Plan, actor) -> dict[int, int]:
    """Rows at the end of their process, which is made where it is missing."""
    if not planned.new_activities:
        return {}
    there = _processes(planned, actor)
    last = dict(Activity.objects.order_by("position").values_list("group_id", "position"))
    rows = []
    for name in planned.new_activities:
        group = there[(name.group or NO_PROCESS).lower()]
        last[group.pk] = last.get(group.pk, 0) + 1
        rows.append(Activity(group=group, title=name.title, position=last[group.pk]))
    made = history.bulk_create(rows, Activity, actor=actor)
    events.record_many([events.prepare("activity.added", actor=actor, subject=activity) for activity in made])
    return {name.number: activity.pk for name, activity in zip(planned.new_activities, made, strict=True)}


def _processes(planned: Plan, actor) -> dict[str, ActivityGroup]:
    there = groups()
    last = max((group.position for group in there.values()), default=0)
    wanted = dict.fromkeys(name.group or NO_PROCESS for name in planned.new_activities)
    missing = {name.lower(): name for name in wanted if name.lower() not in there}
    registered = {one.name.lower(): one for one in Process.objects.filter(state="active")} if missing else {}
    rows = [
        ActivityGroup(name=name, position=last + place, process=registered.get(key))
        for place, (key, name) in enumerate(missing.items(), 1)
    ]
    made = history.bulk_create(rows, ActivityGroup, actor=actor) if rows else []
    events.record_many([events.prepare("matrix.group_added", actor=actor, subject=group) for group in made])
    return there | {group.name.lower(): group for group in made}
