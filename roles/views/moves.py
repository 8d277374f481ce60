"""Who moved and holds roles from before: keep with a reason, or hand over (A6)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of
from roles.actions.moves import keep_after_move
from roles.forms.leaving import KeepForm
from roles.models import Assignment, Move
from roles.queries.moves import open_moves
from roles.views.parts import confirm_page, kept


@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """Everybody who moved and holds roles from before that nobody has decided on."""
    require(request.user, "roles.single_points.see")
    context = {"page_obj": page_of(request, open_moves(clock.today())), "keeps": may(request.user, "roles.person.keep")}
    return render(request, "roles/moves.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """The role stays with who moved: why is kept in the record."""
    require(request.user, "roles.person.keep")
    move = get_object_or_404(Move.objects.select_related("person"), pk=pk)
    held = get_object_or_404(visible_to(request.user, Assignment).select_related("role"), pk=seat)
    if held.person_id != move.person_id:
        raise Http404

    def stays(**values):
        return keep_after_move(move, seat, **values)

    words = {"person": move.person, "role": held.role}
    return confirm_page(
        request, stays, done=_("Kept, with the reason."), to=reverse("moves"), form=kept(request, KeepForm), harmless=True,
        heading=_("Does %(role)s stay with %(person)s?") % words, lead=move.what, action_label=_("It stays"),
        cancel_url=reverse("moves"), crumbs=[(_("People"), reverse("people")), (_("Moved"), reverse("moves"))],
        consequences=[_("Nothing changes: the role stays as it was approved."), _("The reason is kept with your name and the day.")],
    )  # fmt: skip
