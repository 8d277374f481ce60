"""The management review team as one reviewable thing: its rules, who sits on it for which area, and its meetings (V1; T1–T3)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.records.models import Version
from reviews.models import Charter, Meeting, TeamAction
from reviews.queries.team import Place, Team, team
from reviews.reviewable import Kind, Line, People, register
from reviews.subjects.common import first_written
from roles.terms import in_words

YEAR = timedelta(days=365)
SIGNED = ("published", "superseded")


def _team(day: date) -> QuerySet[Charter]:
    return Charter.objects.select_related("role", "chair_role", "senior_role", "board_role").annotate(
        since=first_written(Charter)
    )


def _chairs(rows: Sequence[Charter], day: date) -> People:
    """Whoever leads it does not say alone that it is right."""
    found = team(day) if rows else None
    chair = found.chair if found else None
    return {row.pk: [chair.person_id] if chair else [] for row in rows}


def _members(rows: Sequence[Charter], day: date) -> People:
    found = team(day) if rows else None
    return {row.pk: sorted(found.people) if found else [] for row in rows}


def team_lines(row: Charter, day: date) -> Iterator[Line]:
    """Rules, places, meetings of the past year, what it gave people to do."""
    yield from _rules(row)
    found = team(day)
    for place in found.places if found else ():
        if place.area is None or place.area.in_scope:
            yield _place(place, found)
    yield from _meetings(day)


def _rules(row: Charter) -> Iterator[Line]:
    change, group = reverse("team"), _("Its rules")
    leads = _("Chaired by: %(role)s") % {"role": row.chair_role or _("nobody yet")}
    yield Line("chair", group, leads, change_url=change)
    senior = _("Senior management, beside top management: %(role)s") % {"role": row.senior_role or "–"}
    yield Line("senior", group, senior, change_url=change)
    board = tuple(text for text in (row.board, row.delegated) if text)
    yield Line("board", group, _("How the board takes part, and what it passed on"), board, change_url=change)
    words = {"percent": row.quorum_percent, "months": row.every, "days": row.notice}
    text = _("Decides with %(percent)d%% of the areas; meets every %(months)d months; invited %(days)d days before")
    yield Line("quorum", group, text % words, change_url=change)


def _place(place: Place, found: Team) -> Line:
    who = ", ".join(str(seat.person) for seat in place.members) or _("nobody")
    deputies = ", ".join(str(seat.person) for seat in place.deputies) or _("nobody")
    facts = (_("Represented by: %(names)s") % {"names": who}, _("Deputy: %(names)s") % {"names": deputies})
    key = f"area-{place.area.pk}" if place.area else "whole"
    label = place.label or _("The whole organisation")
    return Line(key, _("Who sits on it"), label, facts, change_url=reverse("team"))


def _meetings(day: date) -> Iterator[Line]:
    signed = Version.objects.filter(pk=OuterRef("minutes"), state__in=SIGNED)
    rows = Meeting.objects.filter(
        starts_at__gte=clock.begin_of(day - YEAR), starts_at__lt=clock.begin_of(day + clock.DAY)
    )
    group = _("Its meetings since a year ago")
    held = list(rows.filter(state="held").annotate(is_signed=Exists(signed)).order_by("starts_at"))
    for one in held:
        fact = _("minutes are signed") if one.is_signed else _("minutes are not signed")
        text = _("%(meeting)s on %(day)s") % {"meeting": one, "day": in_words(one.day)}
        yield Line(f"meeting-{one.pk}", group, text, (fact,), change_url=one.get_absolute_url())
    if not held:
        yield Line("meetings", group, _("It has not met."), change_url=reverse("meetings"))
    late = TeamAction.objects.filter(state="open", due_on__lt=day).count()
    left = TeamAction.objects.filter(state="open").count()
    text = _("What it gave people to do: %(open)d open, %(late)d of them overdue") % {"open": left, "late": late}
    yield Line("actions", group, text, change_url=reverse("team-actions"))


TEAM = register(
    Kind(
        "team",
        gettext_lazy("Management review team and its meetings"),
        gettext_lazy("management review team"),
        _team,
        team_lines,
        url=lambda row: reverse("team"),
        concerned=_chairs,
        asked=_members,
        by="top_management",
        label_of="reviews.charter",
    )
)
