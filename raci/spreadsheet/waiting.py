"""From the upload of a matrix to its import: the file waits, with how it is read and the answers, until somebody says go."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ismsroles.core import tabular
from ismsroles.core.waiting import Intake
from raci.actions.importing import write_matrix
from raci.models import WaitingFile
from raci.spreadsheet.plan import Plan, plan
from raci.spreadsheet.register import drafted

WORDS = {
    "added": _("Letters added"), "changed": _("Letters changed"), "cleared": _("Letters cleared"),
    "activities": _("New activities"), "roles": _("New roles"), "refused": _("Refused"),
}  # fmt: skip


def preview(waiting: WaitingFile, *, lock: bool = False) -> Plan:
    """What importing this file would do now; raises Invalid when no matrix can be seen in it."""
    return plan(waiting.sheet, waiting.reading, waiting.answers, drafted(all_roles=True, lock=lock))


MATRIX = Intake("raci.matrix.import", WaitingFile, preview, write_matrix, WORDS)


def keep(content: bytes, filename: str, *, actor, subject: str = "matrix") -> WaitingFile:
    """Read an upload and keep its cells for the preview; raises tabular.Unreadable."""
    return MATRIX.keep(tabular.lines(content, filename), filename, actor=actor, subject=subject)


def correct(waiting: WaitingFile, *, reading: Mapping[str, Any], answers: Mapping[str, str], actor) -> bool:
    """Keep another way of reading, and answers about names; whether anything differs."""
    kept = {name: answer for name, answer in {**waiting.answers, **answers}.items() if answer}
    if waiting.reading.get("down") and reading.get("down", "") != waiting.reading["down"]:
        kept = {}  # the other way round: the answers were about other names
    return MATRIX.correct(waiting, actor=actor, reading=dict(reading), answers=kept)
