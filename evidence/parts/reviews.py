"""Reviews in the document: when each role was last looked at and is next, what was reviewed after a change, audits of roles (V1–V5, D1).

Reviews of assignments stand with their role; nobody's performance or competence is in here."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from evidence.parts.part import Part
from reviews import dates, reviewable
from reviews.changes import CHANGES
from reviews.lapses import LAPSES
from reviews.models import Covered, Review, RoleAudit, Setting, Trigger
from reviews.opening import base_of

Row = dict[str, Any]
YEAR = timedelta(days=365)
OF_A_PERSON = (
    "assignment"  # reviewed after a lapse of competence or training: in documents only counted (design rule 15)
)
SHOWN = 25  # newest reviews after a change, written out one by one


def read(day: date) -> Row:
    """Nothing while nothing was reviewed."""
    since = day - YEAR
    done = Q(state="done", completed_on__gt=since, completed_on__lte=day)
    left = Q(state__in=["open", "in_progress"])
    counted = Review.objects.aggregate(
        done=Count("pk", done), left=Count("pk", left), late=Count("pk", left & Q(due_on__lt=day))
    )
    audits = list(_audits(since, day))
    if not (counted["done"] or counted["left"] or audits):
        return {}
    changed = Review.objects.filter(done | left, kind="on_change").exclude(subject_kind=OF_A_PERSON)
    return {
        "since": since.isoformat(), **counted, "roles": list(_roles(day)), "changed_count": changed.count(),
        "changed": list(_changed(changed)), "audits": audits,
    }  # fmt: skip


def _roles(day: date) -> Iterator[Row]:
    """Each role in force with its last full review and the day by which the next one is done."""
    kind = reviewable.kind_of("role")
    covered = Covered.objects.filter(subject_kind="role", subject_id=OuterRef("pk"), on__lte=day)
    newest = covered.order_by("-on", "-pk")
    rows = kind.standing(day).annotate(
        last_on=Subquery(newest.values("on")[:1]), last_by=Subquery(newest.values("review__completed_by_person__name")[:1]),
        outcome=Subquery(newest.values("review__outcome")[:1]),
    )  # fmt: skip
    months = Setting.objects.filter(kind="role").values_list("months", flat=True).first() or dates.YEAR
    said = dict(Review.OUTCOMES)
    for row in sorted(rows.exclude(since=None), key=lambda one: one.title.casefold()):
        yield {
            "title": row.title, "last": row.last_on.isoformat() if row.last_on else None, "by": row.last_by or "",
            "outcome": str(said.get(row.outcome, "")), "next": dates.due_after(base_of(row, kind), months).isoformat(),
        }  # fmt: skip


def _changed(rows) -> Iterator[Row]:
    """Reviews after a change, the newest first: what, why, by whom and what came of it."""
    found = list(rows.select_related("completed_by_person", "reviewer").order_by("-opened_at", "-pk")[:SHOWN])
    why: dict[int, dict[str, None]] = {}
    words = _words()
    codes = Trigger.objects.filter(review__in=[row.pk for row in found]).order_by("at", "pk")
    for review, code in codes.values_list("review_id", "code"):
        why.setdefault(review, {})[words.get(code, code)] = None
    for row in found:
        person = row.completed_by_person or row.reviewer
        yield {
            "what": row.subject_label, "why": list(why.get(row.pk, {})), "by": person.name if person else "",
            "done": row.completed_on.isoformat() if row.completed_on else None, "due": row.due_on.isoformat(),
            "outcome": str(row.get_outcome_display()) if row.outcome else "",
        }  # fmt: skip


def _words() -> dict[str, str]:
    changes = {code: str(change.what) for change in CHANGES for code in change.codes}
    return changes | {lapse.code: str(lapse.what) for lapse in LAPSES}


def _audits(since: date, day: date) -> Iterator[Row]:
    """Audits of roles that were closed within the year, with what they found in numbers."""
    rows = RoleAudit.objects.filter(state="done", closed_on__gt=since, closed_on__lte=day).select_related("auditor")
    results = {
        name: Count("questions", Q(questions__result=name)) for name in ("conforming", "minor", "major", "opportunity")
    }
    for row in rows.annotate(**results).order_by("closed_on", "pk"):
        yield {
            "title": row.title, "kind": str(row.get_kind_display()), "by": row.by, "on": row.closed_on.isoformat(),
            **{name: getattr(row, name) for name in results},
        }  # fmt: skip


PART = Part(
    key="reviews",
    read=read,
    after="approvals",
    title=_("Reviews"),
    lead=_(
        "When each role was last looked at, and when it is next; what was reviewed after a change, and audits of roles."
    ),
)
