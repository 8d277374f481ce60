"""Pages of the areas (A1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from roles.actions import areas as actions
from roles.forms.areas import AreaForm
from roles.models import Area
from roles.queries import people as people_queries
from roles.queries import tree
from roles.queries.register import roles
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "roles.area.keep"


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Areas"), reverse("areas"))]


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Every area, its parts under it, with how many people and roles it has."""
    require(request.user, "roles.register.see")
    rows = tree.counted(visible_to(request.user, Area), clock.today())
    context = {
        "areas": tree.as_tree(rows),
        "keeps": may(request.user, KEEP),
        "sees_people": may(request.user, "roles.people.see"),
    }
    return render(request, "roles/areas.html", context)


@require_safe
def area(request: HttpRequest, pk: int) -> HttpResponse:
    """One area: its parts, its roles, who represents it."""
    one = get_object_or_404(visible_to(request.user, Area).select_related("parent"), pk=pk)
    user, day = request.user, clock.today()
    context = {
        "area": one,
        "parts": visible_to(user, Area).filter(parent=one),
        "roles": roles(user, day).filter(area=one).exclude(state="retired"),
        "people_count": one.people.current(day).count(),
        "representatives": people_queries.representatives_of(one),
        "keeps": may(user, KEEP),
        "sees_people": may(user, "roles.people.see"),
        "sees_log": may(user, "roles.log.see"),
    }
    return render(request, "roles/area.html", context)


@FORM
def area_add(request: HttpRequest) -> HttpResponse:
    """A new area."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, AreaForm), actions.add_area, done=_("Added %(it)s."), heading=_("Add an area"),
        lead=_("A part of the organisation, such as a department or a site."), cancel_url=reverse("areas"), crumbs=_crumbs(),
        action_label=_("Add the area"),
    )  # fmt: skip


@FORM
def area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for an area."""
    one = get_object_or_404(visible_to(request.user, Area), pk=pk)
    require(request.user, KEEP)

    def save(**values):
        return actions.change_area(one, **values)

    return form_page(
        request, kept(request, AreaForm, instance=one), save, done=_("Saved %(it)s."), cancel_url=one.get_absolute_url(),
        heading=_("Change %(area)s") % {"area": one}, crumbs=_crumbs(),
    )  # fmt: skip


@FORM
def area_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an area that nothing needs; what needs it is said first."""
    one = get_object_or_404(visible_to(request.user, Area), pk=pk)
    require(request.user, KEEP)

    def remove(actor):
        actions.remove_area(one, actor=actor)

    return confirm_page(
        request, remove, done=_("The area was removed. Its history stays."), to=reverse("areas"), crumbs=_crumbs(),
        heading=_("Remove this area?"), lead=str(one), action_label=_("Remove the area"), cancel_url=one.get_absolute_url(),
        consequences=[_("Nobody can be put into it any more."), _("Its history stays in the log.")],
        template="roles/still_needed.html", still=actions.users_of(one),
    )  # fmt: skip
