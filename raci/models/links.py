"""Links under which the published matrix, or one signed version, is read without signing in (coverage K1, K2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from ismsroles.records.models import Version
from roles.models.text import plain_text


class ReadingLink(models.Model):
    """A revocable link with an end date. Only the digest of its secret is kept; the secret is shown once."""

    purpose = models.CharField(
        _("for"),
        max_length=200,
        validators=[plain_text],
        help_text=_("Where the page is shown, or who gets the link."),
    )
    version = models.ForeignKey(
        Version, verbose_name=_("version"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )  # what it opens; without one, the published matrix
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(editable=False)
    ends_on = models.DateField(
        _("last day"), help_text=_("The link stops working after this day, at most a year from now.")
    )
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    uses = models.PositiveIntegerField(default=0, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    history = HistoricalRecords(excluded_fields=["uses", "last_used_at"])

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_link_names_who",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    def clean(self) -> None:
        refuse_far_off(self)
