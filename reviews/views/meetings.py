"""Pages of meetings: the list, one with its agenda, planning, moving, inviting, cancelling, and who came (T2, T3)."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.models import AuditEvent
from ismsroles.core.paging import page_of
from ismsroles.core.shown import state_of
from reviews.actions import meetings as actions
from reviews.actions.meetings import KEEP
from reviews.agenda import figures
from reviews.forms import meetings as forms
from reviews.models import Decision, ManagersReport, Meeting, TeamAction
from reviews.planning import due_by
from reviews.queries import meetings as queries
from reviews.queries.team import charter, team
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
SEE = "reviews.meeting.see"


def crumbs(meeting: Meeting | None = None) -> list[tuple[str, str]]:
    here = [(str(meeting), meeting.get_absolute_url())] if meeting else []
    return [(_("Meetings"), reverse("meetings")), *here]


def visible(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, if this person may see it."""
    return get_object_or_404(queries.whole(visible_to(request.user, Meeting)), pk=pk)


def keepable(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for whoever plans and minutes it."""
    meeting = visible(request, pk)
    require(request.user, KEEP)
    return meeting


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """What is planned, what was held and whether its minutes are signed."""
    require(request.user, SEE)
    rules, day = charter(), clock.today()
    last = queries.last_held(day)
    context = {
        "page_obj": page_of(request, queries.whole(visible_to(request.user, Meeting))), "rules": rules, "now": clock.now(),
        "may_keep": may(request.user, KEEP), "last": last, "due": due_by(last.day, rules.every) if last and rules else None,
        "open_actions": visible_to(request.user, TeamAction).filter(state="open").count(),
    }  # fmt: skip
    return render(request, "reviews/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda with what the register knows, who came, what was decided, and where the minutes are."""
    one, user = visible(request, pk), request.user
    attended = queries.attendance_of(one)
    found = queries.team_of(one)
    counted = queries.quorum_of(found, attended) if found and attended else None
    keeps, is_open = may(user, KEEP), not one.is_minuted and one.state != "cancelled"
    context = {
        "meeting": one, "items": _with_figures(one), "attended": attended, "counted": counted, "team": found,
        "quorum_words": queries.in_words(counted) if counted else "", "chair": queries.chaired(found, attended) if found else None,
        "loose": Decision.objects.filter(meeting=one, item=None), "given": TeamAction.objects.filter(meeting=one).select_related("owner"),
        "carried": queries.carried_to(one), "report": ManagersReport.objects.filter(meeting=one).first(),
        "begin": _here(one.starts_at), "end": _here(one.ends_at), "zone": clock.zone(),
        "keeps": keeps, "is_open": is_open, "writes": keeps and is_open and one.state == "held", "has_begun": one.starts_at <= clock.now(),
        "may_report": is_open and may(user, "reviews.report.write"), "may_prepare": may(user, "mrt-minutes.prepare"),
        "told": AuditEvent.objects.filter(subject_type="reviews.meeting", subject_id=str(pk)).order_by("-pk")[:8],
    }  # fmt: skip
    return render(request, "reviews/meeting.html", context)


def _here(moment: datetime) -> datetime:
    """The hour where the organisation is; without a zone, so that no template turns it into another one."""
    return moment.astimezone(clock.zone()).replace(tzinfo=None)


def _with_figures(one: Meeting) -> list:
    """Live before the meeting; as they were shown once it was held."""
    items = queries.items_of(one)
    if one.state == "planned":
        period = queries.period_of(one)
        for item in items:
            item.figures = figures(item.key, period) if item.key else []
    return items


@FORM
def plan(request: HttpRequest) -> HttpResponse:
    """Plan the meetings of a year."""
    require(request.user, KEEP)
    rules, last = charter(), queries.last_held(clock.today())
    first = (
        due_by(last.day, rules.every)
        if rules and last
        else clock.today() + timedelta(days=rules.notice if rules else 14)
    )
    form = kept(request, forms.PlanForm, initial={"first": max(first, clock.today()), "at": "10:00"})
    return form_page(
        request,
        form,
        actions.plan_meetings,
        done=_("Planned. Nobody is told before you send the invitations."),
        to=lambda made: reverse("meetings"),
        heading=_("Plan meetings"),
        lead=_("A quarter at most lies between two of them."),
        action_label=_("Plan them"),
        cancel_url=reverse("meetings"),
        crumbs=crumbs(),
        note=_("Each gets the agenda of clause 9.3."),
    )


@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time or place."""
    one = keepable(request, pk)
    begin = one.starts_at.astimezone(clock.zone())
    start = {"first": begin.date(), "at": begin.time(), "lasts": one.lasts, "place": one.place, "seen": state_of(one)}
    form = kept(request, forms.MoveForm, initial=start)

    def act(*, actor, **_given):
        return actions.change_meeting(one, actor=actor, **form.answers())

    return form_page(
        request,
        form,
        act,
        done=_("Changed: %(it)s."),
        heading=_("Change this meeting"),
        lead=str(one),
        action_label=_("Save"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
        note=_("Who was invited gets the change under the same entry of the calendar.") if one.invited_at else "",
    )


@FORM
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    one = keepable(request, pk)

    def act(**given):
        return actions.cancel_meeting(one, **given)

    told = [_("Who was invited gets a mail, and the entry goes away from their calendar.")] if one.invited_at else []
    return confirm_page(
        request,
        act,
        done=_("Cancelled: %(it)s."),
        to=one.get_absolute_url(),
        form=kept(request, forms.WhyForm),
        heading=_("Cancel this meeting?"),
        lead=str(one),
        consequences=[*told, _("It stays in the list with your reason.")],
        action_label=_("Cancel the meeting"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation to every member and deputy."""
    one = keepable(request, pk)
    found = team(clock.today())

    def act(**given):
        return actions.invite(one, **given)

    people = len(found.people) if found else 0
    return confirm_page(
        request,
        act,
        done=_("Invited to %(it)s."),
        to=one.get_absolute_url(),
        heading=_("Send the invitations?"),
        lead=str(one),
        consequences=[
            _("%(n)s members and deputies are invited, each by a mail with an entry for the calendar.") % {"n": people},
            _("Who has it already gets no second one."),
        ],
        action_label=_("Send them"),
        harmless=True,
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sat in which place."""
    one = keepable(request, pk)
    found = queries.team_of(one)
    came = {row.seat_id: row.person_id for row in queries.attendance_of(one)}
    form = (
        kept(request, forms.HoldForm, team=found, came=came, initial={"guests": one.guests})
        if found
        else kept(request, forms.WhyForm)
    )

    def act(*, actor, **given):
        return actions.hold(one, actor=actor, came=form.came() if found else {}, guests=given.get("guests", ""))

    return form_page(
        request,
        form,
        act,
        done=_("Recorded who came to %(it)s."),
        heading=_("Who came?"),
        lead=str(one),
        action_label=_("Record it"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
        note=_("A deputy sits in place of the member. Whether the team can decide follows from this."),
    )
