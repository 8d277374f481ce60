"""Days on which somebody is away, so that their deputies act (coverage A7). Why they are away is nobody's business here."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models.people import Person


class Absences(models.QuerySet):
    """Questions about absences."""

    def on(self, day: date) -> "Absences":
        """Those that last on this day; first and last day count."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), state="recorded", starts_on__lte=day)

    def overlapping(self, first: date, last: date | None) -> "Absences":
        """Those that share a day with these."""
        shared = self.filter(Q(ends_on=None) | Q(ends_on__gte=first), state="recorded")
        return shared if last is None else shared.filter(starts_on__lte=last)


class Absence(models.Model):
    """Somebody is away from the first to the last day; an open end is not known yet."""

    STATES = [("recorded", _("recorded")), ("taken_back", _("taken back"))]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="recorded", editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by_person = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)
    history = HistoricalRecords()

    objects = Absences.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("absences")

    def clean(self) -> None:
        refuse_far_off(self)
