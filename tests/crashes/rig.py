"""The processes of the product on this machine, each of which can be killed and started again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from redis import Redis, RedisError

from ismsroles import broker
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 300.0  # seconds for anything that must happen; a busy machine may take its time
LEASE = int(os.environ.get("LEASE", 10))  # seconds for which a worker has a message for itself
# What was written stays with the operating system when a process dies: only a power cut would need fsync.
SERVER = ["fsync=off", "max_connections=100"]


class Mailbox:
    """A mail server that counts what it took, by Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        self.taken[envelope.content.split(b"Message-ID: ")[1].split(b"\r\n")[0].decode()] += 1
        return "250 OK"


class Rig:
    """A database, a broker, a mail server, workers and beats; all of it is gone at the end of the block."""

    def __init__(self, workers: int, beats: int) -> None:
        self.names = [*(f"worker-{n}" for n in range(workers)), *(f"beat-{n}" for n in range(beats))]
        self.mailbox, self.pids, self._numbers = Mailbox(), {}, count()
        self._ending = ExitStack()

    def __enter__(self) -> "Rig":
        with ExitStack() as ending:
            self.folder = Path(tempfile.mkdtemp(prefix="ismsroles-crashes-"))
            ending.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self.home = Path(tempfile.mkdtemp(prefix="ismsroles-postgres-"))
            ending.callback(shutil.rmtree, self.home, ignore_errors=True)
            self._mail(ending)
            self._servers(ending)
            self._nursery(ending)
            self._ending = ending.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ending.close()

    def _mail(self, ending: ExitStack) -> None:
        controller = Controller(self.mailbox, hostname="127.0.0.1", port=postgres._free_port())
        controller.start()
        ending.callback(controller.stop)
        self.mail_port = controller.port

    def _servers(self, ending: ExitStack) -> None:
        self.database_port, self.broker_port = postgres._free_port(), postgres._free_port()
        postgres._initialise(self.home, "only-for-this-run")
        (self.folder / "broker").mkdir()
        words = {"port": self.broker_port, "password": "only-for-this-run", "folder": self.folder / "broker"}
        (self.folder / "valkey.conf").write_text(broker.CONFIGURATION.format(**words))
        self.broker_url = f"redis://:only-for-this-run@127.0.0.1:{self.broker_port}/0"
        for start, end in ((self.start_database, self.kill_database), (self.start_broker, self.kill_broker)):
            start()
            ending.callback(end)

    def _nursery(self, ending: ExitStack) -> None:
        env = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "tests.crashes.settings", "REDIS_URL": self.broker_url,
            "DATABASE_URL": f"postgres://tester:only-for-this-run@127.0.0.1:{self.database_port}/postgres",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}", "ISMSROLES_TESTS": str(self.folder),
            "DATA_DIR": str(self.folder), "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4, "LOCAL_HTTP": "1",
            "LOG_LEVEL": "WARNING", "OUTBOX_LEASE": str(LEASE), "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        with (self.folder / "nursery.log").open("ab") as log:
            self.nursery = subprocess.Popen(
                [sys.executable, "-m", "tests.crashes.nursery"], cwd=ROOT, env=env, text=True, stderr=log,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        ending.callback(self._close_nursery)
        if self.nursery.stdout.readline().strip() != "ready":
            raise AssertionError(self.told("nursery"))

    def _close_nursery(self) -> None:
        """Without orders it ends, and all its children with it."""
        self.nursery.stdin.close()
        self.nursery.wait(60)
        self.nursery.stdout.close()

    def order(self, what: str, **words: Any) -> Any:
        self.nursery.stdin.write(json.dumps({"order": what, **words}) + "\n")
        self.nursery.stdin.flush()
        answer = self.nursery.stdout.readline()
        if not answer:
            raise AssertionError(self.told("nursery"))
        return json.loads(answer)

    # Workers and beats -------------------------------------------------------------------------------------------------------

    def start(self, name: str) -> None:
        """A worker with one process that works, or a beat; each has its own files, also after a kill."""
        if name.startswith("worker"):
            words = ["worker", "-c", "1", "-n", f"{name}@here", "--without-gossip", "--without-mingle"]
        else:
            words = ["beat", "--pidfile", "", "-s", str(self.folder / f"{name}-schedule")]
        self.pids[name] = self.order("celery", name=name, words=words, log=self._log(name))

    def kill(self, name: str, *, only_child: bool = False) -> bool:
        """With -9."""
        return self.order("kill", pid=self.pids[name], only_child=only_child)

    def start_ended(self) -> int:
        """Start again what ended by itself, as containers and services are; how many. Celery gives up a worker whose only child dies
        while it looks for the broker."""
        ended = [name for name in self.names if not self.runs(name)]
        for name in ended:
            self.start(name)
        return len(ended)

    def runs(self, name: str) -> bool:
        """Whether it has not ended by itself."""
        return self.order("ended", pid=self.pids[name]) is None

    # What the register is asked ----------------------------------------------------------------------------------------------

    def begin(self, function: str, *arguments: Any) -> "Asked":
        """Run a function of `register` in a process of its own."""
        out = self.folder / f"{function}-{next(self._numbers)}.json"
        pid = self.order("call", function=function, arguments=list(arguments), log=self._log(function), out=str(out))
        return Asked(self, function, pid, out)

    def ask(self, function: str, *arguments: Any) -> Any:
        """What it returns."""
        return self.begin(function, *arguments).answer()

    def _log(self, name: str) -> str:
        return str(self.folder / f"{name}.log")

    def told(self, *names: str) -> str:
        """The end of what these wrote, for whoever has to find out."""
        logs = [self.folder / f"{name}.log" for name in names or [*self.names, "write", "settled"]]
        logs = [log for log in logs if log.exists()]
        return "\n".join(f"── {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs)

    # The broker and the database -----------------------------------------------------------------------------------------------

    def start_broker(self) -> None:
        """A Valkey with the product's own configuration, on the files it had."""
        with (self.folder / "broker.log").open("ab") as log:
            command = [broker._program(), str(self.folder / "valkey.conf")]
            self.valkey = self._up(lambda: _server(command, log), self._broker_answers, "broker")

    def _broker_answers(self) -> bool:
        try:
            with Redis.from_url(self.broker_url, socket_timeout=2) as client:
                return bool(client.ping())
        except RedisError:
            return False

    def kill_broker(self) -> None:
        """With -9."""
        _kill(self.valkey)

    def start_database(self) -> None:
        """A PostgreSQL on the files it had. The children of a killed one hold its memory for a moment: it is tried again."""
        ask = [postgres.programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.database_port)]

        def start() -> subprocess.Popen[bytes]:
            return postgres._start(self.home, self.database_port, SERVER)

        self.server = self._up(start, lambda: subprocess.run(ask).returncode == 0, "database")

    def kill_database(self) -> None:
        """With -9."""
        _kill(self.server)

    def _up(self, start: Callable[[], subprocess.Popen], answers: Callable[[], bool], name: str) -> subprocess.Popen:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            process = start()
            while process.poll() is None and time.monotonic() < until:
                if answers():
                    return process
                time.sleep(0.05)
            time.sleep(0.2)
        raise AssertionError(f"the {name} did not come back: {self.told(name)} {_end_of(self.home / 'log')}")


class Asked:
    """A process that was asked something."""

    def __init__(self, rig: Rig, function: str, pid: int, out: Path) -> None:
        self.rig, self.function, self.pid, self.out, self.status = rig, function, pid, out, None

    def running(self) -> bool:
        if self.status is None:
            self.status = self.rig.order("ended", pid=self.pid)
        return self.status is None

    def answer(self) -> Any:
        """What it returned, once it has ended."""
        until = time.monotonic() + PATIENCE
        while self.running():
            if time.monotonic() > until:
                raise AssertionError(f"{self.function} did not end: {self.rig.told(self.function)}")
            time.sleep(0.05)
        if self.status:
            raise AssertionError(f"{self.function} ended with {self.status}: {self.rig.told(self.function)}")
        return json.loads(self.out.read_text())


def _server(command: list[str], log) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, preexec_fn=postgres._end_with_parent
    )  # fmt: skip


def _kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(60)


def _end_of(file: Path) -> str:
    return file.read_text(errors="replace")[-1500:] if file.exists() else ""
