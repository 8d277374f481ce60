"""Pages of absences: who is away and who acts, recording one, ending one (A7)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import require, visible_to
from roles.actions import absences as actions
from roles.forms.absences import AbsenceEndForm, AbsenceForm
from roles.models import Absence, Person
from roles.policy import person_of
from roles.queries import absences as queries
from roles.terms import day_before
from roles.views.assignments import FORM
from roles.views.parts import confirm_page, form_page, kept


@require_safe
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away or will be, and who acts meanwhile."""
    require(request.user, "roles.register.see")
    rows = queries.listed(visible_to(request.user, Absence), clock.today())
    return render(
        request, "roles/absence/list.html", {"absences": rows, "day": clock.today(), "me": person_of(request.user)}
    )


@FORM
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that somebody is away; who acts meanwhile is said first."""
    person = get_object_or_404(visible_to(request.user, Person), pk=pk)
    require(request.user, "roles.absence.record", person)
    acting = queries.deputies_of(person, clock.today())
    own = person_of(request.user) == person

    def act(**values):
        return actions.record_absence(person, **values)

    return form_page(
        request, kept(request, AbsenceForm), act, done=_("Recorded: %(it)s is away."), to=reverse("absences"),
        heading=_("When are you away?") if own else _("When is %(person)s away?") % {"person": person},
        lead=_("While it lasts, the deputies act. They decide nothing that concerns either of you.") if own
        else _("While it lasts, the deputies act. They decide nothing that concerns either of them."),
        cancel_url=reverse("mine") if own else person.get_absolute_url(), action_label=_("Record it"), acting=acting,
        crumbs=[(_("Absences"), reverse("absences"))], template="roles/absence/record.html",
    )  # fmt: skip


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when somebody is back."""
    one = get_object_or_404(visible_to(request.user, Absence).select_related("person"), pk=pk)
    require(request.user, "roles.absence.record", one.person)

    def act(**values):
        return actions.end_absence(one, **values)

    return confirm_page(
        request, act, done=_("Set: %(it)s."), to=reverse("absences"), lead=str(one), harmless=True,
        form=kept(request, AbsenceEndForm, initial={"last_day": day_before(clock.today())}), heading=_("When is the last day away?"),
        consequences=[_("After that day deputies do not act any more."), _("What they decided stays as it is.")],
        action_label=_("Set the last day"), cancel_url=reverse("absences"), crumbs=[(_("Absences"), reverse("absences"))],
    )  # fmt: skip
