"""A list of people that somebody uploaded and has not imported yet."""

import json
import zlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock
from ismsroles.core.tabular import Fault, Row, Table


class WaitingFiles(models.QuerySet):
    """Questions about uploaded lists."""

    def fresh(self) -> "WaitingFiles":
        """Not yet to be thrown away."""
        return self.filter(created_at__gt=clock.now() - ImportFile.KEPT)

    def stale(self) -> "WaitingFiles":
        """Forgotten by whoever uploaded them."""
        return self.filter(created_at__lte=clock.now() - ImportFile.KEPT)


class ImportFile(models.Model):
    """The table of an uploaded list, with its mapping and answers so far; gone after the import, or after a day.

    The upload itself is not kept: only the text that was read from it.
    """

    KEPT = timedelta(hours=24)
    LISTS = [("changes", _("changes only")), ("full", _("everybody"))]

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    rows = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    mapping = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    kind = models.CharField(_("what the list holds"), max_length=10, choices=LISTS, default="changes")

    objects = WaitingFiles.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def table(self) -> Table:
        """The table as it was read."""
        kept = json.loads(zlib.decompress(bytes(self.content)))
        rows = [Row(number, cells, tuple(Fault(*fault) for fault in faults)) for number, cells, faults in kept["rows"]]
        return Table(kept["headers"], rows, kept["notes"])

    @table.setter
    def table(self, table: Table) -> None:
        rows = [[row.number, row.cells, [[fault.column, fault.sentence] for fault in row.faults]] for row in table.rows]
        kept = {"headers": table.headers, "rows": rows, "notes": [str(note) for note in table.notes]}
        self.content = zlib.compress(json.dumps(kept, ensure_ascii=False).encode("utf-8", errors="replace"))
        self.rows = len(rows)
