"""Pages of audits of roles: the plan, one audit with its questions and sample, corrective actions (V5)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of
from reviews.actions import audits as actions
from reviews.forms.audits import ActionDoneForm, AnswerForm, AuditForm, ConclusionForm, VerifyForm
from reviews.models import AuditQuestion, Corrective, RoleAudit
from roles.forms.people import ReasonForm
from roles.models import Person
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(audit: RoleAudit | None = None) -> list[tuple[str, str]]:
    return [
        (_("Audits of roles"), reverse("role-audits")),
        *([(str(audit), audit.get_absolute_url())] if audit else []),
    ]


def _seen(request: HttpRequest, pk: int) -> RoleAudit:
    return get_object_or_404(visible_to(request.user, RoleAudit).select_related("auditor"), pk=pk)


@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    """The audits that were and that are planned."""
    require(request.user, "reviews.audit.see")
    page = page_of(request, visible_to(request.user, RoleAudit).select_related("auditor"))
    return render(request, "reviews/audits.html", {"page_obj": page, "plans": may(request.user, "reviews.audit.plan")})


@FORM
def audit_plan(request: HttpRequest) -> HttpResponse:
    """Plan one; the questions and the sample come by themselves."""
    require(request.user, "reviews.audit.plan")
    people = Person.objects.current(clock.today())
    return form_page(
        request, kept(request, AuditForm, people=people), actions.plan_audit, done=_("Planned %(it)s."),
        heading=_("Plan an audit of roles"),
        lead=_("The ten questions of the checklist come with it, and so do people drawn at random."), action_label=_("Plan the audit"),
        note=_("An internal auditor is neither the information security manager nor anybody who is drawn."),
        cancel_url=reverse("role-audits"), crumbs=_crumbs(),
    )  # fmt: skip


@require_safe
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: questions with results, the sample, what has to be corrected."""
    one, user = _seen(request, pk), request.user
    rows = Corrective.objects.filter(question__audit=one).select_related(
        "owner", "question__audit", "verified_by_person"
    )
    found = [
        (row, may(user, "reviews.corrective.finish", row), may(user, "reviews.corrective.verify", row)) for row in rows
    ]
    questions = list(one.questions.all())
    context = {
        "audit": one, "questions": questions, "left": sum(not each.result for each in questions), "actions": found, "day": clock.today(),
        "sample": one.sample.select_related("person"), "answers": may(user, "reviews.audit.answer", one),
        "plans": may(user, "reviews.audit.plan"), "open": one.state in ("planned", "in_progress"),
    }  # fmt: skip
    return render(request, "reviews/audit.html", context)


@FORM
def audit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of one question."""
    seen = visible_to(request.user, RoleAudit)
    row = get_object_or_404(AuditQuestion.objects.select_related("audit__auditor"), pk=pk, audit__in=seen)
    require(request.user, "reviews.audit.answer", row.audit)
    initial = {"result": row.result, "seen": row.seen}
    return form_page(
        request, kept(request, AnswerForm, people=Person.objects.current(clock.today()), initial=initial),
        lambda **values: actions.answer_question(row, **values), done=_("Saved."), to=row.audit, heading=row.title, lead=row.text,
        note=_("How it is looked into: %(technique)s") % {"technique": row.technique}, action_label=_("Save the result"),
        cancel_url=row.audit.get_absolute_url(), crumbs=_crumbs(row.audit),
    )  # fmt: skip


@FORM
def audit_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The conclusion."""
    one = _seen(request, pk)
    require(request.user, "reviews.audit.answer", one)
    return form_page(
        request, kept(request, ConclusionForm), lambda **values: actions.close_audit(one, **values), done=_("%(it)s is done."),
        heading=_("Close the audit"), lead=str(one), action_label=_("Close the audit"), cancel_url=one.get_absolute_url(),
        crumbs=_crumbs(one),
    )  # fmt: skip


@FORM
def audit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not take place."""
    one = _seen(request, pk)
    require(request.user, "reviews.audit.plan")
    return confirm_page(
        request, lambda **values: actions.cancel_audit(one, **values), done=_("%(it)s is cancelled."), to=one.get_absolute_url(),
        form=kept(request, ReasonForm), heading=_("Cancel this audit?"), lead=str(one), action_label=_("Cancel the audit"),
        consequences=[_("What was answered stays readable."), _("It counts as not done.")], cancel_url=one.get_absolute_url(),
        crumbs=_crumbs(one),
    )  # fmt: skip


def _corrective(request: HttpRequest, pk: int, right: str) -> Corrective:
    rows = visible_to(request.user, Corrective).select_related("owner", "question__audit__auditor")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, right, row)
    return row


@FORM
def corrective_done(request: HttpRequest, pk: int) -> HttpResponse:
    """It was done."""
    row = _corrective(request, pk, "reviews.corrective.finish")
    return _about(request, row, ActionDoneForm, actions.finish_action, _("What was done?"), _("It is done"))


@FORM
def corrective_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it works, seen by somebody else."""
    row = _corrective(request, pk, "reviews.corrective.verify")
    return _about(request, row, VerifyForm, actions.verify_action, _("Does it work?"), _("Save"))


def _about(request: HttpRequest, row: Corrective, form: Any, act: Any, heading: str, label: str) -> HttpResponse:
    return form_page(
        request, kept(request, form), lambda **values: act(row, **values), done=_("Saved."), to=row.get_absolute_url(), heading=heading,
        lead=row.what, action_label=label, cancel_url=row.get_absolute_url(), crumbs=_crumbs(row.question.audit),
    )  # fmt: skip
