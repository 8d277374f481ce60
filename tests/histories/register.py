"""Steps: roles come into force, are retired and come back; responsibilities move between them."""

from hypothesis.stateful import rule

from roles.actions import register
from roles.models import Responsibility
from tests.histories.world import PICK, World, one_of


class RegisterSteps(World):
    @rule(what=PICK)
    def retire_or_bring_back(self, what: int) -> None:
        """Rule 7: only a role that holds nothing goes out of force."""
        role = self.role(what)
        if role.state == "active":
            self.attempt(register.retire_role, role, actor=self.made.cast.ism)
            return
        if role.state == "retired":
            role = self.attempt(register.bring_back_role, role, actor=self.made.cast.ism)
        self.attempt(register.activate_role, role, actor=self.made.cast.ism)

    @rule(which=PICK, what=PICK)
    def move_a_responsibility(self, which: int, what: int) -> None:
        duty = one_of(Responsibility.objects.order_by("pk"), which)
        self.attempt(register.move_responsibility, duty, self.role(what), actor=self.made.cast.ism)
