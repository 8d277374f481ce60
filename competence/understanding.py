"""Short questions made from the register: what is asked, what is right, where it stands (coverage K5). Pure: no database, no clock.

Nothing is invented: every question, every right answer and every wrong one is an entry of the register."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from rapidfuzz import fuzz

from ismsroles.core.shown import fingerprint

ASKED, OPTIONS, FEWEST, ALIKE = 5, 4, 3, 75
OWN = ("duty", "may")  # what somebody must and may do themself comes first


@dataclass(frozen=True)
class Fact:
    """One entry of the register as a question: the right answer, and entries that would be plausible instead."""

    kind: str  # duty, may, ask, level, everyone
    key: str
    text: str
    right: str
    where: str
    others: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The same as long as question and answer stand so in the register."""
        return fingerprint([self.text, self.right])

    @property
    def wrong(self) -> list[str]:
        """What is plausible and wrong: nothing that says nearly the same as the right answer."""
        return sorted(other for other in {*self.others} if fuzz.token_sort_ratio(other, self.right) < ALIKE)

    @property
    def is_fit(self) -> bool:
        """There are enough wrong answers."""
        return len(self.wrong) >= FEWEST - 1


def made(facts: Sequence[Fact], seed: int, *, avoid: Collection[str] = ()) -> list[dict[str, Any]]:
    """A few questions in a mixed order, the kinds in turn; those that were asked last time only when nothing else is left."""
    dice = Random(seed)  # noqa: S311 - which of the questions is asked is no secret
    fit = [fact for fact in facts if fact.is_fit]
    dice.shuffle(fit)
    fit.sort(key=lambda fact: fact.key in avoid)
    chosen: list[Fact] = []
    kinds = sorted({fact.kind for fact in fit}, key=lambda kind: (kind not in OWN, kind))
    queues = {kind: [fact for fact in fit if fact.kind == kind] for kind in kinds}
    while len(chosen) < ASKED and any(queues.values()):
        fresh = [kind for kind in kinds if queues[kind] and queues[kind][0].key not in avoid]
        for kind in fresh or [kind for kind in kinds if queues[kind]]:
            if len(chosen) < ASKED:
                chosen.append(queues[kind].pop(0))
    dice.shuffle(chosen)
    return [_written(fact, dice) for fact in chosen]


def _written(fact: Fact, dice: Random) -> dict[str, Any]:
    wrong = fact.wrong
    options = [fact.right, *dice.sample(wrong, min(OPTIONS - 1, len(wrong)))]
    dice.shuffle(options)
    kept = {name: value for name, value in asdict(fact).items() if name != "others"}
    return {**kept, "options": options, "mark": fact.mark}


def marked(questions: Sequence[Mapping[str, Any]], answers: Sequence[str]) -> int:
    """How many are right."""
    return sum(answer == question["right"] for question, answer in zip(questions, answers, strict=True))


def outdated(questions: Sequence[Mapping[str, Any]], facts: Sequence[Fact]) -> list[str]:
    """Questions that the register would not ask or answer so any more."""
    marks = {fact.key: fact.mark for fact in facts}
    return [question["text"] for question in questions if marks.get(question["key"]) != question["mark"]]
