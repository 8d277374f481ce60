"""Long randomised runs: `make soak SECONDS=600` repeats the random histories with other numbers until the time is over.

First 10,000 random changes of one byte in PDF, content and log, all of which must be noticed (FLIPS=100 for fewer).
Then longer histories than in CI (STEPS=80), in turn on SQLite and PostgreSQL; DATABASES=sqlite leaves the second out."""

import os
import subprocess
import sys
import time
from itertools import cycle

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/roles/test_histories.py"]
BYTES = [
    *[sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-k", "in_the or byte"],
    *["tests/evidence/test_every_byte.py", "tests/records/test_seal.py"],
]
ON = {"sqlite": PYTEST, "postgresql": [sys.executable, "-m", "tests.postgres", "--", *PYTEST]}


def main() -> int:
    """0 when every round held; the first broken one ends it and prints how to repeat it."""
    if done := subprocess.run(BYTES, env={"FLIPS": "10000", **os.environ}).returncode:
        return done
    until, rounds = time.monotonic() + float(os.environ.get("SECONDS", "300")), 0
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


if __name__ == "__main__":
    sys.exit(main())
