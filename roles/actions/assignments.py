"""Assignments: propose, approve, reject, withdraw, end (A2, A3; design rules 1–4)."""

import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ismsroles.core import attachments, clock, events, history, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.shown import fingerprint
from roles import checks, policy, terms
from roles.actions import delegations, letters, people
from roles.actions.telling import tell_approvers, tell_end, tell_person, tell_proposer
from roles.models import Area, Assignment, Person, Role, Team
from roles.policy import exceptions
from roles.shown import shown
from roles.states import ASSIGNMENT

DECISIONS = ("assignment.approved", "assignment.rejected")


@dataclass(frozen=True)
class Terms:
    """What can be said of a proposal; nothing else of an assignment can be set by who proposes (security case 18)."""

    starts_on: date
    ends_on: date | None = None
    seat: str = "primary"
    filled_as: str = "internal"
    reason: str = ""
    conflict_reason: str = ""
    area: Area | None = None
    team: Team | None = None


@transaction.atomic
def propose_assignment(*, role: Role, person: Person, actor, deputy: Person | None = None, **terms: Any) -> Assignment:
    """Propose a person for a role, and with them a deputy if one is given (A2, A7). Nothing is in force before the approval."""
    proposal, wanted = uuid.uuid4(), Terms(**terms)
    if deputy is not None and (deputy.pk == person.pk or wanted.seat != "primary"):
        raise Invalid(_("A deputy stands in for a holder and is never the holder. Choose somebody else."), "deputy")
    holder = propose_seat(role, person, actor, proposal, wanted)
    if deputy is not None:
        _propose_deputy(role, deputy, actor, proposal, wanted)
    return holder


def _propose_deputy(role: Role, deputy: Person, actor, proposal: uuid.UUID, wanted: Terms) -> None:
    """What stands in the way of the deputy is said at the deputy."""
    try:
        propose_seat(role, deputy, actor, proposal, replace(wanted, seat="deputy", filled_as=way_of(deputy)))
    except Invalid as error:
        raise Invalid(
            error.message, "deputy" if error.field in ("person", "ends_on", "starts_on") else error.field
        ) from error


def draft(role: Role, person: Person, actor, wanted: Terms, proposal: uuid.UUID | None = None) -> Assignment:
    """The assignment as it would be proposed; nothing is written."""
    return Assignment(
        role=role,
        person=person,
        proposal=proposal or uuid.uuid4(),
        single_holder=role.kind == "one",
        proposed_by=actor,
        proposed_by_person=policy.standing(actor).person,
        proposed_at=clock.now(),
        **{**vars(wanted), "area": wanted.area or role.area},
    )


def propose_seat(role: Role, person: Person, actor, proposal: uuid.UUID, wanted: Terms) -> Assignment:
    """One seat of a proposal. Call inside the transaction that proposes all of them."""
    person = Person.objects.select_for_update(of=("self",)).select_related("area").get(pk=person.pk)
    role = Role.objects.select_for_update().get(pk=role.pk)
    require(actor, "roles.assignment.propose", person.area)
    assignment = draft(role, person, actor, wanted, proposal)
    checks.refuse_unfit(assignment, clock.today())
    history.save(assignment, actor=actor, reason=assignment.reason)
    _record("assignment.proposed", assignment, actor, reason=assignment.reason)
    tell_approvers(assignment)
    return assignment


@transaction.atomic
def propose_many(*, roles: list[Role], person_for: dict[int, Person], actor, **terms: Any) -> list[Assignment]:
    """Propose holders for many roles at once: all of them or none; each refusal stands at its role (`person_<role>`)."""
    made = []
    for role in roles:
        person = person_for[role.pk]
        try:
            made.append(propose_assignment(role=role, person=person, actor=actor, **terms, filled_as=way_of(person)))
        except Invalid as error:
            at = f"person_{role.pk}" if error.field in ("role", "person", "ends_on", None) else error.field
            raise Invalid(error.message, at) from error
    return made


