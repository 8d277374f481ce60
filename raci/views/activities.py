"""Pages of one activity. All of them work without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ismsroles.core.access import may, require, visible_to
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of
from raci.actions import activities as actions
from raci.actions import ordering
from raci.actions.cells import set_cells
from raci.forms.matrix import NAMES, ActivityForm, ChangedActivityForm, LettersForm
from raci.models import Activity, ActivityGroup
from raci.queries.activity import of_activity, page_of_activity
from raci.queries.picture import picture
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "raci.matrix.keep"


def home() -> list[tuple[str, str]]:
    return [(_("RASCI matrix"), reverse("matrix"))]


def _back(activity: Activity) -> dict:
    url = activity.get_absolute_url()
    return {"crumbs": [*home(), (activity.title, url)], "cancel_url": url, "to": url}


def kept_row(request: HttpRequest, model, pk: int):
    """An activity or process that the user may see and change."""
    row = get_object_or_404(visible_to(request.user, model), pk=pk)
    require(request.user, KEEP)
    return row


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: who does what in it, what is wrong, what is new, what was changed."""
    one = get_object_or_404(visible_to(request.user, Activity).select_related("group"), pk=pk)
    drafts, keeps = may(request.user, "raci.draft.see"), may(request.user, KEEP)
    context = {"activity": one, "keeps": keeps, "drafts": drafts, "names": NAMES, **page_of_activity(one, drafts)}
    return render(request, "raci/activity.html", context)


@require_safe
def activity_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed which letter, and when."""
    one = get_object_or_404(visible_to(request.user, Activity), pk=pk)
    require(request.user, "roles.log.see")
    context = {"activity": one, "page_obj": page_of(request, of_activity(one))}
    return render(request, "raci/activity_history.html", context)


@FORM
def activity_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Every letter of an activity in one form."""
    one = kept_row(request, Activity, pk)
    drafted = picture()
    form = kept(request, LettersForm, columns=list(drafted.columns.values()), letters=drafted.cells.get(one.pk, {}))

    def save(*, actor, **_values):
        set_cells(form.wanted(one.pk), actor=actor)

    return form_page(
        request, form, save, done=_("Saved who does what."), template="raci/letters.html",
        heading=_("Who does what"), lead=one.title, action_label=_("Save"), names=NAMES, **_back(one),
    )  # fmt: skip


@FORM
def activity_add(request: HttpRequest) -> HttpResponse:
    """Something else that is done."""
    require(request.user, KEEP)
    if not ActivityGroup.objects.filter(retired=False).exists():
        return redirect("group-add")
    form = kept(request, ActivityForm, initial={"group": request.GET.get("group")})
    return form_page(
        request, form, actions.add_activity, done=_("Added %(it)s. Say who does what in it."),
        to=lambda made: reverse("activity-letters", args=[made.pk]), heading=_("Add an activity"),
        lead=_("What is done for information security, that somebody must answer for."), crumbs=home(),
        action_label=_("Add the activity"), cancel_url=reverse("matrix"),
    )  # fmt: skip


@FORM
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another title, note, process or rule."""
    one = kept_row(request, Activity, pk)

    def save(**values):
        return actions.change_activity(one, **values)

    return form_page(
        request, kept(request, ChangedActivityForm, instance=one), save, done=_("Saved %(it)s."),
        heading=_("Change an activity"), lead=one.title, **_back(one),
    )  # fmt: skip


@FORM
def activity_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no longer done."""
    one = kept_row(request, Activity, pk)
    return confirm_page(
        request, lambda actor: actions.retire_activity(one, actor=actor), done=_("Retired %(it)s. Its history stays."),
        heading=_("Retire this activity?"), lead=one.title, action_label=_("Retire the activity"),
        consequences=[_("It leaves the draft of the matrix, with its letters."),
                      _("What is published stays until you publish again."), _("It can be brought back.")],
        **_back(one),
    )  # fmt: skip


@FORM
def activity_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done again."""
    one = kept_row(request, Activity, pk)
    return confirm_page(
        request, lambda actor: actions.bring_back_activity(one, actor=actor), done=_("%(it)s is back in the matrix."),
        heading=_("Bring this activity back?"), lead=one.title, action_label=_("Bring it back"), harmless=True,
        consequences=[_("It stands in the matrix again, with the letters that it had.")], **_back(one),
    )  # fmt: skip


@require_POST
def activity_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down within its process."""
    one = kept_row(request, Activity, pk)
    ordering.move_activity(one, -1 if request.POST.get("way") == "up" else 1, actor=request.user)
    said(request, _("Moved %(it)s.") % {"it": one})
    return redirect(one)
