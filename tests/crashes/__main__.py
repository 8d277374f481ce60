"""One round from the command line: `CHANGES=1000 KILLS=20 SEED=1 python -m tests.crashes`."""

import os
import sys

from tests.crashes.run import run

if __name__ == "__main__":
    changes, kills, off = (int(os.environ.get(*each)) for each in (("CHANGES", 200), ("KILLS", 10), ("OFF", 0)))
    found = run(changes, kills, os.environ.get("SEED", "1"), without_broker=off)
    print(found, flush=True)
    sys.exit(0 if found.holds else 1)
