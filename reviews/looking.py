"""What a reviewer has before them: each line as it is and as it was at the last review, and what happened since (V3).

The same plain values are shown on the page, fingerprinted, and frozen when the review is finished."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ismsroles.core import clock, findings
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from reviews.models import Record, Remark, Review, Trigger
from reviews.models.reviews import LIVE
from reviews.reviewable import Kind, Line, kind_of

EVENTS = 30


@dataclass(frozen=True)
class Seen:
    """One line with what it was at the last review; `was` None: there was none, or it is new."""

    line: Line
    was: str | None = None
    state: str = ""  # new, changed, same; empty when there was no review to compare with


@dataclass
class Looked:
    """Everything that the reviewer sees."""

    review: Review
    kind: Kind | None
    subject: Any
    url: str
    lines: list[Seen] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    last: Record | None = None
    events: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        """All of it as plain values: what is fingerprinted and frozen."""
        return {
            "schema": "review/1",
            "subject": {"kind": self.review.subject_kind, "id": self.review.subject_id, "label": self.label},
            "kind": self.review.kind, "due_on": self.review.due_on.isoformat(), "why": self.why,
            "lines": [_line(seen) for seen in self.lines], "gone": self.gone, "since": self.events,
            "findings": [f"{one.sentence} {one.detail}".strip() for one in self.findings], "remarks": self.remarks,
            "last_review": self.last.sha256 if self.last else "",
        }  # fmt: skip

    @property
    def label(self) -> str:
        """What it is called today; when it is gone, what it was called."""
        return self.kind.named(self.subject) if self.subject is not None else self.review.subject_label

    @property
    def print(self) -> str:
        """What the decision is bound to (design rule 2)."""
        return fingerprint(self.content)


def _line(seen: Seen) -> dict[str, Any]:
    line = seen.line
    return {"key": line.key, "group": str(line.group), "text": line.text, "facts": list(line.facts), "was": seen.was}


def at(review: Review, day: date) -> Looked:
    """What there is to see of a review today."""
    kind = kind_of(review.subject_kind)
    subject = kind.standing(day).filter(pk=review.subject_id).first() if kind else None
    looked = Looked(review, kind, subject, kind.url(subject) if subject is not None else "")
    looked.last = last_record(review)
    looked.why = why(review)
    looked.remarks = [str(one) for one in Remark.objects.filter(review=review).select_related("person")]
    if subject is not None:
        _compare(looked, list(kind.lines(subject, day)))
        looked.events = since(looked)
        looked.findings = about(looked, day)
    return looked


def last_record(review: Review) -> Record | None:
    """The last time this thing was reviewed."""
    same = Record.objects.filter(
        review__subject_kind=review.subject_kind, review__subject_id=review.subject_id
    ).exclude(review=review)
    return same.select_related("review").order_by("-pk").first()


def why(review: Review) -> list[str]:
    """Why it was opened, in sentences: the changes that joined any open review of this thing, or the year."""
    same = Review.objects.filter(subject_kind=review.subject_kind, subject_id=review.subject_id, state__in=LIVE).values(
        "pk"
    )
    own = Trigger.objects.filter(review__in=same if review.is_live else [review.pk])
    return [one.sentence for one in own]


def _compare(looked: Looked, lines: list[Line]) -> None:
    if looked.last is None:
        looked.lines = [Seen(line) for line in lines]
        return
    was = {one["key"]: _text(one["text"], one["facts"]) for one in json.loads(looked.last.content)["lines"]}
    for line in lines:
        before, now = was.pop(line.key, None), _text(line.text, line.facts)
        state = "new" if before is None else "same" if before == now else "changed"
        looked.lines.append(Seen(line, before, state))
    looked.gone = list(was.values())


def _text(text: str, facts: Any) -> str:
    return "; ".join([text, *facts])


def since(looked: Looked) -> list[str]:
    """What the log says of this thing since its last review, newest first."""
    review = looked.review
    if not looked.kind.label_of:
        return []
    start = looked.last.at if looked.last else review.base_on and clock.begin_of(review.base_on)
    rows = AuditEvent.objects.filter(subject_type=looked.kind.label_of, subject_id=str(review.subject_id))
    rows = rows.filter(at__gt=start) if start else rows
    return [f"{one.at.astimezone(clock.zone()):%Y-%m-%d}: {one.sentence}" for one in rows.order_by("-pk")[:EVENTS]]


def about(looked: Looked, day: date) -> list[findings.Finding]:
    """The open findings that lead to this thing or name it; findings about reviews are not among them."""
    names = (str(looked.label), str(getattr(looked.subject, "title", "") or looked.label))
    found = [one for one in findings.current(day) if not one.rule.startswith(("V1", "V3"))]
    return [
        one for one in found
        if one.url.split("?")[0] == looked.url or any(len(name) > 5 and name in one.sentence for name in names)
    ]  # fmt: skip


def told_why(review: Review) -> str:
    """For a yearly one: from which day the year counts."""
    from roles.terms import in_words

    if review.kind != "periodic" or review.base_on is None:
        return ""
    return _("It is due each year; the year counts from %(day)s.") % {"day": in_words(review.base_on)}


def url_of(review: Review) -> str:
    """Where the thing itself is; empty when it is gone."""
    kind = kind_of(review.subject_kind)
    subject = kind.standing(clock.today()).filter(pk=review.subject_id).first() if kind else None
    return kind.url(subject) if subject is not None else ""


def frozen(record: Record) -> dict[str, Any]:
    """What was frozen, as values for the page."""
    return json.loads(record.content)
