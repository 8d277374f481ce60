"""What the management review learns of auditors from outside and of the document (T2; 9.3.2 d 3, 9.3.2 e)."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.earlier import in_force
from evidence.models import Engagement, Remark
from reviews.agenda import Figure, Period, input_for


@input_for("audits")
def of_engagements(period: Period) -> Iterator[Figure]:
    """Audits for which auditors from outside had access since the last review."""
    rows = Engagement.objects.filter(starts_on__lte=period.until, ends_on__gte=period.since).count()
    yield Figure(_("Audits from outside with access since then"), str(rows), reverse("engagements"))


@input_for("feedback")
def of_requests(period: Period) -> Iterator[Figure]:
    """What auditors asked for, and what still waits for an answer."""
    first, end = period.moments
    asked = Remark.objects.filter(kind="request")
    rows = asked.aggregate(new=Count("pk", Q(at__gte=first, at__lt=end)), left=Count("pk", Q(answer="")))
    words = {"n": rows["new"], "left": rows["left"]}
    yield Figure(
        _("Requests of auditors since then"), _("%(n)s, %(left)s without an answer") % words, reverse("engagements")
    )


@input_for("policies")
def of_document(period: Period) -> Iterator[Figure]:
    """Which version of the Roles and Responsibilities document is in force."""
    version = in_force()
    yield Figure(
        _("Roles and Responsibilities document in force"), version.number if version else _("none"), reverse("document")
    )
