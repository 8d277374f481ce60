"""Pages of the year of reviews: the calendar with the load of each person, spreading, and how each kind is reviewed (V1)."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require
from ismsroles.core.paging import page_of
from reviews import reviewable, reviewers
from reviews.actions import settings as actions
from reviews.forms.reviews import SettingForm
from reviews.models import Setting
from reviews.queries import year
from reviews.views.reviews import crumbs
from roles.models import Role
from roles.terms import in_words
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
MOVES_SHOWN = 60


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The reviews of the coming twelve months, and how much that is for whom."""
    require(request.user, "reviews.see")
    day = clock.today()
    page = page_of(request, year.coming(day))
    kinds = {kind.key: kind.one for kind in reviewable.kinds()}
    context = {
        "loads": year.loads(day), "months": year.months(day), "page_obj": page, "day": day, "kinds": kinds,
        "keeps": may(request.user, "reviews.spread"),
    }  # fmt: skip
    return render(request, "reviews/calendar.html", context)


class _SpreadForm(forms.Form):
    """What was proposed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


@FORM
def spread(request: HttpRequest) -> HttpResponse:
    """Propose earlier days, so that the reviews of the year come evenly."""
    require(request.user, "reviews.spread")
    moves = year.spread(clock.today())
    shown = [(one.coming.label, in_words(one.coming.due_on), in_words(one.to)) for one in moves[:MOVES_SHOWN]]
    consequences = [
        _("%(n)d reviews come on an earlier day; none comes later than it was due.") % {"n": len(moves)},
        _("The year after counts from the day on which they are done."),
    ]
    return confirm_page(
        request, lambda **values: actions.spread(**values), done=_("%(it)s reviews come earlier."), to=reverse("review-calendar"),
        form=kept(request, _SpreadForm, initial={"seen": year.print_of(moves)}), heading=_("Spread the reviews of the year?"),
        lead=_("For each reviewer evenly over the time until the last of theirs."), consequences=consequences, change_rows=shown,
        action_label=_("Spread them"), harmless=True, cancel_url=reverse("review-calendar"),
        crumbs=crumbs((_("Calendar"), reverse("review-calendar"))),
    )  # fmt: skip


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """How often, by whom and with whom each kind is reviewed."""
    require(request.user, "reviews.see")
    found = reviewers.offices(clock.today())
    by = dict(Setting.REVIEWERS) | {"": ""}
    rows = [(kind, found.of(kind), _by(kind, found.of(kind), by)) for kind in reviewable.kinds()]
    return render(request, "reviews/settings.html", {"rows": rows, "keeps": may(request.user, "reviews.setting.keep")})


def _by(kind: reviewable.Kind, setting: Setting, words: dict[str, Any]) -> Any:
    return setting.role if setting.reviewer == "role" else words[setting.reviewer or kind.by]


@FORM
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """How one kind is reviewed."""
    kind = reviewable.kind_of(key)
    if kind is None:
        raise Http404
    require(request.user, "reviews.setting.keep")
    row = Setting.objects.filter(kind=key).first() or Setting(kind=key)
    return form_page(
        request, kept(request, SettingForm, instance=row, roles=Role.objects.active()),
        lambda **values: actions.change_setting(kind, **values), done=_("Saved."), to=reverse("review-settings"),
        heading=_("How this is reviewed: %(what)s") % {"what": kind.label}, action_label=_("Save"), cancel_url=reverse("review-settings"),
        lead=_("What is open stays with whoever has it; it counts from the next review on."),
        crumbs=crumbs((_("How it is reviewed"), reverse("review-settings"))),
    )  # fmt: skip
