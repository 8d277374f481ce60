"""The auditor's workspace: what is asked, with evidence and gaps; interview sheets; the map of clauses (D4, D8, D9)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evidence.actions import remarks
from evidence.forms import AnswerForm, RemarkForm, SampleForm
from evidence.models import Remark
from evidence.queries import shown
from evidence.workspace import clauses, interviews
from evidence.workspace.checklist import checklist, one_item
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.findings import current
from ismsroles.core.sampling import fresh_seed
from roles.views.parts import form_page, kept

SEE = "evidence.audit.see"
FORM = require_http_methods(["GET", "HEAD", "POST"])
CRUMB = "audit"


@require_safe
def audit_checklist(request: HttpRequest) -> HttpResponse:
    """Every list with every item: what is asked, how, what there is to see, what is missing."""
    require(request.user, SEE)
    lists = checklist(clock.today(), current(), visible_to(request.user, Remark))
    return render(request, "evidence/checklist.html", {"lists": lists, "day": clock.today()})


@FORM
def audit_item(request: HttpRequest, key: str) -> HttpResponse:
    """One item with all its gaps, the auditor's own notes, and requests with their answers."""
    require(request.user, SEE)
    row = one_item(key, clock.today(), current())
    if row is None:
        raise Http404
    mends = may(request.user, "roles-document.prepare")
    context = {
        "row": row,
        "gaps": [shown(found, mends=mends) for found in row.gaps],
        "remarks": visible_to(request.user, Remark).filter(item=key).select_related("engagement"),
        "may_write": may(request.user, "evidence.remark.write"),
        "may_answer": may(request.user, "evidence.remark.answer"),
    }
    if request.method == "POST":
        require(request.user, "evidence.remark.write")
    return form_page(
        request, kept(request, RemarkForm), lambda **said: remarks.write(key, **said), done=_("Written down."),
        to=lambda _written: reverse("audit-item", args=[key]), template="evidence/item.html", **context,
    )  # fmt: skip


@FORM
def audit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to an auditor's request."""
    remark = get_object_or_404(visible_to(request.user, Remark).filter(kind="request"), pk=pk)
    require(request.user, "evidence.remark.answer")
    return form_page(
        request, kept(request, AnswerForm), lambda **said: remarks.answer(remark, **said), done=_("Answered."),
        to=lambda _done: reverse("audit-item", args=[remark.item]), heading=_("Answer the auditor"), lead=remark.text,
        action_label=_("Answer"), cancel_url=reverse("audit-item", args=[remark.item]),
        crumbs=[(_("Audit"), reverse("audit")), (_("Checklist"), reverse("audit-checklist"))],
        note=_("The auditors of this engagement read it. It cannot be changed afterwards."),
    )  # fmt: skip


@require_safe
def audit_interviews(request: HttpRequest) -> HttpResponse:
    """Whom to talk to: everybody with a role, and a sample of all staff that can be repeated with its seed."""
    require(request.user, SEE)
    form = SampleForm(request.GET or None)
    asked = form.asked() if request.GET else {"size": 5, "seed": ""}
    seed, day = asked["seed"] or fresh_seed(), clock.today()
    context = {
        "form": SampleForm(initial={"size": asked["size"], "seed": seed}),
        "seed": seed,
        "sheets": interviews.key_people(day),
        "sampled": interviews.everybody_sampled(day, asked["size"], seed),
    }
    return render(request, "evidence/interviews.html", context)


@require_safe
def clause_map(request: HttpRequest) -> HttpResponse:
    """Clauses and controls to what serves them, and roles to the clauses they serve."""
    require(request.user, SEE)
    rows = clauses.clause_map(clock.today(), current())
    return render(request, "evidence/clauses.html", {"rows": rows, "roles": clauses.by_role(rows)})
