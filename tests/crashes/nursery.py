"""Where the processes come from: Django and Celery are loaded once, and each worker, beat or writer is a fork of that.

One order a line comes in as JSON, one answer goes out. When whoever gives the orders is gone, all that was started is ended."""

import ctypes
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def celery(name: str, words: list[str], log: str) -> int:
    """A worker or a beat, as the command `celery` would start it."""
    from ismsroles.celery import app

    return _fork(lambda: app.start(words), log)


def call(function: str, arguments: list[Any], log: str, out: str) -> int:
    """Run a function of `tests.crashes.register`; what it returns is written to `out`."""
    from tests.crashes import register

    def answer() -> None:
        found = getattr(register, function)(*arguments)
        Path(f"{out}.new").write_text(json.dumps(found))
        Path(f"{out}.new").rename(out)

    return _fork(answer, log)


def kill(pid: int, only_child: bool = False) -> bool:
    """With -9: the process and whatever it started, or only the one that works for it."""
    if only_child:
        child = _child_of(pid)
        if child:
            os.kill(child, signal.SIGKILL)
        return bool(child)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ChildProcessError):  # it ended by itself, and was asked how
        os.waitpid(pid, 0)
    _running.discard(pid)
    return True


def _child_of(pid: int) -> int | None:
    """The one process that works for a worker; one that has just begun has none yet."""
    for _ in range(600):
        found = [file.read_text().split() for file in Path(f"/proc/{pid}/task").glob("*/children")]
        if children := [int(child) for each in found for child in each]:
            return children[0]
        time.sleep(0.1)
    return None


def ended(pid: int) -> int | None:
    """How it ended; None while it runs."""
    found, status = os.waitpid(pid, os.WNOHANG)
    if found:
        _running.discard(pid)
        return os.waitstatus_to_exitcode(status)
    return None


_running: set[int] = set()
ORDERS: dict[str, Callable[..., Any]] = {"celery": celery, "call": call, "kill": kill, "ended": ended}


def _fork(do: Callable[[], Any], log: str) -> int:
    pid = os.fork()
    if not pid:
        status = 1
        try:
            _become(log)
            do()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    _running.add(pid)
    return pid


def _become(log: str) -> None:
    """A process with a group and a log of its own."""
    os.setsid()
    ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(out, 2)


def main() -> None:
    """Load everything, then do what is ordered."""
    import django

    django.setup()
    from ismsroles.celery import app

    app.loader.import_default_modules()
    print("ready", flush=True)
    try:
        for line in sys.stdin:
            order = json.loads(line)
            print(json.dumps(ORDERS[order.pop("order")](**order)), flush=True)
    finally:
        for pid in list(_running):
            kill(pid)


if __name__ == "__main__":
    main()
