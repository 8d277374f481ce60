"""Teams in the document: a role that a team holds names the team, its lead and its members of that day (coverage A2)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from evidence.parts.part import Part
from ismsroles.records.pdf import parts
from roles.queries.held import HeldRole, held_roles


def read(day: date) -> list[dict[str, Any]]:
    """Each role held by a team on this day, with the approved lead and members."""
    return [row for held in held_roles(day) for row in _of(held)]


def _of(held: HeldRole) -> Iterable[dict[str, Any]]:
    seats = [seat for seat in (*held.holders, *held.members) if seat.team_id is not None]
    for key in sorted({(seat.team.name, seat.team_id, seat.area_id or 0) for seat in seats}):
        own = [seat for seat in seats if (seat.team.name, seat.team_id, seat.area_id or 0) == key]
        members = [
            {"name": seat.person.name, "since": seat.starts_on.isoformat()} for seat in own if seat.seat == "member"
        ]
        lead = next((seat.person.name for seat in own if seat.seat == "primary"), "")
        yield {"role": held.role.pk, "team": key[0], "lead": lead, "members": members}


def rows(value: list[dict[str, Any]], snapshot: Any) -> dict[str, Any]:
    """Role → lines for its profile."""
    found: dict[int, list[dict[str, str]]] = {}
    for row in value:
        lead = row["lead"] or _("nobody at present")
        words = {"team": row["team"], "lead": lead}
        line = _("%(team)s, led by %(lead)s, who answers for the role. Members:") % words
        names = [_named(one) for one in row["members"]]
        found.setdefault(row["role"], []).append({"line": line, "members": names})
    for role in snapshot.roles:
        role.teams = found.get(role.id, [])
    return {}


def _named(one: dict[str, str]) -> str:
    return _("%(name)s (since %(day)s)") % {"name": one["name"], "day": parts.day(one["since"])}


def changes(was: list | None, now: list | None) -> Iterable[dict[str, Any]]:
    """Who came into a team that holds a role, and who went."""
    before, after = _people(was), _people(now)
    for kind, found, others, words in (
        ("added", after, before, _("%(person)s came into the team %(team)s")),
        ("removed", before, after, _("%(person)s is no longer in the team %(team)s")),
    ):
        for role, team, person in sorted(found - others):
            yield {"kind": kind, "what": _("Team"), "role": role, "detail": words % {"person": person, "team": team}}


def _people(rows: list | None) -> set[tuple[int, str, str]]:
    return {(row["role"], row["team"], one["name"]) for row in rows or [] for one in row["members"]}


PART = Part(key="teams", read=read, rows=rows, changes=changes)
