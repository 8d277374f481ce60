"""The whole matrix on one day: what the page, the checks and the publication look at. Four statements, however large it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import connection
from django.db.models import Aggregate, Exists, OuterRef, Subquery, TextField
from django.db.models.functions import Lower

from ismsroles.core import clock, scope
from ismsroles.core.questions import Question, dated
from raci.models import Activity, Limits
from roles.models import Assignment, AuthorisationLevel, Authority, Role

FILLED = """SELECT activity_id, role_id, letters FROM "raci_allocation" WHERE letters <> ''"""
WRITTEN_SINCE = """
    SELECT activity.id, activity.version, cell.role_id, cell.letters FROM "raci_activity" activity
    LEFT JOIN "raci_allocation" cell ON cell.activity_id = activity.id AND cell.letters <> ''
    WHERE activity.id IN (SELECT activity_id FROM "raci_historicalallocation" WHERE history_id > %s)"""


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
    return scope.remember(("matrix", day), lambda: read(day))


def read(day: date) -> Picture:
    """The same, read now."""
    found = ROWS.rows()
    rows = {row[0]: Row(*row[:5], bool(row[5]), bool(row[6]), *row[7:9]) for row in found}
    cells = cells_of(rows)
    columns = _columns({role for letters in cells.values() for role in letters})
    _seat(columns, day)
    return Picture(day, rows, columns, cells, _limits(found))


def _limits(rows: list[tuple]) -> Limits:
    """The limits come with the rows; where there are none, nothing has been read of them."""
    if not rows:
        return Limits.current()
    person, area = rows[0][9:]
    return Limits() if person is None else Limits(person=person, area=area)


def read_again(old: Picture, number: int) -> Picture | None:
    """The same picture with the letters of those rows that were written since the history had this number.

    None where more than letters of known roles is new: then everything is read."""
    cells: dict[int, dict[int, str]] = {}
    rows: dict[int, Row] = {}
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN_SINCE, [number])
        for activity, version, role, letters in cursor.fetchall():
            if activity in old.rows:
                rows[activity] = replace(old.rows[activity], version=version)
                cells.setdefault(activity, {}).update({role: letters} if role is not None else {})
    known = {pk for pk, column in old.columns.items() if column.state == "active"}
    if len(known) < len(old.columns) or any(letters.keys() - known for letters in cells.values()):
        return None
    kept = {place: found for place, found in old._found.items() if place[0] not in cells}
    return replace(old, rows=old.rows | rows, cells=old.cells | cells, _found=kept)


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


class Joined(Aggregate):
    """The values of a group in one text, with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **context)


@Question
def ROWS():
    """Activities in force, in the order of the matrix; with each the limits, which are one row."""
    names = ("pk", "title", "note", "group_id", "group__name", "must_inform", "separate", "decides", "version")
    limits = {f"limit_of_{name}": Subquery(Limits.objects.order_by().values(name)[:1]) for name in ("person", "area")}
    rows = Activity.objects.in_force().order_by("group__position", "group_id", "position", "pk")
    return rows.annotate(**limits).values_list(*names, *limits)


@Question
def ROLES():
    """All roles, with the kinds of decision for which they have an authorisation level in force."""
    may = Authority.objects.filter(role=OuterRef("pk"))
    levels = AuthorisationLevel.objects.filter(role=OuterRef("pk"), state="active").order_by().values("role")
    decides = Subquery(levels.annotate(all=Joined("kind")).values("all"))
    roles = Role.objects.annotate(may=Exists(may), decides=decides).order_by(Lower("title"), "pk")
    return roles.values_list(
        "pk", "title", "kind", "state", "area_id", "area__name", "may", "reports_to_id", "matrix_column__position", "decides"
    )  # fmt: skip


@Question
def SEATS():
    """Who was approved for which role, and from when to when they hold it or work here."""
    seats = Assignment.objects.approved().filter(seat="primary").order_by("person__name_key", "person_id", "pk")
    return seats.values_list(
        "role_id", "starts_on", "ends_on", "person_id", "person__name", "person__starts_on", "person__last_day",
        "person__area_id", "person__area__name",
    )  # fmt: skip


def _columns(used: set[int]) -> dict[int, ColumnOfRole]:
    """Roles in force, and those that have letters though they are not; as somebody ordered them, else superiors first."""
    rows = [row for row in ROLES.rows() if row[3] == "active" or row[0] in used]
    above = {row[0]: row[7] for row in rows}
    rows.sort(key=lambda row: (row[8] is None, row[8] or 0, row[2] == "everyone", _depth(row[0], above)))
    return {
        row[0]: ColumnOfRole(*row[:5], row[5] or "", bool(row[6]), frozenset(row[9].split(",") if row[9] else ()))
        for row in rows
    }


def _depth(role: int, above: dict[int, int | None]) -> int:
    """How many superiors a role has among those shown."""
    steps = 0
    while (role := above.get(role)) in above and steps < len(above):
        steps += 1
    return steps


def _seat(columns: dict[int, ColumnOfRole], today: date) -> None:
    """Who holds each role today, and who held it last."""
    for role, first, last, person, name, came, left, area, area_name in SEATS.rows():
        column = columns.get(role)
        if column is None:
            continue
        last = min((end for end in (dated(last), dated(left)) if end), default=None)
        if (last is None or last >= today) and max(dated(first), dated(came or first)) <= today:
            if all(holder.person != person for holder in column.holders):
                column.holders.append(Holder(person, name, area, area_name or ""))
        elif last is not None and last < today and (column.left is None or column.left[1] < last):
            column.left = (name, last)
