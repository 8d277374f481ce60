"""The dated exception of an organisation too small for two deciding people (design rule 1)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models.people import Person
from roles.models.text import plain_text


class ApproverExceptions(models.QuerySet):
    """Questions about exceptions in the words of the field."""

    def current(self, day: date) -> "ApproverExceptions":
        """In force on `day`; the last day counts."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None)


class ApproverException(models.Model):
    """While it is in force, the only approver may decide on what they proposed; never on what is about themself."""

    approver = models.ForeignKey(
        Person, verbose_name=_("the only approver"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(
        _("why nobody else can approve"),
        max_length=2000,
        validators=[plain_text],
        help_text=_("Such as how many people there are, and why nobody from outside was named."),
    )
    control = models.TextField(
        _("compensating control"),
        max_length=2000,
        validators=[plain_text],
        help_text=_("What somebody else checks instead, how often, and where that is written down."),
    )
    board_date = models.DateField(_("date of the decision"))
    board_reference = models.CharField(
        _("reference"), max_length=300, validators=[plain_text], help_text=_("Such as “Board minutes 2026-11, item 5”.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), help_text=_("It counts. At most twelve months after the first day."))

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by_person = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, editable=False)
    end_reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    history = HistoricalRecords()

    objects = ApproverExceptions.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("exception for the only approver")
        verbose_name_plural = _("exceptions for the only approver")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="exception_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(recorded_by_person=None) | ~Q(recorded_by_person=F("approver")),
                name="nobody_records_their_own_exception",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(control="") & ~Q(board_reference=""),
                name="exception_says_why_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return str(self.approver)

    def get_absolute_url(self) -> str:
        return reverse("approver-exception", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)

    def is_current(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.ended_at is None and self.starts_on <= day <= self.ends_on
