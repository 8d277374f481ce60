"""The drafted matrix as a PDF that somebody asked for; made by a worker, gone after a day."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from ismsroles.core import clock


class Prints(models.QuerySet):
    """Questions about prints."""

    def fresh(self) -> "Prints":
        """Not yet to be thrown away."""
        return self.filter(asked_at__gt=clock.now() - MatrixPrint.KEPT)

    def stale(self) -> "Prints":
        """Older than a day."""
        return self.filter(asked_at__lte=clock.now() - MatrixPrint.KEPT)


class MatrixPrint(models.Model):
    """One PDF of the draft. It is no evidence: what is signed stands in the document."""

    KEPT = timedelta(hours=24)

    fingerprint = models.CharField(max_length=64, db_index=True)  # of what stood in the matrix when it was asked for
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, db_index=True)
    content = models.BinaryField(null=True)
    made_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)

    objects = Prints.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"rasci-{self.asked_at.astimezone(clock.zone()):%Y-%m-%d}"
