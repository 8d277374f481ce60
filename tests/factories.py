"""Small worlds for tests, by keyword. Rows are made directly; what the tests are about goes through actions."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from guardian.shortcuts import assign_perm

from evidence.models import Engagement
from ismsroles.core import clock
from ismsroles.core.models import Organisation, User
from roles.models import (
    ApproverException,
    Area,
    Assignment,
    AuthorisationLevel,
    Authority,
    AuthorityServes,
    Person,
    Responsibility,
    Role,
)

PASSWORD = "a long enough test password"
LONG_AGO = timedelta(days=400)
_numbers = count(1)


def organisation(**values: Any) -> Organisation:
    """The organisation of the test."""
    return Organisation.objects.create(**{"name": "Testhouse", "time_zone": "Europe/London", **values})


def user(name: str, *, email: str = "", administrator: bool = False) -> User:
    """A login with the test password."""
    address = email or f"{name.lower().replace(' ', '.')}@testhouse.example"
    return User.objects.create_user(address, PASSWORD, name=name, is_administrator=administrator)


def area(name: str = "", **values: Any) -> Area:
    """An area in scope."""
    return Area.objects.create(name=name or f"Area {next(_numbers)}", **values)


def person(name: str = "", *, login: bool = False, **values: Any) -> Person:
    """Somebody who has been there for long, with a login if asked for."""
    name = name or f"Person {next(_numbers)}"
    values = {
        "email": f"{name.lower().replace(' ', '.')}@testhouse.example",
        "starts_on": clock.today() - LONG_AGO,
        **values,
    }
    login_of = user(name, email=values["email"]) if login else None
    return Person.objects.create(name=name, user=login_of, **values)


def role(title: str = "", *, duties: int = 1, authorities: bool = True, **values: Any) -> Role:
    """A role in force with responsibilities and an authority that serves each."""
    values = {"state": "active", "purpose": "Keeps a promise that can be tested.", **values}
    made = Role.objects.create(title=title or f"Role {next(_numbers)}", **values)
    for number in range(duties):
        must = Responsibility.objects.create(
            role=made, text=f"Check thing {number} of {made.title} every month", position=number
        )
        if authorities:
            may = Authority.objects.create(
                role=made, text=f"Stop thing {number}", limit_kind="level", limit="up to level 2"
            )
            AuthorityServes.objects.create(authority=may, responsibility=must)
    return made


def hold(
    held: Role, by: Person, *, approver: User | None = None, starts_on: date | None = None, **values: Any
) -> Assignment:
    """An approved assignment: proposed by a login of nobody, decided by the approver; the founding one when there is none."""
    values = {
        "role": held, "person": by, "area": held.area, "single_holder": held.kind == "one", "state": "approved",
        "starts_on": starts_on or clock.today() - timedelta(days=200), "proposed_by": proposer(), "proposed_at": clock.now(),
        **values,
    }  # fmt: skip
    if approver is None:
        values |= {"is_founding": True, "founding_reference": "Board minutes 7", "founding_date": values["starts_on"]}
    else:
        values |= {"decided_by": approver, "decided_by_person": approver.person, "decided_at": clock.now()}
    return Assignment.objects.create(**values)


def level(role: Role, **values: Any) -> AuthorisationLevel:
    """What the role may decide, without limit."""
    values = {"kind": "accept_risk", "what": f"Something {next(_numbers)}", "limit_kind": "none", **values}
    return AuthorisationLevel.objects.create(role=role, **values)


def proposer() -> User:
    """A login that belongs to nobody of the cast, for proposals whose proposer does not matter."""
    found = User.objects.filter(email="proposer@testhouse.example").first()
    return found or user("Proposer", email="proposer@testhouse.example")


def audit(auditor: User, *, starts_in: int = -1, lasts: int = 30) -> Engagement:
    """An engagement with this auditor's grant."""
    first = clock.today() + timedelta(days=starts_in)
    made = Engagement.objects.create(name="Certification audit", starts_on=first, ends_on=first + timedelta(days=lasts))
    assign_perm("audit_engagement", auditor, made)
    return made


def exception(approver: Person, *, by: User, **values: Any) -> ApproverException:
    """The exception for an only approver, recorded by somebody else, in force from today for half a year."""
    day = clock.today()
    values = {
        "reason": "Three people work here.", "control": "The accountant reads the log each month.", "board_date": day,
        "board_reference": "Board minutes 9", "starts_on": day, "ends_on": day + timedelta(days=180), "recorded_at": clock.now(), **values,
    }  # fmt: skip
    return ApproverException.objects.create(
        approver=approver, recorded_by=by, recorded_by_person=Person.objects.filter(user=by).first(), **values
    )
