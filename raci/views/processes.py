"""Pages of the processes, the order of the roles, the starter list and publishing. All of them work without JavaScript."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from raci import starter
from raci.actions import activities as actions
from raci.actions import ordering
from raci.actions.publishing import changes_of, not_one_accountable, publish, publishable, shown
from raci.actions.starter import adopt_activities
from raci.differences import as_rows
from raci.forms.matrix import AdoptActivitiesForm, ChangedGroupForm, GroupForm, PublishForm
from raci.models import Activity, ActivityGroup, Publication
from raci.queries.picture import picture
from raci.views.activities import FORM, KEEP, home, kept_row
from roles.models import Role
from roles.views.parts import confirm_page, form_page, kept


@FORM
def group_add(request: HttpRequest) -> HttpResponse:
    """A process for the matrix."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, GroupForm), actions.add_group, done=_("Added %(it)s. Add its activities."),
        to=lambda made: f"{reverse('activity-add')}?group={made.pk}", heading=_("Add a process"),
        lead=_("Activities that belong together stand under it."), crumbs=home(), action_label=_("Add the process"),
        cancel_url=reverse("matrix"),
    )  # fmt: skip


@FORM
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a process, or the process of the register that it is."""
    group = kept_row(request, ActivityGroup, pk)

    def save(**values):
        return actions.change_group(group, **values)

    return form_page(
        request, kept(request, ChangedGroupForm, instance=group), save, done=_("Saved %(it)s."), to="groups",
        heading=_("Change a process"), lead=group.name, crumbs=home(), cancel_url=reverse("groups"),
    )  # fmt: skip


@FORM
def group_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an empty process out of the matrix, or bring one back."""
    group = kept_row(request, ActivityGroup, pk)
    act = actions.bring_back_group if group.retired else actions.retire_group
    heading = _("Bring this process back?") if group.retired else _("Take this process out of the matrix?")
    return confirm_page(
        request, lambda actor: act(group, actor=actor), done=_("Saved %(it)s."), to="groups", heading=heading,
        lead=group.name, action_label=_("Bring it back") if group.retired else _("Take it out"), crumbs=home(),
        consequences=[_("Its history stays.")], cancel_url=reverse("groups"), harmless=group.retired,
    )  # fmt: skip


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The processes of the matrix, in their order."""
    require(request.user, KEEP)
    rows = ActivityGroup.objects.select_related("process").annotate(
        count=Count("activities", filter=Q(activities__retired=False))
    )
    return render(request, "raci/groups.html", {"groups": rows})


@require_POST
def group_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    group = kept_row(request, ActivityGroup, pk)
    ordering.move_group(group, -1 if request.POST.get("way") == "up" else 1, actor=request.user)
    return redirect("groups")


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """The roles in the order in which they stand in the matrix."""
    require(request.user, KEEP)
    return render(request, "raci/columns.html", {"columns": picture().columns.values()})


@require_POST
def column_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One role one place to the left or right."""
    require(request.user, KEEP)
    role = get_object_or_404(visible_to(request.user, Role), pk=pk)
    by = -1 if request.POST.get("way") == "up" else 1
    ordering.move_column(role, by, list(picture().columns), actor=request.user)
    return redirect("columns")


@FORM
def matrix_starter(request: HttpRequest) -> HttpResponse:
    """Activities to take over from the starter list."""
    require(request.user, "raci.starter.adopt")
    taken = set(Activity.objects.exclude(starter_key="").values_list("starter_key", flat=True))
    offered = [(each.key, each.title) for process in starter.processes() for each in process.activities]
    form = kept(request, AdoptActivitiesForm, offered=offered)

    def adopt(*, actor, keys, allocate):
        return len(adopt_activities(keys, actor=actor, allocate=allocate))

    return form_page(
        request, form, adopt, done=_("Adopted %(it)s activities."), to=reverse("matrix"), template="raci/starter.html",
        processes=starter.processes(), taken=taken, ticked=set(form["keys"].value() or []) or None,
    )  # fmt: skip


@FORM
def matrix_publish(request: HttpRequest) -> HttpResponse:
    """What is new in the draft, what stands in the way, and publishing it."""
    require(request.user, "raci.draft.see")
    drafted, rows = picture(), publishable()
    new = {group.pk: changes_of(drafted, {group.pk}) for group in rows}
    offered = [(group.pk, group.name) for group in rows if new[group.pk]]
    seen = {group.pk: shown(drafted, group.pk) for group in rows}
    form = kept(request, PublishForm, offered=offered, seen=seen, initial={"groups": [pk for pk, _name in offered]})
    if request.method == "POST":
        require(request.user, "raci.matrix.publish")
        if form.is_valid() and attempt(form, publish, form.chosen(), actor=request.user, **form.about()):
            said(request, _("Published. The next version of the document will carry it."))
            return redirect("matrix")
    parts = [(group, new[group.pk], not_one_accountable(drafted, {group.pk})) for group in rows if new[group.pk]]
    context = {
        "form": form, "processes": [(group, as_rows(differences), wrong) for group, differences, wrong in parts],
        "publishes": may(request.user, "raci.matrix.publish"), "past": visible_to(request.user, Publication)[:20],
    }  # fmt: skip
    return render(request, "raci/publish.html", context, status=422 if form.errors else 200)
