"""A competence matrix or a register of trainings that somebody uploaded and has not imported yet."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock
from ismsroles.core.tabular import Table
from roles.models import ImportFile


class WaitingTable(models.Model):
    """The table of an uploaded file; gone after the import, or after a day. The upload itself is not kept."""

    KINDS = [("competence", _("competence")), ("training", _("training"))]
    KEPT = timedelta(hours=24)

    kind = models.CharField(max_length=12, choices=KINDS)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    rows = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def table(self) -> Table:
        """The table as it was read."""
        return ImportFile(content=self.content).table

    @table.setter
    def table(self, table: Table) -> None:
        packed = ImportFile()
        packed.table = table
        self.content, self.rows = packed.content, packed.rows
