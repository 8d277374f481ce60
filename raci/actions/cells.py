"""Write letters into cells. Who edits says what they saw; what somebody else wrote meanwhile is never overwritten (M1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, Stale, WrongState
from raci.letters import in_signs
from raci.models import SETS, Activity, Allocation
from roles.models import Role

Cell = tuple[int, int]  # activity and role
AT_ONCE = 20_000


@dataclass(frozen=True)
class Wanted:
    """One cell as it shall be. `was` is what the person saw there; None when nobody looked (an import reads and writes at once)."""

    activity: int
    role: int
    now: str
    was: str | None = None

    @property
    def cell(self) -> Cell:
        return self.activity, self.role


class CellsChanged(Stale):
    """Somebody else was first. `cells` says what stands there now, so that the page can show it."""

    def __init__(self, cells: dict[Cell, str], rows: Iterable[tuple[str, str, str]]) -> None:
        words = ngettext(
            "Somebody changed this cell first. Nothing of yours was written.",
            "Somebody changed some of these cells first. Nothing of yours was written.",
            len(cells),
        )
        super().__init__(words, rows)
        self.cells = cells


@dataclass
class _Sheet:
    """What the wanted cells are about, locked: nobody else writes in these rows until the transaction ends."""

    activities: dict[int, Activity]
    roles: dict[int, Role]
    cells: dict[Cell, Allocation]

    def letters(self, cell: Cell) -> str:
        return self.cells[cell].letters if cell in self.cells else ""


@transaction.atomic
def set_cells(wanted: Sequence[Wanted], *, actor, undo: bool = False, reason: str = "") -> dict[int, int]:
    """Write all of these cells or none; returns each changed activity with its new version.

    Ten statements at the most, however many cells: the rows are locked first, so two who edit one row come one after the other."""
    require(actor, "raci.matrix.keep")
    return write_cells(wanted, actor=actor, undo=undo, reason=reason)


def write_cells(wanted: Sequence[Wanted], *, actor, undo: bool = False, reason: str = "") -> dict[int, int]:
    """The same, for who has asked the policy already. Call inside a transaction. `actor` None is the command line."""
    sheet = _locked(wanted)
    _refuse_misfits(wanted, sheet)
    _refuse_changed(wanted, sheet)
    changed = [each for each in wanted if sheet.letters(each.cell) != each.now]
    code = "allocation.undone" if undo else "allocation.changed"
    told = [_event(code, each, sheet, actor, reason) for each in changed]
    _write(changed, sheet, actor, reason)
    touched = sorted({each.activity for each in changed})
    if touched:
        Activity.objects.filter(pk__in=touched).update(version=F("version") + 1)
        events.record_many(told)
    return {pk: sheet.activities[pk].version + 1 for pk in touched}


def set_letters(activity: Activity, role: Role, letters: str, *, actor, was: str | None = None) -> None:
    """One cell."""
    set_cells([Wanted(activity.pk, role.pk, letters, was)], actor=actor)


def _locked(wanted: Sequence[Wanted]) -> _Sheet:
    if len(wanted) > AT_ONCE:
        raise Invalid(_("These are too many cells at once. Take a part of them."))
    rows, columns = {each.activity for each in wanted}, {each.role for each in wanted}
    activities = Activity.objects.select_for_update(of=("self",)).select_related("group").filter(pk__in=rows)
    found = {activity.pk: activity for activity in activities.order_by("pk")}
    roles = Role.objects.in_bulk(columns)
    cells = Allocation.objects.filter(activity__in=rows, role__in=columns)
    return _Sheet(found, roles, {(cell.activity_id, cell.role_id): cell for cell in cells})


def _refuse_misfits(wanted: Sequence[Wanted], sheet: _Sheet) -> None:
    """Each cell once, letters that exist, activities and roles that are still there."""
    if len({each.cell for each in wanted}) != len(wanted):
        raise Invalid(_("A cell is named twice. Nothing was written."))
    for each in wanted:
        activity, role = sheet.activities.get(each.activity), sheet.roles.get(each.role)
        if activity is None or role is None:
            raise WrongState(_("An activity or a role of this is not there. Open the matrix again."))
        if activity.retired or activity.group.retired:
            raise WrongState(_("%(it)s is retired. Bring it back first.") % {"it": activity})
        if role.state == "retired" and each.now:
            raise WrongState(_("%(it)s is retired. Bring it back first.") % {"it": role})
        if each.now not in SETS:
            raise Invalid(_("A cell holds letters of RASCI, each once. Write them again."))


def _refuse_changed(wanted: Sequence[Wanted], sheet: _Sheet) -> None:
    """What stands there must be what was seen, or already what is wanted."""
    others = [each for each in wanted if each.was is not None and sheet.letters(each.cell) not in (each.was, each.now)]
    if others:
        rows = [(_label(each, sheet), in_signs(each.was or ""), in_signs(sheet.letters(each.cell))) for each in others]
        raise CellsChanged({each.cell: sheet.letters(each.cell) for each in others}, rows)


def _label(each: Wanted, sheet: _Sheet) -> str:
    return f"{sheet.activities[each.activity]}: {sheet.roles[each.role]}"


def _event(code: str, each: Wanted, sheet: _Sheet, actor, reason: str):
    return events.prepare(
        code,
        actor=actor,
        subject=sheet.activities[each.activity],
        reason=reason,
        role=sheet.roles[each.role],
        role_id=each.role,
        was=in_signs(sheet.letters(each.cell)),
        now=in_signs(each.now),
    )


def _write(changed: Sequence[Wanted], sheet: _Sheet, actor, reason: str) -> None:
    new, old = [], []
    for each in changed:
        if each.cell in sheet.cells:
            sheet.cells[each.cell].letters = each.now
            old.append(sheet.cells[each.cell])
        else:
            new.append(Allocation(activity_id=each.activity, role_id=each.role, letters=each.now))
    if new:
        history.bulk_create(new, Allocation, actor=actor, reason=reason)
    if old:
        history.bulk_update(old, Allocation, ["letters"], actor=actor, reason=reason)
