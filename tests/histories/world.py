"""The small world in which a history happens; one run is one transaction, rolled back at its end."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from ismsroles.core import clock, scope
from ismsroles.core.errors import Refusal
from roles.models import Area, Person, Role, SeparationRule, Team
from tests import factories
from tests.conftest import _cast

BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)
PICK = st.integers(min_value=0, max_value=999)


def one_of(rows: Iterable, number: int) -> Any:
    """One of these rows, or none when there are none."""
    rows = list(rows)
    return rows[number % len(rows)] if rows else None


class Cast:
    """The cast, a second and a third approver, and a few roles: made once, put back after each run."""

    def __init__(self) -> None:
        with clock.at(BEGAN):
            factories.organisation()
            self.cast = _cast()
            top = factories.role("Chief operating officer", persona="top_management")
            home = factories.role("Head of operations", persona="top_management", area=self.cast.home)
            second = factories.person("Tilda Top", login=True, area=self.cast.home)
            third = factories.person("Theo Top", login=True, area=self.cast.home)
            factories.hold(top, second, approver=self.cast.top)
            factories.hold(home, third, approver=self.cast.top)
            factories.person("Nils New", area=self.cast.home, starts_on=(BEGAN + timedelta(days=20)).date())
            self.approvers = [self.cast.top, second.user, third.user]
            self.roles = [
                self.cast.roles.held, self.cast.roles.vacant, factories.role("Auditors", kind="many"), top,
                factories.role("Shift lead", area=self.cast.home),
            ]  # fmt: skip
            one, other = sorted([self.cast.roles.held, self.roles[2]], key=lambda role: role.pk)
            SeparationRule.objects.create(role_a=one, role_b=other, effect="block", why="Nobody audits their own work.")
            self.apart = (one.pk, other.pk)
            self.warns = SeparationRule.objects.create(
                role_a=self.cast.roles.vacant, role_b=self.roles[2], effect="warn", why="Better not."
            )
            self.team = Team.objects.create(name="Night watch")
            self.kept = {self.cast.people.ism.pk, self.cast.people.top.pk}  # somebody has to keep and to decide
            self.actors = [
                *self.approvers, self.cast.ism, self.cast.ism, self.cast.ism, self.cast.representative,
                self.cast.holder, self.cast.colleague, self.cast.administrator,
            ]  # fmt: skip
            self.people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
            self.areas = list(Area.objects.order_by("pk"))
            self.role_ids = [role.pk for role in self.roles]


class World:
    """What every step needs: today, somebody, something, and an attempt that may be refused."""

    made: Cast

    def open(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock, self.moment = None, BEGAN
        self.pass_days(0)
        self.waits = self.is_delegated = self.is_appointed = (
            False  # what the rules of the next step ask, looked up once
        )

    def close(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock.__exit__(None, None, None)

    def pass_days(self, days: int) -> None:
        self.moment += timedelta(days=days)
        if self.clock is not None:
            self.clock.__exit__(None, None, None)
        self.clock = clock.at(self.moment)
        self.clock.__enter__()
        self.has_changed = True

    def day(self, days: int):
        return self.moment.date() + timedelta(days=days)

    def person(self, number: int) -> Person:
        return Person.objects.select_related("area").get(pk=one_of(self.made.people, number))

    def leaver(self, number: int) -> Person:
        """Anybody but those who keep and decide, so that a history does not end in a register that nobody may touch."""
        return Person.objects.get(pk=one_of([pk for pk in self.made.people if pk not in self.made.kept], number))

    def role(self, number: int) -> Role:
        return Role.objects.select_related("area").get(pk=one_of(self.made.role_ids, number))

    def actor(self, number: int):
        return one_of(self.made.actors, number)

    def attempt(self, action: Callable[..., Any], *args: Any, **given: Any) -> Any:
        """What the action gives back; a refusal is an answer, and anything else that is raised is a fault.

        What is refused is rolled back here as it is by a request, so there is nothing new to look at."""
        try:
            with scope.opened(), transaction.atomic():
                done = action(*args, **given) or True
            self.has_changed = True
            return done
        except Refusal as refused:
            self.refused = refused
            return None
