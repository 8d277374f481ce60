"""Pages of assignments: the register of them, one, withdrawing, ending (A2, A3)."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock, exports
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of, typed
from roles.actions import assignments as actions
from roles.forms.assignments import AssignmentFilter, EndForm, WithdrawForm
from roles.models import Assignment, Person
from roles.policy import sees_people
from roles.queries import assignments as queries
from roles.queries import chips, letters
from roles.queries.register import area_choices, last_day_of, proposes, standing_of
from roles.views.parts import confirm_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def crumbs(assignment: Assignment | None = None) -> list[tuple[str, str]]:
    here = [(str(assignment), assignment.get_absolute_url())] if assignment else []
    return [(_("Assignments"), reverse("assignments")), *here]


def visible(request: HttpRequest, pk: int) -> Assignment:
    rows = visible_to(request.user, Assignment).select_related(
        "role",
        "role__area",
        "person",
        "person__area",
        "area",
        "team",
        "proposed_by",
        "proposed_by_person",
        "decided_by",
        "decided_by_person",
        "exception",
        "ended_by",
    )
    return get_object_or_404(rows, pk=pk)


# The list ----------------------------------------------------------------------------------------------------------------


@require_safe
def assignments(request: HttpRequest) -> HttpResponse:
    """Who holds what, held it, or waits for approval."""
    user, day = request.user, clock.today()
    require(user, "roles.register.see")
    form = AssignmentFilter(request.GET, areas=area_choices(user))
    questions = queries.questions(day)
    show = typed(request, "show") if typed(request, "show") in questions else ""
    rows = queries.listed(user, **form.asked())
    shown = queries.ordered(rows.filter(questions[show][1]), typed(request, "sort"))
    if typed(request, "export") in WRITERS:
        return WRITERS[typed(request, "export")](queries.with_standing(shown, day))
    counted = chips.counts(rows, questions)
    page = page_of(request, shown, total=counted[show])
    page.object_list = queries.with_standing(page.object_list, day)
    context = {"page_obj": page, "filter": form, "chips": chips.links(questions, counted, show, request.GET), "show": show,
               "proposes": proposes(user), "sees_letters": sees_people(user),
               "in_force": counted[""], "waiting": counted["waiting"]}  # fmt: skip
    return render(request, "roles/assignments.html", context)


def _headers() -> list[str]:
    return [
        _("Role"), _("Area"), _("As"), _("Person"), _("Kind"), _("First day"), _("Last day"), _("Filled by"), _("State"),
        _("Why this person"), _("Proposed by"), _("Decided by"), _("Decided on"), _("Reason of the decision"),
    ]  # fmt: skip


def _line(a: Assignment) -> list[object]:
    decided = a.decided_at.astimezone(clock.zone()).date() if a.decided_at else a.founding_date
    decider = a.founding_reference if a.by_board else a.decided_by_person or a.decided_by
    return [
        a.role.title, str(a.area or ""), a.get_seat_display(), a.person.name, a.person.get_kind_display(), a.starts_on, a.until,
        a.get_filled_as_display(), a.get_state_display(), a.reason, str(a.proposed_by), str(decider or ""), decided, a.decision_reason,
    ]  # fmt: skip


def _download(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"assignments-{clock.today().isoformat()}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _as_csv(rows: list[Assignment]) -> HttpResponse:
    return _download(exports.csv_bytes(_headers(), map(_line, rows)), exports.CSV_TYPE, "csv")


def _as_xlsx(rows: list[Assignment]) -> HttpResponse:
    return _download(exports.xlsx_bytes(_("Assignments"), _headers(), map(_line, rows)), exports.XLSX_TYPE, "xlsx")


WRITERS = {"csv": _as_csv, "xlsx": _as_xlsx}


# One -----------------------------------------------------------------------------------------------------------------------


@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment: who proposed and decided it, when and why, and all that was done to it."""
    one, user, day = visible(request, pk), request.user, clock.today()
    standing = standing_of(one, day)
    waits = one.state == "proposed"
    context = {
        "assignment": one,
        "standing": standing,
        "until": last_day_of(one),
        "day": day,
        "told": queries.told(one) if sees_people(user) or one in queries.own(user) else [],
        "turn": queries.whose_turn(one) if waits else "",
        "together": visible_to(user, Assignment).filter(proposal=one.proposal).exclude(pk=pk).select_related("person"),
        "may_decide": waits and may(user, "roles.assignment.approve", one),
        "may_withdraw": waits and may(user, "roles.assignment.withdraw", one),
        "may_end": standing in ("now", "coming") and may(user, "roles.assignment.end", one),
        "may_propose": proposes(user),
        "sees_exception": may(user, "roles.exceptions.see"),
        "sees_person": visible_to(user, Person).filter(pk=one.person_id).exists(),
    } | letters.beside(one, user, day)
    return render(request, "roles/assignment.html", context)


@require_safe
def founding_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of the board's decision, for those who check who approves."""
    one = visible(request, pk)
    if not one.founding_file or not sees_people(request.user):
        raise Http404
    return FileResponse(one.founding_file.open("rb"), as_attachment=True, content_type="application/octet-stream")


@FORM
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back before it is decided."""
    one = visible(request, pk)
    require(request.user, "roles.assignment.withdraw", one)

    def act(**values):
        return actions.withdraw_assignment(one, **values)

    return confirm_page(
        request, act, done=_("Withdrawn: %(it)s."), to=one.get_absolute_url(), form=kept(request, WithdrawForm), lead=str(one),
        heading=_("Withdraw this proposal?"), action_label=_("Withdraw the proposal"), crumbs=crumbs(one),
        consequences=[_("Nobody is asked to decide on it any more."), _("It stays in the register as withdrawn. You can propose anew.")],
        cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the last day; what that leaves open is said first."""
    one = visible(request, pk)
    require(request.user, "roles.assignment.end", one)

    def act(**values):
        return actions.end_assignment(one, **values)

    return confirm_page(
        request, act, done=_("The last day is set: %(it)s."), to=one.get_absolute_url(), lead=str(one), crumbs=crumbs(one),
        form=kept(request, EndForm, initial={"last_day": one.ends_on or clock.today()}), heading=_("End this assignment?"),
        consequences=_what_an_end_does(one), action_label=_("End the assignment"), cancel_url=one.get_absolute_url(),
    )  # fmt: skip


def _what_an_end_does(one: Assignment) -> list[str]:
    words = {"person": one.person, "role": one.role, "seat": one.get_seat_display()}
    told = (
        _("%(person)s is told by e-mail.")
        if one.person.email
        else _("%(person)s has no e-mail address. Tell them yourself.")
    )
    return [
        _("%(person)s is %(seat)s of %(role)s until the end of the last day.") % words,
        queries.who_is_left(one, clock.today()),
        told % words,
        _("Who held the role until then stays in the register."),
    ]
