"""Pages of the beginning: setting up, the founding appointment, the organisation's details."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import public
from ismsroles.core.models import Organisation
from ismsroles.core.views import BACKEND
from roles.actions import setup as actions
from roles.forms.setup import FoundingForm, OrganisationForm, SetupForm
from roles.models import Assignment, Person
from roles.policy import approver_has_existed
from roles.views.parts import form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@sensitive_post_parameters()
@FORM
def setup(request: HttpRequest) -> HttpResponse:
    """The first page of an empty installation; there is none once somebody can sign in."""
    if actions.is_set_up():
        raise Http404
    form = SetupForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        user = attempt(form, actions.set_up, **form.answers())
        if user:
            login(request, user, backend=BACKEND)
            return redirect("setup-done")
    return render(request, "roles/setup.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def setup_done(request: HttpRequest) -> HttpResponse:
    """What happens next after setting up, and where the mails are."""
    require(request.user, "roles.setup.see")
    founding = Assignment.objects.filter(is_founding=True).select_related("person", "role").first()
    proposed = Assignment.objects.filter(role__persona="ism").select_related("person", "role").order_by("pk").first()
    folder = "" if settings.EMAIL_URL else settings.EMAIL_FILE_PATH
    context = {
        "founding": founding,
        "proposed": proposed,
        "folder": folder,
        "own": proposed and proposed.person.user_id == request.user.pk,
    }
    return render(request, "roles/setup_done.html", context)


@FORM
def founding(request: HttpRequest) -> HttpResponse:
    """Record the first approver by decision of the board, once only (rule 1)."""
    if approver_has_existed():
        raise Http404
    require(request.user, "roles.founding.record")
    people = visible_to(request.user, Person).current(clock.today())
    form = FoundingForm(request.POST or None, request.FILES or None, people=people)
    return form_page(request, form, actions.found, done=_("Recorded: %(it)s."), template="roles/founding.html")


@FORM
def organisation(request: HttpRequest) -> HttpResponse:
    """Name, scope, zone, size, colour and policy."""
    require(request.user, "core.organisation.keep")
    form = kept(request, OrganisationForm, instance=Organisation.objects.order_by("pk").first() or Organisation())
    return form_page(
        request, form, actions.change_organisation, done=_("Saved."), to="organisation", heading=_("Organisation"),
        lead=_("How it is called, what the ISMS covers, and which day it is there."), template="roles/organisation.html",
    )  # fmt: skip
