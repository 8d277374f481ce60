"""Pages of versions of policies and processes on their way to sign-off (T4)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.models import User
from ismsroles.core.paging import page_of
from reviews.actions import papers as actions
from reviews.forms.papers import PaperForm, SendPaperForm
from reviews.models import Paper
from reviews.queries.team import team
from reviews.views.meetings import FORM
from roles.models import Person
from roles.views.parts import form_page

PREPARE = "policy-version.prepare"


def crumbs() -> list[tuple[str, str]]:
    return [(_("Management review team"), reverse("team")), (_("Policies and processes"), reverse("papers"))]


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Which version of which policy or process was signed off, or waits."""
    require(request.user, "roles.register.see")
    rows = visible_to(request.user, Paper).select_related("policy", "process", "version")
    context = {"page_obj": page_of(request, rows), "may_prepare": may(request.user, PREPARE)}
    return render(request, "reviews/papers.html", context)


@FORM
def add(request: HttpRequest) -> HttpResponse:
    """Hand in a version."""
    require(request.user, PREPARE)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    return form_page(
        request,
        form,
        actions.hand_in,
        done=_("Frozen: %(it)s. Choose who signs it off."),
        heading=_("Hand in a version for sign-off"),
        lead=_("A policy or process version: the file itself, or where it is kept and its SHA-256."),
        action_label=_("Freeze it"),
        cancel_url=reverse("papers"),
        crumbs=crumbs(),
        note=_("Members of the team sign exactly this file. Afterwards everybody can be asked to acknowledge it."),
    )


@FORM
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the members of the team who sign it off."""
    paper = get_object_or_404(visible_to(request.user, Paper).select_related("version"), version=pk)
    require(request.user, PREPARE)
    form = SendPaperForm(request.POST if request.method == "POST" else None, members=_members(paper))

    def act(*, actor, signers):
        return actions.send_paper(paper.version, signers=list(User.objects.filter(pk__in=signers)), actor=actor)

    return form_page(
        request,
        form,
        act,
        done=_("Sent. Each of them gets a mail."),
        heading=_("Who signs it off?"),
        lead=str(paper),
        action_label=_("Send it"),
        cancel_url=paper.get_absolute_url(),
        crumbs=[*crumbs(), (str(paper), paper.get_absolute_url())],
        note=_("Who handed it in does not sign it off."),
    )


def _members(paper: Paper) -> list[tuple[int, str]]:
    """Members with a login; not who handed it in."""
    found = team(clock.today())
    rows = Person.objects.filter(pk__in={seat.person_id for seat in found.seats} if found else ()).exclude(user=None)
    return [(row.user_id, str(row)) for row in rows.filter(user__is_active=True).exclude(user=paper.handed_in_by)]


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was handed in."""
    paper = get_object_or_404(visible_to(request.user, Paper).select_related("file"), pk=pk)
    if paper.file is None:
        raise Http404
    headers = {"Content-Disposition": content_disposition_header(True, paper.file_name), "X-SHA256": paper.sha256}
    return HttpResponse(bytes(paper.file.content), content_type=paper.file.media_type, headers=headers)
