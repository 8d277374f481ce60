"""Teams as their list and page show them: who belongs, what they hold together, who of them is approved for it (A2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from ismsroles.core import scope
from roles.models import Area, Assignment, Role, Team, TeamMember
from roles.queries.register import last_day_of, standing_of
from roles.shown import shown
from roles.terms import OPEN_END


@dataclass
class Place:
    """One role that a team holds, will hold or is proposed for, with one seat for each member."""

    role: Role
    area: Area | None
    seats: list[Assignment] = field(default_factory=list)

    @property
    def starts_on(self) -> date:
        return min(seat.starts_on for seat in self.seats)

    @property
    def ends_on(self) -> date | None:
        """The last day of the term that reaches farthest; none when one is open."""
        last = max(seat.ends_on or OPEN_END for seat in self.seats)
        return None if last == OPEN_END else last

    @property
    def handle(self) -> Assignment:
        """One seat of it: pages name the place by that."""
        return self.seats[0]

    @property
    def waiting(self) -> list[Assignment]:
        """The members who wait for a decision."""
        return [seat for seat in self.seats if seat.state == "proposed"]


def places(team: Team, day: date) -> list[Place]:
    """What the team holds, will hold or is proposed for on `day` or later; one query."""
    rows = Assignment.objects.filter(team=team, state__in=["approved", "proposed"]).exclude(ends_on__lt=day)
    rows = rows.select_related("role", "area", "person", "team", "letter")
    return _places(rows.order_by("role__title", "area_id", "seat", "person__name_key", "pk"), day)


def _places(rows: Iterable[Assignment], day: date) -> list[Place]:
    found: dict[tuple[int, int | None], Place] = {}
    for seat in rows:
        seat.standing, seat.until = standing_of(seat, day), last_day_of(seat)
        if seat.standing in ("now", "coming", "waiting"):
            found.setdefault((seat.role_id, seat.area_id), Place(seat.role, seat.area)).seats.append(seat)
    for place in found.values():
        place.seats.sort(key=lambda seat: (seat.seat != "primary", seat.person.name_key))
    return list(found.values())


def listed(rows: QuerySet[Team], day: date) -> list[Team]:
    """Each team with its lead, how many belong to it, and what it holds: three queries."""
    seats = Assignment.objects.filter(team__isnull=False, state__in=["approved", "proposed"]).exclude(ends_on__lt=day)
    whole = rows.select_related("area").prefetch_related(
        Prefetch("members", TeamMember.objects.on(day).select_related("person"), to_attr="present"),
        Prefetch("assignments", seats.select_related("role", "area", "person"), to_attr="seats"),
    )
    teams = list(whole)
    for team in teams:
        team.lead = next((one for one in team.present if one.is_lead), None)
        team.places = _places(team.seats, day)
    return teams


def last_lead(team: Team) -> TeamMember | None:
    """Who led the team last."""
    rows = team.members.filter(is_lead=True, state="recorded").select_related("person")
    return rows.order_by("-starts_on", "-pk").first()


def day_after(lead: TeamMember | None) -> date | None:
    """Since when nobody leads it."""
    days = [day for day in (lead.ends_on, lead.person.last_day) if day is not None] if lead else []
    return min(days) + timedelta(days=1) if days else None


@dataclass(frozen=True)
class Belonging:
    """A member with the roles of the team for which nobody has proposed or approved them."""

    member: TeamMember
    standing: str
    lacks: list[Role]


def belonging(team: Team, held: list[Place], day: date) -> list[Belonging]:
    """Everybody who belongs, will or did; the present first."""
    rows = team.members.filter(state="recorded").select_related("person", "person__area")
    found = [Belonging(one, _standing(one, day), _lacks(one, held, day)) for one in rows.order_by("-starts_on", "pk")]
    order = ("now", "coming", "over")
    return sorted(found, key=lambda b: (order.index(b.standing), not b.member.is_lead, b.member.person.name_key))


def _standing(member: TeamMember, day: date) -> str:
    if member.is_current(day):
        return "now"
    return "coming" if member.starts_on > day else "over"


def _lacks(member: TeamMember, held: list[Place], day: date) -> list[Role]:
    if not member.is_current(day):
        return []
    seated = {
        (place.role.pk, place.area) for place in held for seat in place.seats if seat.person_id == member.person_id
    }
    return [place.role for place in held if (place.role.pk, place.area) not in seated]


def unapproved(day: date) -> list[tuple[TeamMember, Role]]:
    """Members of today whom nobody proposed or approved for a role that their team holds: two queries, read once for a request."""
    return scope.remember(("unapproved members", day), lambda: _unapproved(day))


def _unapproved(day: date) -> list[tuple[TeamMember, Role]]:
    rows = Assignment.objects.filter(team__isnull=False, state__in=["approved", "proposed"]).exclude(ends_on__lt=day)
    by_team: dict[int, list[Assignment]] = defaultdict(list)
    for seat in rows.select_related("role", "area", "person"):
        by_team[seat.team_id].append(seat)
    members = TeamMember.objects.on(day).filter(team__in=by_team).select_related("team", "person") if by_team else []
    return [(one, role) for one in members for role in _lacks(one, _places(by_team[one.team_id], day), day)]


def in_order(rows: QuerySet[Assignment]) -> list[Assignment]:
    """The seats of one proposal with all that a decision reads: the lead first, so that who steps back follows."""
    whole = rows.select_related(
        "role", "role__area", "person", "person__area", "area", "team", "proposed_by", "proposed_by_person"
    )
    return sorted(whole, key=lambda seat: (seat.seat != "primary", seat.person.name_key, seat.pk))


def shown_together(rows: Iterable[Assignment]) -> dict[str, Any]:
    """What a decider is shown of all of them: member → label → text (rule 2)."""
    return {f"{row.person} ({row.pk})": "\n".join(f"{a}: {b}" for a, b in shown(row).items()) for row in rows}
