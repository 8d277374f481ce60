"""What the intranet page shows: the published matrix and the roles in force, names and nothing else of people (K1)."""

from dataclasses import dataclass
from datetime import date

from ismsroles.core import clock
from raci.letters import in_signs
from raci.queries.published import published_rows
from roles.models import Role
from roles.queries.held import HeldRole, held_roles

ACROSS = 12  # roles beside each other; more make another table, each with its headings


@dataclass(frozen=True)
class Part:
    """Some of the roles, with all activities in their processes."""

    roles: list[tuple[int, str]]
    groups: list[tuple[str, list[tuple[str, list[str]]]]]


def matrix_parts(across: int = ACROSS) -> list[Part]:
    """The published matrix, in parts that fit a page."""
    rows = list(published_rows().values())
    titles = _titles({role for row in rows for role in row.letters}, clock.today())
    order = sorted(titles, key=lambda pk: titles[pk].casefold())
    return [_part(rows, order[start : start + across], titles) for start in range(0, len(order), across)]


def _part(rows: list, roles: list[int], titles: dict[int, str]) -> Part:
    groups: dict[str, list[tuple[str, list[str]]]] = {}
    for row in rows:
        cells = [in_signs(row.letters[pk]) if row.letters.get(pk) else "" for pk in roles]
        groups.setdefault(row.group_name, []).append((row.title, cells))
    return Part([(pk, titles[pk]) for pk in roles], list(groups.items()))


def _titles(roles: set[int], day: date) -> dict[int, str]:
    """Of the roles in force, which the page shows anyhow; of others only where the matrix names one."""
    known = {held.role.pk: held.role.title for held in held_roles(day) if held.role.pk in roles}
    others = roles - known.keys()
    return known | (dict(Role.objects.filter(pk__in=others).values_list("pk", "title")) if others else {})


def register(day: date) -> list[HeldRole]:
    """The roles in force with what they must do and who holds them, by title."""
    return held_roles(day)
