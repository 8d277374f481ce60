"""Clauses and controls to the roles, findings and items that serve them, and back (D9)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evidence.workspace.items import LISTINGS, Item, gaps
from ismsroles.core.findings import Finding
from roles.clauses import CLAUSES
from roles.queries.held import HeldRole, held_roles


@dataclass
class Served:
    """One clause or control, with what serves it today."""

    code: str
    text: Any
    roles: list[HeldRole] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)

    @property
    def is_held(self) -> bool:
        """Whether a role that serves it is held today."""
        return any(not one.is_vacant for one in self.roles)


def clause_map(day: date, found: list[Finding]) -> list[Served]:
    """Every clause that a role, a finding or an item names, in the order of the standard."""
    rows = {code: Served(code, text) for code, text in CLAUSES.items()}
    for held in held_roles(day):
        for code in held.role.clauses:
            rows.setdefault(code, Served(code, "")).roles.append(held)
    for item in (item for listing in LISTINGS for item in listing.items if gaps and item.key != "rest"):
        for code in item.clauses:
            rows.setdefault(code, Served(code, "")).items.append(item)
    for one in found:
        rows.setdefault(one.clause, Served(one.clause, "")).found.append(one)
    return [row for row in rows.values() if row.roles or row.items or row.found]


@dataclass(frozen=True)
class Serving:
    """One role with the clauses it serves, and what evidence and findings there are under them."""

    held: HeldRole
    served: list[Served]

    @property
    def items(self) -> list[Item]:
        return list({item.key: item for row in self.served for item in row.items}.values())

    @property
    def found(self) -> int:
        return sum(len(row.found) for row in self.served)


def by_role(rows: list[Served]) -> list[Serving]:
    """And back: each role with the clauses it serves."""
    serving: dict[int, Serving] = {}
    for row in rows:
        for held in row.roles:
            serving.setdefault(held.role.pk, Serving(held, [])).served.append(row)
    return sorted(serving.values(), key=lambda one: one.held.role.title.casefold())
