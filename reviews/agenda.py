"""The agenda of clause 9.3, and what the register knows of each item (T2).

Every app registers its own figures; a figure is never a name."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock

ITEMS: list[tuple[str, str, Any]] = [
    ("actions", "9.3.2 a", _("Actions from earlier management reviews")),
    ("report", "5.3 b", _("Report of the information security manager")),
    ("changes", "9.3.2 b", _("Changes inside and outside that matter to the management system")),
    ("needs", "9.3.2 c", _("Changes in what interested parties need and expect")),
    ("nonconformities", "9.3.2 d 1", _("Nonconformities and corrective actions")),
    ("measures", "9.3.2 d 2", _("Results of monitoring and measurement")),
    ("audits", "9.3.2 d 3", _("Results of audits")),
    ("objectives", "9.3.2 d 4", _("Whether the objectives were met")),
    ("feedback", "9.3.2 e", _("Feedback from interested parties")),
    ("risks", "9.3.2 f", _("Results of risk assessment, and the state of the treatment plan")),
    ("improvement", "9.3.2 g", _("Opportunities for continual improvement")),
    ("policies", "5.2", _("Policies and processes to sign off")),
    ("resources", "7.1", _("Roles, resources and competence")),
]


@dataclass(frozen=True)
class Figure:
    """One thing that the register knows: a label, a number or a few words, and where it stands."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Period:
    """What the meeting looks back on: from the day after the last one to its own day."""

    since: date
    until: date
    meeting: int | None = None

    @property
    def as_of(self) -> date:
        """The day on which the state of things is looked at: nothing is late before its day, so never one to come."""
        return min(self.until, clock.today())

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From its first moment up to the one that is no more of it, in the organisation's zone."""
        return clock.begin_of(self.since), clock.begin_of(self.until + clock.DAY)


Input = Callable[[Period], Iterable[Figure]]
_inputs: dict[str, list[Input]] = {}


def input_for(key: str) -> Callable[[Input], Input]:
    """The decorated function yields figures for one item, in a fixed number of queries."""
    if key not in {item for item, _clause, _title in ITEMS}:
        raise LookupError(f"no item {key!r} on the agenda")

    def register(function: Input) -> Input:
        _inputs.setdefault(key, []).append(function)
        return function

    return register


def figures(key: str, period: Period) -> list[dict[str, str]]:
    """All that the register knows of an item, as plain values."""
    return [asdict(figure) for one in _inputs.get(key, []) for figure in one(period)]
