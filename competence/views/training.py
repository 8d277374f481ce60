"""Pages of training: what is planned, what came of it, whether it helped (C3, C4)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from competence import gate, policy
from competence.actions import training as actions
from competence.forms.training import CheckForm, FinishForm, PlanForm, TrainingForm, WhyForm
from competence.models import Skill, TrainingAction
from competence.queries import plans as queries
from competence.views.people import crumbs, seen_person
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.exports import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from roles.forms.filters import ListFilter
from roles.models import Person, Role
from roles.policy import standing
from roles.queries import chips
from roles.queries.register import area_choices
from roles.views.parts import form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _current(request: HttpRequest):
    """Who may see to a training: everybody one may see, and oneself."""
    return visible_to(request.user, Person).current(clock.today())


def _narrowed(request: HttpRequest):
    day = clock.today()
    form = ListFilter(request.GET, areas=area_choices(request.user))
    rows = queries.narrowed(visible_to(request.user, TrainingAction), **form.asked())
    questions = queries.questions(day)
    show = typed(request, "show") if typed(request, "show") in questions else ""
    return form, rows, questions, show


@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """The training plan: everything planned for the people one looks after."""
    require(request.user, "competence.people.see", None)
    form, rows, questions, show = _narrowed(request)
    counted = chips.counts(rows, questions)
    page = page_of(request, queries.written_out(rows.filter(questions[show][1])), total=counted[show])
    context = {
        "filter": form, "page_obj": page, "chips": chips.links(questions, counted, show, request.GET), "day": clock.today(),
        "show": show, "areas": queries.by_area(rows, clock.today()), "query": request.GET.urlencode(),
        "total": sum(counted.values()),
    }  # fmt: skip
    return render(request, "competence/training.html", context)


@require_safe
def training_export(request: HttpRequest, form: str) -> HttpResponse:
    """The plan of the page as a file."""
    require(request.user, "competence.people.see", None)
    if form not in ("csv", "xlsx"):
        raise Http404
    _filter, rows, questions, show = _narrowed(request)
    headers, lines = queries.sheet(queries.written_out(rows.filter(questions[show][1])))
    content = xlsx_bytes(_("Training"), headers, lines) if form == "xlsx" else csv_bytes(headers, lines)
    answer = HttpResponse(content, content_type=XLSX_TYPE if form == "xlsx" else CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="training-{clock.today().isoformat()}.{form}"'
    return answer


def _seen(request: HttpRequest, pk: int) -> TrainingAction:
    rows = visible_to(request.user, TrainingAction).select_related(
        "person", "person__area", "skill", "role", "owner", "file"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: what, who, by when, what came of it."""
    row, user = _seen(request, pk), request.user
    person = standing(user).person
    owns = person is not None and person.pk == row.owner_id
    context = {
        "action": row, "day": clock.today(), "trains": may(user, "competence.train", row.person),
        "finishes": owns or may(user, "competence.train.finish", row.person),
        "checks": may(user, "competence.train.check", row.person), "sees_person": policy.sees_person(user, row.person),
    }  # fmt: skip
    return render(request, "competence/action.html", context)


