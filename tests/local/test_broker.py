"""The embedded broker: jobs are not lost, and a server that a killed run left behind is found."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis

from ismsroles import broker


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "broker"
    found = broker.left_over(tmp_path / "broker")
    if found:
        found.stop()


def start(folder: Path) -> broker.Broker:
    return broker.start(folder, folder.with_suffix(".log"))


def client(server: broker.Broker) -> redis.Redis:
    return redis.Redis.from_url(server.url)


def kill(server: broker.Broker) -> None:
    os.kill(server.pid, signal.SIGKILL)
    while server.runs():
        time.sleep(0.02)


def test_a_job_survives_a_kill_of_the_server(folder):
    server = start(folder)
    client(server).lpush("jobs", "send the letter")
    kill(server)
    assert client(start(folder)).lrange("jobs", 0, -1) == [b"send the letter"]


def test_a_job_survives_an_orderly_stop(folder):
    server = start(folder)
    client(server).lpush("jobs", "send the letter")
    server.stop()
    assert not server.runs()
    assert client(start(folder)).llen("jobs") == 1


def test_jobs_are_never_thrown_out_for_lack_of_memory(folder):
    settings = client(start(folder)).config_get("maxmemory-policy", "appendonly", "appendfsync")
    assert settings == {"maxmemory-policy": "noeviction", "appendonly": "yes", "appendfsync": "always"}


def test_a_server_that_a_killed_run_left_behind_is_used_again(folder):
    command = f"from tests.local.test_broker import start, Path; start(Path({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", command], check=True)  # starts it, and is gone
    found = broker.left_over(folder)
    assert found is not None and found.answers()
    assert start(folder) == found


def test_a_left_over_server_that_does_not_answer_is_replaced(folder):
    stuck = start(folder)
    os.kill(stuck.pid, signal.SIGSTOP)
    fresh = start(folder)
    assert fresh.pid != stuck.pid and fresh.answers() and not stuck.runs()


def test_another_program_with_the_same_process_number_is_left_alone(folder):
    server = start(folder)
    kill(server)
    note = folder / "server.json"
    note.write_text(note.read_text().replace(f'"pid": {server.pid}', f'"pid": {os.getpid()}'))
    assert broker.left_over(folder) is None


def test_a_damaged_note_of_the_last_run_is_no_obstacle(folder):
    folder.mkdir()
    (folder / "server.json").write_text("{")
    assert start(folder).answers()


def test_a_stranger_on_the_same_machine_cannot_read_jobs(folder):
    server = start(folder)
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=server.port).ping()
    for file in ("server.json", "valkey.conf"):
        assert stat.S_IMODE((folder / file).stat().st_mode) == 0o600


def test_damaged_files_are_told_in_a_sentence(folder):
    server = start(folder)
    client(server).lpush("jobs", "send the letter")
    kill(server)
    for file in (folder / "appendonlydir").glob("*.incr.aof"):
        file.write_bytes(b"nonsense" + file.read_bytes())
    with pytest.raises(broker.BrokerProblem, match="did not start"):
        start(folder)
