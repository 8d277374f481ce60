"""Pages of skills, and of what roles need (C2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from competence.actions import performance as expectations
from competence.actions import skills as actions
from competence.forms.skills import ChangedRequirementForm, ExpectationForm, RequirementForm, SkillForm
from competence.models import Expectation, Requirement, Skill
from competence.queries import needed
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.middleware import said
from ismsroles.core.paging import typed
from roles.models import Role
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP, NEEDS = "competence.skill.keep", "competence.requirement.keep"


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Competence"), reverse("competence")), *more]


@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    """Every skill in use, with who needs it."""
    require(request.user, "competence.counts.see")
    context = {"skills": needed.skills(request.user), "keeps": may(request.user, KEEP)}
    return render(request, "competence/skills.html", context)


@require_safe
def skill(request: HttpRequest, pk: int) -> HttpResponse:
    """One skill: what its levels look like and which roles need it."""
    one = get_object_or_404(visible_to(request.user, Skill), pk=pk)
    rows = visible_to(request.user, Requirement).present().filter(skill=one, is_suggested=False)
    context = {
        "skill": one,
        "needs": rows.select_related("role").order_by("role__title"),
        "keeps": may(request.user, KEEP),
    }
    return render(request, "competence/skill.html", context)


@FORM
def skill_add(request: HttpRequest) -> HttpResponse:
    """A new skill."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, SkillForm), actions.add_skill, done=_("Added %(it)s."), heading=_("Add a skill"),
        lead=_("Something that can be learnt and shown, and what each level of it looks like."), action_label=_("Add the skill"),
        cancel_url=reverse("skills"), crumbs=crumbs((_("Skills"), reverse("skills"))),
    )  # fmt: skip


@FORM
def skill_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words about a skill."""
    one = get_object_or_404(visible_to(request.user, Skill), pk=pk)
    require(request.user, KEEP)
    return form_page(
        request, kept(request, SkillForm, instance=one), lambda **values: actions.change_skill(one, **values),
        done=_("Saved %(it)s."), heading=_("Change %(skill)s") % {"skill": one}, action_label=_("Save"),
        cancel_url=one.get_absolute_url(), crumbs=crumbs((str(one), one.get_absolute_url())),
    )  # fmt: skip


@FORM
def skill_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a skill out of use; refused while a role needs it."""
    one = get_object_or_404(visible_to(request.user, Skill), pk=pk)
    require(request.user, KEEP)
    return confirm_page(
        request, lambda actor: actions.retire_skill(one, actor=actor), done=_("%(it)s is retired."), to=reverse("skills"),
        heading=_("Retire this skill?"), lead=str(one), action_label=_("Retire the skill"), cancel_url=one.get_absolute_url(),
        crumbs=crumbs((str(one), one.get_absolute_url())),
        consequences=[_("No role can ask for it any more."), _("What people have shown in it stays readable.")],
    )  # fmt: skip


@FORM
def requirements(request: HttpRequest) -> HttpResponse:
    """What every role needs; suggestions of starter roles are confirmed here."""
    user = request.user
    require(user, "competence.counts.see")
    if request.method == "POST":
        require(user, NEEDS)
        chosen = [int(pk) for pk in request.POST.getlist("role") if pk.isdecimal() and len(pk) < 10]
        rows = list(visible_to(user, Requirement).present().filter(role__in=chosen, is_suggested=True))
        number = actions.confirm_requirements(rows, actor=user)
        said(
            request, ngettext("%(n)s line counts from today.", "%(n)s lines count from today.", number) % {"n": number}
        )
        return redirect("requirements")
    show = "suggested" if typed(request, "show") == "suggested" and may(user, NEEDS) else ""
    context = {"roles": needed.roles(user, suggested=bool(show)), "show": show, "keeps": may(user, NEEDS),
               "waiting": needed.waiting(user)}  # fmt: skip
    return render(request, "competence/requirements.html", context)


@FORM
def requirement_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The role needs one more skill."""
    role = get_object_or_404(visible_to(request.user, Role), pk=pk)
    require(request.user, NEEDS)
    return form_page(
        request, kept(request, RequirementForm, skills=Skill.objects.in_use()),
        lambda **values: actions.add_requirement(role, **values), done=_("Saved. It counts from today."), to=role.get_absolute_url(),
        heading=_("What does %(role)s need?") % {"role": role}, action_label=_("Save"), cancel_url=role.get_absolute_url(),
        crumbs=[(_("Roles"), reverse("roles")), (str(role), role.get_absolute_url())], role=role,
        template="competence/requirement_form.html",
    )  # fmt: skip


def _kept(request: HttpRequest, pk: int) -> Requirement:
    rows = visible_to(request.user, Requirement).present().select_related("role", "skill")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, NEEDS)
    return row


@FORM
def requirement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another level, or another firmness; a suggestion counts with it."""
    row = _kept(request, pk)
    return form_page(
        request, kept(request, ChangedRequirementForm, instance=row), lambda **values: actions.change_requirement(row, **values),
        done=_("Saved. It counts from today."), to=row.role.get_absolute_url(), action_label=_("Save"),
        heading=_("%(role)s: %(skill)s") % {"role": row.role, "skill": row.skill}, cancel_url=row.role.get_absolute_url(),
        crumbs=[(_("Roles"), reverse("roles")), (str(row.role), row.role.get_absolute_url())],
        note=_("What was needed until yesterday stays readable: gaps of past days are worked out from it."),
    )  # fmt: skip


@FORM
def requirement_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The role no longer needs it."""
    row = _kept(request, pk)
    return confirm_page(
        request, lambda actor: actions.remove_requirement(row, actor=actor), done=_("Taken back."), to=row.role.get_absolute_url(),
        heading=_("No longer needed?"), lead=f"{row.role}: {row.skill}", action_label=_("Take it back"),
        cancel_url=row.role.get_absolute_url(), crumbs=[(str(row.role), row.role.get_absolute_url())],
        consequences=[_("From today on nobody lacks it in this role."), _("That it was needed stays readable.")],
    )  # fmt: skip


@FORM
def expectation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """What holders of the role are measured by (A10)."""
    role = get_object_or_404(visible_to(request.user, Role), pk=pk)
    require(request.user, NEEDS)
    return form_page(
        request, kept(request, ExpectationForm), lambda **values: expectations.add_expectation(role, **values),
        done=_("Saved. Everybody who reads the role reads it."), to=role.get_absolute_url(), action_label=_("Save"),
        heading=_("What is expected of %(role)s?") % {"role": role}, cancel_url=role.get_absolute_url(),
        crumbs=[(_("Roles"), reverse("roles")), (str(role), role.get_absolute_url())],
    )  # fmt: skip


@FORM
def expectation_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Expected no more."""
    row = get_object_or_404(visible_to(request.user, Expectation).select_related("role"), pk=pk)
    require(request.user, NEEDS)
    return confirm_page(
        request, lambda actor: expectations.retire_expectation(row, actor=actor), done=_("Taken back."), to=row.role.get_absolute_url(),
        heading=_("No longer expected?"), lead=str(row), action_label=_("Take it back"), cancel_url=row.role.get_absolute_url(),
        crumbs=[(str(row.role), row.role.get_absolute_url())], consequences=[_("Nobody is measured by it any more.")],
    )  # fmt: skip
