"""The dated exception for an organisation whose only approver also proposes (design rule 1): recorded by somebody else, with the
board's decision, for twelve months at most, one at a time."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from roles import policy, terms
from roles.actions.telling import tell_of_exception
from roles.models import ApproverException, Person
from roles.policy import exceptions as rules


@transaction.atomic
def record_exception(*, actor, approver: Person, starts_on: date, ends_on: date, **words: Any) -> ApproverException:
    """Record that the only approver may decide on what they proposed, until a day. What is about themself stays closed."""
    approver = Person.objects.select_for_update(of=("self",)).get(pk=approver.pk)
    _refuse_own(actor, approver)
    require(actor, "roles.exception.record", approver)
    made = ApproverException(
        approver=approver, starts_on=starts_on, ends_on=ends_on, **words,
        recorded_by=actor, recorded_by_person=policy.standing(actor).person, recorded_at=clock.now(),
    )  # fmt: skip
    _refuse_unfit(made, clock.today())
    history.save(made, actor=actor, reason=made.reason)
    events.record(
        "exception.recorded", actor=actor, subject=made, reason=made.reason, starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(), date=made.board_date.isoformat(), reference=made.board_reference, control=made.control,
    )  # fmt: skip
    tell_of_exception(made)
    return made


@transaction.atomic
def end_exception(exception: ApproverException, *, actor, reason: str) -> ApproverException:
    """End it before its last day, because somebody else can approve by now. What was decided under it stays."""
    exception = (
        ApproverException.objects.select_for_update(of=("self",)).select_related("approver").get(pk=exception.pk)
    )
    require(actor, "roles.exception.end")
    if exception.ended_at is not None or exception.ends_on < clock.today():
        raise WrongState(_("This exception is over already. Nothing was changed."))
    if not reason.strip():
        raise Invalid(_("Say why it ends: an auditor will ask."), "reason")
    exception.ended_at, exception.ended_by, exception.end_reason = clock.now(), actor, reason
    history.save(exception, actor=actor, reason=reason)
    events.record("exception.ended", actor=actor, subject=exception, reason=reason)
    return exception


def _refuse_own(actor, approver: Person) -> None:
    """Two people are needed: the one who may then decide alone never records that they may."""
    if policy.is_same(actor, approver):
        raise NotAllowed(
            _("You cannot record an exception for yourself. Somebody else records what the board decided.")
        )


def _refuse_unfit(made: ApproverException, today: date) -> None:
    words = {"person": made.approver}
    if rules.approvers(today) != {made.approver_id}:
        raise Invalid(
            _("%(person)s is not the only one who approves today. The exception is for the only approver.") % words,
            "approver",
        )
    if made.board_date > today:
        raise Invalid(_("The decision cannot be in the future."), "board_date")
    if made.starts_on < today:
        raise Invalid(_("An exception does not reach back. Choose today or a later day."), "starts_on")
    if made.ends_on < made.starts_on:
        raise Invalid(_("The last day is before the first day."), "ends_on")
    if made.ends_on > (latest := terms.day_before(terms.a_year_after(made.starts_on))):
        raise Invalid(
            _("Twelve months at most: choose %(day)s or an earlier day.") % {"day": terms.in_words(latest)}, "ends_on"
        )
    other = ApproverException.objects.filter(
        ended_at=None, starts_on__lte=made.ends_on, ends_on__gte=made.starts_on
    ).first()
    if other is not None:
        raise Invalid(
            _("There is an exception until %(day)s already. One at a time.") % {"day": terms.in_words(other.ends_on)},
            "starts_on",
        )
