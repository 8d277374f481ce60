"""Teams: people named together, with a lead, who can hold a role together (coverage A2).

That a team holds a role is written as one assignment for each member (decision 17); here stands only who belongs to it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models.people import Area, Person
from roles.models.text import plain_text


class Team(models.Model):
    """Some people who do something together. What they may and must do follows from the roles that they hold."""

    STATES = [("active", _("in being")), ("retired", _("closed"))]

    name = models.CharField(_("name"), max_length=120, unique=True, validators=[plain_text])
    purpose = models.CharField(_("what for"), max_length=500, blank=True, validators=[plain_text])
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="teams"
    )
    state = models.CharField(max_length=10, choices=STATES, default="active", editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("work-team", args=[self.pk])


class Memberships(models.QuerySet):
    """Questions about who belongs to a team."""

    def on(self, day: date) -> "Memberships":
        """Who belongs on this day and is there; first and last day count."""
        return self.since(day).filter(
            Q(person__starts_on=None) | Q(person__starts_on__lte=day),
            Q(person__last_day=None) | Q(person__last_day__gte=day),
            starts_on__lte=day,
        )

    def since(self, day: date) -> "Memberships":
        """Who belongs on this day or later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), state="recorded")


class TeamMember(models.Model):
    """Somebody belongs to a team from the first to the last day, as its lead or not. Who becomes the lead gets a row of their own."""

    STATES = [("recorded", _("recorded")), ("taken_back", _("taken back"))]

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships")
    is_lead = models.BooleanField(_("leads the team"), default=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="recorded", editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(editable=False)
    # Cut short because the person leaves: the end that was agreed comes back if they stay after all.
    cut_by_leaving = models.BooleanField(default=False, editable=False)
    agreed_end = models.DateField(null=True, editable=False)
    history = HistoricalRecords()

    objects = Memberships.as_manager()

    class Meta:
        ordering = ["-is_lead", "person__name_key", "pk"]
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("work-team", args=[self.team_id])

    def clean(self) -> None:
        refuse_far_off(self)

    def is_current(self, day: date) -> bool:
        """Whether the person belongs on this day."""
        in_term = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return self.state == "recorded" and in_term and self.person.is_current(day)
