"""Pages of the roles: their list, one role, what is written about it (R1–R3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of, typed
from roles.actions import register as actions
from roles.clauses import CLAUSES
from roles.forms.filters import ListFilter
from roles.forms.people import ReasonForm
from roles.forms.register import ChangedRoleForm, RoleForm
from roles.models import Person, Role
from roles.queries import absences, chips, delegations, faults, guidance, log, separation_pages, timeline
from roles.queries import register as queries
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "roles.role.keep"


def crumbs(role: Role | None = None) -> list[tuple[str, str]]:
    """The way to a role."""
    here = [(role.title, role.get_absolute_url())] if role else []
    return [(_("Roles"), reverse("roles")), *here]


def kept_role(request: HttpRequest, pk: int) -> Role:
    """A role that the user may see and change."""
    role = get_object_or_404(visible_to(request.user, Role).select_related("area", "reports_to"), pk=pk)
    require(request.user, KEEP)
    return role


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role, who holds it and who stands in."""
    user, day = request.user, clock.today()
    require(user, "roles.register.see")
    form = ListFilter(request.GET, areas=queries.area_choices(user))
    show = typed(request, "show") if typed(request, "show") in queries.QUESTIONS else ""
    rows = queries.narrowed(queries.roles(user, day), day, **form.asked())
    counted = chips.counts(rows, queries.QUESTIONS)
    listed = queries.ordered(rows.filter(queries.QUESTIONS[show][1]), typed(request, "sort")).select_related("area")
    listed = queries.with_vacancies(listed, day)
    page = page_of(request, listed, total=counted[show])
    page.object_list = queries.with_seats(page.object_list, user, day)
    for one in page.object_list:
        one.vacant_since = queries.since_when_vacant(one, day)
    context = {"page_obj": page, "filter": form, "show": show, "counted": counted, "keeps": may(user, KEEP),
               "chips": chips.links(queries.QUESTIONS, counted, show, request.GET), "proposes": queries.proposes(user),
               "reads_overlaps": may(user, "roles.wording.see")}  # fmt: skip
    return render(request, "roles/roles.html", context)


@require_safe
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """One role: what it must and may do, who holds it, what is wrong, where it stands."""
    user, day = request.user, clock.today()
    one = get_object_or_404(queries.written_out(visible_to(user, Role)), pk=pk)
    terms, keeps, sees_log = queries.terms_of(one, user, day), may(user, KEEP), may(user, "roles.log.see")
    people = {term.person_id for term in terms}
    absences.mark(terms, day)
    drawn = timeline.of_role(one, terms, day)
    passed_on = delegations.now_by_responsibility(day)
    for duty in one.responsibilities.all():
        duty.delegated_now = passed_on.get(duty.pk, [])
    context = {
        "role": one,
        "terms": terms,
        "term_lines": drawn,
        "today_at": timeline.today_at(),
        "open_to": set(visible_to(user, Person).filter(pk__in=people).values_list("pk", flat=True)),
        "faults": faults.faults_of(one, terms, keeps=keeps) if keeps or sees_log else None,
        "clauses": [(code, CLAUSES.get(code, "")) for code in one.clauses],
        "without_duty": [a for a in one.authorities.all() if not a.serves.all()],
        "waiting": [term for term in terms if term.standing == "waiting"],
        "holders": [term for term in terms if term.standing == "now" and term.seat == "primary"],
        "apart": separation_pages.rules_of_role(one) if may(user, "roles.separation.see") else [],
        "events": log.of_role(one)[:6] if sees_log else None,
        "keeps": keeps and one.state != "retired",
        "may_keep": keeps,
        "may_propose": one.state == "active" and one.kind != "everyone" and queries.proposes(user),
    }
    return render(request, "roles/role.html", context | guidance.of_role(user, one))


@FORM
def role_add(request: HttpRequest) -> HttpResponse:
    """A new role, as a draft."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, RoleForm), actions.add_role, done=_("Saved %(it)s as a draft. Write its responsibilities next."),
        heading=_("Add a role"), lead=_("First what it is for. Its responsibilities and authorities come next."), crumbs=crumbs(),
        cancel_url=reverse("roles"), action_label=_("Save as a draft"), template="roles/role_form.html",
    )  # fmt: skip


@FORM
def role_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words about a role."""
    one = kept_role(request, pk)

    def save(**values):
        return actions.change_role(one, **values)

    return form_page(
        request, kept(request, ChangedRoleForm, instance=one), save, done=_("Saved %(it)s."), crumbs=crumbs(one),
        heading=_("Change %(role)s") % {"role": one}, cancel_url=one.get_absolute_url(), template="roles/role_form.html",
    )  # fmt: skip


@FORM
def role_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force."""
    one = kept_role(request, pk)

    def activate(**values):
        return actions.activate_role(one, **values)

    return confirm_page(
        request, activate, done=_("%(it)s is in force. Propose who holds it."), to=one.get_absolute_url(), harmless=True,
        heading=_("Put this role in force?"), lead=str(one), action_label=_("Put it in force"), crumbs=crumbs(one),
        cancel_url=one.get_absolute_url(),
        consequences=[
            _("Everybody in the register can read it."),
            _("People can be proposed for it."),
            _("While nobody holds it, it counts as vacant."),
        ],
    )  # fmt: skip


@FORM
def role_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role out of force; refused while it still holds something (rule 7)."""
    one = kept_role(request, pk)
    still = actions.users_of(one)

    def retire(**values):
        return actions.retire_role(one, **values)

    return confirm_page(
        request, retire, done=_("%(it)s is retired."), to=one.get_absolute_url(), form=kept(request, ReasonForm), still=still,
        heading=_("Retire this role?"), lead=str(one), action_label=_("Retire the role"), cancel_url=one.get_absolute_url(),
        template="roles/still_needed.html", crumbs=crumbs(one),
        consequences=[
            _("Nobody can be proposed for it any more."),
            _("It stays in the register, with its history, and can be brought back."),
        ],
    )  # fmt: skip


@FORM
def role_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a retired role back as a draft."""
    one = kept_role(request, pk)

    def bring_back(**values):
        return actions.bring_back_role(one, **values)

    return confirm_page(
        request, bring_back, done=_("%(it)s is a draft again."), to=one.get_absolute_url(), harmless=True, crumbs=crumbs(one),
        heading=_("Bring this role back?"), lead=str(one), action_label=_("Bring it back as a draft"), cancel_url=one.get_absolute_url(),
        consequences=[_("It becomes a draft. Read it through, then put it in force.")],
    )  # fmt: skip
