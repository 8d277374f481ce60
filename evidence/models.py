"""Audit engagements: who may look at everything, from when to when (design §5)."""

from datetime import date

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
