"""Long randomised runs: `make soak SECONDS=600` repeats the random histories with other numbers until the time is over.

Longer histories than in CI (STEPS=80), in turn on SQLite and PostgreSQL; DATABASES=sqlite leaves the second out."""

import os
import subprocess
import sys
import time
from itertools import cycle

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/roles/test_histories.py"]
ON = {"sqlite": PYTEST, "postgresql": [sys.executable, "-m", "tests.postgres", "--", *PYTEST]}


def main() -> int:
    """0 when every round held; the first broken one ends it and prints how to repeat it."""
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
