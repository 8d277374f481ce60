"""Reviews in the demo organisation: the year's were done, one with something to change; one is so late that top management knows; some
are open after changes, one begun and commented on; an anomaly, an audit of roles by who holds that role."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock, scope
from ismsroles.core.models import OutboxMessage, User
from reviews import changes, looking, sweep
from reviews.actions import audits, doing
from reviews.actions import changes as declared
from reviews.actions.doing import Answer
from reviews.models import Corrective, Review, RoleAudit, Stakeholder
from roles.models import Assignment

if TYPE_CHECKING:
    from evidence.demo.loading import Story

OPENED, DONE, AUDITED, CLOSED, AGAIN, REPORTED = -96, -92, -47, -44, -40, -4
LATE = 90
CHANGE = "Say that it ends with the month, as the list of owners does."
REMARK = "The second duty is done by the service desk since the summer. Please name them, or give it back to us."
ANOMALY = "On Friday evening a customer reported a suspicious login, and for two hours nobody knew who had to act."
FOUND = {
    "assignment": ("minor", "Two of five letters that were looked at are not accepted yet.", "Remind holders of their letters each month."),
    "communication": ("opportunity", "Staff find the register, but few know that it says whom to ask.", ""),
}  # fmt: skip


def steps(story: "Story") -> Iterator[Step]:
    """The sweep ran, the reviews of the year were done, an audit followed; since then something was reported."""
    yield Step(OPENED, LATE, _sweep)
    yield Step(DONE, LATE, _year)
    yield Step(AUDITED, LATE, lambda: _audit(story))
    yield Step(CLOSED, LATE, lambda: _closed(story))
    yield Step(AGAIN, LATE, _autumn)
    yield Step(AGAIN + 30, LATE, _sweep)
    yield Step(REPORTED, LATE, lambda: _report(story))
    yield Step(-1, LATE, _catch_up)
    yield Step(-1, LATE + 1, _under_way)


def _sweep() -> None:
    sweep.run_due()


def _year() -> None:
    """Every role, and with it its assignments; the rest of what was open. One policy was left over."""
    left = Review.objects.live().filter(subject_kind="policy").order_by("pk").values_list("pk", flat=True)[:1]
    for kind in ("role", ""):
        rows = Review.objects.live().exclude(pk__in=list(left)).order_by("pk")
        for row in rows.filter(subject_kind=kind) if kind else rows:
            row.refresh_from_db()
            if row.is_live and row.reviewer is not None and row.reviewer.user_id:
                _finish(row)


def _finish(row: Review, change: str = "") -> None:
    with scope.opened():
        looked = looking.at(row, clock.today())
        answers = {seen.line.key: Answer("right") for seen in looked.lines}
        if change:
            answers[looked.lines[0].line.key] = Answer("change", change)
        doing.finish_review(
            row, actor=User.objects.get(pk=row.reviewer.user_id), seen=looked.print, answers=answers,
            outcome="change" if change else "right",
            reason="The limit is from before the move." if change else "Gone through with those concerned; it is as it should be.",
        )  # fmt: skip


def _autumn() -> None:
    """What came due since: all but the chart, which its keeper left over. One level has to change, and somebody sees to it."""
    sweep.run_due()
    change = CHANGE
    for row in Review.objects.live().exclude(subject_kind="chart").filter(kind="periodic").order_by("pk"):
        row.refresh_from_db()
        if row.is_live and row.reviewer is not None and row.reviewer.user_id:
            _finish(row, change if row.subject_kind == "level" else "")
            change = "" if row.subject_kind == "level" else change


def _under_way() -> None:
    """Somebody whom it concerns said what they think of a review, and one is begun."""
    asked = Stakeholder.objects.exclude(person__user=None).filter(review__state="open", person__last_day=None)
    one = asked.select_related("review", "person__user").order_by("-review_id", "pk").first()
    if one is not None:
        doing.comment(one.review, actor=one.person.user, text=REMARK)
    begun = Review.objects.filter(state="open", kind="on_change").exclude(reviewer__user=None).order_by("pk").first()
    if begun is not None:
        doing.start_review(begun, actor=begun.reviewer.user)


def _auditor(story: "Story"):
    """Who holds the role of the internal auditor, else somebody who does not keep the register."""
    seats = Assignment.objects.current(clock.today()).exclude(person__user=None).exclude(role__persona="ism")
    keeps = Assignment.objects.current(clock.today()).filter(role__persona="ism").values("person")
    found = seats.exclude(person__in=keeps).order_by("pk").select_related("person")
    own = found.filter(role__starter_key="internal_auditor").first()
    return (own or found.first()).person


def _audit(story: "Story") -> None:
    day = clock.today()
    audits.plan_audit(
        actor=story.ism(), title="Internal audit of roles", auditor=_auditor(story), starts_on=day, ends_on=day + timedelta(days=3),
        scope="The roles of clause 5.3 and those that changed this year.", seed=2711,
    )  # fmt: skip


def _closed(story: "Story") -> None:
    audit = RoleAudit.objects.select_related("auditor").get()
    actor = User.objects.get(pk=audit.auditor.user_id)
    for question in audit.questions.all():
        result, seen, action = FOUND.get(
            question.key, ("conforming", "Documents looked at, two people of the sample asked.", "")
        )
        audits.answer_question(
            question, actor=actor, result=result, seen=seen, action=action, owner=story.people["liesbeth"] if action else None,
            due_on=on(14, story.today) if action else None,
        )  # fmt: skip
    audits.close_audit(audit, actor=actor, conclusion="The roles are defined and held. Letters need a reminder.")
    assert Corrective.objects.exists()


def _report(story: "Story") -> None:
    key = next(key for key, part in story.parts.items() if part == "holder")
    role = Assignment.objects.current(clock.today()).filter(person=story.people[key], seat="primary").first().role
    declared.report_anomaly(
        actor=story.login(key), what=ANOMALY, happened_on=clock.today() - timedelta(days=2), role=role
    )


def _catch_up() -> None:
    """What changed in the last days has reached the reviews; the sweep has run."""
    recent = OutboxMessage.objects.filter(kind="reviews.changed", created_at__gte=clock.now() - timedelta(days=14))
    for message in recent.order_by("pk"):
        changes.after_change(message.payload)
    sweep.run_due()