@transaction.atomic
def approve_assignment(assignment: Assignment, *, actor, seen_hash: str, reason: str = "") -> Assignment:
    """Approve what was shown (A3). Who holds a one-holder role until then stops the day before; two clicks have one effect."""
    Person.objects.select_for_update(of=("self",)).get(
        pk=assignment.person_id
    )  # two roles at once: judged one after the other
    assignment = _locked(assignment)
    followed = list(checks.predecessors(assignment).select_for_update(of=("self",)))
    state = _decidable(assignment, "approve", actor, seen_hash)
    checks.refuse_unfit(assignment, clock.today())
    for earlier in followed:
        end_seat(earlier, terms.day_before(assignment.starts_on), actor, _why_followed(earlier, assignment))
    _decide(assignment, state, actor, seen_hash, reason)
    _record("assignment.approved", assignment, actor, reason=reason)
    _record_exception(assignment, actor)
    if assignment.seat == "primary":
        people.record_approving_login(assignment.person, assignment.role, actor)
    letters.issue(assignment, actor=actor)
    tell_person(assignment)
    return assignment


@transaction.atomic
def reject_assignment(assignment: Assignment, *, actor, seen_hash: str, reason: str) -> Assignment:
    """Reject what was shown, with a reason that the proposer and the person will read (A3)."""
    assignment = _locked(assignment)
    state = _decidable(assignment, "reject", actor, seen_hash)
    if not reason.strip():
        raise Invalid(_("Say why: the proposer and the person will read it."), "reason")
    _decide(assignment, state, actor, seen_hash, reason)
    _record("assignment.rejected", assignment, actor, reason=reason)
    _record_exception(assignment, actor)
    tell_proposer(assignment)
    return assignment


@transaction.atomic
def withdraw_assignment(assignment: Assignment, *, actor, reason: str = "") -> Assignment:
    """Take a proposal back before it is decided."""
    assignment = _locked(assignment)
    assignment.state = ASSIGNMENT.move(assignment.state, "withdraw")
    require(actor, "roles.assignment.withdraw", assignment)
    assignment.end_reason = reason
    history.save(assignment, actor=actor, reason=reason)
    _record("assignment.withdrawn", assignment, actor, reason=reason)
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, actor, last_day: date, reason: str) -> Assignment:
    """Set the last day of an approved assignment; it counts. The past is not rewritten: no day before yesterday's end."""
    assignment = _locked(assignment)
    ASSIGNMENT.move(assignment.state, "end")
    require(actor, "roles.assignment.end", assignment)
    if not reason.strip():
        raise Invalid(_("Say why it ends: an auditor will ask."), "reason")
    if last_day < assignment.starts_on:
        raise Invalid(_("The last day is before the first day."), "last_day")
    if assignment.ends_on is not None and assignment.ends_on < clock.today():
        raise WrongState(
            _("It ended on %(day)s already. Nothing was changed.") % {"day": terms.in_words(assignment.ends_on)}
        )
    if last_day < terms.day_before(clock.today()):
        raise Invalid(_("Choose yesterday or a later day: who held the role in the past stays as it was."), "last_day")
    if assignment.ends_on is not None and last_day > assignment.ends_on:
        raise Invalid(_("A longer term needs an approval: propose it anew."), "last_day")
    return end_seat(assignment, last_day, actor, reason)


@transaction.atomic
def record_founding(
    *, role: Role, person: Person, actor, board_date: date, reference: str, file=None, starts_on: date | None = None
) -> Assignment:
    """The first approver, by decision of the board: recorded once only, by the administrator, printed in every document (rule 1)."""
    role = Role.objects.select_for_update().get(pk=role.pk)
    require(actor, "roles.founding.record")
    if role.persona != "top_management" or role.state != "active":
        raise Invalid(_("The founding appointment is for a role in force that approves. Choose such a role."), "role")
    if policy.is_same(actor, person):
        raise NotAllowed(
            _("You cannot record your own appointment. Somebody else must be the administrator, or the approver.")
        )
    if board_date > clock.today():
        raise Invalid(_("The board decision cannot be in the future."), "board_date")
    assignment = Assignment(
        role=role, person=person, area=role.area, single_holder=role.kind == "one", state="approved", is_founding=True,
        starts_on=starts_on or board_date, founding_date=board_date, founding_reference=reference, founding_file=attachments.checked(file),
        filled_as=way_of(person), proposed_by=actor, proposed_by_person=policy.standing(actor).person, proposed_at=clock.now(),
    )  # fmt: skip
    if not person.is_current(clock.today()):
        raise Invalid(_("%(person)s is not with the organisation today.") % {"person": person}, "person")
    if assignment.starts_on > clock.today():
        raise Invalid(_("The appointment must already be in force."), "starts_on")
    history.save(assignment, actor=actor, reason=reference)
    words = {"person": person, "role": role, "date": board_date.isoformat(), "reference": reference}
    events.record("assignment.founded", actor=actor, subject=assignment, **words, file_sha256=digest_of(assignment))
    people.record_approving_login(person, role, actor)
    letters.issue(assignment, actor=actor)
    return assignment


