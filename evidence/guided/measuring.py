"""How far each step is today: worked out from the register and its findings, never ticked by hand (D6)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.guided.counting import things
from evidence.guided.steps import STEPS, Check, Step
from ismsroles.core.findings import Finding

MOST = 3


@dataclass(frozen=True)
class Measured:
    """A check today: passed, or what is missing and the button for it."""

    check: Check
    missing: int
    sentence: Any = ""
    url: str = ""
    action: Any = ""
    is_begun: bool = True

    @property
    def passed(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class StepToday:
    """One of the ten steps today."""

    step: Step
    checks: list[Measured]
    is_next: bool = False

    @property
    def passed(self) -> int:
        return sum(one.passed for one in self.checks)

    @property
    def is_done(self) -> bool:
        return self.passed == len(self.checks)

    @property
    def next(self) -> Measured | None:
        """The next thing to do in this step."""
        return next((one for one in self.checks if not one.passed), None)


@dataclass(frozen=True)
class Raise:
    """One place, and the checks that would pass once all that is missing there is mended."""

    checks: list[Measured]

    @property
    def gain(self) -> int:
        return len(self.checks)

    @property
    def missing(self) -> int:
        return sum(one.missing for one in self.checks)

    @property
    def titles(self) -> str:
        return "; ".join(str(one.check.title) for one in self.checks)


@dataclass(frozen=True)
class Path:
    """All ten, with how many of their checks pass."""

    steps: list[StepToday]

    @property
    def checks(self) -> list[Measured]:
        return [check for step in self.steps for check in step.checks]

    @property
    def total(self) -> int:
        return len(self.checks)

    @property
    def passed(self) -> int:
        return sum(check.passed for check in self.checks)

    @property
    def steps_done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> StepToday | None:
        """The first step, in the order of the guidance, in which something is left."""
        return next((step for step in self.steps if step.is_next), None)

    @property
    def raises(self) -> list[Raise]:
        """What would let most checks pass: first where one place opens several, then where the least is missing."""
        places: dict[str, list[Measured]] = {}
        for check in self.checks:
            if not check.passed:
                places.setdefault(check.url, []).append(check)
        return sorted(map(Raise, places.values()), key=lambda one: (-one.gain, one.missing))[:MOST]


def path(day: date, found: list[Finding]) -> Path:
    """The ten steps today; one question to the database beside the findings."""
    there = things(day)
    measured = [(step, [_measured(check, there, found) for check in step.checks]) for step in STEPS]
    first = next((step for step, checks in measured if not all(one.passed for one in checks)), None)
    return Path([StepToday(step, checks, step is first) for step, checks in measured])


def _measured(check: Check, there: dict[str, int], found: list[Finding]) -> Measured:
    wrong = [one for one in found if check.names(one.rule)]
    short = there[check.needs] <= check.few
    lacking = there[check.lacks] if check.lacks else 0
    if short:
        return Measured(check, max(len(wrong), 1), _("Not begun"), reverse(check.page), check.action, is_begun=False)
    if wrong:
        return Measured(check, len(wrong), _sentence(wrong), *_where(check, wrong))
    if lacking:
        words = ngettext("%(n)d is missing", "%(n)d are missing", lacking) % {"n": lacking}
        return Measured(check, lacking, words, reverse(check.page), check.action)
    return Measured(check, 0)


def _sentence(wrong: list[Finding]) -> str:
    more = len(wrong) - 1
    words = {"first": wrong[0].sentence, "n": more}
    return (
        ngettext("%(first)s And %(n)d more.", "%(first)s And %(n)d more.", more) % words if more else wrong[0].sentence
    )


def _where(check: Check, wrong: list[Finding]) -> tuple[str, Any]:
    """One thing is mended in its own place; several are listed, each with its place."""
    if len({one.url for one in wrong}) == 1 and wrong[0].url:
        return wrong[0].url, wrong[0].action
    listed = f"{reverse('findings')}?{urlencode({'rule': wrong[0].rule})}"
    return listed, _("Show all %(n)d") % {"n": len(wrong)} if len({one.rule for one in wrong}) == 1 else _("Show them")
