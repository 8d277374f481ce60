"""The organisation chart (coverage R8): as a page, and as a picture to take away."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require
from ismsroles.core.paging import typed
from roles import drawing
from roles.nested import nested
from roles.queries import chart as queries
from roles.queries import keeping

SEE = {"roles": "roles.register.see", "people": "roles.people.see"}
LONGEST = 6000  # letters of a list of opened branches
LOOSE_SHOWN = 60


def _kind(request: HttpRequest) -> str:
    """Roles or people; asks whether the user may see it."""
    kind = request.GET.get("of", "") if request.GET.get("of") in queries.KINDS else "roles"
    require(request.user, SEE[kind])
    return kind


def _keys(request: HttpRequest, name: str) -> frozenset[int]:
    given = typed(request, name, LONGEST).split(".")
    return frozenset(int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 18)


def asked(request: HttpRequest) -> queries.Asked:
    """What the address says, as far as it makes sense."""
    return queries.Asked(
        words=typed(request, "q", 100), at=min(_keys(request, "at"), default=None), opened=_keys(request, "open"),
        shut=_keys(request, "shut"), everything=request.GET.get("all") == "1", vacant=request.GET.get("show") == "vacant",
    )  # fmt: skip


def _fold(request: HttpRequest, chart: queries.Chart) -> Callable[[int], str]:
    """The address of the same chart with one branch opened or shut."""

    def address(key: int) -> str:
        shut, opened = set(chart.asked.shut), set(chart.asked.opened)
        gone, come = (opened, shut) if key in chart.open else (shut, opened)
        gone.discard(key)
        come.add(key)
        query = QueryDict(mutable=True)
        for name in ("of", "q", "at", "all", "show"):
            if request.GET.get(name):
                query[name] = typed(request, name, 100)
        for name, keys in (("open", opened), ("shut", shut)):
            if keys:
                query[name] = ".".join(str(one) for one in sorted(keys))
        return f"{reverse('chart')}?{query.urlencode()}"

    return address


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """Who reports to whom: a picture that opens and shuts, and the same as a list."""
    kind = _kind(request)
    one = queries.read(kind, request.user, clock.today(), asked(request))
    fold = _fold(request, one)
    context = {
        "chart": one,
        "kind": kind,
        "picture": drawing.picture(one, fold=fold, label=_("Organisation chart")),
        "list": nested(one, fold),
        "loose": one.loose[:LOOSE_SHOWN],
        "loose_more": max(0, len(one.loose) - LOOSE_SHOWN),
        "first_found": next(iter(one.found), ""),
        "sees_people": may(request.user, SEE["people"]),
    } | _kept(request)
    return render(request, "roles/chart.html", context)


def _kept(request: HttpRequest) -> dict[str, object]:
    """Who keeps the chart current, and whether somebody has to confirm it."""
    return {
        "keeper": keeping.keeper(),
        "keepers": keeping.keepers(clock.today()),
        "confirmed": keeping.last_confirmation(),
        "waiting": keeping.unconfirmed().count(),
        "confirms": may(request.user, "roles.chart.confirm"),
        "keeps": may(request.user, "roles.chart.keep"),
    }


@require_safe
def chart_picture(request: HttpRequest) -> HttpResponse:
    """The whole chart as an SVG file."""
    kind = _kind(request)
    read = queries.read(kind, request.user, clock.today(), queries.Asked(everything=True))
    read.at_once = len(read.boxes) + 1
    response = HttpResponse(
        drawing.picture(read, label=_("Organisation chart")), content_type="image/svg+xml; charset=utf-8"
    )
    response["Content-Disposition"] = (
        f'attachment; filename="organisation-chart-{kind}-{clock.today().isoformat()}.svg"'
    )
    return response
