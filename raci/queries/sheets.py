"""The matrix as one person asks to see it: draft or published, whole or narrowed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest

from ismsroles.core.access import may
from ismsroles.core.paging import typed
from raci.checks import Fault
from raci.differences import Difference, differences
from raci.findings.matrix import faults_of
from raci.grid import NONE, Grid, GridRow, marks_of
from raci.models import LETTERS
from raci.queries.picture import ColumnOfRole, Picture, picture
from raci.queries.published import PublishedRow, published_rows


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What makes no sense asks for nothing."""

    state: str = ""  # "published", or the draft
    q: str = ""
    group: int | None = None
    role: int | None = None
    area: int | None = None
    person: int | None = None
    letter: str = ""
    faulty: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        numbers = {name: _number(typed(request, name)) for name in ("group", "role", "area", "person")}
        letter = typed(request, "letter").upper()
        return cls(
            state="published" if typed(request, "state") == "published" or not sees_draft(request) else "",
            q=typed(request, "q"),
            letter=letter if len(letter) == 1 and letter in LETTERS else "",
            faulty=typed(request, "show") == "faults",
            **numbers,
        )

    @property
    def narrows(self) -> bool:
        return replace(self, state="") != Asked()


def sees_draft(request: HttpRequest) -> bool:
    return may(request.user, "raci.draft.see")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


@dataclass
class Sheet:
    """What the page needs: the grid, what is wrong, what is new, and the choices for narrowing."""

    asked: Asked
    grid: Grid
    faults: list[Fault]
    new: list[Difference]
    picture: Picture
    groups: list[tuple[int, str]]
    published: dict[int, PublishedRow]

    @property
    def total(self) -> int:
        return len(self.grid.rows) * len(self.grid.columns)


def sheet(asked: Asked) -> Sheet:
    """The matrix that was asked for."""
    drafted = picture()
    return sheet_of(asked, drafted, faults_of(drafted.day) if asked.state != "published" else [], published_rows())


def sheet_of(asked: Asked, drafted: Picture, found: list[Fault], published: dict[int, PublishedRow]) -> Sheet:
    """The same of what has been read."""
    if asked.state == "published":
        grid, new = _published(drafted, published), []
    else:
        new = differences(drafted, published) if published else []
        grid = _drafted(drafted, found, new)
    groups = list(dict.fromkeys([(row.group, row.group_name) for row in grid.rows]))
    return Sheet(asked, narrowed(grid, asked), found, new, drafted, groups, published)


def _drafted(drafted: Picture, found: list[Fault], new: list[Difference]) -> Grid:
    marks, said, wrong = marks_of(found)
    for each in new:
        if each.role is not None:
            row = marks.setdefault(each.activity, {})
            row[each.role] = f"{row[each.role]} new" if each.role in row else "new"
    rows = [GridRow(row.pk, row.title, row.group, row.group_name, row.version) for row in drafted.rows.values()]
    return Grid(rows, list(drafted.columns.values()), drafted.cells, marks, said, wrong)


def _published(drafted: Picture, published: dict[int, PublishedRow]) -> Grid:
    cells = {pk: row.letters for pk, row in published.items()}
    used = {role for letters in cells.values() for role in letters}
    rows = [GridRow(row.activity, row.title, row.group, row.group_name) for row in published.values()]
    return Grid(rows, [column for pk, column in drafted.columns.items() if pk in used], cells)


def narrowed(grid: Grid, asked: Asked) -> Grid:
    """Columns of the role, person or area asked for; rows of the process, the words, the faults, and in which a column has a letter."""
    if not asked.narrows:
        return grid
    columns = [column for column in grid.columns if _fits(column, asked)]
    kept = {column.pk for column in columns}
    by_role = asked.role or asked.person or asked.area or asked.letter

    def fits(row: GridRow) -> bool:
        letters = [text for role, text in grid.cells.get(row.pk, NONE).items() if role in kept]
        return (
            (asked.group is None or row.group == asked.group)
            and asked.q.lower() in row.title.lower()
            and (not asked.faulty or row.pk in grid.said)
            and (not by_role or any(asked.letter in text for text in letters))
        )

    return replace(grid, rows=[row for row in grid.rows if fits(row)], columns=columns, ordered=False)


def _fits(column: ColumnOfRole, asked: Asked) -> bool:
    return (
        (asked.role is None or column.pk == asked.role)
        and (asked.person is None or any(holder.person == asked.person for holder in column.holders))
        and (asked.area is None or column.area == asked.area)
    )


@dataclass(frozen=True)
class Load:
    """How often one person has each letter, through all roles held."""

    person: int
    name: str
    roles: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def loads(grid: Grid) -> list[Load]:
    """Each person with their letters, most accountable first."""
    held: dict[tuple[int, str], list[int]] = {}
    for column in grid.columns:
        for holder in column.holders:
            held.setdefault((holder.person, holder.name), []).append(column.pk)
    found = [_load(person, name, roles, grid.letters) for (person, name), roles in held.items()]
    return sorted(found, key=lambda load: (-load.counts[1], -load.total, load.name))


def _load(person: int, name: str, roles: list[int], letters: dict[int, list[str]]) -> Load:
    text = "".join(["".join(letters[role]) for role in roles])
    return Load(person, name, " ".join(map(str, roles)), tuple([text.count(letter) for letter in LETTERS]))


@dataclass(frozen=True)
class Choices:
    """What the filters offer."""

    roles: list[tuple[int, str]]
    people: list[tuple[int, str]]
    areas: list[tuple[int, str]]

    @property
    def key(self) -> tuple[tuple[tuple[int, str], ...], ...]:
        """The same for the same choices."""
        return tuple(self.roles), tuple(self.people), tuple(self.areas)


def choices(columns: Iterable[ColumnOfRole]) -> Choices:
    """Roles, their holders and their areas."""
    columns = list(columns)
    people = {(holder.person, holder.name) for column in columns for holder in column.holders}
    areas = {(column.area, column.area_name) for column in columns if column.area}
    roles = [(column.pk, column.title) for column in columns]
    return Choices(roles, sorted(people, key=lambda one: one[1]), sorted(areas, key=lambda one: one[1]))
