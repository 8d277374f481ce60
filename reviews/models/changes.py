"""What people declare or report that leads to reviews: a restructure, a company bought, an anomaly (coverage V2, V4)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ismsroles.core.dates import refuse_far_off
from roles.models import Area, Person, Role
from roles.models.text import plain_text


class DeclaredChange(models.Model):
    """A change of the organisation that somebody declares: from which day, and what it touches. Written once."""

    KINDS = [
        ("restructure", _("the organisation is restructured")),
        ("acquisition", _("a company or part of one is bought")),
        ("other", _("another change that touches who answers for what")),
    ]

    kind = models.CharField(_("what happens"), max_length=12, choices=KINDS, default="restructure")
    day = models.DateField(_("day"), help_text=_("The day from which it is so."))
    what = models.TextField(
        _("what changes"), max_length=1000, validators=[plain_text], help_text=_("In a sentence or two.")
    )
    areas = models.ManyToManyField(Area, verbose_name=_("areas touched"), blank=True, related_name="+")
    roles = models.ManyToManyField(Role, verbose_name=_("roles touched"), blank=True, related_name="+")
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-declared_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.day.isoformat()}: {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("change-declared", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)


class Anomaly(models.Model):
    """Something in the running of the ISMS that went wrong because nobody, or the wrong one, answered for it (V4). Written once."""

    what = models.TextField(
        _("what happened"),
        max_length=2000,
        validators=[plain_text],
        help_text=_("What you saw, and where it was unclear who had to act. No names are needed."),
    )
    happened_on = models.DateField(_("when"))
    role = models.ForeignKey(
        Role,
        verbose_name=_("which role, if you know"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="anomalies",
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reported_by_person = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        verbose_name = _("anomaly")
        verbose_name_plural = _("anomalies")

    def __str__(self) -> str:
        return self.what if len(self.what) <= 80 else f"{self.what[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("anomaly", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)
