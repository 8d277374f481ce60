"""Reads the demo organisation from `company.toml`; what is done with it is decided elsewhere.

Days are whole numbers relative to today. `on` turns one into a date.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from roles.starter import StarterAuthority, library, superior_in

STARTER_FIELDS = ("title", "purpose", "kind", "persona", "clauses", "responsibilities", "authorities", "competences")


@dataclass(frozen=True)
class DemoOrganisation:
    """Who the company is and what the ISMS covers; `opened` is the day on which the register began."""

    name: str
    legal_name: str
    domain: str
    size: str
    time_zone: str
    language: str
    accent: str
    does: str
    scope: str
    opened: int


@dataclass(frozen=True)
class DemoDocument:
    """Document control of the Roles and Responsibilities document (D1, D3)."""

    title: str
    number: str
    classification: str
    policy: str
    policy_version: str
    policy_approved: int
    distribution: str


@dataclass(frozen=True)
class DemoEngagement:
    """An auditor from outside the register and the days between which access is granted (D4)."""

    name: str
    auditor: str
    email: str
    firm: str
    starts: int
    ends: int


@dataclass(frozen=True)
class DemoArea:
    """A part of the organisation, in or out of scope."""

    key: str
    name: str
    parent: str = ""
    in_scope: bool = True


@dataclass(frozen=True)
class DemoPerson:
    """Somebody inside or outside the organisation (A1); `manager` is another person's key."""

    key: str
    name: str
    email: str
    external_id: str
    job_title: str
    area: str
    starts: int
    manager: str = ""
    kind: str = "employee"
    employer: str = ""
    last_day: int | None = None

    def is_current(self, day: int) -> bool:
        """Whether the person is with the organisation on this day; the last day still counts (rule 4)."""
        return self.starts <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True)
class DemoRole:
    """A role with its texts as they were when it entered the register; DemoChange says what came after (R1 to R3).

    `added` and `retired` are days; a role with `retired` was active until then.
    """

    key: str
    title: str
    purpose: str
    kind: str
    persona: str
    clauses: tuple[str, ...]
    responsibilities: tuple[str, ...]
    authorities: tuple[StarterAuthority, ...]
    competences: tuple[str, ...]
    area: str
    reports_to: str
    added: int
    starter: str = ""
    state: str = "active"
    retired: int | None = None


@dataclass(frozen=True)
class DemoAssignment:
    """A person in a seat of a role, who proposed it and who decided (A2, A3); `decided` is None while it waits."""

    key: str
    role: str
    person: str
    seat: str
    starts: int
    proposed: int
    proposed_by: str
    area: str = ""
    ends: int | None = None
    filled_as: str = "internal"
    decision: str = "none"
    decided: int | None = None
    decided_by: str = ""
    reason: str = ""
    decision_reason: str = ""
    founding: bool = False
    reference: str = ""


@dataclass(frozen=True)
class DemoSigner:
    """Who signed a version, what the signature means, and when."""

    person: str
    meaning: str
    signed: int


@dataclass(frozen=True)
class DemoVersion:
    """A version of the document: signed, or frozen as a draft (D2)."""

    number: str
    state: str
    summary: str
    prepared_by: str
    frozen: int
    sent: int | None = None
    published: int | None = None
    signers: tuple[DemoSigner, ...] = ()


@dataclass(frozen=True)
class DemoChange:
    """What changed in the register after the first version (D3).

    `kind` is assignment, role_added, role_retired, responsibility_reworded or limit_raised; `position` counts from 0.
    """

    kind: str
    day: int
    by: str
    reason: str
    role: str = ""
    assignment: str = ""
    position: int | None = None
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class DemoLogin:
    """Which person plays which part in the demo; the login is the person's own e-mail address."""

    part: str
    person: str
    area: str = ""


@dataclass(frozen=True)
class DemoCompany:
    """The whole demo organisation; people, roles and assignments can be looked up by key."""

    organisation: DemoOrganisation
    document: DemoDocument
    engagement: DemoEngagement
    areas: tuple[DemoArea, ...]
    people: dict[str, DemoPerson]
    roles: dict[str, DemoRole]
    assignments: dict[str, DemoAssignment]
    versions: tuple[DemoVersion, ...]
    changes: tuple[DemoChange, ...]
    logins: tuple[DemoLogin, ...]


def on(day: int, today: date) -> date:
    """The date of a day that is counted from today."""
    return today + timedelta(days=day)


@cache
def company() -> DemoCompany:
    """The demo organisation as written in `company.toml`."""
    content = tomllib.loads(resources.files(__package__).joinpath("company.toml").read_text(encoding="utf-8"))
    organisation = DemoOrganisation(**content["organisation"])
    people = [_read_person(row, organisation.domain) for row in content["register"]["people"]]
    assignments = [_read_assignment(row) for row in content["register"]["assignments"]]
    return DemoCompany(
        organisation=organisation,
        document=DemoDocument(**content["document"]),
        engagement=DemoEngagement(**content["engagement"]),
        areas=tuple(DemoArea(**row) for row in content["areas"]),
        people={person.key: person for person in people},
        roles=_read_roles(content["roles"], organisation.opened),
        assignments={assignment.key: assignment for assignment in assignments},
        versions=tuple(_read_version(row) for row in content["versions"]),
        changes=tuple(DemoChange(**row) for row in content["changes"]),
        logins=tuple(DemoLogin(**row) for row in content["logins"]),
    )


def _read_person(row: dict[str, Any], domain: str) -> DemoPerson:
    rest = {name: value for name, value in row.items() if name not in ("mail", "id", "title")}
    mail = row["mail"] if "@" in row["mail"] else f"{row['mail']}@{domain}"
    return DemoPerson(email=mail, external_id=row["id"], job_title=row["title"], **rest)


def _read_roles(rows: list[dict[str, Any]], opened: int) -> dict[str, DemoRole]:
    keys = {row.get("starter") or row["key"] for row in rows}
    roles = [_adopted(row, keys, opened) if "starter" in row else _own(row, opened) for row in rows]
    return {role.key: role for role in roles}


def _adopted(row: dict[str, Any], keys: set[str], opened: int) -> DemoRole:
    starter = library()[row["starter"]]
    texts = {name: getattr(starter, name) for name in STARTER_FIELDS}
    line = {"area": "", "added": opened, "reports_to": superior_in(starter, keys) or ""}
    return DemoRole(**{"key": starter.key, **texts, **line, **row})


def _own(row: dict[str, Any], opened: int) -> DemoRole:
    lists = {name: tuple(row[name]) for name in ("clauses", "responsibilities", "competences")}
    authorities = tuple(StarterAuthority(**{**each, "serves": tuple(each["serves"])}) for each in row["authorities"])
    return DemoRole(**{"persona": "", "area": "", "added": opened, **row, **lists, "authorities": authorities})


def _read_assignment(row: dict[str, Any]) -> DemoAssignment:
    """A decided assignment was approved unless the file says otherwise."""
    return DemoAssignment(**{"decision": "approved" if "decided" in row else "none", **row})


def _read_version(row: dict[str, Any]) -> DemoVersion:
    return DemoVersion(**{**row, "signers": tuple(DemoSigner(**signer) for signer in row.get("signers", ()))})
