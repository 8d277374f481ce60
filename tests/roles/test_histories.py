"""Random histories: whatever people do in whatever order, the rules hold and everything leaves its event (design §4, rules 1 to 8)."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, run_state_machine_as_test

from tests.histories.afterwards import AfterwardsSteps
from tests.histories.assignments import AssignmentSteps
from tests.histories.delegations import DelegationSteps
from tests.histories.people import PeopleSteps
from tests.histories.picture import Picture, nothing_was_lost
from tests.histories.register import RegisterSteps
from tests.histories.separation import SeparationSteps
from tests.histories.teams import TeamSteps
from tests.histories.world import Cast, World

BATCHES = 4
RUNS = int(os.environ.get("HISTORIES", "100"))  # on each database: 200 in CI, which runs both
STEPS = int(os.environ.get("STEPS", "40"))


class Histories(
    AfterwardsSteps,
    AssignmentSteps,
    DelegationSteps,
    PeopleSteps,
    RegisterSteps,
    SeparationSteps,
    TeamSteps,
    RuleBasedStateMachine,
):
    """All steps of all subjects, in any order."""

    is_open = False

    @initialize()
    def begin(self) -> None:
        self.open()
        self.is_open = True

    def teardown(self) -> None:
        if self.is_open:
            try:
                nothing_was_lost()
            finally:
                self.close()

    @invariant()
    def the_rules_hold(self) -> None:
        """After each step that was not refused, and each day that passed: what was refused is rolled back."""
        if not self.is_open or not self.has_changed:
            return
        picture = Picture(self.day(0))
        picture.hold()
        picture.nobody_unites(*self.made.apart)
        self.delegations_hold()
        if self.is_delegated:
            picture.delegations_stay_within()
        self.teams_hold()
        self.exceptions_hold()
        self.waits = any(seat.state == "proposed" for seat in picture.seats)
        self.is_appointed = any(seat.letter_state == "appointed" for seat in picture.seats)
        self.has_changed = False


@pytest.mark.django_db
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_rules_hold_in_random_histories(batch):
    World.made = Cast()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=max(1, RUNS // BATCHES),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
