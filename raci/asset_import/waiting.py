"""From the upload of a list of assets to its import: it waits, with its columns and answers, until somebody says go."""

from collections.abc import Mapping

from ismsroles.core import clock, tabular
from ismsroles.core.waiting import Intake
from raci.asset_import.columns import KNOWN, allowed, guess_mapping
from raci.asset_import.plan import WORDS, Plan, plan
from raci.asset_import.writing import write
from raci.models import WaitingFile


def table_of(sheet: tabular.Sheet) -> tabular.Table:
    """The list under its headings."""
    return tabular.lay_out(sheet, KNOWN)


def mapping_of(waiting: WaitingFile, table: tabular.Table) -> dict[str, str]:
    """The columns as corrected, or as guessed."""
    return (
        allowed(waiting.reading["mapping"], table.headers)
        if "mapping" in waiting.reading
        else guess_mapping(table.headers)
    )


def preview(waiting: WaitingFile, *, lock: bool = False) -> Plan:
    """What importing this list would do today; raises Invalid when its columns can't be used."""
    table = table_of(waiting.sheet)
    return plan(table, mapping_of(waiting, table), waiting.answers, clock.today(), lock=lock)


ASSETS = Intake("raci.asset.import", WaitingFile, preview, write, WORDS)


def keep(content: bytes, filename: str, *, actor, subject: str = "assets") -> WaitingFile:
    """Read an upload and keep its cells for the preview; raises tabular.Unreadable."""
    return ASSETS.keep(tabular.lines(content, filename), filename, actor=actor, subject=subject)


def correct(waiting: WaitingFile, *, mapping: Mapping[str, str], answers: Mapping[str, str], actor) -> bool:
    """Keep corrected columns and answers about names; whether anything differs."""
    table = table_of(waiting.sheet)
    now = allowed(mapping, table.headers)
    reading = waiting.reading if now == mapping_of(waiting, table) else {"mapping": now}
    kept = {name: answer for name, answer in {**waiting.answers, **answers}.items() if answer}
    return ASSETS.correct(waiting, actor=actor, reading=reading, answers=kept)
