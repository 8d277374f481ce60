"""Exceptions and delegations as reviewable things: what was agreed for a time is looked at again within the year (V1; A5, A8)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.reviewable import Kind, Line, People, register
from reviews.subjects.common import term
from roles.models import ApproverException, Delegation, SeparationException


def _exceptions(day: date) -> QuerySet[SeparationException]:
    rows = SeparationException.objects.filter(state="approved", starts_on__lte=day, ends_on__gte=day)
    related = ("rule__role_a", "rule__role_b", "rule__tag_a", "rule__tag_b", "person")
    return rows.select_related(*related).annotate(since=F("decided_at"))


def exception_lines(row: Any, day: date) -> Iterator[Line]:
    """Whether it is still needed, whether the control works, and until when."""
    change = row.get_absolute_url()
    yield Line("needed", _("Still needed"), row.reason, (str(row),), change_url=change)
    yield Line("control", _("Compensating control"), row.control, change_url=change)
    yield Line("term", _("Term"), term(row.starts_on, row.ends_on), change_url=change)


EXCEPTION = register(
    Kind(
        "exception",
        gettext_lazy("Exceptions from separation"),
        gettext_lazy("exception from separation"),
        _exceptions,
        exception_lines,
        concerned=lambda rows, day: {row.pk: [row.person_id] for row in rows},
        asked=lambda rows, day: {row.pk: [row.person_id] for row in rows},
        label_of="roles.separationexception",
    )
)


def _alone(day: date) -> QuerySet[ApproverException]:
    return ApproverException.objects.current(day).select_related("approver").annotate(since=F("recorded_at"))


ALONE = register(
    Kind(
        "approver_exception",
        gettext_lazy("Exceptions for the only approver"),
        gettext_lazy("exception for the only approver"),
        _alone,
        exception_lines,
        concerned=lambda rows, day: {row.pk: [row.approver_id] for row in rows},
        asked=lambda rows, day: {row.pk: [row.approver_id] for row in rows},
        label_of="roles.approverexception",
    )
)


def _delegations(day: date) -> QuerySet[Delegation]:
    rows = Delegation.objects.current(day).select_related("role", "holder", "delegate")
    return rows.annotate(since=F("answered_at"))


def _both(rows: Sequence[Delegation], day: date) -> People:
    return {row.pk: [row.holder_id, row.delegate_id] for row in rows}


def delegation_lines(row: Delegation, day: date) -> Iterator[Line]:
    """Each duty that was passed on, to whom and until when, and how it is checked."""
    change = row.get_absolute_url()
    who = _("%(holder)s stays accountable, %(delegate)s carries it out") % {
        "holder": row.holder,
        "delegate": row.delegate,
    }
    yield Line("who", _("Who"), who, (term(row.starts_on, row.ends_on),), change_url=change)
    for duty in row.duties.all():
        yield Line(f"duty-{duty.pk}", _("What was passed on"), duty.text, change_url=change)
    yield Line("check", _("How it is checked"), row.interval, change_url=change)


DELEGATION = register(
    Kind(
        "delegation",
        gettext_lazy("Delegations"),
        gettext_lazy("delegation"),
        _delegations,
        delegation_lines,
        concerned=_both,
        asked=_both,
        label_of="roles.delegation",
    )
)
