"""What is wrong with the meetings of the management review team (T2, T3, T5; clause 9.3)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.core.findings import rule
from reviews.models import ManagersReport, Meeting, TeamAction
from reviews.planning import due_by
from reviews.queries import meetings as queries
from reviews.queries.team import charter, team
from roles.terms import in_words

Found = Iterator[dict[str, Any]]
RECORD_DAYS, MINUTES_DAYS, REPORT_DAYS = 2, 14, 3


def _row(sentence: str, action: str, url: str, *, detail: str = "", since: date | None = None) -> dict[str, Any]:
    return {"sentence": sentence, "url": url, "action": action, "detail": detail, "since": since}


@rule("T2", title=gettext_lazy("The management review is overdue"), clause="9.3", severity="stop")
def overdue(day: date) -> Found:
    """The team meets at least quarterly (T2). The first meeting is due a quarter after its rules were written."""
    rules = charter()
    if rules is None:
        return
    last = queries.last_held(day)
    begun = last.day if last else rules.history.earliest().history_date.astimezone(clock.zone()).date()
    due = due_by(begun, rules.every)
    if due < day:
        words = {"team": rules, "day": in_words(due)}
        detail = (
            _("It met last on %(day)s.") % {"day": in_words(last.day)} if last else _("No meeting was recorded yet.")
        )
        yield _row(
            _("The %(team)s should have met by %(day)s.") % words,
            _("Plan a meeting"),
            reverse("meetings"),
            detail=detail,
            since=due,
        )


@rule(
    "T2.planned", title=gettext_lazy("The next management review is not planned in time"), clause="9.3", severity="warn"
)
def not_planned(day: date) -> Found:
    """The next meeting is planned ahead, not later than a quarter after the last one (T2)."""
    rules = charter()
    if rules is None:
        return
    coming, last = queries.next_planned(day), queries.last_held(day)
    if coming is None:
        yield _row(
            _("No meeting of the %(team)s is planned.") % {"team": rules}, _("Plan meetings"), reverse("meetings")
        )
    elif last is not None and coming.day > due_by(last.day, rules.every) >= day:
        words = {"meeting": coming, "day": in_words(coming.day), "due": in_words(due_by(last.day, rules.every))}
        yield _row(
            _("%(meeting)s is planned for %(day)s, after %(due)s.") % words, _("Move it"), coming.get_absolute_url()
        )


@rule("T2.invited", title=gettext_lazy("Nobody was invited yet"), clause="9.3", severity="warn")
def not_invited(day: date) -> Found:
    """Invitations go out in time (T2)."""
    rules = charter()
    coming = queries.next_planned(day) if rules is not None else None
    if (
        rules is not None
        and coming is not None
        and coming.invited_at is None
        and (coming.day - day).days <= rules.notice
    ):
        words = {"meeting": coming, "day": in_words(coming.day)}
        yield _row(
            _("%(meeting)s is on %(day)s, and nobody was invited yet.") % words,
            _("Send the invitations"),
            coming.get_absolute_url(),
        )


@rule("T3.recorded", title=gettext_lazy("Nothing was recorded of a meeting"), clause="9.3", severity="warn")
def not_recorded(day: date) -> Found:
    """Who came is recorded when a meeting is over, or it is cancelled (T3)."""
    if charter() is None:  # without a team nobody meets
        return
    before = clock.begin_of(day - timedelta(days=RECORD_DAYS))
    for meeting in Meeting.objects.filter(state="planned", starts_at__lt=before):
        words = {"meeting": meeting, "day": in_words(meeting.day)}
        yield _row(
            _("Nothing is recorded of %(meeting)s, planned for %(day)s.") % words, _("Record who came"), meeting.get_absolute_url(),
            since=meeting.day + timedelta(days=RECORD_DAYS),
        )  # fmt: skip


@rule("T3.minutes", title=gettext_lazy("Minutes are not signed"), clause="9.3", severity="warn")
def minutes_missing(day: date) -> Found:
    """Minutes are signed within two weeks (T3)."""
    if charter() is None:  # without a team nobody meets
        return
    before = clock.begin_of(day - timedelta(days=MINUTES_DAYS))
    signed = Q(minutes__state__in=["signed", "published", "superseded"])
    for meeting in Meeting.objects.filter(state="held", starts_at__lt=before).exclude(signed).select_related("minutes"):
        sent = meeting.minutes is not None and meeting.minutes.state == "sent"
        detail = _("They wait for the chair.") if sent else _("They were not sent to the chair yet.")
        yield _row(
            _("The minutes of %(meeting)s are not signed.") % {"meeting": meeting}, _("Open the meeting"), meeting.get_absolute_url(),
            detail=detail, since=meeting.day + timedelta(days=MINUTES_DAYS),
        )  # fmt: skip


@rule("T3.quorum", title=gettext_lazy("A meeting could decide nothing"), clause="9.3", severity="warn")
def without_quorum(day: date) -> Found:
    """The last meeting had a quorum (T3)."""
    if charter() is None:  # without a team nobody meets
        return
    last = queries.last_held(day)
    found = team(last.day) if last else None
    if found is not None:
        counted = queries.quorum_of(found, queries.attendance_of(last))
        if not counted.is_met:
            sentence = _("%(meeting)s had no quorum.") % {"meeting": last}
            yield _row(sentence, _("Open the meeting"), last.get_absolute_url(), detail=queries.in_words(counted))


@rule("T3.overdue", title=gettext_lazy("Something that the team decided is overdue"), clause="10.1", severity="warn")
def actions_overdue(day: date) -> Found:
    """What the team gave somebody to do is done by its day, or the day is decided anew (T3)."""
    if charter() is None:
        return
    for one in TeamAction.objects.filter(state="open", due_on__lt=day).select_related("owner"):
        words = {"action": one, "day": in_words(one.due_on)}
        yield _row(
            _("%(action)s was due on %(day)s.") % words,
            _("Open it"),
            one.get_absolute_url(),
            detail=str(one.owner),
            since=one.due_on,
        )


@rule("T3.owner", title=gettext_lazy("Who has something to do goes"), clause="10.1", severity="warn")
def owner_goes(day: date) -> Found:
    """Nothing that the team decided waits for somebody who has left, or leaves before it is due (T3, A6)."""
    if charter() is None:
        return
    gone = Q(owner__last_day__lt=F("due_on")) | Q(owner__last_day__lt=day)
    for one in TeamAction.objects.filter(gone, state="open").select_related("owner"):
        words = {"action": one, "person": one.owner, "day": in_words(one.owner.last_day)}
        left = one.owner.last_day < day
        sentence = (
            _("%(action)s waits for %(person)s, who left on %(day)s.")
            if left
            else _("%(action)s waits for %(person)s, who leaves on %(day)s.")
        )
        yield _row(
            sentence % words,
            _("Choose another owner"),
            one.get_absolute_url(),
            since=one.owner.last_day if left else None,
        )


@rule(
    "T5",
    title=gettext_lazy("The report of the information security manager is missing"),
    clause="5.3 b",
    severity="warn",
)
def report_missing(day: date) -> Found:
    """The information security manager reports at each meeting: audits, incidents, new risks, assigned risks, improvements (T5)."""
    if charter() is None:  # without a team nobody meets
        return
    soon = queries.next_planned(day)
    last = queries.last_held(day)
    due = [
        one
        for one in (last, soon if soon and (soon.day - day).days <= REPORT_DAYS else None)
        if one and not one.is_minuted
    ]
    written = {one.meeting_id: one for one in ManagersReport.objects.filter(meeting__in=due)} if due else {}
    for meeting in due:
        report = written.get(meeting.pk)
        missing = report.missing if report else [_("everything")]
        if missing:
            sentence = _("The report to %(meeting)s is not complete.") % {"meeting": meeting}
            url = reverse("meeting-report", args=[meeting.pk])
            yield _row(sentence, _("Write it"), url, detail=_("Missing: %(parts)s.") % {"parts": ", ".join(missing)})
