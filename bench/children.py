"""Every measurement runs in a process of its own, with a data folder of its own; here they are started and heard."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SETUP_CODE", "MEDIA_ROOT", "STATIC_ROOT", "DEBUG", "BASE_URL")


def environment(folder: Path, database_url: str = "", **more: str) -> dict[str, str]:
    """What a process of the benchmark is told; nothing of the user's own installation but the fonts cut once."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    ours = {
        "DATA_DIR": str(folder),
        "FONT_DIR": os.environ.get("FONT_DIR") or str(ROOT / "var" / "fonts"),
        "SECRET_KEY": "only-for-measuring-" + "0123456789abcdef" * 4,
        "LOCAL_HTTP": "1",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    return kept | ours | ({"DATABASE_URL": database_url} if database_url else {}) | more


def ask(module: str, *words: object, env: Mapping[str, str]) -> Any:
    """The answer of `python -m bench.<module> <words>`: the last line that it prints, as JSON."""
    command = [sys.executable, "-m", f"bench.{module}", *map(str, words)]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def answer(found: Any) -> None:
    """What such a process says at its end."""
    print(json.dumps(found), flush=True)


def start(command: list[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A process that goes on until `stop`, or until this one ends."""
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            env=env,
            cwd=ROOT,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and wait until it has."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: float = 180) -> None:
    """Come back once `ready()` is true; a process that ends before says why."""
    until = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"It did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.02)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
