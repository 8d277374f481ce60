"""From the upload of a list of people to its import: it waits, with its columns and answers, until somebody says go."""

from collections.abc import Mapping

from ismsroles.core import clock, tabular
from ismsroles.core.waiting import Intake
from roles.imports.applying import write
from roles.imports.columns import KNOWN, allowed, guess_mapping
from roles.imports.leavers import CHANGES
from roles.imports.plan import KIND_LABELS, Plan, plan
from roles.models import ImportFile


def preview(waiting: ImportFile, *, lock: bool = False) -> Plan:
    """What importing this list would do today; raises Invalid when its columns can't be used."""
    return plan(
        waiting.table, waiting.mapping, today=clock.today(), decisions=waiting.decisions, lock=lock, kind=waiting.kind
    )


PEOPLE = Intake("roles.people.import", ImportFile, preview, write, KIND_LABELS)


def keep(content: bytes, filename: str, *, actor, kind: str = CHANGES) -> ImportFile:
    """Read an upload and keep its table for the preview; raises tabular.Unreadable."""
    table = tabular.read(content, filename, known=KNOWN)
    return PEOPLE.keep(table, filename, actor=actor, mapping=guess_mapping(table.headers, table.rows), kind=kind)


def correct(
    waiting: ImportFile, *, mapping: Mapping[str, str], answers: Mapping[str, str], actor, kind: str = ""
) -> bool:
    """Keep corrected columns, and answers by row number (an empty one takes an answer back); whether anything differs."""
    decisions = {number: answer for number, answer in {**waiting.decisions, **answers}.items() if answer}
    corrected = allowed(mapping, waiting.table.headers)
    if corrected != waiting.mapping:  # another reading of the file: the answers were about the old one
        decisions = {number: answer for number, answer in decisions.items() if number in answers}
    return PEOPLE.correct(waiting, actor=actor, mapping=corrected, decisions=decisions, kind=kind or waiting.kind)
