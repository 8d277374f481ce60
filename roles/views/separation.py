"""Pages of segregation of duties: rules, duties, marks, the starter set (A5)."""

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import typed
from roles.actions import separation as actions
from roles.forms.separation import ChangedDutyForm, ChangedRuleForm, DutyForm, MarkForm, RetireRuleForm, RuleForm
from roles.models import DutyTag, Responsibility, Role, SeparationRule
from roles.queries import separation_pages as queries
from roles.queries.separation import WHOLE
from roles.queries.separation_matrix import matrix as matrix_of
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
SEE, KEEP = "roles.separation.see", "roles.separation.keep"


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Segregation of duties"), reverse("separation")), *more]


def _rule(request: HttpRequest, pk: int) -> SeparationRule:
    return get_object_or_404(visible_to(request.user, SeparationRule).select_related(*WHOLE), pk=pk)


def _kept_rule(request: HttpRequest, pk: int) -> SeparationRule:
    rule = _rule(request, pk)
    require(request.user, KEEP)
    return rule


@require_safe
def separation(request: HttpRequest) -> HttpResponse:
    """Every rule of separation, what it does, why, and who unites what it keeps apart."""
    require(request.user, SEE)
    show = "retired" if typed(request, "show") == "retired" else "in_force"
    context = queries.overview(show, clock.today())
    return render(request, "roles/separation.html", context | {"show": show, "keeps": may(request.user, KEEP)})


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Which two roles one person does not hold together: a picture, and the same as a list."""
    require(request.user, SEE)
    roles = (
        visible_to(request.user, Role).exclude(state="retired").exclude(kind="everyone").order_by(Lower("title"), "pk")
    )
    context = matrix_of(roles, clock.today(), every=bool(typed(request, "every")))
    return render(request, "roles/separation_matrix.html", context)


@require_safe
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: what it keeps apart, which roles and people that touches, which exceptions there are."""
    one = _rule(request, pk)
    context = queries.of_rule(one, request.user, clock.today())
    return render(request, "roles/separation_rule.html", context | {"rule": one, "keeps": may(request.user, KEEP)})


@FORM
def rule_add(request: HttpRequest) -> HttpResponse:
    """Keep two roles, or two kinds of duty, apart."""
    require(request.user, KEEP)
    roles = visible_to(request.user, Role).exclude(state="retired").exclude(kind="everyone")
    return form_page(
        request, kept(request, RuleForm, roles=roles), actions.add_rule, done=_("Added: %(it)s."), crumbs=crumbs(),
        template="roles/separation_rule_form.html", heading=_("Keep two things apart"), action_label=_("Put the rule in force"),
        cancel_url=reverse("separation"),
    )  # fmt: skip


@FORM
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another effect or another why."""
    one = _kept_rule(request, pk)

    def save(**values):
        return actions.change_rule(one, **values)

    return form_page(
        request, kept(request, ChangedRuleForm, instance=one), save, done=_("Saved: %(it)s."), heading=_("Change a rule"),
        lead=str(one), crumbs=crumbs((str(one), one.get_absolute_url())), cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def rule_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rule out of force."""
    one = _kept_rule(request, pk)

    def retire(**values):
        return actions.retire_rule(one, **values)

    return confirm_page(
        request, retire, done=_("%(it)s is no longer kept apart."), to=one.get_absolute_url(), form=kept(request, RetireRuleForm),
        heading=_("Retire this rule?"), lead=str(one), action_label=_("Retire the rule"), cancel_url=one.get_absolute_url(),
        crumbs=crumbs((str(one), one.get_absolute_url())),
        consequences=[_("One person may hold both from now on."), _("What it said and its exceptions stay readable.")],
    )  # fmt: skip


