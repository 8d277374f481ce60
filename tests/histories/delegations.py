"""Steps: delegate, accept, decline, check, end."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ismsroles.core.shown import fingerprint
from roles.actions import delegations
from roles.models import Assignment, Delegation
from roles.queries.delegations import shown
from tests.histories.world import PICK, World, one_of


def _any(machine: World) -> bool:
    return machine.is_delegated


class DelegationSteps(World):
    @rule(which=PICK, to=PICK, starts=st.integers(0, 10), lasts=st.integers(1, 60))
    def delegate(self, which: int, to: int, starts: int, lasts: int) -> None:
        held = Assignment.objects.current(self.day(0)).filter(seat="primary", person__user__isnull=False)
        seat = one_of(held.select_related("role", "person__user").order_by("pk"), which)
        duty = one_of(seat.role.responsibilities.order_by("pk"), which) if seat is not None else None
        if duty is not None:
            self.attempt(
                delegations.offer_delegation, seat, delegate=self.person(to), responsibilities=[duty], actor=seat.person.user,
                starts_on=self.day(starts), ends_on=self.day(starts + lasts), every=1, unit="month",
            )  # fmt: skip

    @precondition(_any)
    @rule(which=PICK, declines=st.booleans())
    def answer_a_delegation(self, which: int, declines: bool) -> None:
        offered = Delegation.objects.filter(state="offered", delegate__user__isnull=False)
        one = one_of(
            offered.select_related("role", "holder", "delegate__user", "assignment__person").order_by("pk"), which
        )
        if one is not None:
            verb = delegations.decline_delegation if declines else delegations.accept_delegation
            self.attempt(verb, one, actor=one.delegate.user, seen_hash=fingerprint(shown(one)), reason="Because.")

    @precondition(_any)
    @rule(which=PICK, days=st.integers(-2, 30), by=PICK)
    def end_a_delegation(self, which: int, days: int, by: int) -> None:
        one = one_of(Delegation.objects.select_related("holder__user").order_by("pk"), which)
        actor = one.holder.user or self.actor(by)
        self.attempt(delegations.end_delegation, one, actor=actor, last_day=self.day(days), reason="Because.")

    def delegations_hold(self) -> None:
        """What is delegated ends with its holder's seat and with both people; nobody delegates to themself (A8, rule 5)."""
        columns = (
            "state",
            "holder_id",
            "delegate_id",
            "ends_on",
            "starts_on",
            "assignment__ends_on",
            "holder__last_day",
            "delegate__last_day",
        )
        rows = list(Delegation.objects.values_list(*columns))
        self.is_delegated = bool(rows)
        for state, holder, delegate, ends_on, starts_on, *lasts in rows:
            if state not in ("offered", "accepted"):
                continue
            assert holder != delegate
            for last in lasts:
                assert last is None or ends_on <= max(last, starts_on), (holder, delegate, ends_on, lasts)
