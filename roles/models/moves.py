"""Who moved within the organisation, and which roles from before were kept on purpose (A6)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from roles.models.assignments import Assignment
from roles.models.people import Person
from roles.models.text import plain_text


class Move(models.Model):
    """Somebody came to another area, job or line manager while holding roles. Written once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moves")
    what = models.TextField()  # "Area: Operations → Finance", frozen as it was
    moved_at = models.DateTimeField()
    moved_on = models.DateField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.what}"


class Kept(models.Model):
    """A role that stays with somebody after a move, and why. Written once."""

    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="kept")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="kept")
    reason = models.TextField(_("why it stays"), max_length=2000, validators=[plain_text])
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["move", "assignment"], name="kept_once_after_a_move"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="kept_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.reason}"
