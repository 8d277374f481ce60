"""Reviews of what is kept here: when each is due, why it was opened, who does it, what they saw and said (coverage V1–V4)."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core import events
from ismsroles.core.models import AuditEvent
from roles.models import Person, Role
from roles.models.text import plain_text

LIVE = ("open", "in_progress")


class Reviews(models.QuerySet):
    """Questions about reviews in the words of the field."""

    def live(self) -> "Reviews":
        return self.filter(state__in=LIVE)

    def overdue(self, day: date) -> "Reviews":
        return self.live().filter(due_on__lt=day)


class Review(models.Model):
    """One look at one thing by one person: is it still right? Opened by the register itself, by its date or by a change."""

    KINDS = [("periodic", _("yearly")), ("on_change", _("after a change"))]
    STATES = [
        ("open", _("open")),
        ("in_progress", _("begun")),
        ("done", _("done")),
        ("superseded", _("covered by another review")),
    ]
    OUTCOMES = [("right", _("still right")), ("change", _("to be changed")), ("retire", _("to be retired"))]

    kind = models.CharField(max_length=10, choices=KINDS)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    subject_label = models.CharField(max_length=300)  # as it was called when the review opened
    period = models.DateField()  # when it is due by the rule: what makes it this review and no other (rule 11)
    due_on = models.DateField()  # the same, or earlier when the reviews of the year were spread
    base_on = models.DateField(null=True)  # the last review, or the approval, from which the year counts
    opened_at = models.DateTimeField()
    reviewer = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="reviews_to_do")
    state = models.CharField(max_length=12, choices=STATES, default="open")
    told = models.PositiveSmallIntegerField(default=0)  # how far the telling has got: `dates.step`
    run = models.UUIDField(db_index=True)  # which sweep made it, so that a sweep knows its own rows

    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    completed_on = models.DateField(null=True)
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    completed_by_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    reason = models.TextField(max_length=2000, blank=True, validators=[plain_text])
    covers_all = models.BooleanField(default=False)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supersedes")

    objects = Reviews.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes = [
            models.Index(fields=["state", "due_on"], name="review_by_day"),
            models.Index(fields=["subject_kind", "subject_id"], name="review_of_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "period"],
                condition=Q(kind="periodic"),
                name="one_periodic_review_a_period",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=Q(state__in=LIVE),
                name="one_open_review_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(due_on__lte=F("period")), name="a_review_is_never_due_later"),
            models.CheckConstraint(
                condition=~Q(state="done")
                | (
                    ~Q(outcome="")
                    & Q(completed_on__isnull=False, completed_by__isnull=False, completed_by_person__isnull=False)
                ),
                name="a_review_that_is_done_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(state="superseded") | Q(superseded_by__isnull=False),
                name="a_superseded_review_names_the_other",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_label

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.pk])

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in LIVE

    def is_overdue(self, day: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.is_live and self.due_on < day


class Trigger(models.Model):
    """Why an on-change review was opened, or what joined it while it was open. Written once; only its review is added."""

    review = models.ForeignKey(Review, null=True, on_delete=models.PROTECT, related_name="triggers")
    key = models.CharField(max_length=120)  # the same change opens nothing twice
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    actor_name = models.CharField(max_length=200, blank=True)
    subject_label = models.TextField(blank=True)
    event = models.ForeignKey(AuditEvent, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    run = models.UUIDField(db_index=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["key"], name="a_change_counts_once")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The change as a sentence, in the reader's language."""
        told = AuditEvent(
            code=self.code, params=self.params, actor_name=self.actor_name, subject_label=self.subject_label
        )
        return told.sentence if self.code in events.codes() else self.code


class Stakeholder(models.Model):
    """Somebody whose view is asked for before the reviewer decides (V3)."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="stakeholders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_to_comment")

    class Meta:
        ordering = ["person__name_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="asked_once_about_a_review")]

    def __str__(self) -> str:
        return f"{self.person}: {self.review}"


class Covered(models.Model):
    """This thing was looked at in full on this day, by that review: from here its year counts. Written once."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    on = models.DateField()
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="covered")

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-on"], name="covered_newest")]
        constraints = [
            models.UniqueConstraint(fields=["review", "subject_kind", "subject_id"], name="covered_once_by_a_review")
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.on}"


class Earlier(models.Model):
    """A coming review that was moved to an earlier day, so that the reviews of a year are spread. Never a later one."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    period = models.DateField()
    due_on = models.DateField()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "period"], name="moved_once_a_period"),
            models.CheckConstraint(condition=Q(due_on__lt=F("period")), name="moved_earlier_never_later"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.due_on}"


class Setting(models.Model):
    """How one kind of thing is reviewed: how often, by whom, with whom. Without a row: each year, by the kind's own rule."""

    REVIEWERS = [
        ("", _("as is usual for this kind")),
        ("ism", _("the information security manager")),
        ("top_management", _("top management")),
        ("nearest", _("who is nearest: superior, line manager or owner")),
        ("role", _("the holder of the role below")),
    ]

    kind = models.CharField(max_length=20, unique=True, editable=False)
    months = models.PositiveSmallIntegerField(
        _("every … months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("Twelve at most: everything is reviewed at least once a year."),
    )
    reviewer = models.CharField(_("reviewed by"), max_length=20, choices=REVIEWERS, blank=True, default="")
    role = models.ForeignKey(
        Role, verbose_name=_("role"), null=True, blank=True, on_delete=models.PROTECT, related_name="reviews_set"
    )
    asks = models.BooleanField(
        _("ask those concerned"), default=True, help_text=_("Holders, deputies, owners and line managers may comment.")
    )
    also = models.ForeignKey(
        Role,
        verbose_name=_("ask this role too"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews_asked",
        help_text=_("Its holders may comment on each review of this kind."),
    )
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=12),
                name="reviewed_at_least_once_a_year",
                violation_error_message=_("Write a number of months from 1 to 12."),
            ),
            models.CheckConstraint(
                condition=~Q(reviewer="role") | Q(role__isnull=False),
                name="a_reviewing_role_is_named",
                violation_error_message=_("Choose the role whose holder reviews."),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
