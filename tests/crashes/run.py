"""One round: changes on one side, kills on the other, then peace until everything has arrived."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path

from tests.crashes.rig import PATIENCE, Rig

VICTIMS = ("worker", "child", "beat", "broker", "database")  # child: the process that works for a worker


@dataclass
class Figures:
    """What one round showed."""

    changes: int = 0
    kills: Counter = field(default_factory=Counter)
    mails: int = 0
    doubled: int = 0
    reviews: int = 0
    restarts: int = 0  # of those that ended by themselves, as a container is started again
    seconds: float = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Nothing is lost, nothing is there that should not be, and mails came twice no more often than something was killed."""
        return not self.wrong and max(self.doubled, self.restarts) <= self.kills.total()

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __str__(self) -> str:
        killed = ", ".join(f"{name} {number}" for name, number in sorted(self.kills.items()))
        told = f"{self.changes} changes, {self.kills.total()} kills ({killed}): {self.reviews} reviews, "
        told += f"{self.mails} mails, {self.doubled} of them twice, {self.restarts} ended by themselves, {self.seconds:.0f} s"
        return "\n".join([told, *self.wrong[:20]])


def run(changes: int, kills: int, seed: str, *, workers: int = 4, beats: int = 8, without_broker: int = 0) -> Figures:
    """Make the changes while `kills` processes are killed. Before that, so many others are made with the broker off."""
    found, begun = Figures(changes + without_broker), time.monotonic()
    with Rig(workers, beats) as rig:
        rig.ask("prepare")
        if without_broker:
            rig.kill_broker()
            rig.begin("write", 0, without_broker, seed, str(rig.folder / "before")).answer()
            rig.start_broker()
        for name in rig.names:
            rig.start(name)
        progress = rig.folder / "written"
        progress.touch()
        writer = rig.begin("write", without_broker, found.changes, seed, str(progress))
        for when, victim in _plan(rig, changes, kills, seed):
            _wait(rig, lambda when=when: _done(rig, progress, without_broker) >= when, f"{when} steps")
            found.kills[victim.split("-")[0]] += _kill(rig, victim)
            found.restarts += rig.start_ended()
        writer.answer()
        _settle(rig, found, seed)
    found.seconds = time.monotonic() - begun
    return found


def _plan(rig: Rig, changes: int, kills: int, seed: str) -> list[tuple[int, str]]:
    """Who is killed after how many steps. A step is a change that is confirmed, or its mail that has arrived."""
    chance = random.Random(f"kills {seed}")
    steps = sorted(chance.randrange(changes * 19 // 10) for _number in range(kills))
    kinds = [VICTIMS[number % len(VICTIMS)] for number in range(kills)]
    chance.shuffle(kinds)
    return [(step, _victim(rig, kind, chance)) for step, kind in zip(steps, kinds, strict=True)]


def _victim(rig: Rig, kind: str, chance: random.Random) -> str:
    if kind in ("broker", "database"):
        return kind
    name = chance.choice([name for name in rig.names if name.startswith("beat" if kind == "beat" else "worker")])
    return name.replace("worker", "child") if kind == "child" else name


def _kill(rig: Rig, victim: str) -> bool:
    """With -9; what the product does not start again by itself is started again. False when there was nothing to kill."""
    if victim == "broker":
        rig.kill_broker()
        rig.start_broker()
    elif victim == "database":
        rig.kill_database()
        rig.start_database()
    elif victim.startswith("child"):
        return rig.kill(victim.replace("child", "worker"), only_child=True)
    else:
        rig.kill(victim)
        rig.start(victim)
    return True


def _done(rig: Rig, progress: Path, first: int) -> int:
    arrived = (key for key in list(rig.mailbox.taken) if key.startswith("<change-"))
    return progress.stat().st_size + sum(int(key.split("@")[0].split("-")[1]) >= first for key in arrived)


def _wait(rig: Rig, condition: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come: {rig.told()}")
        time.sleep(0.02)


def _settle(rig: Rig, found: Figures, seed: str) -> None:
    """Nothing is killed any more: everything must arrive, and every review must be there. Then nobody works, and it is counted."""
    until = time.monotonic() + PATIENCE
    while (now := rig.ask("settled", found.changes, seed))["left"] or now["wrong"]:
        if time.monotonic() > until:
            break
        found.restarts += rig.start_ended()
        time.sleep(0.5)
    for name in rig.names:
        rig.kill(name)
    last, taken = rig.ask("result", found.changes, seed), rig.mailbox.taken
    found.wrong += last["wrong"] + [f"mail lost: {one}" for one in last["mails"] if one not in taken]
    if found.wrong:
        found.wrong.append(rig.told())
    found.reviews, found.mails, found.doubled = last["reviews"], len(taken), sum(taken.values()) - len(taken)
