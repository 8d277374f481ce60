"""Pages on which somebody is proposed for a role, or several people for several roles (A2, A3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import typed
from roles import checks
from roles.actions import assignments as actions
from roles.forms.assignments import ManyForm, ProposalForm
from roles.models import Area, Assignment, Person, Role
from roles.queries import assignments as queries
from roles.queries.register import proposes
from roles.views.parts import form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
AT_ONCE = 100


def _proposal_form(request: HttpRequest) -> ProposalForm:
    """The form with what may be chosen by this user; role and person may come with the link."""
    user = request.user
    if not proposes(user):
        require(user, "roles.assignment.propose", None)
    roles = visible_to(user, Role).active().exclude(kind="everyone")
    people = visible_to(user, Person).current(clock.today())
    return kept(
        request,
        ProposalForm,
        roles=roles,
        people=people,
        areas=visible_to(user, Area),
        initial=_from_link(request, roles, people),
    )


def _from_link(request: HttpRequest, roles, people) -> dict[str, object]:
    wanted = {name: typed(request, name) for name in ("role", "person", "area")}
    wanted = {name: int(text) for name, text in wanted.items() if text.isdecimal() and len(text) < 10}
    role = roles.filter(pk=wanted["role"]).first() if "role" in wanted else None
    person = people.filter(pk=wanted["person"]).first() if "person" in wanted else None
    seat = "deputy" if typed(request, "seat") == "deputy" else "primary"
    way = "external" if person is not None and person.is_outside else "internal"
    return {"role": role, "person": person, "seat": seat, "filled_as": way, "area": wanted.get("area")}


@FORM
def propose(request: HttpRequest) -> HttpResponse:
    """Propose somebody for a role. Nothing is in force before the approval."""
    form = _proposal_form(request)
    if "look" in request.POST:
        return render(request, "roles/propose.html", {"form": _unjudged(form), **_looked(request, form)})

    def done(made: Assignment) -> str:
        return made.get_absolute_url()

    return form_page(
        request, form, actions.propose_assignment, done=_("Proposed: %(it)s. Nothing is in force before the approval."), to=done,
        template="roles/propose.html", cancel_url=reverse("assignments"), **_looked(request, form),
    )  # fmt: skip


def _unjudged(form: ProposalForm) -> ProposalForm:
    """The same answers without errors: checking is no sending."""
    return ProposalForm(
        initial={name: form.data.get(name) for name in form.fields}, roles=form.fields["role"].queryset,
        people=form.fields["person"].people, areas=form.fields["area"].queryset,
    )  # fmt: skip


@require_POST
def propose_checks(request: HttpRequest) -> HttpResponse:
    """The checks beside the form, as it is being filled in. Nothing is written."""
    return render(request, "roles/propose_checks.html", _looked(request, _proposal_form(request)))


def _looked(request: HttpRequest, form: ProposalForm) -> dict[str, object]:
    """What the checks say to the answers so far."""
    form.is_valid()
    given = form.cleaned_data if form.is_bound else form.initial
    role, person = given.get("role"), given.get("person")
    if role is None or person is None:
        detail = _("Here stands whether they are here then, whether the seat is free, and who decides.")
        return {"notes": [checks.Note("note", _("Choose a role and a person"), detail)], "role": role}
    answers = {
        "starts_on": given.get("starts_on") or clock.today(),
        "ends_on": given.get("ends_on"),
        "area": given.get("area"),
    }
    wanted = actions.Terms(
        **answers, seat=given.get("seat") or "primary", filled_as=given.get("filled_as") or "internal",
        conflict_reason=given.get("conflict_reason") or "",
    )  # fmt: skip
    drafted = actions.draft(role, person, request.user, wanted)
    notes = checks.look(drafted, clock.today(), request.user)
    if not may(request.user, "roles.assignment.propose", person.area):
        notes = [checks.Note("stop", _("You propose people of your own area only. Choose somebody of it."))]
    return {
        "notes": notes,
        "role": role,
        "turn": queries.whose_turn(drafted),
        "verdict": True,
        "fits": notes[0].severity != "stop",
    }


@FORM
def propose_many(request: HttpRequest) -> HttpResponse:
    """One person for each of several roles: all of them are proposed, or none."""
    user = request.user
    if not proposes(user):
        require(user, "roles.assignment.propose", None)
    roles = list(_asked_roles(request)[:AT_ONCE])
    form = kept(request, ManyForm, roles=roles, people=visible_to(user, Person).current(clock.today()))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.propose_many, actor=user, **_common(form))
        if made:
            told = ngettext("%(n)s assignment is proposed.", "%(n)s assignments are proposed.", len(made)) % {
                "n": len(made)
            }
            said(request, told + " " + _("Nothing is in force before the approval."))
            return redirect(reverse("assignments") + "?show=waiting")
    return render(
        request, "roles/propose_many.html", {"form": form, "roles": roles}, status=422 if form.errors else 200
    )


def _common(form: ManyForm) -> dict[str, object]:
    chosen = form.chosen()
    roles = [role for role in form.roles if role.pk in chosen]
    return {"roles": roles, "person_for": chosen, **{name: form.cleaned_data[name] for name in ("starts_on", "reason")}}


def _asked_roles(request: HttpRequest):
    """The roles that the link names; without any, all that nobody holds and nobody is proposed for."""
    roles = visible_to(request.user, Role).active().exclude(kind="everyone").select_related("area")
    asked = [int(pk) for pk in request.GET.getlist("role")[:AT_ONCE] if pk.isdecimal() and len(pk) < 10]
    return roles.filter(pk__in=asked) if asked else queries.without_holder(roles, clock.today())
