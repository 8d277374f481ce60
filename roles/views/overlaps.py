"""Pages of what is written twice or says nothing: the list, and two responsibilities side by side (R2, R3)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from roles.actions import wording as actions
from roles.forms.overlaps import KeepPairForm, MergePairForm
from roles.models import Responsibility
from roles.queries import wording as queries
from roles.queries.held import held_roles

SEE, KEEP = "roles.wording.see", "roles.role.keep"


@require_safe
def overlaps(request: HttpRequest) -> HttpResponse:
    """What two roles answer for, what says nothing, what nobody may carry out, what serves nothing."""
    require(request.user, SEE)
    pairs, held = queries.overlaps(), held_roles(clock.today())
    context = {
        "open": [pair for pair in pairs if pair.kept is None],
        "kept": [pair for pair in pairs if pair.kept is not None],
        "vague": queries.vague(),
        "bare": [
            (one.role, duty) for one in held if one.role.kind != "everyone" for duty in one.duties_without_authority
        ],
        "idle": [(one.role, row) for one in held for row in one.authorities_serving_none],
        "keeps": may(request.user, KEEP),
    }
    return render(request, "roles/overlaps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def overlap(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Two responsibilities side by side: merge, move, or keep with a reason."""
    require(request.user, SEE)
    if request.method == "POST":
        require(request.user, KEEP)
    pair = _pair(one, other)
    seen = {"seen": actions.both(*pair)}
    keep = KeepPairForm(request.POST if "keep" in request.POST else None, initial=seen, auto_id="keep_%s")
    merge = MergePairForm(
        request.POST if "merge" in request.POST else None,
        pair=pair,
        initial=seen | {"text": pair[0].text, "into": pair[0].pk},
        auto_id="merge_%s",
    )
    if request.method == "POST" and _done(request, pair, keep, merge):
        return redirect("overlaps")
    context = {"one": pair[0], "other": pair[1], "keep": keep, "merge": merge, "keeps": may(request.user, KEEP),
               "judged": _judged(pair)}  # fmt: skip
    return render(request, "roles/overlap.html", context, status=422 if request.method == "POST" else 200)


def _pair(one: int, other: int) -> tuple[Responsibility, Responsibility]:
    rows = queries.responsibilities()
    found = [rows[pk] for pk in sorted((one, other)) if pk in rows]
    if len(found) != 2 or found[0].role_id == found[1].role_id:
        raise Http404
    return found[0], found[1]


def _judged(pair: tuple[Responsibility, Responsibility]):
    rows = [row for row in queries.overlaps() if (row.one.pk, row.other.pk) == (pair[0].pk, pair[1].pk)]
    return rows[0].kept if rows else None


def _done(request: HttpRequest, pair: tuple, keep: KeepPairForm, merge: MergePairForm) -> bool:
    if (
        keep.is_bound
        and keep.is_valid()
        and attempt(keep, actions.keep_pair, *pair, actor=request.user, **keep.cleaned_data)
    ):
        said(request, _("Both stay. The pair comes back when one of the two is worded anew."))
        return True
    if merge.is_bound and merge.is_valid():
        made = attempt(merge, actions.merge_pair, *pair, actor=request.user, **merge.cleaned_data)
        if made:
            said(request, _("Merged into one responsibility of %(role)s.") % {"role": made.role})
        return bool(made)
    return False
