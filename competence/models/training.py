"""Training that closes a gap, training that everybody repeats, and the register of what was done (coverage C3, C5)."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competence.models.files import KeptFile
from competence.models.skills import Skill
from ismsroles.core import clock
from ismsroles.core.dates import refuse_far_off
from roles.models import Area, Person, Role
from roles.models.text import plain_text


class Actions(models.QuerySet):
    """Questions about training actions in the words of the field."""

    def still_open(self) -> "Actions":
        return self.filter(state="planned")

    def overdue(self, day: date) -> "Actions":
        return self.still_open().filter(due_on__lt=day)


class TrainingAction(models.Model):
    """What one person does to learn one thing: what, who sees to it, by when, what came of it."""

    STATES = [
        ("planned", _("planned")),
        ("done", _("done, effect not checked")),
        ("effective", _("done, and it helped")),
        ("ineffective", _("done, but it did not help")),
        ("cancelled", _("cancelled")),
    ]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="training")
    skill = models.ForeignKey(
        Skill, verbose_name=_("skill"), null=True, blank=True, on_delete=models.PROTECT, related_name="training"
    )
    role = models.ForeignKey(
        Role, verbose_name=_("for the role"), null=True, blank=True, on_delete=models.PROTECT, related_name="training"
    )
    what = models.CharField(
        _("what is done"),
        max_length=300,
        validators=[plain_text],
        help_text=_("Such as “course, two days” or “leads the January exercise”."),
    )
    owner = models.ForeignKey(
        Person, verbose_name=_("who sees to it"), on_delete=models.PROTECT, related_name="training_to_see_to"
    )
    due_on = models.DateField(_("by"))
    cost = models.DecimalField(
        _("cost"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In the organisation’s currency."),
    )
    state = models.CharField(max_length=12, choices=STATES, default="planned", editable=False)
    done_on = models.DateField(null=True, blank=True, editable=False)
    result = models.CharField(max_length=1000, blank=True, editable=False, validators=[plain_text])
    checked_on = models.DateField(null=True, blank=True, editable=False)
    check_note = models.CharField(max_length=1000, blank=True, editable=False, validators=[plain_text])
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField(editable=False)
    file = models.ForeignKey(KeptFile, null=True, blank=True, on_delete=models.PROTECT, related_name="training")
    history = HistoricalRecords()

    objects = Actions.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("training action")
        verbose_name_plural = _("training actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(done_on__isnull=False),
                name="training_done_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["effective", "ineffective"])
                | (Q(checked_on__isnull=False) & ~Q(check_note="")),
                name="training_check_says_what_was_seen",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0),
                name="training_cost_is_not_negative",
                violation_error_message=_("A cost is zero or more."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("training-action", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)

    def is_overdue(self, day: date) -> bool:
        return self.state == "planned" and self.due_on < day


class Course(models.Model):
    """Training that is repeated: by everybody, by the people of an area, or by the holders of a role."""

    title = models.CharField(_("title"), max_length=160, validators=[plain_text])
    description = models.TextField(_("what is learnt"), max_length=1000, blank=True, validators=[plain_text])
    area = models.ForeignKey(Area, verbose_name=_("for the area"), null=True, blank=True, on_delete=models.PROTECT)
    role = models.ForeignKey(Role, verbose_name=_("for the role"), null=True, blank=True, on_delete=models.PROTECT)
    every_months = models.PositiveSmallIntegerField(_("repeated every … months"), default=12)
    first_days = models.PositiveSmallIntegerField(
        _("days to take it the first time"),
        default=30,
        help_text=_("Counted from the first day in the organisation, or from when the course began."),
    )
    starts_on = models.DateField(_("begins on"))
    is_retired = models.BooleanField(default=False, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = [models.functions.Lower("title"), "pk"]
        verbose_name = _("recurring training")
        verbose_name_plural = _("recurring trainings")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("title"),
                condition=Q(is_retired=False),
                name="course_title_once",
                violation_error_message=_("There is a training with this title already."),
            ),
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=60),
                name="course_repeats_within_five_years",
                violation_error_message=_("Write a number of months from 1 to 60."),
            ),
            models.CheckConstraint(
                condition=Q(first_days__lte=365),
                name="course_first_within_a_year",
                violation_error_message=_("Write a number of days up to 365."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("course", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)
        if self.area_id and self.role_id:
            raise ValidationError({"role": _("Choose an area or a role, not both.")})


class TrainingRecord(models.Model):
    """One training that one person took: the register of trainings. Written once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="training_records")
    title = models.CharField(_("training"), max_length=300, validators=[plain_text])
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    action = models.ForeignKey(TrainingAction, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    done_on = models.DateField(_("done on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=300, blank=True, validators=[plain_text])
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)
    source = models.CharField(max_length=200, blank=True, editable=False)
    file = models.ForeignKey(KeptFile, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-done_on", "-pk"]
        verbose_name = _("training record")
        verbose_name_plural = _("training records")
        indexes = [models.Index(fields=["course", "person", "done_on"], name="record_of_course")]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"

    def clean(self) -> None:
        refuse_far_off(self)
        if self.done_on and self.done_on > clock.today():
            raise ValidationError({"done_on": _("This day is still to come. Write the day on which it was done.")})
        if self.valid_until and self.done_on and self.valid_until < self.done_on:
            raise ValidationError({"valid_until": _("It would have expired before it was done.")})
