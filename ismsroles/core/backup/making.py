"""Making a backup while people work: every table as it was at one moment."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from ismsroles.core import clock
from ismsroles.core.backup import FORMAT, MANIFEST, archive, rows
from ismsroles.core.models import LogSeal


def make(file: Path) -> dict[str, int]:
    """Write the whole installation into one file; returns how many rows and files it holds. Keys are not in it."""
    with archive.new(file) as out:
        counts = _tables(out)
        files = _uploads(out)
        out.archive.writestr(MANIFEST, json.dumps({**_about(), "parts": out.parts}, indent=1, sort_keys=True))
    return {"rows": counts, "files": files}


def shape() -> dict[str, list[str]]:
    """Which tables there are, and their columns: a backup fits where they are the same."""
    return {model._meta.label: [field.column for field in rows.columns(model)] for model in rows.tables()}


def _about() -> dict[str, object]:
    head = LogSeal.objects.first()
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "tables": shape(),
        "log_head": head.digest if head else "",
    }


def _tables(out: archive.Writer) -> int:
    """All tables inside one transaction that sees one moment only."""
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        counted = _Counted()
        for model in rows.tables():
            out.add(f"tables/{model._meta.label}.jsonl", counted(rows.lines(model)))
        return counted.n


class _Counted:
    """Counts what passes through."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.n += 1
            yield piece


def _uploads(out: archive.Writer) -> int:
    """Attached files. One that comes while this runs belongs to the next backup."""
    folder = Path(settings.MEDIA_ROOT)
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    for path in files:
        out.add(f"uploads/{path.relative_to(folder).as_posix()}", _pieces(path))
    return len(files)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(archive.CHUNK):
            yield piece
