"""From the upload of a list to its import: the table waits until somebody says go."""

from django.db import transaction
from django.utils.translation import gettext as _

from competence import imports
from competence.imports.applying import Result
from competence.imports.plan import Plan
from competence.models import WaitingTable
from ismsroles.core import clock, shown, tabular
from ismsroles.core.access import require
from ismsroles.core.errors import Stale, WrongState


@transaction.atomic
def keep(kind: str, content: bytes, filename: str, *, actor) -> WaitingTable:
    """Read an upload and keep its table for the preview; raises tabular.Unreadable. The upload itself is not stored."""
    require(actor, "competence.import")
    table = tabular.read(content, filename, known=imports.KNOWN)
    preview_of(kind, table)
    forget_stale()
    row = WaitingTable(kind=kind, uploaded_by=actor, name=filename[-200:])
    row.table = table
    row.save()
    return row


def preview_of(kind: str, table: tabular.Table) -> Plan:
    """What importing this table would do today; raises Invalid when its columns can't be used."""
    return imports.plan(kind, table, today=clock.today())


def seen(waiting: WaitingTable, planned: Plan, *, actor) -> str:
    """A token that says what this person was shown (rule 2)."""
    return shown.seal({"plan": planned.fingerprint}, user_id=actor.pk, subject=f"competence import {waiting.pk}")


@transaction.atomic
def import_table(waiting: WaitingTable, *, token: str, actor) -> Result:
    """Import what the token says was shown; anything else is refused as a whole. Twice has the effect of once."""
    require(actor, "competence.import")
    locked = WaitingTable.objects.select_for_update().filter(pk=waiting.pk).first()
    if locked is None:
        raise WrongState(_("This list was imported already, or thrown away. Nothing was done."))
    content = shown.unseal(token, user_id=actor.pk, subject=f"competence import {waiting.pk}")
    planned = preview_of(locked.kind, locked.table)
    if planned.fingerprint != content["plan"]:
        raise Stale(_("The register changed while you were reading. Nothing was imported. Look at the lines again."))
    result = imports.apply(planned, actor=actor, source=locked.name)
    locked.delete()
    return result


def throw_away(waiting: WaitingTable, *, actor) -> None:
    """Forget the list; nothing was changed by it."""
    require(actor, "competence.import")
    waiting.delete()


def forget_stale() -> int:
    """Forget lists that waited for more than a day."""
    return WaitingTable.objects.filter(created_at__lte=clock.now() - WaitingTable.KEPT).delete()[0]
