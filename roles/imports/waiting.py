"""From the upload of a list to its import: the list waits, with its columns and answers, until somebody says go."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, shown, tabular
from ismsroles.core.access import require
from ismsroles.core.errors import Stale, WrongState
from roles.imports.applying import Result, changed, differences_in_counts, write
from roles.imports.columns import KNOWN, allowed, guess_mapping
from roles.imports.leavers import CHANGES
from roles.imports.plan import Plan, plan
from roles.models import ImportFile


@transaction.atomic
def keep(content: bytes, filename: str, *, actor, kind: str = CHANGES) -> ImportFile:
    """Read an upload and keep its table for the preview; raises tabular.Unreadable. The upload itself is not stored."""
    require(actor, "roles.people.import")
    table = tabular.read(content, filename, known=KNOWN)
    forget_stale()
    mapping = guess_mapping(table.headers, table.rows)
    waiting = ImportFile(uploaded_by=actor, name=filename[-200:], mapping=mapping, kind=kind)
    waiting.table = table
    waiting.save()
    return waiting


def correct(
    waiting: ImportFile, *, mapping: Mapping[str, str], answers: Mapping[str, str], actor, kind: str = ""
) -> bool:
    """Keep corrected columns, and answers by row number (an empty one takes an answer back); whether anything differs."""
    require(actor, "roles.people.import")
    table = waiting.table
    decisions = {number: answer for number, answer in {**waiting.decisions, **answers}.items() if answer}
    corrected = allowed(mapping, table.headers)
    kind = kind or waiting.kind
    if (corrected, decisions, kind) == (waiting.mapping, waiting.decisions, waiting.kind):
        return False
    if corrected != waiting.mapping:  # another reading of the file: the answers were about the old one
        decisions = {number: answer for number, answer in decisions.items() if number in answers}
    waiting.mapping, waiting.decisions, waiting.kind = corrected, decisions, kind
    waiting.save(update_fields=["mapping", "decisions", "kind"])
    return True


def preview(waiting: ImportFile, *, lock: bool = False) -> Plan:
    """What importing this list would do today; raises Invalid when its columns can't be used."""
    return plan(
        waiting.table, waiting.mapping, today=clock.today(), decisions=waiting.decisions, lock=lock, kind=waiting.kind
    )


def seen(waiting: ImportFile, planned: Plan, *, actor) -> str:
    """A token that says what this person was shown (rule 2)."""
    content = {"plan": planned.fingerprint, **{kind: str(count) for kind, count in planned.counts.items()}}
    return shown.seal(content, user_id=actor.pk, subject=f"import {waiting.pk}")


@transaction.atomic
def import_people(waiting: ImportFile, *, token: str, actor, confirmed: int | None = None) -> Result:
    """Import what the token says was shown; anything else is refused as a whole (Stale). Twice has the effect of once."""
    require(actor, "roles.people.import")
    locked = ImportFile.objects.select_for_update().filter(pk=waiting.pk).first()
    if locked is None:
        raise WrongState(_("This list was imported already, or thrown away. Nothing was done."))
    content = shown.unseal(token, user_id=actor.pk, subject=f"import {waiting.pk}")
    planned = preview(locked, lock=True)
    if planned.fingerprint != content["plan"]:
        raise Stale(changed(), differences_in_counts(content, planned))
    result = write(planned, actor=actor, source=locked.name, confirmed=confirmed)
    locked.delete()
    return result


def throw_away(waiting: ImportFile, *, actor) -> None:
    """Forget the list; nothing was changed by it."""
    require(actor, "roles.people.import")
    waiting.delete()


def forget_stale() -> int:
    """Forget lists that waited for more than a day."""
    return ImportFile.objects.stale().delete()[0]
