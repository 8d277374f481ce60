"""The overview and the list of findings."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evidence import queries
from evidence.ages import AGES, SEVERITIES, age_of, by_age
from evidence.earlier import in_force
from evidence.findings import changes_since_signed
from evidence.forms import FindingFilter
from evidence.guided.measuring import path
from evidence.nextstep import next_step
from ismsroles.core import clock, exports
from ismsroles.core import findings as registry
from ismsroles.core.access import may, require
from ismsroles.core.paging import page_of, typed
from raci.queries.pitfalls import among
from roles.queries.chips import Chip

SEE, MEND = "evidence.findings.see", "roles-document.prepare"
SHOWN_FIRST = 12


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How well roles are held, and what to put right first."""
    require(request.user, SEE)
    day, found = clock.today(), registry.current()
    waiting, mends = list(queries.pending(request.user)[:9]), may(request.user, MEND)
    context = {
        "day": day,
        "tally": queries.tally(day, found),
        "found": [queries.shown(one, mends=mends) for one in found[:SHOWN_FIRST]],
        "total": len(found),
        "by_age": by_age(found),
        "ages": AGES.values(),
        "waiting": waiting[:8],
        "more_waiting": len(waiting) > 8,
        "version": in_force(),
        "open_version": queries.open_version(request.user),
        "changes": changes_since_signed(day),
        "step": next_step(request.user, found),
        "path": path(day, found) if may(request.user, "evidence.path.see") else None,
        "pitfalls": [(one, _worst(one.found, mends)) for one in among(found)],
    }
    return render(request, "evidence/overview.html", context)


def _worst(found: tuple[registry.Finding, ...], mends: bool) -> queries.Shown | None:
    return queries.shown(found[0], mends=mends) if found else None


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Everything that is wrong today, worst first, with the place where it is mended."""
    require(request.user, SEE)
    everything = registry.current()
    form = FindingFilter(request.GET, rules=_rules(everything))
    narrowed = _narrowed(everything, **form.asked())
    severity = typed(request, "severity") if typed(request, "severity") in _words() else ""
    mends = may(request.user, MEND)
    rows = [queries.shown(one, mends=mends) for one in narrowed if severity in ("", one.severity)]
    context = {
        "page_obj": page_of(request, rows),
        "filter": form,
        "chips": _chips(request, narrowed, severity),
        "total": len(everything),
        "query": request.GET.urlencode(),
    }
    return render(request, "evidence/findings.html", context)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The findings as a spreadsheet."""
    require(request.user, SEE)
    headers = [_("Rule"), _("How serious"), _("Clause"), _("What is wrong"), _("Detail"), _("Since")]
    words = _words()
    rows = [[f.rule, words[f.severity], f.clause, f.sentence, f.detail, f.since] for f in registry.current()]
    if form == "csv":
        content, kind = exports.csv_bytes(headers, rows), exports.CSV_TYPE
    elif form == "xlsx":
        content, kind = exports.xlsx_bytes(_("Findings"), headers, rows), exports.XLSX_TYPE
    else:
        raise Http404
    name = f"findings-{clock.today().isoformat()}.{form}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _words() -> dict[str, Any]:
    return SEVERITIES


def _rules(found: list[registry.Finding]) -> list[tuple[str, str]]:
    broken = {one.rule for one in found}
    return sorted(
        ((rule.id, str(rule.title)) for rule in registry.rules() if rule.id in broken), key=lambda row: row[1]
    )


def _narrowed(found: list[registry.Finding], q: str, rule: str, age: str) -> list[registry.Finding]:
    words = q.casefold()
    fitting = [one for one in found if rule in ("", one.rule) and age in ("", age_of(one))]
    return [one for one in fitting if words in f"{one.sentence} {one.detail}".casefold()]


def _chips(request: HttpRequest, found: list[registry.Finding], chosen: str) -> list[Chip]:
    """All, and each severity, with its count; the other filters stay."""
    chips = []
    for severity, label in {"": _("All"), **_words()}.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["severity"] = severity
        count = sum(severity in ("", one.severity) for one in found)
        chips.append(Chip(label, f"?{query.urlencode()}", count, severity == chosen))
    return chips
