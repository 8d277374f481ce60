"""Conflicts that stand, and exceptions that end (coverage A5; design rule 8)."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from roles.conflicts import days_in_words, held_in_words, request_link
from roles.duties import duties
from roles.findings.register import Found, _in_words
from roles.models import Assignment, Person, Role, SeparationException
from roles.queries.separation import leaves, rules_in_force, standing
from roles.queries.separation_exceptions import days_waiting, whole
from roles.separation import Conflict, Leave, first_uncovered, is_covered, united
from roles.terms import day_before

ENDING_DAYS, PENDING_DAYS = 30, 5


def _open(day: date) -> list[tuple[Person, Conflict, list[Leave]]]:
    """The conflicts that no exception covers, with the exceptions that are over."""
    found = standing(day)
    given = leaves([person.pk for person, _c in found]) if found else []
    rows = []
    for person, conflict in found:
        own = [one for one in given if one.person == person.pk and one.rule == conflict.rule.rule]
        if not is_covered(conflict, own, day):
            rows.append((person, conflict, [one for one in own if one.last < day]))
    return rows


def _said(person: Person, conflict: Conflict, detail: str) -> dict:
    words = {"person": person, "one": held_in_words(conflict.one), "other": held_in_words(conflict.other)}
    return {
        "sentence": _("%(person)s unites %(one)s and %(other)s%(days)s.") % (words | {"days": _days(conflict)}),
        "url": request_link(person, conflict),
        "action": _("Ask for an exception"),
        "detail": detail,
        "since": conflict.first,
    }


def _days(conflict: Conflict) -> str:
    return days_in_words(conflict) if conflict.last else ""


@rule("A5", title=gettext_lazy("Conflict of interest"), clause="A.5.3", severity="stop")
def one_person_unites_what_is_kept_apart(day: date) -> Found:
    """Nobody unites what a blocking rule keeps apart, unless an approved exception covers the day (A5, rule 8)."""
    for person, conflict, over in _open(day):
        if conflict.rule.blocks and not over:
            yield _said(person, conflict, conflict.rule.why)


@rule("A5.ended", title=gettext_lazy("Exception over, conflict not"), clause="A.5.3", severity="stop")
def the_exception_is_over_and_the_conflict_stands(day: date) -> Found:
    """An exception that has ended while the person still unites both (A5, rule 8)."""
    for person, conflict, over in _open(day):
        if over and conflict.rule.blocks:
            last = max(one.last for one in over)
            words = {"day": _in_words(last), "why": conflict.rule.why}
            yield _said(person, conflict, _("The exception ended on %(day)s. %(why)s") % words) | {"since": last}


@rule("A5.warning", title=gettext_lazy("Conflict without a reason"), clause="A.5.3", severity="warn")
def a_warning_that_nobody_answered(day: date) -> Found:
    """A conflict by a warning rule for which no reason was written and approved, because the rule or a duty came later (A5)."""
    rows = [row for row in _open(day) if not row[1].rule.blocks]
    answered = _answered(rows)
    for person, conflict, _over in rows:
        if not {conflict.one.pk, conflict.other.pk} & answered:
            yield _said(person, conflict, conflict.rule.why)


@rule("A5.accepted", title=gettext_lazy("Conflict accepted with a reason"), clause="A.5.3", severity="note")
def a_warning_that_was_answered(day: date) -> Found:
    """A conflict by a warning rule that was approved with a written reason stays in sight (A5)."""
    rows = [row for row in _open(day) if not row[1].rule.blocks]
    answered = _answered(rows)
    for person, conflict, _over in rows:
        if {conflict.one.pk, conflict.other.pk} & answered:
            pk = max({conflict.one.pk, conflict.other.pk} & answered)
            link = {"url": reverse("assignment", args=[pk]), "action": _("Read the reason")}
            yield _said(person, conflict, conflict.rule.why) | link


def _answered(rows: list) -> set[int]:
    """Assignments among these conflicts that were proposed with a reason for it."""
    pks = {held.pk for _p, c, _o in rows for held in (c.one, c.other) if held.kind == "assignment"}
    found = Assignment.objects.filter(pk__in=pks).exclude(conflict_reason="") if pks else Assignment.objects.none()
    return set(found.values_list("pk", flat=True))


@rule("A5.ends-soon", title=gettext_lazy("Exception ends soon"), clause="A.5.3", severity="warn")
def an_exception_ends_while_the_conflict_goes_on(day: date) -> Found:
    """An exception that ends within 30 days while the conflict goes on after it, said in time (A5, rule 8)."""
    found = standing(day)
    given = leaves([person.pk for person, _c in found]) if found else []
    for person, conflict in found:
        bare = first_uncovered(conflict, given, day)
        if bare is not None and is_covered(conflict, given, day) and bare <= day + timedelta(days=ENDING_DAYS + 1):
            words = {"person": person, "day": _in_words(day_before(bare)), "rule": conflict.rule.words}
            sentence = _("The exception of %(person)s from %(rule)s ends on %(day)s, and the conflict goes on.") % words
            yield _said(person, conflict, conflict.rule.why) | {"sentence": sentence, "since": None}


@rule("A5.role", title=gettext_lazy("One role unites two duties"), clause="A.5.3", severity="warn")
def one_role_unites_two_duties(day: date) -> Found:
    """A role that by itself carries both duties that a rule keeps apart: whoever holds it does both (A5)."""
    found = united(duties(), rules_in_force())
    roles = Role.objects.filter(state="active").in_bulk({pk for pk, _rule in found}) if found else {}
    for pk, apart in found:
        if pk in roles:
            words = {"role": roles[pk], "rule": apart.words}
            sentence = _("%(role)s by itself unites what is kept apart: %(rule)s.") % words
            url = roles[pk].get_absolute_url()
            action = _("Move a responsibility")
            yield {"sentence": sentence, "url": url, "action": action, "detail": apart.why, "since": None}


@rule("A5.waits", title=gettext_lazy("Exception waits for approval"), clause="A.5.3", severity="warn")
def an_exception_waits(day: date) -> Found:
    """A request for an exception that waits for a decision for more than five days (A5)."""
    for one in whole(SeparationException.objects.filter(state="requested")).order_by("pk"):
        days = days_waiting(one)
        if days > PENDING_DAYS:
            words = {"person": one.person, "days": days, "rule": one.rule}
            sentence = _("The exception of %(person)s from %(rule)s has waited %(days)d days.") % words
            link = {"url": one.get_absolute_url(), "action": _("Open the request")}
            yield {"sentence": sentence, "detail": one.reason, "since": day - timedelta(days=days), **link}
