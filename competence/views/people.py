"""One person's competence: what is needed, what was shown, what is planned (C2, C3)."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from competence import policy
from competence.actions import assessments as actions
from competence.forms.assessments import AssessmentForm, CorrectionForm
from competence.models import Assessment, KeptFile, PerformanceGap, Skill, TrainingAction, TrainingRecord
from competence.queries import person as queries
from competence.queries import training
from ismsroles.core import clock, events
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import typed
from roles.models import Person
from roles.policy import standing
from roles.views.parts import form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


def seen_person(request: HttpRequest, pk: int) -> Person:
    """A person whose competence this user sees by name; nobody else exists here."""
    return get_object_or_404(policy.people_seen(request.user).select_related("area", "manager"), pk=pk)


def crumbs(person: Person) -> list[tuple[str, str]]:
    return [(_("Competence"), reverse("competence")), (person.name, reverse("person-competence", args=[person.pk]))]


@require_safe
def person_competence(request: HttpRequest, pk: int) -> HttpResponse:
    """What this person's roles need, what they have shown, what is planned and what is due again."""
    one, user, day = seen_person(request, pk), request.user, clock.today()
    lines = queries.lines(one, day)
    own = standing(user).person is not None and standing(user).person.pk == one.pk
    context = {
        "person": one, "day": day, "own": own, "lines": lines, "gaps": [line for line in lines if line.is_gap],
        "assessments": queries.assessments(one), "dues": training.dues(day, [one.pk]),
        "training": visible_to(user, TrainingAction).filter(person=one).select_related("skill", "owner").order_by("-due_on"),
        "records": visible_to(user, TrainingRecord).filter(person=one)[:50],
        "assesses": may(user, "competence.assess", one), "trains": may(user, "competence.train", one),
        "performance": visible_to(user, PerformanceGap).filter(person=one).select_related("role")
        if may(user, "performance.see", one) else None,
        "keeps_performance": may(user, "performance.keep", one),
    }  # fmt: skip
    return render(request, "competence/person.html", context)


def _filled(request: HttpRequest, form_class, **kwargs):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return form_class(*sent, **kwargs)


@FORM
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what somebody has shown; about oneself it is marked."""
    one = seen_person(request, pk)
    require(request.user, "competence.assess", one)
    own = standing(request.user).person == one
    asked = typed(request, "skill")
    initial = {"skill": int(asked)} if asked.isdecimal() and len(asked) < 10 else {}
    form = _filled(request, AssessmentForm, skills=Skill.objects.in_use(), initial=initial)
    note = _("This is your own view and is marked as such. It closes no gap of what a role must have.") if own else ""
    return form_page(
        request, form, lambda **values: actions.assess(one, **values), done=_("Saved."), template="competence/assess.html",
        heading=_("Assess yourself") if own else _("Assess %(person)s") % {"person": one}, action_label=_("Save the assessment"),
        cancel_url=crumbs(one)[-1][1], crumbs=crumbs(one), note=note, skills=Skill.objects.in_use(),
    )  # fmt: skip


@FORM
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new row in place of a wrong one."""
    rows = visible_to(request.user, Assessment).select_related("person", "skill", "person__area")
    wrong = get_object_or_404(rows, pk=pk)
    require(request.user, "competence.assess", wrong.person)
    names = ("level", "assessed_on", "valid_until", "evidence", "note", "link")
    form = _filled(request, CorrectionForm, initial={name: getattr(wrong, name) for name in names})
    return form_page(
        request, form, lambda **values: actions.correct_assessment(wrong, **values), done=_("Corrected. Both stay readable."),
        heading=_("Correct: %(skill)s") % {"skill": wrong.skill}, lead=str(wrong.person), action_label=_("Save the correction"),
        cancel_url=wrong.get_absolute_url(), crumbs=crumbs(wrong.person), template="competence/assess.html",
    )  # fmt: skip


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of evidence, as a download; who took it stands in the log."""
    row = get_object_or_404(visible_to(request.user, KeptFile), pk=pk)
    if request.method == "GET":
        events.record("evidence.downloaded", actor=request.user, subject=row if row.purpose == "competence" else None)
    answer = FileResponse(row.file.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
