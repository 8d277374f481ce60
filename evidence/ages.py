"""Findings by severity and age: how much is wrong, and for how long already."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ismsroles.core.findings import Finding

# A week is time to mend something; what is older than a month has been left.
AGES: dict[str, Any] = {
    "week": _("Up to 7 days"),
    "month": _("8 to 30 days"),
    "older": _("More than 30 days"),
    "unknown": _("Since when is not known"),
}
SEVERITIES: dict[str, Any] = {"stop": _("Must fix"), "warn": _("Should fix"), "note": _("Good to know")}


@dataclass(frozen=True)
class Count:
    """How many findings there are of one severity and age, and where they are listed."""

    label: Any
    number: int
    url: str


def age_of(found: Finding) -> str:
    """Which of the ages a finding has."""
    days = found.age
    if days is None:
        return "unknown"
    return "week" if days <= 7 else "month" if days <= 30 else "older"


def by_age(found: list[Finding]) -> list[tuple[str, Any, Count, list[Count]]]:
    """(severity, its name, all of it, its ages) for each severity."""
    counted = Counter((one.severity, age_of(one)) for one in found)
    return [
        (
            severity,
            name,
            Count(name, sum(counted[severity, age] for age in AGES), _listed(severity=severity)),
            [Count(label, counted[severity, age], _listed(severity=severity, age=age)) for age, label in AGES.items()],
        )
        for severity, name in SEVERITIES.items()
    ]


def _listed(**asked: str) -> str:
    return f"{reverse('findings')}?{urlencode(asked)}"
