"""Segregation of duties at the moment of choice and again at the decision (coverage A5; design rule 8).

A blocking rule refuses unless an approved exception covers; a warning rule needs a written reason. Whoever gives somebody a
holding (an assignment, a delegation, a place in a team) asks here, in the transaction that gives it."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core.errors import Invalid
from roles import checks, terms
from roles.checks import Note
from roles.holdings import Holding
from roles.models import Assignment, Person
from roles.queries.separation import as_holding, conflicts_with, leaves, rules_in_force
from roles.separation import Conflict, Leave, first_uncovered, is_covered


class Conflicting(Invalid):
    """Refused by a rule of separation; `notes` say each conflict, worst first, with the way to an exception."""

    def __init__(self, message: object, field: str, notes: list[Note]) -> None:
        super().__init__(message, field)
        self.notes = notes


def refuse_conflicts(
    person: Person,
    added: Iterable[Holding],
    today: date,
    *,
    reason: str = "",
    field: str = "person",
    reason_field: str = "conflict_reason",
) -> None:
    """Raises Conflicting when these holdings, added to all that the person has, break a rule without an exception,
    or touch a warning rule without a written reason. The caller has locked the person's row; the fields are those of its form."""
    found = conflicts_with(added)
    if not found:
        return
    given = leaves([person.pk])
    open_ones = [c for c in found if not is_covered(c, given, today)]
    notes = sorted((_note(person, c, given, today) for c in found), key=lambda note: note.severity != "stop")
    blocked = [c for c in open_ones if c.rule.blocks]
    if blocked:
        raise Conflicting(_blocked_words(person, blocked[0]), field, notes)
    if open_ones and not reason.strip():
        words = _("%(conflict)s Write why nevertheless, or choose somebody else.") % {
            "conflict": in_words(person, open_ones[0])
        }
        raise Conflicting(words, reason_field, [Note("stop", words, open_ones[0].rule.why), *notes])


def in_words(person: Person, conflict: Conflict) -> str:
    """Who unites what, on which days."""
    words = {"person": person, "one": held_in_words(conflict.one), "other": held_in_words(conflict.other)}
    sentence = _("%(person)s would be %(one)s and %(other)s%(days)s.")
    return sentence % (words | {"days": days_in_words(conflict)})


def days_in_words(conflict: Conflict) -> str:
    """The days of a conflict, as they stand behind a sentence; nothing when both ends are open."""
    words = {
        "first": terms.in_words(conflict.first) if conflict.first else "",
        "last": terms.in_words(conflict.last) if conflict.last else "",
    }
    if conflict.first and conflict.last:
        return _(" from %(first)s to %(last)s") % words
    if conflict.first:
        return _(" from %(first)s on") % words
    return _(" until %(last)s") % words if conflict.last else ""


def held_in_words(held: Holding) -> str:
    """One holding, with how it is held when that is not simply as its holder."""
    how = {"deputy": _("deputy of %(what)s"), "delegate": _("delegate for %(what)s"), "member": _("member of %(what)s")}
    return how.get(held.how, "%(what)s") % {"what": held.label}


def request_link(person: Person, conflict: Conflict) -> str:
    """Where an exception from this rule for this person is asked for."""
    return f"{reverse('separation-exception-request')}?{urlencode({'person': person.pk, 'rule': conflict.rule.rule})}"


def _blocked_words(person: Person, conflict: Conflict) -> str:
    words = {"conflict": in_words(person, conflict), "why": conflict.rule.why}
    return _("%(conflict)s %(why)s Choose somebody else, or have an exception approved first.") % words


def _note(person: Person, conflict: Conflict, given: list[Leave], today: date) -> Note:
    sentence = in_words(person, conflict)
    if is_covered(conflict, given, today):
        ends = first_uncovered(conflict, given, today)
        detail = _("An approved exception covers it.")
        if ends is not None:
            detail = _("An approved exception covers it until %(day)s.") % {
                "day": terms.in_words(terms.day_before(ends))
            }
        return Note("warn", sentence, detail)
    if conflict.rule.blocks:
        return Note("stop", sentence, conflict.rule.why, request_link(person, conflict), _("Ask for an exception"))
    return Note("warn", sentence, conflict.rule.why)


@checks.also
def _separated(assignment: Assignment, today: date) -> None:
    """Rule 8, at the proposal and again at the approval."""
    refuse_conflicts(assignment.person, [as_holding(assignment)], today, reason=assignment.conflict_reason)


@checks.told
def _what_is_known(assignment: Assignment, today: date) -> Iterable[Note]:
    """What the proposer and the approver are told: each conflict with what covers or excuses it."""
    found = conflicts_with([as_holding(assignment)])
    if not found:
        yield from [Note("good", _("No rule of separation stands against it"))] if rules_in_force() else []
        return
    given = leaves([assignment.person_id])
    yield from (_note(assignment.person, conflict, given, today) for conflict in found)
    if assignment.conflict_reason:
        yield Note("note", _("Why nevertheless: “%(reason)s”") % {"reason": assignment.conflict_reason})


def shown_conflicts(assignment: Assignment, today: date) -> list[str]:
    """What a decider is shown of conflicts, as it enters the fingerprint of what they decide on (rule 2)."""
    given = leaves([assignment.person_id])
    notes = [_note(assignment.person, c, given, today) for c in conflicts_with([as_holding(assignment)])]
    return [f"{note.sentence} {note.detail}".strip() for note in notes]
