"""What a role's holder is expected to reach, and a gap with feedback and corrective action (coverage A10, design rule 15).

Who has a gap is known to the person, their line manager and the information security manager, and to nobody else."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competence.models.files import KeptFile
from ismsroles.core.dates import refuse_far_off
from roles.models import Person, Role
from roles.models.text import plain_text


class Expectation(models.Model):
    """What good performance of a role looks like, so that it can be measured."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="expectations")
    text = models.CharField(
        _("what is expected"),
        max_length=500,
        validators=[plain_text],
        help_text=_("So that it can be measured: how much, how often, by when."),
    )
    is_retired = models.BooleanField(default=False, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("expectation")
        verbose_name_plural = _("expectations")

    def __str__(self) -> str:
        return self.text


class PerformanceGap(models.Model):
    """Somebody does not reach what their role expects: what was seen, what was said, what is done about it, what came of it."""

    STATES = [("open", _("open")), ("closed", _("closed"))]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="performance_gaps")
    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="+")
    expectation = models.ForeignKey(
        Expectation, verbose_name=_("expectation"), null=True, blank=True, on_delete=models.PROTECT, related_name="gaps"
    )
    seen = models.TextField(_("what was seen"), max_length=2000, validators=[plain_text])
    feedback = models.TextField(
        _("feedback given"),
        max_length=2000,
        blank=True,
        validators=[plain_text],
        help_text=_("What was said, and when."),
    )
    action = models.TextField(_("corrective action"), max_length=2000, blank=True, validators=[plain_text])
    due_on = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="open", editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    noted_by_person = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    noted_on = models.DateField(editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField(max_length=2000, blank=True, editable=False, validators=[plain_text])
    file = models.ForeignKey(KeptFile, null=True, blank=True, on_delete=models.PROTECT, related_name="performance")
    history = HistoricalRecords()

    class Meta:
        ordering = ["state", "-noted_on", "-pk"]
        verbose_name = _("performance gap")
        verbose_name_plural = _("performance gaps")
        constraints = [
            models.CheckConstraint(
                condition=Q(noted_by_person=None) | ~Q(noted_by_person=F("person")), name="nobody_notes_their_own_gap"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | (Q(closed_on__isnull=False) & ~Q(outcome="") & ~Q(action="")),
                name="closed_with_action_and_evidence",
            ),
        ]

    def __str__(self) -> str:
        """Says nothing about anybody: it may stand where others read."""
        return f"PG-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("performance-gap", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)
