"""What has changed between two snapshots, in words for the reader of the document (D3). A pure function of both."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from evidence.parts import PARTS

Row = dict[str, Any]
Snapshot = dict[str, Any]


def changes_between(before: Snapshot, after: Snapshot) -> list[Row]:
    """Roles added, changed and removed, who holds them, and the organisation's own details."""
    was, now = _by_id(before), _by_id(after)
    rows = list(_organisation(before, after))
    for pk, role in now.items():
        rows += (
            _role(was[pk], role, was, now) if pk in was else [_row("added", role, _("New role."), what=role["title"])]
        )
    rows += [_row("removed", was[pk], _("No longer in force."), what=was[pk]["title"]) for pk in was if pk not in now]
    return rows + [row for part in PARTS for row in part.changes(before.get(part.key), after.get(part.key))]


def _by_id(snapshot: Snapshot) -> dict[int, Row]:
    return {role["id"]: role for role in snapshot["roles"]}


def _row(kind: str, role: Row, detail: str, *, what: str = "") -> Row:
    return {"kind": kind, "what": what, "role": role["id"], "detail": detail}


def _organisation(before: Snapshot, after: Snapshot) -> Iterator[Row]:
    for name, label in (("name", _("Name of the organisation")), ("scope", _("Scope of the ISMS"))):
        old, new = before["organisation"].get(name, ""), after["organisation"].get(name, "")
        if old != new:
            yield {"kind": "changed", "what": label, "role": None, "detail": _arrow(old, new)}


def _role(was: Row, now: Row, roles_before: dict[int, Row], roles_after: dict[int, Row]) -> list[Row]:
    rows = [
        *_fields(was, now),
        *_superior(was, now, roles_before, roles_after),
        *_duties(was, now),
        *_authorities(was, now),
    ]
    return rows + [row for key, label in _seats() for row in _people(was, now, key, label)]


def _seats() -> list[tuple[str, str]]:
    return [("holders", _("holder")), ("deputies", _("deputy"))]


def _fields(was: Row, now: Row) -> Iterator[Row]:
    labels = {
        "title": _("title"), "purpose": _("purpose"), "kind": _("kind"), "area": _("area"), "persona": _("access"),
        "clauses": _("clauses"), "competences": _("competences"),
    }  # fmt: skip
    for name, label in labels.items():
        if was.get(name) != now.get(name):
            yield _row("changed", now, _arrow(was.get(name), now.get(name)), what=_named(now, label))


def _superior(was: Row, now: Row, before: dict[int, Row], after: dict[int, Row]) -> Iterator[Row]:
    if was["reports_to"] != now["reports_to"]:
        old, new = before.get(was["reports_to"]), after.get(now["reports_to"])
        detail = _arrow(old and old["title"], new and new["title"])
        yield _row("changed", now, detail, what=_named(now, _("reporting line")))


def _duties(was: Row, now: Row) -> Iterator[Row]:
    old = {duty["id"]: duty["text"] for duty in was["responsibilities"]}
    new = {duty["id"]: duty["text"] for duty in now["responsibilities"]}
    yield from _texts(old, new, now, _("responsibility"))


def _authorities(was: Row, now: Row) -> Iterator[Row]:
    """Authorities carry no number of their own: the same words are the same authority."""
    old = {row["text"]: _limit(row) for row in was["authorities"]}
    new = {row["text"]: _limit(row) for row in now["authorities"]}
    yield from _texts(old, new, now, _("authority"))


def _limit(row: Row) -> str:
    return f"{row['text']} ({row['limit']})" if row["limit"] else row["text"]


def _texts(old: dict, new: dict, role: Row, label: str) -> Iterator[Row]:
    for key, text in new.items():
        if key not in old:
            yield _row("added", role, text, what=_named(role, label))
        elif old[key] != text:
            yield _row("changed", role, _arrow(old[key], text), what=_named(role, label))
    for key, text in old.items():
        if key not in new:
            yield _row("removed", role, text, what=_named(role, label))


def _people(was: Row, now: Row, key: str, label: str) -> Iterator[Row]:
    old, new = ({_who(seat): seat["name"] for seat in row[key]} for row in (was, now))
    for who, name in new.items():
        if who not in old:
            yield _row("added", now, name, what=_named(now, label))
    for who, name in old.items():
        if who not in new:
            yield _row("removed", now, name, what=_named(now, label))


def _who(seat: Row) -> tuple:
    """One person in one seat; a new end of the term alone is no change of who holds the role."""
    return seat["name"], seat["since"], seat["area"]


def _named(role: Row, label: str) -> str:
    return _("%(role)s: %(what)s") % {"role": role["title"], "what": label}


def _arrow(old: Any, new: Any) -> str:
    return f"{_written(old)} → {_written(new)}"


def _written(value: Any) -> str:
    return (", ".join(value) if isinstance(value, list) else str(value or "")) or "–"