@FORM
def train(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan training for somebody."""
    one = seen_person(request, pk)
    require(request.user, "competence.train", one)
    asked = {name: typed(request, name) for name in ("skill",)}
    initial = {name: int(text) for name, text in asked.items() if text.isdecimal() and len(text) < 10}
    form = kept(request, TrainingForm, people=_current(request), skills=Skill.objects.in_use(),
                initial={"owner": standing(request.user).person, **initial})  # fmt: skip
    return form_page(
        request, form, lambda **values: actions.plan_training(one, **values), done=_("Planned."), action_label=_("Save the plan"),
        heading=_("Plan training for %(person)s") % {"person": one}, cancel_url=crumbs(one)[-1][1], crumbs=crumbs(one),
        lead=_("What is done, who sees to it, and by when."),
    )  # fmt: skip


@FORM
def training_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, another way."""
    row = _seen(request, pk)
    require(request.user, "competence.train", row.person)
    form = kept(request, TrainingForm, instance=row, people=_current(request), skills=Skill.objects.in_use())
    return form_page(
        request, form, lambda **values: actions.change_training(row, **values), done=_("Saved."), action_label=_("Save"),
        heading=_("Change the plan"), lead=str(row), cancel_url=row.get_absolute_url(), crumbs=crumbs(row.person),
    )  # fmt: skip


@FORM
def training_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """It was done."""
    row = _seen(request, pk)
    if standing(request.user).person != row.owner:
        require(request.user, "competence.train.finish", row.person)
    form = FinishForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    return form_page(
        request, form, lambda **values: actions.finish_training(row, **values), done=_("Saved. Assess the skill to close the gap."),
        heading=_("What came of it?"), lead=str(row), action_label=_("Save the result"), cancel_url=row.get_absolute_url(),
        crumbs=crumbs(row.person), template="competence/file_form.html",
    )  # fmt: skip


@FORM
def training_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be done."""
    row = _seen(request, pk)
    require(request.user, "competence.train", row.person)
    return form_page(
        request, kept(request, WhyForm), lambda **values: actions.cancel_training(row, **values), done=_("Cancelled."),
        heading=_("Cancel this training?"), lead=str(row), action_label=_("Cancel the training"), cancel_url=row.get_absolute_url(),
        crumbs=crumbs(row.person), template="ui/confirm_page.html",
        consequences=[_("The gap is without a plan again, unless another training closes it.")],
    )  # fmt: skip


@FORM
def training_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it helped (7.2 c)."""
    row = _seen(request, pk)
    require(request.user, "competence.train.check", row.person)
    return form_page(
        request, kept(request, CheckForm), lambda **values: actions.check_training(row, **values), done=_("Saved."),
        heading=_("Did it help?"), lead=str(row), action_label=_("Save"), cancel_url=row.get_absolute_url(), crumbs=crumbs(row.person),
    )  # fmt: skip


@FORM
def plan_for_role(request: HttpRequest) -> HttpResponse:
    """The training that somebody needs before they can be proposed for a role (C4)."""
    role, person = _asked(request)
    require(request.user, "competence.train", person)
    day = clock.today()
    planned = gate.planned(person, day)
    found = [one for one in gate.verdicts(role, person, day) if one.is_gap and one.need.skill not in planned]
    skills = Skill.objects.in_bulk([one.need.skill for one in found])
    missing = [(skills[one.need.skill], gate.said(one)) for one in found if one.need.must]
    onward = f"{reverse('propose')}?role={role.pk}&person={person.pk}"
    form = kept(
        request, PlanForm, people=_current(request), missing=missing, initial={"owner": standing(request.user).person}
    )
    if request.method == "POST" and missing and form.is_valid():
        made = attempt(
            form,
            actions.plan_for_role,
            role,
            person,
            actor=request.user,
            owner=form.cleaned_data["owner"],
            lines=form.lines(),
        )
        if made:
            said(request, _("Planned. Now send the proposal."))
            return redirect(onward)
    context = {
        "form": form,
        "role": role,
        "person": person,
        "missing": missing,
        "onward": onward,
        "crumbs": crumbs(person),
    }
    return render(
        request, "competence/plan.html", context, status=422 if form.errors or request.method == "POST" else 200
    )


def _asked(request: HttpRequest) -> tuple[Role, Person]:
    """The role and the person of the link; only what this user sees by name exists here."""
    given = {name: typed(request, name) for name in ("role", "person")}
    if not all(text.isdecimal() and len(text) < 10 for text in given.values()):
        raise Http404
    role = get_object_or_404(visible_to(request.user, Role).active(), pk=int(given["role"]))
    return role, seen_person(request, int(given["person"]))
