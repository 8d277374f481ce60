"""Ask for the drafted matrix as a PDF: a worker makes it, nobody waits for it (M1)."""

import hashlib
import logging

from django.db import transaction
from django.utils.translation import get_language

from ismsroles.core import clock, outbox
from ismsroles.core.access import require
from ismsroles.core.models import Organisation
from raci.models import MatrixPrint
from raci.spreadsheet import export, printed
from raci.spreadsheet.register import Matrix, drafted

log = logging.getLogger(__name__)


def fingerprint(matrix: Matrix) -> str:
    """Says whether a print shows what stands in the matrix today."""
    organisation = Organisation.current()
    around = (organisation.name, organisation.accent, clock.today().isoformat(), get_language())
    return hashlib.sha256(export.as_json(matrix) + repr(around).encode()).hexdigest()


def latest() -> tuple[MatrixPrint | None, bool]:
    """The newest print without its content, and whether it shows the matrix as it is now."""
    newest = MatrixPrint.objects.fresh().defer("content").first()
    return newest, newest is not None and newest.fingerprint == fingerprint(drafted())


@transaction.atomic
def ask_for_pdf(*, actor) -> MatrixPrint:
    """Leave it to the worker. The same matrix is made once, however often it is asked for."""
    require(actor, "raci.draft.see")
    MatrixPrint.objects.stale().delete()
    newest, is_current = latest()
    if is_current and not newest.failed:
        return newest
    row = MatrixPrint.objects.create(fingerprint=fingerprint(drafted()), asked_by=actor)
    outbox.post("raci.print", {"print": row.pk}, key=f"matrix print:{row.pk}")
    return row


@outbox.handler("raci.print")
def _message(payload: dict) -> None:
    make_pdf(payload["print"])


def make_pdf(pk: int) -> None:
    """Make it once. Runs outside a transaction; a second run finds it done, and one that was thrown away is let be."""
    row = MatrixPrint.objects.filter(pk=pk, made_at=None, failed=False).first()
    if row is None:
        return
    matrix = drafted()
    try:
        row.content = printed.pdf(matrix)
    except Exception:
        log.exception("the matrix could not be printed")
        row.failed = True
    row.fingerprint, row.made_at = fingerprint(matrix), clock.now()
    row.save(update_fields=["content", "fingerprint", "made_at", "failed"])
