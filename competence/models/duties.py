"""Who has read what everybody must do, in which wording (coverage K6). Written once; another wording asks anew."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from competence.models.files import Paper
from roles.models import Person, Role


class SignedList(Paper):
    """A list on paper that people signed: who has no login reads and signs there. Written once."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    wording = models.CharField(max_length=64)
    signed_on = models.DateField(_("signed on"))


class Acknowledgement(models.Model):
    """One person has read the duties of a role that everybody holds, as they were worded."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acknowledgements")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="acknowledgements")
    wording = models.CharField(max_length=64)
    duties = models.JSONField()
    acknowledged_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_list = models.ForeignKey(
        SignedList, null=True, blank=True, on_delete=models.PROTECT, related_name="acknowledgements"
    )

    class Meta:
        ordering = ["-acknowledged_at", "-pk"]
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [models.UniqueConstraint(fields=["role", "wording", "person"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"
