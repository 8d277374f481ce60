"""The usual pitfalls that the guidance names, watched all the time (coverage D7)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from ismsroles.core import findings
from ismsroles.core.findings import Finding


@dataclass(frozen=True)
class Pitfall:
    """One of the usual pitfalls, and what is found of it."""

    title: object
    rules: tuple[str, ...]  # ids, or how they begin when they end in a dot
    why: object
    found: tuple[Finding, ...] = ()
    is_watched: bool = True


PITFALLS = (
    Pitfall(
        gettext_lazy("Everything sits with IT"),
        ("M7", "M7."),
        gettext_lazy("IT can look after a system; the business answers for it."),
    ),
    Pitfall(
        gettext_lazy("Cloud services without owner"),
        ("M4.saas",),
        gettext_lazy("“It is SaaS” does not say who decides about the data."),
    ),
    Pitfall(
        gettext_lazy("Risks without owner"),
        ("M5", "M5.left"),
        gettext_lazy("A risk that nobody owns is accepted by nobody."),
    ),
    Pitfall(
        gettext_lazy("Nothing is written down"),
        ("R2", "D3.missing"),
        gettext_lazy("What everybody knows, no auditor can see."),
    ),
    Pitfall(
        gettext_lazy("Named but never trained"),
        ("C3", "C3.overdue", "C5.overdue"),
        gettext_lazy("A title alone makes nobody able."),
    ),
)


def pitfalls(day: date) -> list[Pitfall]:
    """The usual pitfalls, each with what its rules find today."""
    rules = {rule.id: rule for rule in findings.rules()}
    return [_watched(pitfall, rules, day) for pitfall in PITFALLS]


def _watched(pitfall: Pitfall, rules: dict[str, findings.Rule], day: date) -> Pitfall:
    ids = [id for id in rules if any(id == one or (one.endswith(".") and id.startswith(one)) for one in pitfall.rules)]
    found = tuple(finding for id in ids for finding in rules[id].find(day))
    return Pitfall(pitfall.title, pitfall.rules, pitfall.why, found, bool(ids))
