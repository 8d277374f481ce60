"""Reads about exceptions for the only approver."""

from datetime import date

from django.db.models import Count, QuerySet

from ismsroles.core.access import visible_to
from ismsroles.core.models import AuditEvent
from roles.models import ApproverException, Assignment, Person
from roles.policy.exceptions import approvers, approving_terms
from roles.queries.register import last_day_of


def only_approver(day: date) -> Person | None:
    """The one person who approves on this day; none when there are more, or nobody."""
    found = approvers(day)
    return Person.objects.get(pk=next(iter(found))) if len(found) == 1 else None


def standing_of(exception: ApproverException, day: date) -> str:
    """Where it stands on this day: coming, now or over."""
    if exception.ended_at is not None or exception.ends_on < day:
        return "over"
    return "now" if exception.starts_on <= day else "coming"


def listed(user, day: date) -> list[ApproverException]:
    """Those the user may see, newest first, each with where it stands and how many decisions were made under it."""
    rows = visible_to(user, ApproverException).select_related("approver", "recorded_by")
    found = list(rows.annotate(used=Count("decisions")))
    for row in found:
        row.standing = standing_of(row, day)
    return found


def told(exception: ApproverException) -> QuerySet[AuditEvent]:
    """What was done to an exception, oldest first."""
    rows = AuditEvent.objects.filter(subject_type="roles.approverexception", subject_id=str(exception.pk))
    return rows.order_by("pk")


def last_approver() -> Assignment | None:
    """The term of the approver who was in office last."""
    return max(approving_terms(), key=lambda term: (last_day_of(term) or date.max, term.pk), default=None)
