"""A real PostgreSQL for one command, which finds it in DATABASE_URL: `python -m tests.postgres -- pytest …`.

The server refuses to run as root, so as root it runs as the user that Debian made for it. It listens on a spare
loopback port, with a password, in a temporary folder, and all of it is gone afterwards.
"""

import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"]


def programs() -> Path | None:
    """The folder with the newest server programs on this machine."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _version(file: Path) -> int:
    return int(re.sub(r"\D", "", file.parts[4]) or 0)


@contextmanager
def server() -> Iterator[str]:
    """The DATABASE_URL of a new, empty server that ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="ismsroles-postgres-"))
    password, port = secrets.token_hex(16), _free_port()
    try:
        _initialise(folder, password)
        process = _start(folder, port)
        try:
            _wait(folder, port, process)
            yield f"postgres://tester:{password}@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    for path in (folder, secret):
        _give_away(path)
    command = [programs() / "initdb", "-D", folder / "data", "-U", "tester", "--pwfile", secret]
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run([*command, *options], **_as_server(), cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"PostgreSQL could not be set up:\n{done.stdout}{done.stderr}")


def _start(folder: Path, port: int, how: Sequence[str] = FAST) -> subprocess.Popen[bytes]:
    settings = [*how, f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories="]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [programs() / "postgres", "-D", folder / "data", *(part for s in settings for part in ("-c", s))],
            **_as_server(),
            cwd=folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the tests; the server ends after them
            preexec_fn=_end_with_parent,
        )


def _wait(folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    ask = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if process.poll() is None and subprocess.run(ask).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")


def _server_user() -> str:
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_server() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(_server_user())
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _give_away(path: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, _server_user())


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def main(command: list[str]) -> int:
    if programs() is None:
        print("There is no PostgreSQL on this machine: apt install postgresql", file=sys.stderr)
        return 2
    for polite in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(polite, lambda *_: sys.exit(1))
    try:
        with server() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(words[1:] if words[:1] == ["--"] else words))
