"""Where in a file the matrix stands: the row of headings, the columns of names, the cells, and which way round it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ismsroles.core.tabular import Row, Sheet, key
from raci.spreadsheet import signs

LOOK_AT = 25


def _keys(words: str) -> set[str]:
    return {key(word) for word in words.split()}


ACTIVITY = _keys(
    "activity activities task tasks control what aktivität aktivitäten tätigkeit tätigkeiten aufgabe aufgaben "
    "activité activités tâche tâches actividad actividades tarea tareas"
)
PROCESS = _keys(
    "process group area category domain topic section phase prozess gruppe bereich kategorie thema "
    "processus groupe domaine catégorie proceso grupo categoría tema"
)
ROLE = _keys("role roles function position rolle rollen funktion stelle rôle rôles fonction rol cargo puesto")
ACTIVITIES_DOWN, ROLES_DOWN = "activities", "roles"


@dataclass
class Layout:
    """Columns count from 0; rows are those of the sheet."""

    heading: Row
    above: Row | None  # a second line of headings over the first: the processes, when roles go down
    label: int
    group: int | None
    body: list[int]
    down: str
    rows: list[Row]
    legend: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def cell(row: Row | None, column: int | None) -> str:
    """The text of a cell, "" beyond the end of its line."""
    return row.cells[column] if row is not None and column is not None and column < len(row.cells) else ""


def find(sheet: Sheet, *, roles: Collection[str], activities: Collection[str], down: str = "") -> Layout | None:
    """The matrix in a sheet; None where none can be seen. `roles` and `activities` are names of the register, as `key` writes them."""
    if (ours := _own(sheet.lines)) is not None:
        ours.down = down or ours.down
        return ours
    legend, lines = _without_legend(sheet.lines)
    found = _guessed(lines, {*roles, *activities})
    if found is None:
        return None
    found.legend = legend
    if down:
        found.down = down
    elif not found.down:
        found.down = _way_round(found, roles, activities)
    if found.down == ROLES_DOWN and found.above is None:
        found.above = _line_above(found, lines)
    return found


def _without_legend(lines: list[Row]) -> tuple[dict[str, str], list[Row]]:
    """Lines that explain letters are taken out; a heading that happens to explain something is left."""
    legend: dict[str, str] = {}
    kept = []
    for row in lines:
        said = signs.legend_of(row.cells)
        if said and sum(bool(each) for each in row.cells) <= max(2, len(said)):
            legend |= said
        else:
            kept.append(row)
    return legend, kept


def _own(lines: list[Row]) -> Layout | None:
    """What our own export writes: nothing is guessed."""
    first = lines[0] if lines else None
    if [key(cell(first, 0)), key(cell(first, 1))] == ["process", "activity"]:
        return Layout(first, None, 1, 0, _named(first, 2), ACTIVITIES_DOWN, lines[1:])
    if key(cell(first, 0)) == "processes" and len(lines) > 1 and key(cell(lines[1], 0)) == "roleactivity":
        return Layout(lines[1], first, 0, None, _named(lines[1], 1), ROLES_DOWN, lines[2:])
    return None


def _named(row: Row, start: int) -> list[int]:
    return [column for column in range(start, len(row.cells)) if row.cells[column]]


def _guessed(lines: list[Row], known: set[str]) -> Layout | None:
    """The line that names most columns in which letters stand below it."""
    best, best_score = None, 0.0
    for at, row in enumerate(lines[:LOOK_AT]):
        below = lines[at + 1 :]
        body = _body(row, below)
        if not body or not (left := [column for column in range(body[0]) if _is_text(column, below)]):
            continue
        named = [row.cells[column] for column in body]
        headings = {key(each) for each in row.cells}
        score = sum(_weight(name, known) for name in named) + 2 * bool(headings & (ACTIVITY | ROLE | PROCESS))
        if score > best_score:
            label, group = _labels(row, below, left)
            unused = [each for column, each in enumerate(row.cells) if each and column not in {label, group, *body}]
            down = (
                ROLES_DOWN
                if key(cell(row, label)) in ROLE
                else ACTIVITIES_DOWN
                if key(cell(row, label)) in ACTIVITY
                else ""
            )
            best, best_score = Layout(row, None, label, group, body, down, below, unused=unused), score
    return best


def _weight(name: str, known: set[str]) -> float:
    if key(name) in known:
        return 3
    return 0.2 if signs.is_sign(name) else 1


def _body(heading: Row, below: list[Row]) -> list[int]:
    """The named columns in which there are letters, or nothing, from the first with letters on."""
    lettered, empty = [], []
    for column in _named(heading, 0):
        filled = [text for row in below if (text := cell(row, column))]
        if not filled:
            empty.append(column)
        elif sum(map(signs.is_sign, filled)) * 5 >= len(filled) * 3:
            lettered.append(column)
    if not lettered:
        return []
    return sorted([*lettered, *(column for column in empty if column > lettered[0])])


def _is_text(column: int, below: Iterable[Row]) -> bool:
    filled = [text for row in below if (text := cell(row, column))]
    return bool(filled) and sum(not text.replace(".", "").isdigit() for text in filled) * 2 > len(filled)


def _labels(heading: Row, below: list[Row], left: list[int]) -> tuple[int, int | None]:
    """Which of the columns on the left holds the names, and which (if any) the process they stand in."""
    by_heading = [column for column in left if key(cell(heading, column)) in ACTIVITY | ROLE]
    distinct = {column: len({cell(row, column) for row in below} - {""}) for column in left}
    label = by_heading[0] if by_heading else max(left, key=lambda column: (distinct[column], -column))
    named = [column for column in left if column != label and key(cell(heading, column)) in PROCESS]
    groups = named or [column for column in left if column < label and distinct[column] < distinct[label]]
    return label, groups[0] if groups else None


def _way_round(found: Layout, roles: Collection[str], activities: Collection[str]) -> str:
    across = [key(cell(found.heading, column)) for column in found.body]
    downwards = [key(cell(row, found.label)) for row in found.rows]
    straight = sum(each in roles for each in across) + sum(each in activities for each in downwards)
    turned = sum(each in activities for each in across) + sum(each in roles for each in downwards)
    return ROLES_DOWN if turned > straight else ACTIVITIES_DOWN


def _line_above(found: Layout, lines: list[Row]) -> Row | None:
    """Processes over the activities, when the line above names some and has no letters."""
    at = lines.index(found.heading)
    above = lines[at - 1] if at else None
    if above is None or not any(cell(above, column) for column in found.body):
        return None
    return above if key(cell(above, found.label)) in PROCESS or sum(bool(each) for each in above.cells) > 1 else None
