"""What is wrong with the management review team (T1, T4; clause 9.3)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from reviews.queries.team import Place, Team, charter, team
from roles.models import Area, Assignment, Authority, Role
from roles.queries.register import last_day_of
from roles.terms import day_before, in_words

Found = Iterator[dict[str, Any]]
LEAVING_DAYS = 30


def _at_team(
    sentence: str, action: str, *, detail: str = "", since: date | None = None, url: str = ""
) -> dict[str, Any]:
    return {"sentence": sentence, "url": url or reverse("team"), "action": action, "detail": detail, "since": since}


def propose_link(team: Team, place: Place, seat: str = "primary") -> str:
    """Where somebody is proposed for this place; the proposal that waits, if there is one."""
    waiting = next((one for one in place.proposed if one.seat == seat), None)
    if waiting is not None:
        return waiting.get_absolute_url()
    asked = {"role": team.charter.role_id, "seat": seat} | ({"area": place.area.pk} if place.area else {})
    return f"{reverse('propose')}?{urlencode(asked)}"


def _places(day: date) -> Iterator[tuple[Team, Place]]:
    found = team(day)
    for place in found.places if found else ():
        yield found, place


@rule("T1.rules", title=gettext_lazy("The management review team is not set up"), clause="9.3", severity="warn")
def no_rules(day: date) -> Found:
    """It is written down who the team is, who leads it and when it can decide (T1). Asked once such a role is in force."""
    if charter() is None and Role.objects.active().filter(starter_key="management_review_team").exists():
        yield _at_team(
            _("Nothing says how the management review team is led and when it can decide."),
            _("Write it down"),
            url=reverse("team-edit"),
        )


@rule("T1.area", title=gettext_lazy("An area is not represented"), clause="9.3", severity="stop")
def area_without_member(day: date) -> Found:
    """Each area in scope has a representative in the team (T1)."""
    for found, place in _places(day):
        if place.area is not None and place.area.in_scope and place.is_empty:
            last = last_day_of(place.last) if place.last else None
            sentence = _("%(area)s has no representative in the %(team)s.") % {
                "area": place.area,
                "team": found.charter,
            }
            detail = _gone(place.last, last) if place.last and last else ""
            since = last + timedelta(days=1) if last else None
            action = (
                _("Open the proposal")
                if any(one.seat == "primary" for one in place.proposed)
                else _("Propose somebody")
            )
            yield _at_team(sentence, action, detail=detail, since=since, url=propose_link(found, place))


def _gone(seat: Assignment, last: date) -> str:
    left = seat.person.last_day is not None and seat.person.last_day <= last
    words = {"person": seat.person, "day": in_words(last)}
    return (_("%(person)s left on %(day)s.") if left else _("%(person)s represented it until %(day)s.")) % words


@rule("T1.deputy", title=gettext_lazy("A representative has no deputy"), clause="9.3", severity="warn")
def member_without_deputy(day: date) -> Found:
    """Each representative has a deputy (T1, A7)."""
    for found, place in _places(day):
        if place.area is not None and place.members and not place.deputies:
            words = {"person": place.members[0].person, "area": place.area}
            sentence = _("%(person)s, who represents %(area)s, has no deputy.") % words
            yield _at_team(sentence, _("Propose a deputy"), url=propose_link(found, place, "deputy"))


@rule("T1.leaving", title=gettext_lazy("A representative goes and nobody follows"), clause="9.3", severity="warn")
def member_goes(day: date) -> Found:
    """Who follows is known before a representative goes (A6, A9)."""
    for found, place in _places(day):
        ends = [last_day_of(member) for member in place.members]
        if place.area is None or not ends or None in ends or max(ends) > day + timedelta(days=LEAVING_DAYS):
            continue
        if not _follows(found, place, max(ends)):
            words = {"area": place.area, "day": in_words(max(ends) + timedelta(days=1))}
            yield _at_team(
                _("%(area)s has no representative from %(day)s on.") % words,
                _("Propose somebody"),
                url=propose_link(found, place),
            )


def _follows(found: Team, place: Place, end: date) -> bool:
    rows = Assignment.objects.approved().filter(role=found.charter.role_id, area=place.area, seat="primary")
    return rows.filter(starts_on__gt=day_before(end)).exclude(pk__in=[one.pk for one in place.members]).exists()


@rule("T1.two", title=gettext_lazy("An area has several representatives"), clause="9.3", severity="warn")
def two_members(day: date) -> Found:
    """One representative for each area, so that it is clear who speaks for it (T1)."""
    for _found, place in _places(day):
        if place.area is not None and len(place.members) > 1:
            names = ", ".join(str(one.person) for one in place.members)
            sentence = _("%(area)s has several representatives: %(names)s.") % {"area": place.area, "names": names}
            yield _at_team(sentence, _("End one term"), url=place.members[-1].get_absolute_url())


@rule("T1.same", title=gettext_lazy("A deputy has a place of their own"), clause="9.3", severity="note")
def deputy_is_member(day: date) -> Found:
    """A deputy who is a member as well cannot sit in two places at once (T1, A7)."""
    for found, place in _places(day):
        sits = {seat.person_id: other.label for other in found.places for seat in other.members if other is not place}
        for deputy in place.deputies:
            if deputy.person_id in sits and place.area is not None:
                words = {
                    "person": deputy.person,
                    "area": place.area,
                    "own": sits[deputy.person_id] or _("the whole organisation"),
                }
                sentence = _(
                    "%(person)s is the deputy for %(area)s and speaks for %(own)s as well: one place stays empty."
                )
                yield _at_team(sentence % words, _("Propose another deputy"), url=propose_link(found, place, "deputy"))


@rule("T1.senior", title=gettext_lazy("Senior management is not in the team"), clause="9.3", severity="stop")
def no_senior(day: date) -> Found:
    """At least one member comes from senior management (T1)."""
    found = team(day)
    if found and found.seats and not found.senior_members:
        sentence = _("Nobody of senior management is a member of the %(team)s.") % {"team": found.charter}
        yield _at_team(
            sentence, _("Open the team"), detail=_("The team cannot decide what only senior management may.")
        )


@rule(
    "T1.ism", title=gettext_lazy("The information security manager is not in the team"), clause="9.3", severity="warn"
)
def no_ism(day: date) -> Found:
    """The information security manager reports to the team, so is at the table (T5)."""
    found = team(day)
    if found and found.seats and found.isms and not found.isms & {seat.person_id for seat in found.seats}:
        sentence = _("The information security manager is not a member of the %(team)s.") % {"team": found.charter}
        yield _at_team(sentence, _("Open the team"))


@rule("T1.chair", title=gettext_lazy("Nobody chairs the team"), clause="9.3", severity="warn")
def no_chair(day: date) -> Found:
    """Somebody leads the meetings and signs their minutes (T3)."""
    found = team(day)
    if found and found.seats and found.chair is None:
        role = found.charter.chair_role
        detail = (
            _("%(role)s would chair it, but its holder is not a member.") % {"role": role}
            if role
            else _("No role is named for it.")
        )
        yield _at_team(_("Nobody chairs the %(team)s.") % {"team": found.charter}, _("Open the team"), detail=detail)


@rule("T1.board", title=gettext_lazy("The board and the team"), clause="9.3", severity="warn")
def board_not_written(day: date) -> Found:
    """How the board is represented, and what it passed on to the team, is written down with its decision (T1)."""
    rules = charter()
    if rules is None:
        return
    if not rules.board.strip() and rules.board_role_id is None:
        yield _at_team(
            _("Nothing says how the board takes part in the %(team)s.") % {"team": rules},
            _("Write it down"),
            url=reverse("team-edit"),
        )
    if not rules.delegated.strip():
        yield _at_team(
            _("Nothing says what the board passed on to the %(team)s.") % {"team": rules},
            _("Write it down"),
            url=reverse("team-edit"),
        )


@rule("T1.authority", title=gettext_lazy("The team may decide nothing"), clause="9.3", severity="warn")
def no_authority(day: date) -> Found:
    """The team's role has authorities with limits: its delegated authority is written down (T1, T4)."""
    rules = charter()
    if rules is not None and not Authority.objects.filter(role=rules.role_id).exists():
        sentence = _("The %(team)s has no authority written down.") % {"team": rules}
        yield _at_team(sentence, _("Write it down"), url=rules.role.get_absolute_url())


@rule("T1.scope", title=gettext_lazy("No area is in scope"), clause="4.3", severity="note")
def nothing_in_scope(day: date) -> Found:
    """Who must be represented follows from the areas in scope (T1)."""
    if charter() is not None and not Area.objects.filter(in_scope=True).exists():
        yield _at_team(
            _("No area is in scope, so nobody has to be represented."), _("Open the areas"), url=reverse("areas")
        )
