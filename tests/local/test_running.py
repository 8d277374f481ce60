"""`make run` itself: real web, worker, beat and broker, started, killed, started again and stopped."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from ismsroles import broker
from tests.local.test_starting import ROOT, free_port

POSTGRES = os.environ.get("DATABASE_URL", "")
on_sqlite = pytest.mark.skipif(bool(POSTGRES), reason="SQLite only: the launcher with nothing installed")
on_postgres = pytest.mark.skipif(not POSTGRES, reason="PostgreSQL only: the launcher with servers of its own")
pytestmark = pytest.mark.slow


class Run:
    """One `make run`, its words, and what is left of it."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder, self.port = folder, free_port()
        self.said = folder / "said.txt"
        choices = {"DATA_DIR": str(folder), "PORT": self.port, "DEMO": "0", "SETUP_CODE": "", "SECRET_KEY": ""}
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ismsroles.local"],
                env={**os.environ, **choices, **env},
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )

    def words(self) -> str:
        return self.said.read_text()

    def ready(self) -> "Run":
        until = time.monotonic() + 120
        while "is running at" not in self.words():
            assert self.process.poll() is None and time.monotonic() < until, self.words()
            time.sleep(0.1)
        return self

    def ended(self, *, within: float = 60) -> int:
        return self.process.wait(within)

    def parts(self) -> dict[str, int]:
        """The processes that carry this run's data folder in their environment, by what they are."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if f"DATA_DIR={self.folder}\0" in (folder / "environ").read_text(errors="replace"):
                    command = (folder / "cmdline").read_text().replace("\0", " ")
                    for name in ("gunicorn", "celery worker", "celery beat"):
                        if name.replace("celery ", "ismsroles.celery ") in command:
                            found[name] = min(int(folder.name), found.get(name, int(folder.name)))
            except OSError:
                continue  # ended meanwhile
        return found

    def page(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", int(self.port), timeout=10)
        connection.request("GET", "/")
        return connection.getresponse().status

    def code(self) -> str:
        return re.search(r"^ {4}([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})$", self.words(), re.MULTILINE)[1]


@pytest.fixture
def runs(tmp_path):
    started = []

    def start(**env: str) -> Run:
        started.append(Run(tmp_path, **env))
        return started[-1]

    yield start
    for run in started:
        run.process.send_signal(signal.SIGTERM)
        run.ended()
    left = broker.left_over(tmp_path / "broker")
    if left:
        left.stop()


def gone(run: Run) -> bool:
    until = time.monotonic() + 30
    while run.parts() and time.monotonic() < until:
        time.sleep(0.1)
    return not run.parts()


@on_sqlite
def test_a_killed_run_is_taken_up_by_the_next_one_with_its_data(runs, tmp_path):
    first = runs().ready()
    assert first.page() < 500 and set(first.parts()) == {"gunicorn", "celery worker", "celery beat"}
    jobs = broker.left_over(tmp_path / "broker")
    first.process.kill()
    assert gone(first), "web, worker and beat end with the launcher, even when it is killed"
    second = runs().ready()
    assert second.code() == first.code()
    assert broker.left_over(tmp_path / "broker") == jobs
    second.process.send_signal(signal.SIGINT)
    assert second.ended() == 0 and gone(second) and not jobs.runs()


@on_sqlite
def test_when_one_part_ends_all_is_stopped_and_its_last_words_are_shown(runs):
    run = runs().ready()
    os.kill(run.parts()["celery worker"], signal.SIGKILL)
    assert run.ended() == 1
    assert "worker has ended, so everything is stopped" in run.words() and "worker.log" in run.words()
    assert gone(run) and not broker.left_over(run.folder / "broker")


@on_postgres
def test_given_servers_are_used_and_no_embedded_one_is_started(runs, tmp_path):
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS launched")
        server.execute("CREATE DATABASE launched")
    given = broker.start(tmp_path / "given", tmp_path / "given.log")
    run = runs(REDIS_URL=given.url, DATABASE_URL=POSTGRES.rsplit("/", 1)[0] + "/launched").ready()
    assert run.page() < 500 and not (tmp_path / "broker").exists() and not list(tmp_path.glob("*.sqlite3"))
    run.process.send_signal(signal.SIGTERM)
    assert run.ended() == 0 and given.answers()
    given.stop()
