"""Long randomised runs: `make soak`.

First 10,000 random changes of one byte in PDF, content and log, all of which must be noticed (FLIPS=100 for fewer). Then processes
are killed with -9, 200 times over 10,000 changes (KILLS, CHANGES; the long run is KILLS=2000 CHANGES=100000), in rounds of 1,000 changes;
before the first, 1,000 more are made with the broker off. SEED=7 makes another run, and ROUND=4 goes on with its fourth round. Then, for
SECONDS, longer random histories than in CI (STEPS=80), in turn on SQLite and PostgreSQL. RUNS="bytes kills histories" chooses."""

import os
import subprocess
import sys
import time
from itertools import cycle

from tests.crashes.run import Figures, run

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/roles/test_histories.py"]
BYTES = [
    *[sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-k", "in_the or byte"],
    *["tests/evidence/test_every_byte.py", "tests/records/test_seal.py"],
]
ON = {"sqlite": PYTEST, "postgresql": [sys.executable, "-m", "tests.postgres", "--", *PYTEST]}
OF_A_ROUND = 1_000  # changes
OFF = 1_000  # changes while the broker is off, once


def main() -> int:
    """0 when every round held; the first broken one ends it and prints how to repeat it."""
    runs = {"bytes": _bytes, "kills": _kills, "histories": _histories}
    for name in os.environ.get("RUNS", " ".join(runs)).split():
        if status := runs[name]():
            return status
    return 0


def _bytes() -> int:
    return subprocess.run(BYTES, env={"FLIPS": "10000", **os.environ}).returncode


def _kills() -> int:
    """Rounds with their own seeds; the figures of all together at the end."""
    changes, kills, seed = _asked("CHANGES", 10_000), _asked("KILLS", 200), _asked("SEED", 1)
    rounds, found = max(changes // OF_A_ROUND, 1), Figures()
    for number in range(_asked("ROUND", 1), rounds + 1):
        again = f"make soak RUNS=kills SEED={seed} ROUND={number} CHANGES={changes} KILLS={kills}"
        print(f"round {number} of {rounds}; to go on here: {again}", flush=True)
        one = run(changes // rounds, kills // rounds, f"{seed}.{number}", without_broker=OFF if number == 1 else 0)
        print(one, flush=True)
        if not one.holds:
            return 1
        found += one
    print(f"all together: {found}")
    return 0


def _histories() -> int:
    until, rounds = time.monotonic() + _asked("SECONDS", 300), 0
    env = {"HISTORIES": "60", "STEPS": "80", **os.environ}
    for database in cycle(os.environ.get("DATABASES", "sqlite postgresql").split()):
        if time.monotonic() >= until:
            break
        rounds += 1
        done = subprocess.run(ON[database], env=env)
        if done.returncode:
            return done.returncode
    print(f"{rounds} rounds of {env['HISTORIES']} histories of {env['STEPS']} steps held")
    return 0


def _asked(name: str, usual: int) -> int:
    return int(os.environ.get(name, usual))


if __name__ == "__main__":
    sys.exit(main())