def _why_followed(earlier: Assignment, assignment: Assignment) -> str:
    if earlier.person_id == assignment.person_id:
        return _("Becomes the holder.") if assignment.seat == "primary" else _("Becomes a team member.")
    return _("%(person)s follows.") % {"person": assignment.person}


def _locked(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",))
    found = rows.select_related(
        "role", "role__area", "person", "person__area", "area", "team", "proposed_by", "proposed_by_person"
    ).get(pk=assignment.pk)
    scope.forget()  # the lock may have been waited for: who may decide is asked anew
    return found


def _decidable(assignment: Assignment, verb: str, actor, seen_hash: str) -> str:
    """The next state, if this actor may decide now on exactly what they were shown (rules 1 and 2)."""
    state = ASSIGNMENT.move(assignment.state, verb)
    require(actor, f"roles.assignment.{verb}", assignment)
    if seen_hash != fingerprint(shown(assignment)):
        raise Stale(_("This changed while you were reading. Nothing was decided."))
    return state


def _decide(assignment: Assignment, state: str, actor, seen_hash: str, reason: str) -> None:
    who = policy.standing(actor)
    assignment.state, assignment.decided_at, assignment.seen_hash = state, clock.now(), seen_hash
    assignment.decided_by, assignment.decided_by_person = actor, who.person
    assignment.decided_by_role, assignment.decided_for = policy.decides_as(actor, assignment)
    assignment.decision_reason = reason
    if policy.proposed_it(actor, assignment):
        assignment.exception = exceptions.covering(actor, assignment)
    try:
        with transaction.atomic():
            history.save(assignment, actor=actor, reason=reason)
    except IntegrityError as error:  # another decision came first: the database keeps rule 3
        raise WrongState(_("The role is taken in that time. Nothing was decided; read it again.")) from error


def _record_exception(assignment: Assignment, actor) -> None:
    """That somebody decided on their own proposal never stands in the log as an ordinary decision alone (rule 1)."""
    if assignment.exception is not None:
        _record("assignment.exception_used", assignment, actor, until=assignment.exception.ends_on.isoformat())


def end_seat(assignment: Assignment, last_day: date, actor, reason: str) -> Assignment:
    """The seat ends on this day; who calls has locked it and asked whether it may."""
    assignment.ends_on, assignment.ended_by, assignment.end_reason = last_day, actor, reason
    assignment.cut_by_leaving, assignment.approved_end = False, None
    history.save(assignment, actor=actor, reason=reason)
    _record("assignment.ended", assignment, actor, reason=reason, ends_on=last_day.isoformat())
    delegations.follow_assignments([assignment], actor=actor, reason=reason)
    tell_end(assignment)
    return assignment


def _record(code: str, assignment: Assignment, actor, *, reason: str = "", **more: Any) -> None:
    words = {"person": assignment.person, "role": assignment.role, "seat": assignment.get_seat_display()}
    behalf = assignment.decided_for.name if code in DECISIONS and assignment.decided_for else ""
    events.record(code, actor=actor, subject=assignment, reason=reason, behalf=behalf, **words, **more)


def digest_of(assignment: Assignment) -> str:
    """The fingerprint of the board's file, kept in the log: another file under the same name is noticed."""
    if not assignment.founding_file:
        return ""
    with assignment.founding_file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def way_of(person: Person) -> str:
    return "external" if person.is_outside else "internal"
