"""Rounds of short questions made from the register, and what people answered (coverage K5)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models import Area, Person, Role
from roles.models.text import plain_text


class Round(models.Model):
    """Everybody, an area or the holders of a role answer a few questions by a day."""

    title = models.CharField(_("title"), max_length=160, validators=[plain_text])
    area = models.ForeignKey(Area, verbose_name=_("for the area"), null=True, blank=True, on_delete=models.PROTECT)
    role = models.ForeignKey(Role, verbose_name=_("for the role"), null=True, blank=True, on_delete=models.PROTECT)
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("by"))
    closed_on = models.DateField(null=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("round of questions")
        verbose_name_plural = _("rounds of questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="round_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)
        if self.area_id and self.role_id:
            raise ValidationError({"role": _("Choose an area or a role, not both.")})

    @property
    def whom(self) -> str:
        """Who is asked, in words."""
        return str(self.role or self.area or _("everybody"))


class QuestionSheet(models.Model):
    """The questions that one person was given once, with the right answers and where each stands. Written once."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="question_sheets")
    questions = models.JSONField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.round}: {self.person}"


class AnswerSheet(models.Model):
    """What was answered, and how many of it are right. Written once."""

    sheet = models.OneToOneField(QuestionSheet, on_delete=models.PROTECT, related_name="answered")
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(right__lte=F("asked")), name="no_more_right_than_asked")]

    def __str__(self) -> str:
        return str(self.sheet)

    @property
    def is_shown(self) -> bool:
        """Four out of five show that it is clear."""
        return self.right * 5 >= self.asked * 4
