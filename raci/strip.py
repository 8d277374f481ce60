"""The strip above the grid: what is wrong, one line a rule, each with the way to the first row."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci.checks import Fault
from raci.differences import Difference

ICONS = {"stop": "octagon-alert", "warn": "triangle-alert", "note": "info", "new": "git-compare"}


@dataclass(frozen=True)
class Line:
    """One line of the strip."""

    severity: str
    count: int
    words: str
    url: str
    action: str

    @property
    def icon(self) -> str:
        return ICONS[self.severity]


def _words(rule: str, count: int) -> str:
    words = {
        "M2.accountable": ngettext("activity without exactly one A", "activities without exactly one A", count),
        "M2.responsible": ngettext("activity without an R", "activities without an R", count),
        "M2.authority": ngettext("A without authority", "A without authority", count),
        "M2.vacant": ngettext("A or R of a vacant role", "A or R of vacant roles", count),
        "M2.informed": ngettext("activity of which nobody is informed", "activities of which nobody is informed", count),
        "A5.does-and-answers": ngettext("activity whose A and R are one person", "activities whose A and R are one person", count),
        "M7.person": ngettext("person answers for too much", "people answer for too much", count),
        "M7.area": ngettext("area answers for most", "areas answer for most", count),
        "M1.unused": ngettext("role in no activity", "roles in no activity", count),
    }  # fmt: skip
    return words[rule]


def strip(found: list[Fault], new: list[Difference]) -> list[Line]:
    """What is wrong by rule, worst first, and last what is not published yet."""
    rules: dict[str, list[Fault]] = {}
    for fault in found:
        rules.setdefault(fault.rule, []).append(fault)
    lines = [
        Line(faults[0].severity, len(faults), _words(rule, len(faults)), faults[0].url, _("Show"))
        for rule, faults in rules.items()
    ]
    if new:
        words = ngettext("change is not published yet", "changes are not published yet", len(new))
        lines.append(Line("new", len(new), words, reverse("matrix-publish"), _("Look at them")))
    return lines
