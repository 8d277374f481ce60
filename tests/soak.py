"""Long randomised runs: `make soak SECONDS=600` repeats the random histories with other numbers until the time is over."""

import os
import subprocess
import sys
import time


def main() -> int:
    """0 when every round held; the first broken one ends it and prints how to repeat it."""
    until, rounds = time.monotonic() + float(os.environ.get("SECONDS", "300")), 0
    while time.monotonic() < until:
        rounds += 1
        env = {**os.environ, "HISTORIES": "60"}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/roles/test_histories.py"], env=env
        )
        if done.returncode:
            return done.returncode
    print(f"{rounds} rounds of 60 histories held")
    return 0


if __name__ == "__main__":
    sys.exit(main())
