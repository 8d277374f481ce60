"""What came of a review: what those asked said, what was seen and decided, and what follows from it (coverage V3)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from reviews.models.reviews import Review
from roles.models import Assignment, Person
from roles.models.text import plain_text


class Remark(models.Model):
    """What somebody who was asked says before the reviewer decides. Written once."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="remarks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what you think of it"), max_length=2000, validators=[plain_text])
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.text}"


class Record(models.Model):
    """What the reviewer saw and said, line by line, frozen as canonical JSON under its SHA-256. Written once."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="record")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)  # as what they did it, on that day

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.sha256


class FollowUps(models.QuerySet):
    """Questions about follow-ups in the words of the field."""

    def open(self) -> "FollowUps":
        return self.exclude(state="done")

    def overdue(self, day: date) -> "FollowUps":
        return self.open().filter(due_on__lt=day)


class FollowUp(models.Model):
    """One thing that a review says has to be changed or retired: who sees to it, by when, what came of it."""

    KINDS = [("change", _("to be changed")), ("retire", _("to be retired"))]
    STATES = [("open", _("open")), ("proposed", _("proposed")), ("done", _("done"))]

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="follow_ups")
    line = models.CharField(max_length=120)  # the key of the line, so that the next review knows it
    about = models.TextField()  # the line as it was
    kind = models.CharField(max_length=8, choices=KINDS)
    what = models.TextField(_("what has to be done"), max_length=2000, validators=[plain_text])
    owner = models.ForeignKey(
        Person, verbose_name=_("who sees to it"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    due_on = models.DateField(_("by"))
    url = models.CharField(max_length=300, blank=True)  # where the change begins
    state = models.CharField(max_length=8, choices=STATES, default="open")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )  # the proposal that it became
    result = models.TextField(_("what was done"), max_length=2000, blank=True, validators=[plain_text])
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    history = HistoricalRecords()

    objects = FollowUps.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(result="") & Q(closed_on__isnull=False, closed_by__isnull=False)),
                name="a_closed_follow_up_says_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return self.what if len(self.what) <= 80 else f"{self.what[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.review_id])

    def clean(self) -> None:
        refuse_far_off(self)

    def is_overdue(self, day: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.state != "done" and self.due_on < day