@FORM
def rule_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a retired rule in force again."""
    one = _kept_rule(request, pk)

    def back(**values):
        return actions.bring_back_rule(one, **values)

    return confirm_page(
        request, back, done=_("In force again: %(it)s."), to=one.get_absolute_url(), harmless=True, lead=str(one),
        heading=_("Put this rule in force again?"), action_label=_("Put it in force"), cancel_url=one.get_absolute_url(),
        crumbs=crumbs((str(one), one.get_absolute_url())),
        consequences=[_("Who unites both today becomes a finding."), _("Nobody else is proposed for both.")],
    )  # fmt: skip


@FORM
def adopt(request: HttpRequest) -> HttpResponse:
    """Adopt the starter set: duties, marks and rules."""
    require(request.user, KEEP)

    def take(**values):
        return ngettext("%(n)s rule", "%(n)s rules", n) % {"n": n} if (n := actions.adopt_separation(**values)) else "–"

    return confirm_page(
        request, take, done=_("Adopted from the starter set: %(it)s."), to=reverse("separation"), harmless=True, crumbs=crumbs(),
        heading=_("Adopt the starter set?"), lead=_("Words for duties, and the rules that most organisations need."),
        action_label=_("Adopt it"), cancel_url=reverse("separation"), consequences=queries.what_adopting_does(),
    )  # fmt: skip


# Duties ----------------------------------------------------------------------------------------------------------------------


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """The words for duties, and where they are used."""
    require(request.user, SEE)
    context = {"duties": queries.duties(), "keeps": may(request.user, KEEP)}
    return render(request, "roles/duties.html", context)


def _duty(request: HttpRequest, pk: int) -> DutyTag:
    return get_object_or_404(visible_to(request.user, DutyTag), pk=pk)


@require_safe
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One kind of duty: which responsibilities carry it, which rules name it."""
    one = _duty(request, pk)
    return render(request, "roles/duty.html", queries.of_duty(one) | {"duty": one, "keeps": may(request.user, KEEP)})


@FORM
def duty_add(request: HttpRequest) -> HttpResponse:
    """A word of one's own."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, DutyForm), actions.add_duty, done=_("Added the duty “%(it)s”."), heading=_("Add a duty"),
        crumbs=crumbs((_("Duties"), reverse("duties"))), cancel_url=reverse("duties"), action_label=_("Add the duty"),
    )  # fmt: skip


@FORM
def duty_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for a duty."""
    one = _duty(request, pk)
    require(request.user, KEEP)

    def save(**values):
        return actions.change_duty(one, **values)

    return form_page(
        request, kept(request, ChangedDutyForm, instance=one), save, done=_("Saved the duty “%(it)s”."), heading=_("Change a duty"),
        crumbs=crumbs((_("Duties"), reverse("duties"))), cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def duty_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a word away that nothing uses."""
    one = _duty(request, pk)
    require(request.user, KEEP)

    def remove(**values):
        actions.remove_duty(one, **values)

    return confirm_page(
        request, remove, done=_("Removed the duty."), to=reverse("duties"), heading=_("Remove this duty?"), lead=one.name,
        action_label=_("Remove the duty"), cancel_url=one.get_absolute_url(), crumbs=crumbs((_("Duties"), reverse("duties"))),
        still=actions.users_of(one), template="roles/still_needed.html", consequences=[_("Its history stays.")],
    )  # fmt: skip


@FORM
def responsibility_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which kinds of duty a responsibility is."""
    rows = Responsibility.objects.filter(role__in=visible_to(request.user, Role)).select_related("role")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, KEEP)
    form = kept(request, MarkForm, initial={"tags": [link.tag_id for link in row.duty_links.all()]})

    def mark(**values):
        return actions.mark_responsibility(row, **values)

    url = row.role.get_absolute_url()
    return form_page(
        request, form, mark, done=_("Saved the duties of: %(it)s"), to=url, cancel_url=url, heading=_("Which duties is this?"),
        lead=row.text, crumbs=[(_("Roles"), reverse("roles")), (row.role.title, url)],
        note=_("Rules of separation name these duties. Who then unites two that are kept apart becomes a finding."),
    )  # fmt: skip
