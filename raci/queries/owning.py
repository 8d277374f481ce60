"""Everything that must have an owner, each with who answers for it on a day: one picture for findings, coverage and documents.

A fixed number of queries, however many assets and risks there are; read once for a request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from ismsroles.core import scope
from raci.models import Asset, Risk, RiskAcceptance
from roles.models import Person
from roles.queries.held import HeldRole, held_roles

SOON_DAYS = 30
PARTIES = ("owner_role", "owner_person")


@dataclass
class Owning:
    """One asset or risk, and its owner as it is on the day."""

    thing: Asset | Risk
    day: date
    seat: HeldRole | None = None  # the role that owns it, when that is in force
    acceptances: list[RiskAcceptance] = field(default_factory=list)  # not withdrawn, the newest first

    @property
    def kind(self) -> str:
        return self.thing.kind if isinstance(self.thing, Asset) else "risk"

    @property
    def state(self) -> str:
        """none, left, absent, vacant, leaves or held: how it stands with the owner."""
        if not self.thing.has_owner:
            return "none"
        return self._of_person(self.thing.owner_person) if self.thing.owner_person else self._of_role()

    @property
    def is_answered_for(self) -> bool:
        """Whether somebody who is there answers for it today."""
        return self.state in ("held", "leaves")

    @property
    def people(self) -> list[Person]:
        """Who answers for it today: the owner, or whoever holds the role that owns it."""
        if self.thing.owner_person is not None:
            return [self.thing.owner_person]
        return [a.person for a in self.seat.holders] if self.seat else []

    @property
    def ends_on(self) -> date | None:
        """The last day of an owner who leaves, or the last day before the role is vacant."""
        if self.thing.owner_person is not None:
            return self.thing.owner_person.last_day
        begins = self.seat.vacant_from if self.seat else None
        return begins - timedelta(days=1) if begins else None

    def _of_person(self, person: Person) -> str:
        if person.last_day is not None and person.last_day < self.day:
            return "left"
        if not person.is_current(self.day):
            return "absent"
        return self._leaving()

    def _of_role(self) -> str:
        if self.seat is None or self.seat.is_vacant:
            return "vacant"
        return self._leaving()

    def _leaving(self) -> str:
        last = self.ends_on
        return "leaves" if last is not None and last <= self.day + timedelta(days=SOON_DAYS) else "held"


def assets(day: date) -> list[Owning]:
    """Every asset in use."""
    return scope.remember(("owned assets", day), lambda: with_seats(_assets(), day))


def risks(day: date) -> list[Owning]:
    """Every risk that is not closed, with the acceptances that were not withdrawn."""
    return scope.remember(("owned risks", day), lambda: with_acceptances(with_seats(_risks(), day)))


def _assets() -> Iterable[Asset]:
    parties = ("area", "owner_role", "owner_person", "custodian_role", "custodian_person")
    return Asset.objects.kept().select_related(*parties).order_by("kind", "name_key", "pk")


def _risks() -> Iterable[Risk]:
    return Risk.objects.standing().select_related(*PARTIES).order_by("reference", "pk")


def with_seats(things: Iterable[Asset | Risk], day: date) -> list[Owning]:
    """Who holds the roles is read only when some role owns something."""
    found = [Owning(thing, day) for thing in things]
    if any(one.thing.owner_role_id for one in found):
        in_force = {held.role.pk: held for held in held_roles(day)}
        for one in found:
            one.seat = in_force.get(one.thing.owner_role_id)
    return found


def with_acceptances(found: list[Owning]) -> list[Owning]:
    """With the acceptances of these risks that were not withdrawn."""
    if not found:
        return found
    by_risk = {one.thing.pk: one for one in found}
    rows = RiskAcceptance.objects.filter(withdraws=None, withdrawn_by=None)
    rows = rows.filter(risk=found[0].thing) if len(found) == 1 else rows.filter(risk__closed_on=None)
    for row in rows.select_related("person").order_by("-accepted_on", "-pk"):
        if row.risk_id in by_risk:
            row.risk = by_risk[row.risk_id].thing
            by_risk[row.risk_id].acceptances.append(row)
    return found
