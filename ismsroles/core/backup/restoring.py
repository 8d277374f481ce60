"""Putting a backup back into an empty installation: all of it or nothing, and nobody is let in or written to by it."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, guards, log, outbox
from ismsroles.core.backup import archive, making, rows
from ismsroles.core.errors import Refusal
from ismsroles.core.models import Invitation, LogSeal, OutboxMessage, User

Told = Callable[[str], None]


def restore(file: Path, told: Told = lambda sentence: None) -> None:
    """Everything as it was: rows, files, the head of the log. Refused where something is already; the file is checked first.

    Nobody stays signed in, links that were on their way no longer open, and mails that waited are not sent."""
    if User.objects.exists():
        raise Refusal(_("This installation is not empty. Restore into a new, empty database."))
    with archive.opened(file) as backup:
        told(_("The file is whole: %(n)s parts.") % {"n": len(backup.manifest["parts"])})
        _same_shape(backup)
        _place_files(backup)
        with transaction.atomic():
            _rows(backup)
            _verify(backup)
            _let_nobody_in()
        told(_("Every row and file is what it was; the audit log holds."))


def _same_shape(backup: archive.Backup) -> None:
    if backup.manifest["tables"] != making.shape():
        raise Refusal(
            _(
                "This backup was made by another release. Install that release, restore there, and then upgrade (docs/operations.md)."
            )
        )


def _place_files(backup: archive.Backup) -> None:
    """Before the rows that name them: a file that nobody names does no harm, a name without its file does."""
    for name in backup.under("uploads"):
        backup.copy(name, Path(settings.MEDIA_ROOT) / name.removeprefix("uploads/"))


def _rows(backup: archive.Backup) -> None:
    """The guards judge changes that people make; rows that are put back were judged when they were written."""
    every = rows.tables()
    guards.lift()
    for model in every:
        rows.empty(model)
    for model in every:
        rows.write(model, backup.lines(f"tables/{model._meta.label}.jsonl"))
    rows.count_on(every)
    connection.check_constraints()  # also: PostgreSQL lets nobody touch a table whose checks are still to come
    guards.reinstall()


def _verify(backup: archive.Backup) -> None:
    """Read back from the database what was written, and work out the chain of the log."""
    for model in rows.tables():
        if rows.digest(model) != backup.manifest["parts"][f"tables/{model._meta.label}.jsonl"]:
            raise Refusal(
                _("“%(table)s” does not come back as it was. Nothing was restored.") % {"table": model._meta.label}
            )
    head = LogSeal.objects.first()
    if log.faults() or (head.digest if head else "") != backup.manifest["log_head"]:
        raise Refusal(_("The audit log in the backup does not hold. Nothing was restored."))


def _let_nobody_in() -> None:
    """What was on its way out when the backup was made is not sent again, and no old link opens."""
    now = clock.now()
    OutboxMessage.objects.filter(delivered_at=None, kind__in=outbox.outward()).update(
        delivered_at=now, payload={}, last_error="Not sent: it was waiting when the backup was made."
    )
    Invitation.objects.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
