"""How long a person waits for the first page: tables in an empty database, the first `make run`, and the next one."""

import http.client
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import children
from bench.databases import Databases
from bench.report import Row


def migrated(databases: Databases, folder: Path, say: Callable[[str], None], at_once: bool = False) -> Row:
    """Makes the tables that every other measurement begins with; at once, as a first start does, where nothing is measured."""
    say(f"{databases.name}: tables in an empty database")
    folder.mkdir(exist_ok=True)
    taken = children.ask(
        "migrating", *(["at-once"] if at_once else []), env=children.environment(folder, databases.empty("migrated"))
    )
    return Row(databases.name, "tables in an empty database", "", taken["seconds"], "s", rival="8 min")


def measure(databases: Databases, folder: Path, say: Callable[[str], None], demo: bool = True) -> list[Row]:
    """From the command to the sign-in page, on an empty folder and on one that is ready."""
    say(f"{databases.name}: make run, twice")
    env = children.environment(folder, databases.empty("started"), DEMO="1" if demo else "0", LOG_LEVEL="INFO")
    first, second = (_until_first_answer(env, folder / "said.txt") for _ in range(2))
    what = "with the demo organisation" if demo else "empty"
    return [
        Row(databases.name, "start to first answer", f"first time, {what}", first, "s"),
        Row(databases.name, "start to first answer", "second time", second, "s", rival="5.6 s"),
    ]


def _until_first_answer(env: dict[str, str], log: Path) -> float:
    log.parent.mkdir(exist_ok=True)
    port = children.free_port()
    began = time.perf_counter()
    process = children.start([sys.executable, "-m", "ismsroles.local"], {**env, "PORT": str(port)}, log)
    try:
        children.wait_until(lambda: _signs_in(port), process, log, seconds=300)
        return time.perf_counter() - began
    finally:
        children.stop(process)


def _signs_in(port: int) -> bool:
    """Whether a page with a form to fill in came back."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/account/login/")
        answer = connection.getresponse()
        return answer.status < 400 and bool(re.search(rb"<form|^$", answer.read()))
    except OSError:
        return False
    finally:
        connection.close()
