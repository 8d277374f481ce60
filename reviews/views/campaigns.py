"""Campaigns: open one, see how far it is, acknowledge (K2). Opening a link acknowledges nothing; the button does (rule 14)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.exports import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from reviews.actions import campaigns as actions
from reviews.actions import sheets
from reviews.forms.campaigns import CampaignForm, SheetForm
from reviews.models import Campaign, Reading, Sheet
from reviews.policy.campaigns import names_seen
from reviews.queries import campaigns as queries
from roles.forms.people import ReasonForm
from roles.policy import standing
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, the running ones first."""
    require(request.user, "reviews.campaigns.see")
    rows = visible_to(request.user, Campaign).select_related("version").order_by("-state", "-opened_on", "-pk")
    page, today = page_of(request, rows), clock.today()
    found = [(row, queries.whole(queries.per_area(row, queries.day_of(row, today)))) for row in page[:10]]
    context = {"found": found, "page_obj": page, "keeps": may(request.user, "reviews.campaign.keep"), "day": today}
    return render(request, "reviews/campaigns.html", context)


@FORM
def campaign_add(request: HttpRequest) -> HttpResponse:
    """Ask everybody to acknowledge a version."""
    require(request.user, "reviews.campaign.keep")
    chosen = {"version": typed(request, "version")}
    form = kept(request, CampaignForm, offered=queries.offered(request.user), initial=chosen)
    return form_page(
        request, form, actions.open_campaign, done=_("Everybody is asked: %(it)s."),
        heading=_("Ask everybody to acknowledge"), lead=_("Each person says for themself that they have read this very version."),
        action_label=_("Ask everybody"), cancel_url=reverse("campaigns"), crumbs=[(_("Campaigns"), reverse("campaigns"))],
        note=_("It comes with the digest of the day. Who joins later is asked then; who leaves drops out."),
    )  # fmt: skip


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is: each area in numbers, and the people by name, for whom they are shown."""
    row, user = _seen(request, pk), request.user
    day, show = queries.day_of(row, clock.today()), typed(request, "show")
    areas, names = queries.per_area(row, day), may(user, "reviews.campaign.names")
    people = queries.asked(row, day, names_seen(user)) if names else queries.asked(row, day).none()
    people = people.filter(read_at=None) if show == "missing" else people
    page = page_of(request, people.order_by("read_at", "name_key", "pk"))
    context = {
        "row": row, "areas": areas, "whole": queries.whole(areas), "names": names, "page_obj": page, "show": show, "day": day,
        "lines": list(queries.lines(row, page.object_list)) if names else [],
        "papers": Sheet.objects.filter(campaign=row).select_related("recorded_by") if names else [],
        "keeps": row.state == "open" and may(user, "reviews.campaign.keep"), "due_on": row.due_on(None),
    }  # fmt: skip
    return render(request, "reviews/campaign.html", context)


@require_safe
def campaign_export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Who has and who has not, as a file."""
    row = _seen(request, pk)
    require(request.user, "reviews.campaign.names")
    if form not in ("csv", "xlsx"):
        raise Http404
    people = queries.asked(row, queries.day_of(row, clock.today()), names_seen(request.user)).order_by("name_key", "pk")
    headers = [_("Person"), _("Area"), _("Acknowledged"), _("How"), _("Due"), _("SHA-256 of the version")]
    ways = {True: _("on paper"), False: _("in the register")}
    lines = [
        [one.name, one.area, one.at, ways[one.sheet is not None] if one.at else "", one.due_on, row.sha256]
        for one in queries.lines(row, people)
    ]
    content = xlsx_bytes(_("Acknowledged"), headers, lines) if form == "xlsx" else csv_bytes(headers, lines)
    answer = HttpResponse(content, content_type=XLSX_TYPE if form == "xlsx" else CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="acknowledged-{row.pk}-{clock.today().isoformat()}.{form}"'
    return answer


@FORM
def campaign_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who acknowledged on paper."""
    row = _seen(request, pk)
    require(request.user, "reviews.campaign.keep")
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = SheetForm(**sent, people=queries.on_paper(row, clock.today()).order_by("name_key", "pk"))

    def record(**values):
        return sheets.record_sheet(row, **values)

    return form_page(
        request, form, record, done=_("Recorded."), to=row, heading=_("Record who acknowledged on paper"), lead=str(row),
        action_label=_("Record it"), cancel_url=row.get_absolute_url(),
        crumbs=[(_("Campaigns"), reverse("campaigns")), (str(row), row.get_absolute_url())],
        note=_("For who cannot sign in. Whoever has a login says it for themself. The record shows that you entered it."),
    )  # fmt: skip


@require_safe
def campaign_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper that was signed; downloaded, never shown by the browser."""
    require(request.user, "reviews.campaign.names")
    sheet = get_object_or_404(Sheet.objects.select_related("file").exclude(file=None), pk=pk)
    headers = {"Content-Disposition": content_disposition_header(True, sheet.file_name), "X-SHA256": sheet.file_id}
    return HttpResponse(bytes(sheet.file.content), content_type=sheet.file.media_type, headers=headers)


@FORM
def campaign_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End it."""
    row = _seen(request, pk)
    require(request.user, "reviews.campaign.keep")

    def close(**values):
        return actions.close_campaign(row, **values)

    return confirm_page(
        request, close, done=_("The campaign is closed."), to=row, form=kept(request, ReasonForm), lead=str(row),
        heading=_("Close this campaign?"), crumbs=[(_("Campaigns"), reverse("campaigns"))],
        action_label=_("Close the campaign"), cancel_url=row.get_absolute_url(),
        consequences=[
            _("Nobody is asked or reminded any more."),
            _("Who has acknowledged stays written, with the day and the version."),
        ],
    )  # fmt: skip


@FORM
def campaign_read(request: HttpRequest, pk: int) -> HttpResponse:
    """My own page: what I am asked to read, and the button that says I have."""
    row = get_object_or_404(visible_to(request.user, Campaign).select_related("version"), pk=pk)
    person = standing(request.user).person
    if request.method == "POST":
        actions.acknowledge_version(row, actor=request.user, seen=request.POST.get("seen", "")[:64])
        said(request, _("Kept: you have read it."))
        return redirect("campaign-read", pk=row.pk)
    given = Reading.objects.filter(campaign=row, person=person).first() if person else None
    context = {"row": row, "person": person, "given": given, "due_on": row.due_on(person.starts_on) if person else None}
    return render(request, "reviews/campaign_read.html", context)


def _seen(request: HttpRequest, pk: int) -> Campaign:
    row = get_object_or_404(visible_to(request.user, Campaign).select_related("version"), pk=pk)
    require(request.user, "reviews.campaigns.see")
    return row
