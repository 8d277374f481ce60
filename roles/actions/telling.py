"""Who is told what about an assignment (K2); the words stand in roles/told.py. Reading one decides nothing (rule 14)."""

from django.urls import reverse

from ismsroles.core import clock
from ismsroles.notices.telling import tell
from roles.actions.readers import Reader, reader_of, readers_of
from roles.models import Assignment, SeparationException
from roles.queries.assignments import who_may_decide
from roles.queries.separation_exceptions import who_may_decide as who_decides_exception


def tell_approvers(assignment: Assignment) -> None:
    """Those who may decide learn that something waits: one message a day for each, however much was proposed."""
    _tell_deciders("assignment.waits", who_may_decide(assignment))


def tell_exception_approvers(exception: SeparationException) -> None:
    """The same for an exception."""
    _tell_deciders("exception.waits", who_decides_exception(exception))


def _tell_deciders(code: str, people) -> None:
    readers = [Reader.of(person.user) for person in people if person.user is not None]
    tell(code, readers, key=clock.today().isoformat(), url=reverse("approvals"))


def tell_person(assignment: Assignment) -> None:
    """Who gets a role is told."""
    words = _words(assignment) | {"day": assignment.starts_on}
    tell("assignment.given", [reader_of(assignment.person)], key=str(assignment.pk), url=reverse("mine"), **words)


def tell_end(assignment: Assignment) -> None:
    """Who loses a role is told when and why."""
    words = _words(assignment) | {"day": assignment.ends_on, "why": assignment.end_reason}
    key = f"{assignment.pk}-{assignment.ends_on.isoformat()}"
    tell("assignment.ends", [reader_of(assignment.person)], key=key, url=reverse("mine"), **words)


def tell_proposer(assignment: Assignment) -> None:
    """Who proposed learns that it was rejected, and why."""
    words = _words(assignment) | {"decider": assignment.decided_by, "why": assignment.decision_reason}
    url = reverse("assignment", args=[assignment.pk])
    tell("assignment.rejected", [Reader.of(assignment.proposed_by)], key=str(assignment.pk), url=url, **words)


def tell_exception_decided(exception: SeparationException) -> None:
    """Who asked for an exception learns what was decided."""
    tell(
        "exception.decided", [Reader.of(exception.proposed_by)], key=str(exception.pk),
        url=reverse("separation-exception", args=[exception.pk]), person=exception.person, rule=exception.rule,
        state=exception.get_state_display(), why=exception.decision_reason,
    )  # fmt: skip


def tell_of_exception(exception) -> None:
    """The approver learns what they may decide alone, until when, and what is checked instead."""
    tell(
        "approver.alone", [reader_of(exception.approver)], key=str(exception.pk),
        url=reverse("approver-exception", args=[exception.pk]), who=exception.recorded_by, day=exception.ends_on,
        reference=exception.board_reference, control=exception.control,
    )  # fmt: skip


def tell_of_succession(made: Assignment, former: set) -> None:
    """Every information security manager and every former approver learns whom the administrator entered as approver."""
    managers = Assignment.objects.current(clock.today()).filter(seat="primary", role__persona="ism")
    told = (former | {held.person for held in managers.select_related("person")}) - {made.person}
    words = _words(made) | {
        "who": made.proposed_by, "day": made.founding_date, "reference": made.founding_reference,
    }  # fmt: skip
    readers = readers_of(sorted(told, key=lambda one: one.pk))
    tell("approver.succeeded", readers, key=str(made.pk), url=reverse("assignment", args=[made.pk]), **words)


def _words(assignment: Assignment) -> dict[str, object]:
    return {"person": assignment.person, "seat": assignment.get_seat_display(), "role": assignment.role}
