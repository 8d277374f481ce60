"""Audit engagements: who may look at everything, from when to when (design §5)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off


class Engagements(models.QuerySet):
    """Questions about engagements in the words of the field."""

    def current(self, day: date) -> "Engagements":
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Engagement(models.Model):
    """An audit with named auditors and dates; their access begins and ends by itself."""

    name = models.CharField(_("audit"), max_length=160, help_text=_("Such as “Certification audit, stage 2”."))
    firm = models.CharField(_("audit firm"), max_length=160, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    history = HistoricalRecords()

    objects = Engagements.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        permissions = [("audit_engagement", "Reads the whole register while the engagement lasts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="engagement_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagement", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)


class EngagementUserObjectPermission(UserObjectPermissionBase):
    """The auditor's grant, on the engagement itself."""

    content_object = models.ForeignKey(Engagement, on_delete=models.CASCADE)


class EngagementGroupObjectPermission(GroupObjectPermissionBase):
    """Required beside it by django-guardian; groups are not used."""

    content_object = models.ForeignKey(Engagement, on_delete=models.CASCADE)


class Remark(models.Model):
    """What an auditor wrote beside an item of the checklist: a note of their own, or a request that is answered in place (D4)."""

    KINDS = [("note", _("Note for myself")), ("request", _("Request to the organisation"))]

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="remarks")
    item = models.CharField(max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default="note")
    text = models.TextField(_("text"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True, max_length=4000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(kind="request", answered_at__isnull=False), name="only_requests_are_answered"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Pack(models.Model):
    """An evidence pack that somebody asked for: built by a worker, chapter by chapter, kept as a file (D5)."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="packs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="packs/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return _("Evidence pack of %(audit)s, %(day)s") % {
            "audit": self.engagement,
            "day": self.asked_at.date().isoformat(),
        }

    @property
    def is_building(self) -> bool:
        """Whether a worker has it, or will."""
        return not self.sha256 and not self.fault
