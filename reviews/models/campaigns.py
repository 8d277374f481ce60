"""Campaigns "acknowledge version 3": one version, everybody who is there, a number of days (coverage K2)."""

from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.records.models import Artefact, Version
from roles.models import Person
from roles.models.text import plain_text


class Campaign(models.Model):
    """Everybody is asked to read one version and to say so. It is bound to the SHA-256 of the PDF in force when it was opened."""

    STATES = [("open", _("running")), ("closed", _("closed"))]

    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="campaigns")
    sha256 = models.CharField(max_length=64, editable=False)
    opened_on = models.DateField(editable=False)
    days = models.PositiveSmallIntegerField(
        _("days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(180)],
        help_text=_("Who joins later has as many days from their first one."),
    )  # fmt: skip
    state = models.CharField(max_length=6, choices=STATES, default="open", editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(state="open"), name="one_open_campaign_a_version",
                violation_error_message=_("This version is being acknowledged already."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | Q(state="closed", closed_on__isnull=False),
                name="a_closed_campaign_has_its_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.version)

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.pk])

    @property
    def about(self) -> str:
        """What its messages are about."""
        return f"campaign:{self.pk}:"

    def due_on(self, joined: date | None) -> date:
        """The last day for somebody who joined on this day."""
        return max(self.opened_on, joined or self.opened_on) + timedelta(days=self.days)


class Sheet(models.Model):
    """A paper on which people without a login acknowledged: where it is, or a copy of it. Written once."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sheets")
    signed_on = models.DateField(_("signed on"))
    reference = models.CharField(_("where the paper is"), max_length=300, blank=True, validators=[plain_text])
    file = models.ForeignKey(Artefact, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = _("signed sheet")
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(reference=""), name="a_sheet_can_be_found")
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.signed_on.isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("campaign-sheet", args=[self.pk])


class Reading(models.Model):
    """One person has read what a campaign is about: exactly the bytes with this SHA-256. Written once."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="readings")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, null=True, on_delete=models.PROTECT, related_name="readings")  # on paper

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("acknowledgement")
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.campaign}"
