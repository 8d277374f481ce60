"""From the upload of a matrix to its import: the file waits, with how it is read and the answers, until somebody says go."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import shown, tabular
from ismsroles.core.access import require
from ismsroles.core.errors import Stale, WrongState
from raci.actions.importing import Result, write_matrix
from raci.models import WaitingFile
from raci.spreadsheet.plan import Plan, plan
from raci.spreadsheet.register import drafted

IMPORT = "raci.matrix.import"


@transaction.atomic
def keep(content: bytes, filename: str, *, actor, subject: str = "matrix") -> WaitingFile:
    """Read an upload and keep its cells for the preview; raises tabular.Unreadable. The upload itself is not stored."""
    require(actor, IMPORT)
    sheet = tabular.lines(content, filename)
    WaitingFile.objects.stale().delete()
    waiting = WaitingFile(subject=subject, uploaded_by=actor, name=filename[-200:])
    waiting.sheet = sheet
    waiting.save()
    return waiting


def correct(waiting: WaitingFile, *, reading: Mapping[str, Any], answers: Mapping[str, str], actor) -> bool:
    """Keep another way of reading, and answers about names; whether anything differs."""
    require(actor, IMPORT)
    kept = {name: answer for name, answer in {**waiting.answers, **answers}.items() if answer}
    if (dict(reading), kept) == (waiting.reading, waiting.answers):
        return False
    if waiting.reading.get("down") and reading.get("down", "") != waiting.reading["down"]:
        kept = {}  # the other way round: the answers were about other names
    waiting.reading, waiting.answers = dict(reading), kept
    waiting.save(update_fields=["reading", "answers"])
    return True


def preview(waiting: WaitingFile, *, lock: bool = False) -> Plan:
    """What importing this file would do now; raises Invalid when no matrix can be seen in it."""
    return plan(waiting.sheet, waiting.reading, waiting.answers, drafted(all_roles=True, lock=lock))


def seen(waiting: WaitingFile, planned: Plan, *, actor) -> str:
    """A token that says what this person was shown (rule 2)."""
    content = {"plan": planned.fingerprint, **{kind: str(count) for kind, count in planned.counts.items()}}
    return shown.seal(content, user_id=actor.pk, subject=f"matrix {waiting.pk}")


@transaction.atomic
def import_matrix(waiting: WaitingFile, *, token: str, actor) -> Result:
    """Import what the token says was shown; anything else is refused as a whole (Stale). Twice has the effect of once."""
    require(actor, IMPORT)
    locked = WaitingFile.objects.select_for_update().filter(pk=waiting.pk).first()
    if locked is None:
        raise WrongState(_("This file was imported already, or thrown away. Nothing was done."))
    content = shown.unseal(token, user_id=actor.pk, subject=f"matrix {waiting.pk}")
    planned = preview(locked, lock=True)
    if planned.fingerprint != content["plan"]:
        raise Stale(
            _("The matrix has changed since you looked. Nothing was imported; look again."),
            _differences(content, planned),
        )
    result = write_matrix(planned, actor=actor, source=locked.name)
    locked.delete()
    return result


def _differences(content: Mapping[str, str], planned: Plan) -> list[tuple[str, str, str]]:
    words = {
        "added": _("Letters added"), "changed": _("Letters changed"), "cleared": _("Letters cleared"),
        "activities": _("New activities"), "roles": _("New roles"), "refused": _("Refused"),
    }  # fmt: skip
    before = {words[kind]: content.get(kind, "") for kind in words}
    return shown.differences(before, {words[kind]: str(count) for kind, count in planned.counts.items()})


def throw_away(waiting: WaitingFile, *, actor) -> None:
    """Forget the file; nothing was changed by it."""
    require(actor, IMPORT)
    waiting.delete()
