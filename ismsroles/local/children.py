"""The processes that run together: web, worker, beat. Started with a log each, watched, and stopped in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LOG_KEPT = 5_000_000  # bytes; what is older moves to one earlier file
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One running process and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def last_lines(self, count: int = 15) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-count:])


def start(name: str, command: Sequence[str], log_dir: Path, env: Mapping[str, str]) -> Child:
    """Start one process in its own session: Ctrl-C reaches the launcher only, which stops all in order."""
    log = log_dir / f"{name}.log"
    _rotate(log)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            env=env,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    return Child(name, process, log)


def stop(children: Sequence[Child], patience: float) -> None:
    """End them one after the other, each with time to finish what it is at; then by force, with all it started."""
    for child in children:
        if not child.ended:
            child.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(patience)
        _end_group(child)


def first_ended(children: Sequence[Child]) -> Child | None:
    """None as long as all run."""
    return next((child for child in children if child.ended), None)


def _end_group(child: Child) -> None:
    """Nothing that it started may live on: a worker's own processes would go on with jobs unseen."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_KEPT:
        log.replace(log.with_suffix(".log.1"))


def _end_with_parent() -> None:
    """Linux: when the launcher is killed, even by force, its processes are asked to end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until(ready: Callable[[], bool], seconds: float, children: Sequence[Child]) -> bool:
    """Whether `ready()` came true in time, with all processes alive."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not first_ended(children):
        if ready():
            return True
        time.sleep(0.1)
    return False
