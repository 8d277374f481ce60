"""Pages of performance gaps. Only the person, their line manager and the information security manager come here (rule 15)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from competence.actions import performance as actions
from competence.forms.performance import CloseForm, FollowForm, NoteForm
from competence.models import PerformanceGap
from competence.queries.holders import holders
from competence.views.people import crumbs, seen_person
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from roles.models import Role
from roles.views.parts import form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _seen(request: HttpRequest, pk: int) -> PerformanceGap:
    rows = visible_to(request.user, PerformanceGap).select_related(
        "person", "person__area", "role", "expectation", "file", "noted_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def gap(request: HttpRequest, pk: int) -> HttpResponse:
    """What was seen, what was said, what is done, what came of it."""
    row = _seen(request, pk)
    context = {"gap": row, "keeps": may(request.user, "performance.keep", row.person), "day": clock.today()}
    return render(request, "competence/gap.html", context)


@FORM
def gap_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a gap about somebody one manages."""
    one = seen_person(request, pk)
    require(request.user, "performance.keep", one)
    held = {role for _person, role in holders(clock.today(), people=[one.pk])}
    roles = Role.objects.filter(pk__in=held) | Role.objects.filter(kind="everyone", state="active")
    return form_page(
        request, kept(request, NoteForm, roles=roles.distinct()), lambda **values: actions.note_gap(one, **values), done=_("Noted."),
        heading=_("Note a performance gap: %(person)s") % {"person": one}, action_label=_("Save"), crumbs=crumbs(one),
        lead=_("The person reads this. So do their line manager and the information security manager, and nobody else."),
        cancel_url=crumbs(one)[-1][1],
    )  # fmt: skip


@FORM
def gap_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Feedback given, action agreed."""
    row = _seen(request, pk)
    require(request.user, "performance.keep", row.person)
    return form_page(
        request, kept(request, FollowForm, instance=row), lambda **values: actions.follow_up(row, **values), done=_("Saved."),
        heading=_("Follow up"), lead=_("The person reads this."), action_label=_("Save"), cancel_url=row.get_absolute_url(),
        crumbs=crumbs(row.person),
    )  # fmt: skip


@FORM
def gap_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed with what shows it."""
    row = _seen(request, pk)
    require(request.user, "performance.keep", row.person)
    form = CloseForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    return form_page(
        request, form, lambda **values: actions.close_gap(row, **values), done=_("Closed."), heading=_("Close this gap?"),
        lead=_("The person reads this."), action_label=_("Close it"), cancel_url=row.get_absolute_url(), crumbs=crumbs(row.person),
        template="competence/file_form.html",
    )  # fmt: skip
