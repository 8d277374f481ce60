"""Meetings of the management review team: planned, held, minuted (coverage T2, T3, T5; clause 9.3)."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core import clock
from ismsroles.core.dates import refuse_far_off
from ismsroles.records.models import Version
from roles.models import Assignment, Person
from roles.models.text import plain_text

LONGEST = 24 * 60  # minutes
GIVEN_UP = ("rejected", "recalled")


class Meeting(models.Model):
    """One meeting. What was minuted does not change while its minutes are on their way or signed."""

    STATES = [("planned", _("planned")), ("held", _("held")), ("cancelled", _("cancelled"))]

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    starts_at = models.DateTimeField(_("begins"))
    lasts = models.PositiveSmallIntegerField(
        _("minutes it lasts"), default=120, validators=[MinValueValidator(15), MaxValueValidator(LONGEST)]
    )
    place = models.CharField(
        _("place"), max_length=300, validators=[plain_text], help_text=_("A room, or the address of a video call.")
    )
    state = models.CharField(max_length=10, choices=STATES, default="planned", editable=False)
    guests = models.TextField(
        _("guests"), max_length=1000, blank=True, validators=[plain_text], help_text=_("Who else came, one a line.")
    )
    closed_reason = models.TextField(max_length=1000, blank=True, editable=False, validators=[plain_text])
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the same for each invitation to it
    sequence = models.PositiveIntegerField(default=0, editable=False)  # rises with each change that was sent
    invited_at = models.DateTimeField(null=True, editable=False)
    minutes = models.ForeignKey(Version, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(condition=Q(lasts__gte=15, lasts__lte=LONGEST), name="a_meeting_lasts_some_minutes"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(closed_reason=""), name="a_cancelled_meeting_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Management review %(number)s") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.lasts)

    @property
    def day(self) -> date:
        """The day on which it begins, where the organisation is."""
        return self.starts_at.astimezone(clock.zone()).date()

    @property
    def is_minuted(self) -> bool:
        """Whether its minutes are frozen: on their way to the chair, or signed."""
        return self.minutes is not None and self.minutes.state not in GIVEN_UP


class OfMeeting(models.Model):
    """Something that stands in the minutes of one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="%(class)s_set")

    class Meta:
        abstract = True


class AgendaItem(OfMeeting):
    """One thing to go through; what the register knew of it is kept as it was at the meeting."""

    position = models.PositiveSmallIntegerField(default=0, editable=False)
    key = models.CharField(max_length=40, blank=True, editable=False)  # one of clause 9.3, or empty: our own
    clause = models.CharField(_("clause"), max_length=20, blank=True, editable=False)
    title = models.CharField(_("item"), max_length=200, validators=[plain_text])
    figures = models.JSONField(default=list, blank=True, editable=False)
    note = models.TextField(_("what was said"), max_length=4000, blank=True, validators=[plain_text])
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "key"], condition=~Q(key=""), name="an_item_stands_once_on_the_agenda"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(OfMeeting):
    """Who sat in one member's place: the member, the deputy, or nobody."""

    seat = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # None: nobody came
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="a_place_is_taken_once"),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="nobody_sits_in_two_places"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.seat}"

    @property
    def is_deputy(self) -> bool:
        return self.person_id is not None and self.person_id != self.seat.person_id


class Decision(OfMeeting):
    """What the team decided."""

    item = models.ForeignKey(
        AgendaItem, verbose_name=_("under"), null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    text = models.TextField(_("decision"), max_length=2000, validators=[plain_text])
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_decision_says_what")]

    def __str__(self) -> str:
        return self.text


class TeamAction(OfMeeting):
    """Something that the team gave somebody to do; it stands on each agenda until it is done."""

    STATES = [("open", _("open")), ("done", _("done")), ("dropped", _("given up"))]

    number = models.CharField(max_length=24, unique=True, editable=False)
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("under"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    text = models.TextField(_("what is to be done"), max_length=1000, validators=[plain_text])
    owner = models.ForeignKey(Person, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="team_actions")
    due_on = models.DateField(_("due"))
    state = models.CharField(max_length=10, choices=STATES, default="open", editable=False)
    result = models.TextField(
        _("what came of it"), max_length=1000, blank=True, editable=False, validators=[plain_text]
    )
    closed_on = models.DateField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None)
                | (~Q(state="open") & Q(closed_on__isnull=False) & ~Q(result="")),
                name="a_closed_action_says_what_came_of_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} “{self.text[:100].rstrip('.')}”"  # it stands in the middle of sentences

    def get_absolute_url(self) -> str:
        return reverse("team-action", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)


class ManagersReport(models.Model):
    """What the information security manager reports to the team (T5; clause 5.3 b)."""

    PARTS = ("audit_results", "incidents", "new_risks", "assigned_risks", "improvements")

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="report")
    audit_results = models.TextField(_("audit results"), max_length=4000, blank=True, validators=[plain_text])
    incidents = models.TextField(_("incidents"), max_length=4000, blank=True, validators=[plain_text])
    new_risks = models.TextField(_("new risks"), max_length=4000, blank=True, validators=[plain_text])
    assigned_risks = models.TextField(_("assigned risks"), max_length=4000, blank=True, validators=[plain_text])
    improvements = models.TextField(_("continual improvements"), max_length=4000, blank=True, validators=[plain_text])
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("report of the information security manager")

    def __str__(self) -> str:
        return f"{self.meeting}: {self._meta.verbose_name}"

    @property
    def missing(self) -> list[str]:
        """The parts that say nothing yet, by their names."""
        return [str(self._meta.get_field(name).verbose_name) for name in self.PARTS if not getattr(self, name).strip()]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(label, text) of every part."""
        return [(str(self._meta.get_field(name).verbose_name), getattr(self, name)) for name in self.PARTS]
