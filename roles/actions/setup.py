"""How an installation begins: organisation, administrator, the first approver by decision of the board, the first
information security manager as a proposal (issue 1; design rule 1 and §5)."""

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import accounts, clock, events, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.models import Organisation, User
from ismsroles.core.names import email_key
from roles.actions import changes
from roles.actions.assignments import propose_assignment, record_founding
from roles.actions.people import add_person, give_login
from roles.actions.starter import adopt_roles
from roles.models import Assignment, Person, Role

APPROVER, MANAGER = "chief_executive", "information_security_manager"
FIELDS = (
    "name", "legal_name", "scope", "time_zone", "size", "accent",
    "policy_title", "document_number", "classification", "distribution",
)  # fmt: skip


@dataclass(frozen=True)
class Somebody:
    """A person as they are named when an installation begins."""

    name: str
    email: str
    job_title: str = ""


@dataclass(frozen=True)
class Board:
    """The board's decision that names the first approver."""

    day: date
    reference: str
    file: File | None = None


def is_set_up() -> bool:
    """Whether anybody can sign in already."""
    return User.objects.exists()


@transaction.atomic
def set_up(
    *, organisation: dict[str, Any], administrator: Somebody, password: str, approver: Somebody, board: Board,
    manager: Somebody | None = None, code: str = "",
) -> User:  # fmt: skip
    """Everything an empty installation needs, or nothing. Without `manager` the administrator is proposed as one. Once only."""
    _refuse_stranger(code)
    _keep_organisation(organisation)
    _refuse_second_time()
    _refuse_same(administrator, manager, approver)
    user = _administrator(administrator, password)
    roles = {role.starter_key: role for role in adopt_roles([APPROVER, MANAGER], actor=user, size=organisation["size"])}
    first = add_person(actor=user, **vars(approver))
    record_founding(
        role=roles[APPROVER], person=first, actor=user, board_date=board.day, reference=board.reference, file=board.file
    )
    _propose_manager(roles[MANAGER], manager, administrator, user)
    give_login(first, actor=user)
    return user


@transaction.atomic
def found(
    *, role: Role, person: Person, actor, board_date: date, reference: str, file: File | None = None
) -> Assignment:
    """The founding appointment where setting up did not record it, with a login for the approver (rule 1)."""
    made = record_founding(role=role, person=person, actor=actor, board_date=board_date, reference=reference, file=file)
    if person.user_id is None and person.email:
        give_login(person, actor=actor)
    return made


@transaction.atomic
def change_organisation(*, actor, **values: Any) -> Organisation:
    """Change what is written about the organisation; the log says what it was."""
    require(actor, "core.organisation.keep")
    kept = Organisation.objects.select_for_update().order_by("pk").first() or Organisation(pk=1)
    if what := changes.apply(kept, {name: value for name, value in values.items() if name in (*FIELDS, "seen")}):
        _write(kept)
        events.record("organisation.changed", actor=actor, subject=kept, what=what)
    return kept


def _refuse_stranger(code: str) -> None:
    """Who comes first to an installation that is reachable from outside must know the code that started it."""
    wanted = settings.SETUP_CODE
    if wanted and not hmac.compare_digest(code.strip().encode(), wanted.encode()):
        raise Invalid(_("This is not the set-up code. It is in the settings of the server (SETUP_CODE)."), "code")


def _keep_organisation(values: dict[str, Any]) -> None:
    """One row whoever comes: of two people who set up at the same moment, the second waits here and is refused next."""
    Organisation.objects.get_or_create(pk=1, defaults={"name": values["name"]})
    kept = Organisation.objects.select_for_update().get(pk=1)
    for name in FIELDS:
        setattr(kept, name, values.get(name, getattr(kept, name)))
    _write(kept)


def _write(kept: Organisation) -> None:
    try:
        kept.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), field) from error
    kept.save()
    scope.forget()


def _refuse_second_time() -> None:
    if is_set_up():
        raise WrongState(_("This installation is set up already. Sign in, or ask the administrator."))


def _refuse_same(administrator: Somebody, manager: Somebody | None, approver: Somebody) -> None:
    """Who approves neither runs the system nor is the first one to be approved (rule 1)."""
    addresses = {email_key(administrator.email): _("the administrator")}
    if manager is not None:
        if email_key(manager.email) in addresses:
            raise Invalid(_("That is the administrator. Choose “I am” above, or write somebody else."), "manager_email")
        addresses[email_key(manager.email)] = _("the information security manager")
    if other := addresses.get(email_key(approver.email)):
        raise Invalid(
            _("That is the address of %(other)s. Who approves must be somebody else.") % {"other": other},
            "approver_email",
        )


def _administrator(somebody: Somebody, password: str) -> User:
    try:
        password_validation.validate_password(password, User(email=somebody.email, name=somebody.name))
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), "password") from error
    user = accounts.create_login(
        email=somebody.email, name=somebody.name, actor=None, password=password, administrator=True
    )
    scope.forget()
    return user


def _propose_manager(role: Role, manager: Somebody | None, administrator: Somebody, user: User) -> None:
    """The administrator proposes; the approver decides. A proposal may be about its proposer, a decision may not."""
    if manager is None:
        person = add_person(actor=user, user=user, **vars(administrator))
    else:
        person = add_person(actor=user, **vars(manager))
        give_login(person, actor=user)
    reason = _("Proposed when the register was set up.")
    propose_assignment(role=role, person=person, actor=user, starts_on=clock.today(), reason=reason)
