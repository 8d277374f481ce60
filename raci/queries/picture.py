"""The whole matrix on one day: what the page, the checks and the publication look at. Five statements, however large it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Aggregate, Exists, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Lower

from ismsroles.core import clock, scope
from raci.models import Activity, Allocation, Limits
from roles.models import Assignment, AuthorisationLevel, Authority, Role

FILLED = "SELECT activity_id, role_id, letters FROM raci_allocation WHERE letters <> ''"


@dataclass(frozen=True)
class Row:
    """One activity in force."""

    pk: int
    title: str
    note: str
    group: int
    group_name: str
    must_inform: bool
    separate: bool
    decides: str
    version: int


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role today."""

    person: int
    name: str
    area: int | None
    area_name: str


@dataclass
class ColumnOfRole:
    """One role: a column."""

    pk: int
    title: str
    kind: str
    state: str
    area: int | None
    area_name: str
    has_authority: bool
    levels: frozenset[str] = frozenset()  # kinds of decision for which it has an authorisation level in force
    holders: list[Holder] = field(default_factory=list)
    left: tuple[str, date] | None = None  # who held it last, and until when

    @property
    def is_vacant(self) -> bool:
        """Nobody answers: nobody holds it today, or it is not in force at all. What everybody holds is never vacant."""
        return self.state != "active" or (self.kind != "everyone" and not self.holders)


@dataclass
class Picture:
    """Rows, columns and the letters where they meet."""

    day: date
    rows: dict[int, Row]
    columns: dict[int, ColumnOfRole]
    cells: dict[int, dict[int, str]]  # activity → role → letters
    limits: Limits
    _found: dict[tuple[int, str], list[ColumnOfRole]] = field(default_factory=dict, repr=False)

    def with_letter(self, activity: int, letter: str) -> list[ColumnOfRole]:
        """The roles that have this letter in this activity; looked for once, many checks ask the same."""
        found = self._found.get((activity, letter))
        if found is None:
            cells = self.cells.get(activity, {}).items()
            found = self._found[activity, letter] = [self.columns[role] for role, letters in cells if letter in letters]
        return found


def picture(day: date | None = None) -> Picture:
    """The matrix on `day` (letters as they are now, holders as of that day); read once for a request."""
    day = day or clock.today()
    return scope.remember(("matrix", day), lambda: _read(day))


def _read(day: date) -> Picture:
    rows = _rows()
    found = Picture(day, rows, _columns(), cells_of(rows), Limits.current())
    _seat(found)
    return found


def cells_of(rows: Iterable[int]) -> dict[int, dict[int, str]]:
    """Activity → role → letters of every cell of these activities that holds a letter; one query, without a join.

    Ten thousand rows: the cursor itself hands them out in half the time that the ORM takes to hand them on."""
    cells: dict[int, dict[int, str]] = {pk: {} for pk in rows}
    with connection.cursor() as cursor:
        cursor.execute(FILLED)
        for activity, role, letters in cursor.fetchall():
            if activity in cells:
                cells[activity][role] = letters
    return cells


def _rows() -> dict[int, Row]:
    names = ("pk", "title", "note", "group_id", "group__name", "must_inform", "separate", "decides", "version")
    rows = Activity.objects.in_force().order_by("group__position", "group_id", "position", "pk")
    return {row[0]: Row(*row) for row in rows.values_list(*names)}


def _columns() -> dict[int, ColumnOfRole]:
    """Roles in force, and those that have letters though they are not; as somebody ordered them, else superiors first."""
    used = Allocation.objects.filled().filter(role=OuterRef("pk"))
    may = Authority.objects.filter(role=OuterRef("pk"))
    levels = AuthorisationLevel.objects.filter(role=OuterRef("pk"), state="active").order_by().values("role")
    decides = Subquery(levels.annotate(all=Joined("kind")).values("all"))
    roles = Role.objects.filter(Q(state="active") | Exists(used)).annotate(may=Exists(may), decides=decides)
    names = ("pk", "title", "kind", "state", "area_id", "area__name", "may", "reports_to_id", "matrix_column__position")
    rows = list(roles.order_by(Lower("title"), "pk").values_list(*names, "decides"))
    above = {row[0]: row[7] for row in rows}
    rows.sort(key=lambda row: (row[8] is None, row[8] or 0, row[2] == "everyone", _depth(row[0], above)))
    return {
        row[0]: ColumnOfRole(*row[:5], row[5] or "", row[6], frozenset(row[9].split(",") if row[9] else ()))
        for row in rows
    }


class Joined(Aggregate):
    """The values of a group in one text, with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **context)


def _depth(role: int, above: dict[int, int | None]) -> int:
    """How many superiors a role has among those shown."""
    steps = 0
    while (role := above.get(role)) in above and steps < len(above):
        steps += 1
    return steps


def _seat(found: Picture) -> None:
    """Who holds each role today, and who held it last."""
    names = (
        "role_id", "starts_on", "ends_on", "person_id", "person__name", "person__starts_on", "person__last_day",
        "person__area_id", "person__area__name",
    )  # fmt: skip
    seats = Assignment.objects.approved().filter(seat="primary").order_by("person__name_key", "person_id")
    for role, first, last, person, name, came, left, area, area_name in seats.values_list(*names):
        column = found.columns.get(role)
        if column is None:
            continue
        last = min((day for day in (last, left) if day), default=None)
        if (last is None or last >= found.day) and max(first, came or first) <= found.day:
            if all(holder.person != person for holder in column.holders):
                column.holders.append(Holder(person, name, area, area_name or ""))
        elif last is not None and last < found.day and (column.left is None or column.left[1] < last):
            column.left = (name, last)
