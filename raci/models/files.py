"""A list that somebody uploaded and has not imported yet: of assets, or a matrix."""

import json
import zlib
from datetime import timedelta

from django.conf import settings
from django.db import models

from ismsroles.core import clock
from ismsroles.core.tabular import Fault, Row, Sheet


class WaitingFiles(models.QuerySet):
    """Questions about uploaded lists."""

    def fresh(self) -> "WaitingFiles":
        """Not yet to be thrown away."""
        return self.filter(created_at__gt=clock.now() - WaitingFile.KEPT)

    def stale(self) -> "WaitingFiles":
        """Forgotten by whoever uploaded them."""
        return self.filter(created_at__lte=clock.now() - WaitingFile.KEPT)


class WaitingFile(models.Model):
    """The cells of an uploaded list, with how they are read and what was answered so far; gone after the import, or after a day.

    The upload itself is not kept: only the text that was read from it."""

    KEPT = timedelta(hours=24)
    SUBJECTS = [("assets", "assets"), ("matrix", "matrix")]

    subject = models.CharField(max_length=10, choices=SUBJECTS)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    rows = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    reading = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)

    objects = WaitingFiles.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def sheet(self) -> Sheet:
        """The cells as they were read, line by line."""
        kept = json.loads(zlib.decompress(bytes(self.content)))
        rows = [Row(number, cells, tuple(Fault(*fault) for fault in faults)) for number, cells, faults in kept["rows"]]
        return Sheet(rows, kept["notes"])

    @sheet.setter
    def sheet(self, sheet: Sheet) -> None:
        rows = [[row.number, row.cells, [[one.column, one.sentence] for one in row.faults]] for row in sheet.lines]
        kept = {"rows": rows, "notes": [str(note) for note in sheet.notes]}
        self.content = zlib.compress(json.dumps(kept, ensure_ascii=False).encode("utf-8", errors="replace"))
        self.rows = len(rows)
