"""Leaving and staying: one action for form, import, command and API (A6; rule 5)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history, outbox
from ismsroles.core.access import require
from ismsroles.core.dates import refuse_far_off
from ismsroles.core.errors import Invalid
from ismsroles.core.models import AuditEvent
from roles import leaving
from roles.actions.leaving_access import end_grants_of_leavers
from roles.actions.telling_leavers import tell_leaving, tell_staying
from roles.leaving import Outcome
from roles.models import Assignment, Person, TeamMember
from roles.terms import OPEN_END, day_before, in_words, overlap


@transaction.atomic
def record_last_day(person: Person, last_day: date | None, *, actor, reason: str = "") -> Person:
    """The person leaves after `last_day` (rule 5): all they hold ends with it, what is proposed of them beyond it is withdrawn.

    None takes it back and restores what the leaving ended, as far as that is possible; `person.outcomes` says what happened.
    `actor` None is the command line: whoever runs the system."""
    if actor is not None:
        require(actor, "roles.person.keep")
    in_teams = Exists(TeamMember.objects.filter(person=OuterRef("pk")))  # spares whoever is in none a question
    people = Person.objects.select_for_update(of=("self",)).select_related("manager").annotate(in_teams=in_teams)
    person = people.get(pk=person.pk)
    if person.last_day is not None and person.last_day < clock.today():
        end_grants_of_leavers(actor=actor)
    person.last_day = last_day
    _refuse_impossible(person)
    history.bulk_update([person], Person, ["last_day"], actor=actor, reason=reason)
    if last_day is None:
        return _stays(person, actor, reason)
    words = {"last_day": last_day.isoformat(), "reason": reason}
    told = events.prepare("person.leaves", actor=actor, subject=person, **words)
    people_leave([person], actor=actor, reason=reason, told=[told])
    return person


def people_leave(people: Sequence[Person], *, actor, reason: str = "", told: Sequence[AuditEvent] = ()) -> None:
    """What follows from last days that were just recorded, for however many people, in the same transaction."""
    by_person: dict[int, list[Outcome]] = defaultdict(list)
    with outbox.together():
        for outcome in leaving.leave(people, actor=actor, reason=reason, told=told):
            by_person[outcome.person].append(outcome)
        for person in people:
            person.outcomes = by_person[person.pk]
        tell_leaving(people)


def _stays(person: Person, actor, reason: str) -> Person:
    events.record("person.stays", actor=actor, subject=person, reason=reason)
    person.outcomes = leaving.stay([person], actor=actor, reason=reason)
    tell_staying(person)
    return person


def _refuse_impossible(person: Person) -> None:
    if person.last_day and person.starts_on and person.last_day < person.starts_on:
        raise Invalid(_("The last day is before the first day."), "last_day")
    try:
        refuse_far_off(person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), "last_day") from error


# Assignments and deputy seats ----------------------------------------------------------------------------------------------

ENDS = ["state", "ends_on", "ended_by", "end_reason", "cut_by_leaving", "approved_end"]


@leaving.on_leaving
def assignments_end(people: Sequence[Person], *, actor, reason: str) -> Iterator[Outcome]:
    """Seats end on the last day; what is proposed beyond it is withdrawn (rule 5). A cut seat keeps the end that was approved."""
    by_id, why = {person.pk: person for person in people}, _("The person leaves.")
    changed = []
    for assignment in _held_by(by_id):
        last_day = by_id[assignment.person_id].last_day
        if assignment.state == "approved":
            if _cut(assignment, last_day):
                changed.append(assignment)
        elif (assignment.ends_on or OPEN_END) <= last_day:
            yield _waits_still(assignment)
        else:
            assignment.state = "withdrawn"
            changed.append(assignment)
    for assignment in changed:
        assignment.end_reason = why
        assignment.ended_by = actor if assignment.state == "approved" else None
    history.bulk_update(changed, Assignment, ENDS, actor=actor, reason=why)
    yield from (_ends(a, actor) if a.state == "approved" else _is_withdrawn(a, actor) for a in changed)


def _held_by(people: dict[int, Person]) -> list[Assignment]:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("role", "person", "area")
    return list(rows.filter(person_id__in=people, state__in=["approved", "proposed"]).order_by("pk"))


def _cut(assignment: Assignment, last_day: date) -> bool:
    """Whether the seat's end moves with the last day: never beyond what was approved, never in a past that is over."""
    approved = assignment.approved_end if assignment.cut_by_leaving else assignment.ends_on
    end = min(approved or OPEN_END, max(last_day, assignment.starts_on))
    if end == (assignment.ends_on or OPEN_END) or (_is_over(assignment) and end > assignment.ends_on):
        return False
    assignment.cut_by_leaving = end < (approved or OPEN_END)
    assignment.approved_end = approved if assignment.cut_by_leaving else None
    assignment.ends_on = end
    return True


