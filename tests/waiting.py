"""What comes true only once the other processes of the tests leave the server alone for a moment."""

import time
from collections.abc import Callable

PATIENCE = 30  # seconds


def until_nobody_writes(holds: Callable[[], bool]) -> None:
    """PostgreSQL: while anybody on the server is writing, no part of a page is kept (`ismsroles.core.unchanged`)."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.05)
