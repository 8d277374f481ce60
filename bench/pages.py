"""Pages against the floor: one real web worker for each size of organisation, asked over one connection that is kept.

All sizes and all pages take turns, so that what else the machine does at that moment falls on all of them alike.
"""

import http.client
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import children
from bench.databases import Databases
from bench.report import Row

WARM_UP = 5
# As `make run` starts it, but one worker, so that its memory is the memory of one.
WEB = ["--workers", "1", "--threads", "4", "--no-control-socket", "--keep-alive", "60"]


@dataclass(frozen=True)
class Size:
    """One organisation to measure."""

    people: int
    roles: int

    def of(self, page: str) -> str:
        return f"{self.people:,} people" if page.startswith("people") else f"{self.roles} roles"


@dataclass
class Site:
    """One organisation, its web worker, and what its pages took."""

    size: Size
    session: str
    paths: dict[str, str]
    port: int
    process: object = None
    seconds: dict[str, list[float]] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, page: str, **headers: str) -> http.client.HTTPResponse:
        """One answer, read to its end, over the connection that is kept."""
        return self.ask(self.paths[page], **headers)

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        self.connection.request("GET", path, headers={"Cookie": f"sessionid={self.session}", **headers})
        answer = self.connection.getresponse()
        answer.body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} of {self.size} answered {answer.status}")
        return answer

    def timed(self, page: str) -> None:
        began = time.perf_counter()
        self.get(page)
        self.seconds.setdefault(page, []).append(time.perf_counter() - began)

    def p50(self, page: str) -> float:
        """In milliseconds."""
        return median(self.seconds[page]) * 1000


def measure(
    databases: Databases, sizes: list[Size], rounds: int, folder: Path, say: Callable[[str], None]
) -> list[Row]:
    """Each page of each size: time, ratio to the floor of the same worker, queries, bytes; and the worker's memory."""
    sites: list[Site] = []
    try:
        for size in sizes:
            say(f"{databases.name}: an organisation of {size.people:,} people and {size.roles} roles")
            sites.append(_opened(databases, size, folder))
        say(f"{databases.name}: pages, {rounds} times each")
        _visit(sites, rounds)
        pages = [page for page in sites[0].paths if page != "floor"]
        rows = [_row(databases.name, site, page) for page in pages for site in sites]
        return [*rows, *(_memory(databases.name, site) for site in sites)]
    finally:
        for site in sites:
            children.stop(site.process)


def _opened(databases: Databases, size: Size, folder: Path) -> Site:
    own = folder / f"{databases.name}-{size.people}"
    (own / "static").mkdir(parents=True)
    url = databases.copy("migrated", f"people{size.people}")
    env = children.environment(own, url)
    world = children.ask("world", size.people, size.roles, env=env)
    site = Site(size, world["session"], world["paths"], children.free_port())
    log = own / "web.log"
    command = [sys.executable, "-m", "gunicorn", "ismsroles.wsgi", "--bind", f"127.0.0.1:{site.port}", *WEB]
    site.process = children.start(command, env, log)
    children.wait_until(lambda: _listens(site.port), site.process, log)
    return site


def _listens(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _visit(sites: list[Site], rounds: int) -> None:
    for turn in range(WARM_UP + rounds):
        for page in sites[0].paths:
            for site in sites:
                site.timed(page)
        if turn == WARM_UP - 1:
            for site in sites:
                site.seconds.clear()


def _row(database: str, site: Site, page: str) -> Row:
    # Once a minute a request also writes when the person was last seen; the one after it does not.
    counted = min((site.get(page, **{"X-Count": "1"}) for _ in range(2)), key=_queries)
    return Row(
        database,
        page,
        site.size.of(page),
        site.p50(page),
        floor=site.p50("floor"),
        at_best=min(site.seconds[page]) / min(site.seconds["floor"]),
        queries=_queries(counted),
        kib=len(counted.body) / 1024,
        rival=RIVAL.get((database, page, site.size.people), ""),
    )


def _queries(answer: http.client.HTTPResponse) -> int:
    return int(answer.headers["X-Queries"])


RIVAL = {
    ("SQLite", "people list", 10_000): "5.9 s, 10,009 queries",
    ("PostgreSQL", "people list", 10_000): "10.7 s, 10,009 queries",
}


def _memory(database: str, site: Site) -> Row:
    peak = _peak_of_workers(site.process.pid)
    return Row(database, "web worker's memory", f"{site.size.people:,} people", peak, "MiB", rival="310 MiB")


def _peak_of_workers(master: int) -> float:
    """The highest that a worker of this web server came to, in MiB; NaN where the system does not tell."""
    peaks = [_peak(status) for status in Path("/proc").glob("[0-9]*/status") if _parent(status) == master]
    return max(peaks, default=float("nan"))


def _parent(status: Path) -> int:
    return int(_field(status, "PPid") or 0)


def _peak(status: Path) -> float:
    return int(_field(status, "VmHWM") or 0) / 1024


def _field(status: Path, name: str) -> str:
    try:
        lines = status.read_text().splitlines()
    except OSError:  # ended meanwhile
        return ""
    return next((line.split()[1] for line in lines if line.startswith(f"{name}:")), "")
