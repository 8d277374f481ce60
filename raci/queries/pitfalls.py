"""The usual pitfalls that the guidance names, watched all the time (coverage D7)."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy

from ismsroles.core import findings
from ismsroles.core.findings import Finding


@dataclass(frozen=True)
class Pitfall:
    """One of the usual pitfalls, and what is found of it."""

    key: str
    title: object
    rules: tuple[str, ...]  # ids, or how they begin when they end in a dot
    why: object
    found: tuple[Finding, ...] = ()
    is_watched: bool = True

    def names(self, rule: str) -> bool:
        """Whether this rule watches for it: the one way in which every page and the pack count pitfalls."""
        return any(rule == one or (one.endswith(".") and rule.startswith(one)) for one in self.rules)


PITFALLS = (
    Pitfall(
        "pit-it",
        gettext_lazy("Everything sits with IT"),
        ("M7", "M7."),
        gettext_lazy("IT can look after a system; the business answers for it."),
    ),
    Pitfall(
        "pit-saas",
        gettext_lazy("Cloud services without owner"),
        ("M4.saas",),
        gettext_lazy("“It is SaaS” does not say who decides about the data."),
    ),
    Pitfall(
        "pit-risks",
        gettext_lazy("Risks without owner"),
        ("M5", "M5.left"),
        gettext_lazy("A risk that nobody owns is accepted by nobody."),
    ),
    Pitfall(
        "pit-written",
        gettext_lazy("Nothing is written down"),
        ("R2", "D3.missing"),
        gettext_lazy("What everybody knows, no auditor can see."),
    ),
    Pitfall(
        "pit-trained",
        gettext_lazy("Named but never trained"),
        ("C3", "C3.overdue", "C5.overdue"),
        gettext_lazy("A title alone makes nobody able."),
    ),
)


def pitfalls(day: date) -> list[Pitfall]:
    """The usual pitfalls, each with what its rules find today; only these rules are asked."""
    rules = [rule for rule in findings.rules() if any(one.names(rule.id) for one in PITFALLS)]
    return among([finding for rule in rules for finding in rule.find(day)])


def among(found: list[Finding]) -> list[Pitfall]:
    """The usual pitfalls in what was found already."""
    known = [rule.id for rule in findings.rules()]
    return [
        replace(
            pitfall,
            found=tuple(one for one in found if pitfall.names(one.rule)),
            is_watched=any(pitfall.names(rule) for rule in known),
        )
        for pitfall in PITFALLS
    ]
