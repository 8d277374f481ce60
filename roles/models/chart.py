"""Who keeps the organisation chart current, what was restructured, and who confirmed the chart since (coverage R8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models.people import Area, Person
from roles.models.register import Role
from roles.models.text import plain_text


class ChartKeeping(models.Model):
    """The one role whose holder keeps the organisation chart current."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    role = models.ForeignKey(
        Role, verbose_name=_("role that keeps the chart current"), on_delete=models.PROTECT, related_name="keeps_chart"
    )
    history = HistoricalRecords()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_role_keeps_the_chart")]

    def __str__(self) -> str:
        return str(self.role)


class ChartConfirmation(models.Model):
    """Somebody looked at the reporting lines and says that they are right: what they saw, and when. Written once."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=160)  # its title on that day
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField(default=dict)  # role → line, as it was shown
    remark = models.TextField(_("remark"), max_length=1000, blank=True, validators=[plain_text])

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("chart-confirmation", args=[self.pk])


class Restructure(models.Model):
    """A change of who does what and who reports to whom, after which the chart has to be confirmed. Its words are written once."""

    STATES = [("open", _("to be confirmed")), ("confirmed", _("confirmed")), ("withdrawn", _("withdrawn"))]

    day = models.DateField(_("day"), help_text=_("The day from which it is so."))
    what = models.TextField(
        _("what changed"), max_length=1000, validators=[plain_text], help_text=_("In a sentence or two.")
    )
    state = models.CharField(max_length=10, choices=STATES, default="open", editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(editable=False)
    confirmation = models.ForeignKey(
        ChartConfirmation, null=True, on_delete=models.PROTECT, related_name="restructures", editable=False
    )
    areas = models.ManyToManyField(Area, verbose_name=_("areas touched"), through="RestructureArea", blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmation__isnull=False)
                | (~Q(state="confirmed") & Q(confirmation=None)),
                name="a_confirmed_restructure_has_its_confirmation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()}: {self.what}"

    def clean(self) -> None:
        refuse_far_off(self)


class RestructureArea(models.Model):
    """This restructure touches that area. Written once."""

    restructure = models.ForeignKey(Restructure, on_delete=models.PROTECT, related_name="touched")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="restructures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restructure", "area"], name="an_area_is_touched_once")]

    def __str__(self) -> str:
        return str(self.area)
