"""What is wrong about reviews (coverage V1–V3; clauses 9.1, 9.3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from reviews.models import FollowUp, Review
from roles.terms import in_words

Found = Iterator[dict[str, Any]]
NAMED = 12  # more than so many are told as one sentence


def _told(rows: list[Any], each: Any, many: str, url: str, action: str) -> Found:
    """One finding each; when there are many, one for all of them."""
    if len(rows) > NAMED:
        oldest = min(row.due_on for row in rows)
        yield {"sentence": many % {"n": len(rows)}, "url": url, "action": action, "detail": "", "since": oldest}
        return
    yield from (each(row) for row in rows)


@rule("V1.overdue", title=gettext_lazy("Review overdue"), clause="9.1", severity="stop")
def overdue(day: date) -> Found:
    """Everything is reviewed at least once a year, and by its day after a change (V1, V2)."""

    def each(row: Review) -> dict[str, Any]:
        words = {"what": row.subject_label, "who": row.reviewer or _("nobody"), "day": in_words(row.due_on)}
        return {
            "sentence": _("The review of %(what)s was due on %(day)s; it waits for %(who)s.") % words,
            "url": row.get_absolute_url(), "action": _("Open the review"), "detail": "", "since": row.due_on,
        }  # fmt: skip

    rows = list(Review.objects.overdue(day).select_related("reviewer").order_by("due_on", "pk"))
    yield from _told(rows, each, _("%(n)d reviews are overdue."), reverse("reviews") + "?show=overdue", _("See which"))


@rule("V1.nobody", title=gettext_lazy("Nobody to review"), clause="5.3", severity="stop")
def nobody(day: date) -> Found:
    """A review that nobody may do: no information security manager and no top management whom it is not about (V1)."""
    number = Review.objects.live().filter(reviewer=None).count()
    if number:
        yield {
            "sentence": _("Nobody may do %(n)d open reviews: whoever could is not here, or it is about them.") % {"n": number},
            "url": reverse("reviews") + "?show=nobody", "action": _("Hand them to somebody"), "detail": "", "since": None,
        }  # fmt: skip


@rule("V3.follow_up", title=gettext_lazy("Follow-up of a review overdue"), clause="10.2", severity="warn")
def follow_up_overdue(day: date) -> Found:
    """What a review says has to change is done by its day (V3)."""

    def each(row: FollowUp) -> dict[str, Any]:
        words = {"what": row, "who": row.owner, "day": in_words(row.due_on)}
        return {
            "sentence": _("%(who)s sees to it, by %(day)s: %(what)s") % words,
            "url": row.get_absolute_url(), "action": _("See to it"), "detail": "", "since": row.due_on,
        }  # fmt: skip

    rows = list(FollowUp.objects.overdue(day).select_related("owner", "review").order_by("due_on", "pk"))
    yield from _told(
        rows, each, _("%(n)d follow-ups of reviews are overdue."), reverse("reviews") + "?show=done", _("See which")
    )
