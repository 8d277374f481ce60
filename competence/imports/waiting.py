"""From the upload of a list to its import: the table waits until somebody says go."""

from competence import imports
from competence.imports.applying import write
from competence.imports.plan import COUNTED, Plan
from competence.models import WaitingTable
from ismsroles.core import clock, tabular
from ismsroles.core.waiting import Intake


def preview(waiting: WaitingTable, *, lock: bool = False) -> Plan:
    """What importing this table would do today; raises Invalid when its columns can't be used."""
    return imports.plan(waiting.kind, waiting.table, today=clock.today(), lock=lock)


LISTS = Intake("competence.import", WaitingTable, preview, write, COUNTED)


def keep(content: bytes, filename: str, *, kind: str, actor) -> WaitingTable:
    """Read an upload and keep its table for the preview; raises tabular.Unreadable, or Invalid when its columns can't be used."""
    table = tabular.read(content, filename, known=imports.KNOWN)
    imports.plan(kind, table, today=clock.today())
    return LISTS.keep(table, filename, actor=actor, kind=kind)
