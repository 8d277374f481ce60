"""Lists and pages of authorisation levels, processes and policies (R6, R7, R9)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.models import AuditEvent
from ismsroles.core.paging import page_of, typed
from roles.actions.guidance import KEEP
from roles.clauses import CLAUSES
from roles.forms import guidance as forms
from roles.models import AuthorisationLevel, Policy, Process
from roles.queries import chips, history
from roles.queries import guidance as queries
from roles.views.exports import _file
from roles.views.kept import Shelf

SEE, LOG = "roles.register.see", "roles.log.see"
LEVELS = Shelf(
    AuthorisationLevel, "level", "levels", gettext_lazy("Authorisation levels"), gettext_lazy("Add an authorisation level"),
    gettext_lazy("What may be granted or decided, by which role, up to which limit."), forms.LevelForm, forms.ChangedLevelForm,
    initial=lambda request: {"kind": typed(request, "kind", 40)},
    template="roles/level_form.html",
)  # fmt: skip
PROCESSES = Shelf(
    Process, "process", "processes", gettext_lazy("Processes"), gettext_lazy("Add a process"),
    gettext_lazy("First what it is for. Then which roles take part in it."), forms.ProcessForm, forms.ChangedProcessForm,
    part_form=forms.ProcessPartForm,
)  # fmt: skip
POLICIES = Shelf(
    Policy, "policy", "policies", gettext_lazy("Policies"), gettext_lazy("Add a policy"),
    gettext_lazy("First its title and version. Then which roles put it into effect."), forms.PolicyForm, forms.ChangedPolicyForm,
    part_form=forms.PolicyPartForm,
)  # fmt: skip
Questions = Mapping[str, tuple[Any, Any]]


def _narrowed(request: HttpRequest, rows: QuerySet, questions: Questions) -> tuple[QuerySet, dict[str, Any]]:
    """The rows of the chosen question, and what the list above them needs."""
    show = typed(request, "show") if typed(request, "show") in questions else ""
    counted = chips.counts(rows, questions)
    context = {
        "show": show,
        "counted": counted,
        "chips": chips.links(questions, counted, show, request.GET),
        "keeps": may(request.user, KEEP),
    }
    return rows.filter(questions[show][1]), context


def _listed(request: HttpRequest) -> tuple[forms.WordsFilter, str, date]:
    require(request.user, SEE)
    form = forms.WordsFilter(request.GET)
    return form, form.asked(), clock.today()


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """Who may decide what, up to which limit: for everybody to look up."""
    form, words, day = _listed(request)
    rows, context = _narrowed(request, queries.levels(request.user, day, words), queries.LEVEL_QUESTIONS)
    page = page_of(request, rows, total=context["counted"][context["show"]])
    page.object_list = list(page.object_list)
    held = queries.holders({row.role_id for row in page.object_list}, day)
    for row in page.object_list:
        row.holders = held.get(row.role_id, [])
    return render(request, "roles/levels.html", {"page_obj": page, "filter": form, **context})


LEVEL_HEADERS = [
    gettext_lazy("Decision"),
    gettext_lazy("What"),
    gettext_lazy("Role"),
    gettext_lazy("Holders"),
    gettext_lazy("Kind of limit"),
    gettext_lazy("Limit"),
    gettext_lazy("Amount"),
    gettext_lazy("Level"),
    gettext_lazy("Evidence"),
    gettext_lazy("Note"),
    gettext_lazy("State"),
]


@require_safe
def levels_export(request: HttpRequest) -> HttpResponse:
    """The levels of the list as a file."""
    _form, words, day = _listed(request)
    rows = list(_narrowed(request, queries.levels(request.user, day, words), queries.LEVEL_QUESTIONS)[0])
    held = queries.holders({row.role_id for row in rows}, day)
    lines = [
        [
            row.decision, row.what, row.role.title, "\n".join(p.name for p in held.get(row.role_id, [])), str(row.get_limit_kind_display()),
            row.limit, row.amount, row.level, row.evidence, row.note, str(row.get_state_display()),
        ]
        for row in rows
    ]  # fmt: skip
    return _file(request, _("Authorisation levels"), "authorisation-levels", LEVEL_HEADERS, lines)


@require_safe
def level(request: HttpRequest, pk: int) -> HttpResponse:
    """One level: who may decide today, and with which evidence."""
    one = get_object_or_404(visible_to(request.user, AuthorisationLevel).select_related("role"), pk=pk)
    context = {"level": one, "holders": queries.holders({one.role_id}, clock.today()).get(one.role_id, [])}
    return render(request, "roles/level.html", context | _around(request, one))


@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    """The processes of the ISMS and who does what in them."""
    form, words, _day = _listed(request)
    rows, context = _narrowed(request, queries.processes(request.user, words), queries.PROCESS_QUESTIONS)
    page = page_of(request, rows, total=context["counted"][context["show"]])
    for row in page:
        row.taking = [part.role for part in queries.with_those_that_follow(row)]
    return render(request, "roles/processes.html", {"page_obj": page, "filter": form, **context})


@require_safe
def processes_export(request: HttpRequest) -> HttpResponse:
    """One row for each part of a role in a process."""
    _form, words, _day = _listed(request)
    rows, _context = _narrowed(request, queries.processes(request.user, words), queries.PROCESS_QUESTIONS)
    headers = [_("Process"), _("What it is for"), _("Clauses"), _("Role"), _("What it does"), _("State")]
    lines = [
        [
            row.name,
            row.purpose,
            ", ".join(row.clauses),
            part.role.title if part else "",
            part.does if part else "",
            str(row.get_state_display()),
        ]
        for row in rows
        for part in queries.with_those_that_follow(row) or [None]
    ]
    return _file(request, _("Processes"), "processes", headers, lines)


@require_safe
def process(request: HttpRequest, pk: int) -> HttpResponse:
    """One process and the part each role plays in it."""
    one = get_object_or_404(queries.processes(request.user), pk=pk)
    parts = queries.with_those_that_follow(one)
    context = {
        "process": one,
        "parts": parts,
        "held": queries.holders({part.role.pk for part in parts}, clock.today()),
        "clauses": [(code, CLAUSES.get(code, "")) for code in one.clauses],
    }
    return render(request, "roles/process.html", context | _around(request, one))


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """The policies and the roles that put them into effect."""
    form, words, _day = _listed(request)
    rows, context = _narrowed(request, queries.policies(request.user, words), queries.POLICY_QUESTIONS)
    page = page_of(request, rows, total=context["counted"][context["show"]])
    return render(request, "roles/policies.html", {"page_obj": page, "filter": form, **context})


@require_safe
def policies_export(request: HttpRequest) -> HttpResponse:
    """One row for each role that puts a policy into effect."""
    _form, words, _day = _listed(request)
    rows, _context = _narrowed(request, queries.policies(request.user, words), queries.POLICY_QUESTIONS)
    headers = [
        _("Policy"),
        _("Kind"),
        _("Version"),
        _("Date"),
        _("Link"),
        _("Owner"),
        _("Role"),
        _("How it puts it into effect"),
        _("State"),
    ]
    lines = [
        [
            row.title, str(row.get_kind_display()), row.version, row.dated, row.link, str(row.owner or ""),
            part.role.title if part else "", part.does if part else "", str(row.get_state_display()),
        ]
        for row in rows
        for part in list(row.parts.all()) or [None]
    ]  # fmt: skip
    return _file(request, _("Policies"), "policies", headers, lines)


@require_safe
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """One policy, its owner, and how roles put it into effect."""
    one = get_object_or_404(queries.policies(request.user), pk=pk)
    named = {part.role_id for part in one.parts.all()} | {one.owner_id or 0}
    held = queries.holders(named, clock.today())
    context = {"policy": one, "parts": list(one.parts.all()), "held": held, "owners": held.get(one.owner_id, [])}
    return render(request, "roles/policy.html", context | _around(request, one))


def told_of(one) -> QuerySet[AuditEvent]:
    """What was done to it, newest first."""
    return AuditEvent.objects.filter(subject_type=one._meta.label_lower, subject_id=str(one.pk)).order_by("-pk")


def _around(request: HttpRequest, one) -> dict[str, Any]:
    """What every page of one entry shows beside it."""
    sees_log = may(request.user, LOG)
    keeps = may(request.user, KEEP)
    return {
        "keeps": keeps and one.state == "active",
        "may_keep": keeps,
        "events": told_of(one)[:8] if sees_log else None,
    }


def _history(shelf: Shelf):
    @require_safe
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        """What was written before, and what after."""
        subject = get_object_or_404(visible_to(request.user, shelf.model), pk=pk)
        require(request.user, LOG)
        crumb = (shelf.title, reverse(shelf.listed))
        context = {"subject": subject, "page_obj": page_of(request, history.of_entry(subject)), "crumb": crumb}
        return render(request, "roles/log_history.html", context)

    return page


level_history, process_history, policy_history = _history(LEVELS), _history(PROCESSES), _history(POLICIES)
