"""Who does what, as it is published: the matrix in the document, approved by its sign-off (coverage M1, D1; design rule 6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.parts.part import Part
from ismsroles.core import clock
from raci.letters import in_signs
from raci.queries.published import PublishedRow, published_rows
from roles.models import Role

KEY = "rasci"
ROLES_A_GRID, ROLES_AT_MOST, CELLS_AT_MOST = 16, 48, 5_000  # a larger matrix is printed as a list
HEADING = 72  # characters of a role's title that fit over a column
LETTERS = "RASCI"
WORDS = {
    "R": gettext_lazy("responsible"),
    "A": gettext_lazy("accountable"),
    "S": gettext_lazy("supporting"),
    "C": gettext_lazy("consulted"),
    "I": gettext_lazy("informed"),
}


def read(day: date) -> dict[str, Any]:
    """The published matrix in two queries; nothing when nothing is published."""
    rows = list(published_rows().values())
    if not rows:
        return {}
    used = {role for row in rows for role in row.letters}
    titles = Role.objects.filter(pk__in=used).order_by("title", "pk").values_list("pk", "title")
    return {"roles": [{"id": pk, "title": title} for pk, title in titles], "processes": list(_processes(rows))}


def _processes(rows: list[PublishedRow]) -> Iterator[dict[str, Any]]:
    by_group: dict[int, list[PublishedRow]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    for group, members in by_group.items():
        last = max(members, key=lambda row: row.at)
        yield {
            "id": group,
            "name": last.group_name,
            "published_on": last.at.astimezone(clock.zone()).date().isoformat(),
            "published_by": last.by,
            "activities": [_activity(row) for row in members],
        }


def _activity(row: PublishedRow) -> dict[str, Any]:
    letters = {str(role): text for role, text in sorted(row.letters.items())}
    return {"id": row.activity, "title": row.title, "note": row.note, "letters": letters}


# What is printed ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """One table of at most sixteen roles, with all activities."""

    number: int
    roles: list[str]
    processes: list[tuple[str, list[tuple[str, list[str]]]]]
    share: str  # width of a column in millimetres


def rows(value: dict[str, Any], snapshot: Any) -> dict[str, Any]:
    """Sheets for a small matrix, a list for a large one."""
    columns = _columns(value, snapshot)
    count = sum(len(process["activities"]) for process in value["processes"])
    fits = len(columns) <= ROLES_AT_MOST and len(columns) * count <= CELLS_AT_MOST
    grid = fits and all(len(title) <= HEADING for title in columns.values())
    return {
        "rasci_sheets": list(_sheets(value, columns)) if grid else [],
        "rasci_list": [] if grid else list(_listed(value, columns)),
        "rasci_key": [(letter, WORDS[letter]) for letter in LETTERS],
        "rasci_published": [(process["name"], process["published_on"], process["published_by"]) for process in value["processes"]],
    }  # fmt: skip


def _columns(value: dict[str, Any], snapshot: Any) -> dict[str, str]:
    """Role id → title, in the order of the profiles; roles that are no longer in force last."""
    titles = {str(role["id"]): role["title"] for role in value["roles"]}
    order = [str(pk) for pk in snapshot.titles if str(pk) in titles]
    return {pk: titles[pk] for pk in [*order, *(pk for pk in titles if pk not in set(order))]}


def _sheets(value: dict[str, Any], columns: dict[str, str]) -> Iterator[Sheet]:
    """Whole parts of about equal size, so that each keeps its headings."""
    size = ceil(len(columns) / ceil(len(columns) / ROLES_A_GRID))
    order = list(columns)
    for number, start in enumerate(range(0, len(order), size), 1):
        part = order[start : start + size]
        processes = [
            (process["name"], [(row["title"], [in_cell(row["letters"].get(pk, "")) for pk in part]) for row in process["activities"]])
            for process in value["processes"]
        ]  # fmt: skip
        yield Sheet(number, [columns[pk] for pk in part], processes, f"{199 / len(part):.2f}")


def in_cell(letters: str) -> str:
    """Letters as they are printed in a cell."""
    return in_signs(letters) if letters else ""


def _listed(
    value: dict[str, Any], columns: dict[str, str]
) -> Iterator[tuple[str, list[tuple[str, list[tuple[Any, str]]]]]]:
    for process in value["processes"]:
        yield process["name"], [(row["title"], _named(row["letters"], columns)) for row in process["activities"]]


def _named(letters: dict[str, str], columns: dict[str, str]) -> list[tuple[Any, str]]:
    """(word, roles) for each letter of a row, the accountable role first."""
    found = ((letter, [columns[pk] for pk in columns if letter in letters.get(pk, "")]) for letter in "ARSCI")
    return [(WORDS[letter], "; ".join(names)) for letter, names in found if names]


# What has changed --------------------------------------------------------------------------------------------------------


def changes(was: dict[str, Any] | None, now: dict[str, Any] | None) -> Iterable[dict[str, Any]]:
    """Activities added, removed, reworded; letters that changed."""
    if not was and not now:
        return
    before, after = _by_id(was), _by_id(now)
    if not was:
        count = len(after)
        words = ngettext("It has %d activity.", "It has %d activities.", count) % count
        yield {"kind": "added", "what": _("Who does what"), "role": None, "detail": words}
        return
    titles = _titles(was) | _titles(now)
    for pk, row in after.items():
        if pk not in before:
            yield _row("added", row, _("New activity. Accountable: %s.") % _accountable(row, titles))
        elif said := "; ".join(_differs(before[pk], row, titles)):
            yield _row("changed", row, f"{said}.")
    for pk in before.keys() - after.keys():
        yield _row("removed", before[pk], _("No longer in the matrix."))


def _by_id(value: dict[str, Any] | None) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for process in (value or {}).get("processes", []) for row in process["activities"]}


def _titles(value: dict[str, Any] | None) -> dict[str, str]:
    return {str(role["id"]): role["title"] for role in (value or {}).get("roles", [])}


def _row(kind: str, row: dict[str, Any], detail: str) -> dict[str, Any]:
    return {"kind": kind, "what": row["title"], "role": None, "detail": detail}


def _accountable(row: dict[str, Any], titles: dict[str, str]) -> str:
    return ", ".join(titles[pk] for pk, letters in row["letters"].items() if "A" in letters)


def _differs(was: dict[str, Any], now: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    if was["title"] != now["title"]:
        yield f"{was['title']} → {now['title']}"
    if was["note"] != now["note"]:
        yield _("what it covers")
    for pk in {**was["letters"], **now["letters"]}:
        old, new = was["letters"].get(pk, ""), now["letters"].get(pk, "")
        if old != new:
            yield f"{titles[pk]}: {in_signs(old)} → {in_signs(new)}"


PART = Part(
    KEY,
    read,
    after="profiles",
    title=gettext_lazy("Who does what"),
    lead=gettext_lazy("Each activity with exactly one accountable role, as it was published."),
    css="wide",
    rows=rows,
    changes=changes,
)
