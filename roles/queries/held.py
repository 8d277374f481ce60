"""The roles in force with all that is written about them and everybody in their seats: one picture for findings and documents.

A fixed number of queries, however many roles there are; read once for a request."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from ismsroles.core import clock, scope
from roles.models import Assignment, Authority, Responsibility, Role
from roles.queries.register import last_day_of

MUST_BE_HELD = ("5.3 a", "5.3 b")


@dataclass
class HeldRole:
    """One role in force, on one day."""

    role: Role
    day: date
    active_since: date | None = None
    duties: list[Responsibility] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)
    serves: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # authority → responsibilities
    seats: list[Assignment] = field(default_factory=list)  # approved or proposed, past and future ones too

    def now(self, seat: str) -> list[Assignment]:
        """Who sits there today, by name."""
        found = [a for a in self.seats if a.seat == seat and a.is_current(self.day)]
        return sorted(found, key=lambda a: (a.person.name_key, a.pk))

    @property
    def holders(self) -> list[Assignment]:
        return self.now("primary")

    @property
    def deputies(self) -> list[Assignment]:
        return self.now("deputy")

    @property
    def members(self) -> list[Assignment]:
        """Who holds it as a member of a team, beside the lead who is its holder (decision 17)."""
        return self.now("member")

    @property
    def is_vacant(self) -> bool:
        """Nobody holds it today; what everybody holds is never vacant."""
        return self.role.kind != "everyone" and not self.holders

    @property
    def waiting_holder(self) -> Assignment | None:
        """The proposal of a holder that waits for a decision."""
        return next((a for a in self.seats if a.state == "proposed" and a.seat == "primary"), None)

    @property
    def last_holder(self) -> Assignment | None:
        """Who held it last."""
        over = [a for a in self._approved_holders() if (last_day_of(a) or self.day) < self.day]
        return max(over, key=lambda a: (last_day_of(a), a.pk), default=None)

    @property
    def vacant_since(self) -> date | None:
        """The first day without a holder; None while somebody holds it."""
        if not self.is_vacant:
            return None
        return last_day_of(self.last_holder) + timedelta(days=1) if self.last_holder else self.active_since

    @property
    def vacant_from(self) -> date | None:
        """The first coming day without a holder, when the present ones all go and nobody follows (design rule 4)."""
        last_days = [last_day_of(a) for a in self.holders]
        if not last_days or None in last_days:
            return None
        end = max(last_days)
        follows = [
            a for a in self._approved_holders() if a.starts_on <= end + timedelta(days=1) and _lasts_beyond(a, end)
        ]
        return None if follows else end + timedelta(days=1)

    @property
    def duties_without_authority(self) -> list[Responsibility]:
        """Responsibilities that no authority serves (R3)."""
        served = {duty for duties in self.serves.values() for duty in duties}
        return [duty for duty in self.duties if duty.pk not in served]

    @property
    def authorities_serving_none(self) -> list[Authority]:
        """Authorities that serve no responsibility (R3)."""
        return [authority for authority in self.authorities if not self.serves.get(authority.pk)]

    def _approved_holders(self) -> list[Assignment]:
        return [a for a in self.seats if a.seat == "primary" and a.state == "approved"]


def _lasts_beyond(assignment: Assignment, day: date) -> bool:
    last = last_day_of(assignment)
    return last is None or last > day


def held_roles(day: date | None = None) -> list[HeldRole]:
    """Every role in force on `day` with duties, authorities and seats, by title."""
    day = day or clock.today()
    return scope.remember(("held roles", day), lambda: _read(day))


def unheld_clauses(day: date) -> list[tuple[str, str]]:
    """(clause, sentence) for 5.3 a and b where no current, approved person holds a role that serves it."""
    words = {
        "5.3 a": _("Nobody is responsible for the ISMS conforming to ISO/IEC 27001 (5.3 a)."),
        "5.3 b": _("Nobody is responsible for reporting the performance of the ISMS to top management (5.3 b)."),
    }
    served = {clause for held in held_roles(day) if held.holders for clause in held.role.clauses}
    return [(clause, words[clause]) for clause in MUST_BE_HELD if clause not in served]


def _read(day: date) -> list[HeldRole]:
    roles = Role.objects.active().select_related("area").annotate(since=_first_in_force()).order_by("title", "pk")
    found = {role.pk: HeldRole(role, day, active_since=_day_of(role.since)) for role in roles}
    for duty in Responsibility.objects.filter(role__state="active"):
        found[duty.role_id].duties.append(duty)
    for authority in _authorities():
        held = found[authority.role_id]
        if authority not in held.authorities[-1:]:
            held.authorities.append(authority)
        if authority.duty is not None:
            held.serves[authority.pk].append(authority.duty)
    seats = Assignment.objects.filter(role__state="active", state__in=["approved", "proposed"])
    for seat in seats.select_related("role", "person", "area", "team", "decided_by", "proposed_by").order_by("pk"):
        found[seat.role_id].seats.append(seat)
    return list(found.values())


def _authorities() -> QuerySet[Authority]:
    """Each once for every responsibility that it serves (`duty`), and once where it serves none."""
    rows = Authority.objects.filter(role__state="active").annotate(duty=F("serves"))
    return rows.order_by("position", "pk", "duty")


def _first_in_force() -> Subquery:
    known = Role.history.filter(id=OuterRef("pk"), state="active").order_by("history_date")
    return Subquery(known.values("history_date")[:1])


def _day_of(moment: datetime | None) -> date | None:
    return moment and moment.astimezone(clock.zone()).date()
