"""Exceptions from rules of separation: ask, approve, reject, withdraw, end (A5; design rules 1, 2, 8)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, Stale
from ismsroles.core.shown import fingerprint
from roles import policy, terms
from roles.actions.telling import tell_exception_approvers, tell_exception_decided
from roles.models import Person, SeparationException, SeparationRule
from roles.shown_separation import shown
from roles.states import EXCEPTION, RULE


@transaction.atomic
def request_exception(
    *, actor, rule: SeparationRule, person: Person, control: str, reason: str, starts_on: date, ends_on: date
) -> SeparationException:
    """Ask that a person may unite what a rule keeps apart: for a time, with a compensating control (rule 8)."""
    person = Person.objects.select_for_update(of=("self",)).select_related("area").get(pk=person.pk)
    rule = SeparationRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    require(actor, "roles.separation_exception.request", person)
    _refuse_unfit(rule, person, starts_on, ends_on)
    made = SeparationException(
        rule=rule, person=person, control=control.strip(), reason=reason.strip(), starts_on=starts_on, ends_on=ends_on,
        proposed_by=actor, proposed_by_person=policy.standing(actor).person, proposed_at=clock.now(),
    )  # fmt: skip
    history.save(made, actor=actor, reason=made.reason)
    _record("separation.exception_requested", made, actor, made.reason)
    tell_exception_approvers(made)
    return made


@transaction.atomic
def approve_exception(
    exception: SeparationException, *, actor, seen_hash: str, reason: str = ""
) -> SeparationException:
    """Approve exactly what was shown. It covers its days and no other (rules 1, 2, 8)."""
    return _decide(exception, "approve", actor, seen_hash, reason)


@transaction.atomic
def reject_exception(exception: SeparationException, *, actor, seen_hash: str, reason: str) -> SeparationException:
    """Reject what was shown, with a reason that whoever asked will read."""
    return _decide(exception, "reject", actor, seen_hash, reason)


@transaction.atomic
def withdraw_exception(exception: SeparationException, *, actor, reason: str = "") -> SeparationException:
    """Take a request back before it is decided."""
    exception = _locked(exception)
    exception.state = EXCEPTION.move(exception.state, "withdraw")
    require(actor, "roles.separation_exception.withdraw", exception)
    exception.end_reason = reason
    history.save(exception, actor=actor, reason=reason)
    _record("separation.exception_withdrawn", exception, actor, reason)
    return exception


@transaction.atomic
def end_exception(exception: SeparationException, *, actor, last_day: date, reason: str) -> SeparationException:
    """End an approved exception before time; a conflict that stands on the day after is a finding."""
    exception = _locked(exception)
    state = EXCEPTION.move(exception.state, "end")
    require(actor, "roles.separation_exception.end", exception)
    if not reason.strip():
        raise Invalid(_("Say why it ends: an auditor will ask."), "reason")
    if last_day > exception.ends_on:
        raise Invalid(_("It ends before that already. A longer one is asked for anew."), "last_day")
    if last_day < max(exception.starts_on, terms.day_before(clock.today())):
        raise Invalid(_("Choose yesterday or a later day: what it covered in the past stays as it was."), "last_day")
    exception.state, exception.ends_on, exception.ended_by, exception.end_reason = state, last_day, actor, reason
    history.save(exception, actor=actor, reason=reason)
    _record("separation.exception_ended", exception, actor, reason)
    return exception


def longest(starts_on: date) -> date:
    """The latest last day: the same day twelve months on; 29 February becomes the 28th."""
    try:
        return starts_on.replace(year=starts_on.year + 1)
    except ValueError:
        return starts_on.replace(year=starts_on.year + 1, day=28)


def _refuse_unfit(rule: SeparationRule, person: Person, starts_on: date, ends_on: date) -> None:
    today = clock.today()
    RULE.move(rule.state, "retire")  # what is not in force needs no exception
    if not person.is_current(today):
        raise Invalid(_("%(person)s is not with the organisation today.") % {"person": person}, "person")
    if starts_on < today:
        raise Invalid(_("Choose today or a later first day: nothing is excused afterwards."), "starts_on")
    if ends_on < starts_on:
        raise Invalid(_("The last day is before the first day."), "ends_on")
    if ends_on > longest(starts_on):
        words = {"day": terms.in_words(longest(starts_on))}
        raise Invalid(_("Twelve months at most: %(day)s. It can be asked for again then.") % words, "ends_on")


def _decide(exception: SeparationException, verb: str, actor, seen_hash: str, reason: str) -> SeparationException:
    exception = _locked(exception)
    state = EXCEPTION.move(exception.state, verb)
    require(actor, f"roles.separation_exception.{verb}", exception)
    if seen_hash != fingerprint(shown(exception)):
        raise Stale(_("This changed while you were reading. Nothing was decided."))
    if verb == "reject" and not reason.strip():
        raise Invalid(_("Say why: who asked for it will read it."), "reason")
    if verb == "approve" and exception.ends_on < clock.today():
        raise Invalid(_("Its last day is over. Reject it; it can be asked for anew."))
    who = policy.standing(actor)
    exception.state, exception.decided_at, exception.seen_hash = state, clock.now(), seen_hash
    exception.decided_by, exception.decided_by_person, exception.decided_by_role = actor, who.person, who.approves_as
    exception.decision_reason = reason
    history.save(exception, actor=actor, reason=reason)
    _record(f"separation.exception_{state}", exception, actor, reason)
    tell_exception_decided(exception)
    return exception


def _locked(exception: SeparationException) -> SeparationException:
    whole = SeparationException.objects.select_related(
        "person", "proposed_by", "proposed_by_person", "rule__role_a", "rule__role_b", "rule__tag_a", "rule__tag_b"
    )
    found = whole.select_for_update(of=("self",)).get(pk=exception.pk)
    scope.forget()  # the lock may have been waited for: who may decide is asked anew
    return found


def _record(code: str, made: SeparationException, actor, reason: str) -> None:
    words = {"person": made.person, "rule": made.rule, "ends_on": made.ends_on.isoformat(), "control": made.control}
    events.record(code, actor=actor, subject=made, reason=reason, **words)