def _is_over(assignment: Assignment) -> bool:
    """Ended before yesterday: somebody else may have acted in the days since, and the record of them stays."""
    return assignment.ends_on is not None and assignment.ends_on < day_before(clock.today())


@leaving.on_staying
def assignments_return(people: Sequence[Person], *, actor, reason: str) -> Iterator[Outcome]:
    """Seats that the leaving cut get back the end that was approved, unless they are over or somebody has followed."""
    by_id = {person.pk: person for person in people}
    cut = [assignment for assignment in _held_by(by_id) if assignment.cut_by_leaving]
    others = _others(cut)
    restored = []
    for assignment in cut:
        if hurdle := _hurdle(assignment, others):
            words = _words(assignment) | {"why": hurdle}
            sentence = _("Not restored: %(seat)s of %(role)s. %(why)s Propose it anew.") % words
            yield Outcome(assignment.person_id, sentence, assignment.role.get_absolute_url(), is_open=True)
        else:
            assignment.ends_on, assignment.approved_end, assignment.cut_by_leaving = (
                assignment.approved_end,
                None,
                False,
            )
            assignment.ended_by, assignment.end_reason = None, ""
            restored.append(assignment)
    history.bulk_update(restored, Assignment, ENDS, actor=actor, reason=_("The person stays."))
    yield from (_restored(assignment, actor) for assignment in restored)


def _others(cut: list[Assignment]) -> list[Assignment]:
    """Everybody else's approved seats in the same roles: one query."""
    rows = Assignment.objects.approved().filter(role__in={a.role_id for a in cut}).exclude(pk__in=[a.pk for a in cut])
    return list(rows.select_related("person"))


def _hurdle(assignment: Assignment, others: list[Assignment]) -> str:
    """Why the seat cannot be restored; empty when it can."""
    if _is_over(assignment):
        return _("It ended on %(day)s.") % {"day": in_words(assignment.ends_on)}
    if assignment.role.state != "active":
        return _("The role is not in force.")
    for other in others:
        same = (other.role_id, other.area_id) == (assignment.role_id, assignment.area_id)
        terms = (assignment.starts_on, assignment.approved_end, other.starts_on, other.ends_on)
        if same and _in_the_way(assignment, other) and overlap(*terms):
            words = {"person": other.person, "day": in_words(other.starts_on)}
            return _("%(person)s holds it from %(day)s.") % words
    return ""


def _in_the_way(assignment: Assignment, other: Assignment) -> bool:
    single = assignment.single_holder and other.single_holder and assignment.seat == other.seat == "primary"
    return single or other.person_id == assignment.person_id


# Words ---------------------------------------------------------------------------------------------------------------------


def _words(assignment: Assignment) -> dict[str, Any]:
    return {"person": assignment.person, "role": assignment.role, "seat": assignment.get_seat_display()}


def _until(assignment: Assignment) -> str:
    return assignment.ends_on.isoformat() if assignment.ends_on else _("no end")


def _ends(assignment: Assignment, actor) -> Outcome:
    words = _words(assignment) | {"day": in_words(assignment.ends_on)}
    sentence = _("%(seat)s of %(role)s until %(day)s.") % words
    event = _told("assignment.ended", assignment, actor, ends_on=assignment.ends_on.isoformat())
    return _outcome(assignment, sentence[:1].upper() + sentence[1:], event=event)


def _is_withdrawn(assignment: Assignment, actor) -> Outcome:
    sentence = _("The proposal as %(seat)s of %(role)s is withdrawn.") % _words(assignment)
    return _outcome(assignment, sentence, event=_told("assignment.withdrawn", assignment, actor))


def _waits_still(assignment: Assignment) -> Outcome:
    words = _words(assignment) | {"day": in_words(assignment.ends_on)}
    sentence = _("The proposal as %(seat)s of %(role)s until %(day)s still waits for a decision.") % words
    return _outcome(assignment, sentence, is_open=True)


def _restored(assignment: Assignment, actor) -> Outcome:
    sentence = _("Restored as it was approved: %(seat)s of %(role)s.") % _words(assignment)
    return _outcome(
        assignment, sentence, event=_told("assignment.restored", assignment, actor, until=_until(assignment))
    )


def _outcome(assignment: Assignment, sentence: str, **more: Any) -> Outcome:
    return Outcome(assignment.person_id, sentence, assignment.get_absolute_url(), **more)


def _told(code: str, assignment: Assignment, actor, **more: Any) -> AuditEvent:
    reason = assignment.end_reason
    return events.prepare(code, actor=actor, subject=assignment, reason=reason, **_words(assignment), **more)
