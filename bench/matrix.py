"""The matrix of 200 roles and 300 activities with 10,000 letters: cells, page, checks, one saved cell, and the browser.

Everything is measured in the same run against its floor: the cells from one raw query, an empty view that writes one row."""

import http.client
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench import children
from bench.databases import Databases
from bench.pages import WARM_UP, WEB, Site, Size, _listens, _queries
from bench.report import Row

PAGES = (
    ("cells", "matrix: cells"),
    ("matrix", "matrix: page"),
    ("changed", "matrix: page after a letter"),
    ("anew", "matrix: page, nothing kept"),
    ("list", "matrix: as a list"),
    ("list changed", "matrix: as a list after a letter"),
    ("list anew", "matrix: as a list, nothing kept"),
    ("checks", "matrix: checks"),
)
GRIDS = ("cells", "matrix", "changed", "anew")
OF = "{roles} × {activities}, {cells:,} cells"
TOKEN = "x" * 32
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def measure(
    databases: Databases, roles: int, activities: int, cells: int, rounds: int, folder: Path, say: Callable[[str], None]
) -> list[Row]:
    """Rows of the report; one web worker, pages and floors in turn."""
    of = OF.format(roles=roles, activities=activities, cells=cells)
    say(f"{databases.name}: a matrix of {of}")
    own = folder / f"{databases.name}-matrix"
    (own / "static").mkdir(parents=True)
    env = children.environment(own, databases.copy("migrated", "matrix"))
    world = children.ask("matrix_world", roles, activities, cells, env=env)
    site = Site(Size(0, roles), world["session"], world["paths"], children.free_port())
    log = own / "web.log"
    command = [sys.executable, "-m", "gunicorn", "ismsroles.wsgi", "--bind", f"127.0.0.1:{site.port}", *WEB]
    site.process = children.start(command, env, log)
    try:
        children.wait_until(lambda: _listens(site.port), site.process, log)
        _visit(site, rounds)
        edits = _edited(site, world["cells"], rounds)
        rows = [*_pages(databases.name, of, site, (roles + 1) * activities), *edits_row(databases.name, of, edits)]
        return rows + _browser(databases.name, of, site)
    finally:
        children.stop(site.process)


def _visit(site: Site, rounds: int) -> None:
    for turn in range(WARM_UP + rounds):
        for page in site.paths:
            _before(site, page)
            site.timed(page)
        if turn == WARM_UP - 1:
            site.seconds.clear()


def _before(site: Site, page: str) -> None:
    """Where the first page after a change is measured, somebody saves a letter first."""
    if page.endswith("changed"):
        site.ask("/bench/letter/")


def _counted(site: Site, page: str):
    """The page with its number of queries; once a minute a request also writes when the person was last seen."""
    answers = []
    for _turn in range(2):
        _before(site, page)
        answers.append(site.get(page, **{"X-Count": "1"}))
    return min(answers, key=_queries)


def _pages(database: str, of: str, site: Site, cells: int) -> list[Row]:
    """The cells against raw cells, the page against raw cells, the checks by themselves."""
    rows = []
    for page, what in PAGES:
        counted = _counted(site, page)
        if page in GRIDS:
            found = counted.body.split(b"<tfoot")[0].count(b"<td")
            if found < cells:
                raise SystemExit(f"{what}: {found} of {cells} cells are there")
        floor = None if page == "checks" else site.p50("raw cells")
        best = None if page == "checks" else min(site.seconds[page]) / min(site.seconds["raw cells"])
        rows.append(
            Row(database, what, of, site.p50(page), floor=floor, at_best=best, queries=_queries(counted), kib=len(counted.body) / 1024)
        )  # fmt: skip
    return rows


def _edited(site: Site, cells: list[list[int]], rounds: int) -> dict[str, list[float]]:
    """One saved cell and one row written by the floor, in turn, each time another cell."""
    taken: dict[str, list[float]] = {"edit": [], "floor": []}
    for n, (activity, role) in enumerate(cells[: 2 * (WARM_UP + rounds)]):
        kind = "edit" if n % 2 else "floor"
        wanted = json.dumps([{"activity": activity, "role": role, "was": "", "now": "I"}])
        body = {"cells": wanted} if kind == "edit" else {"activity": activity, "role": role}
        began = time.perf_counter()
        _post(site, "/matrix/cells/" if kind == "edit" else "/bench/write/", body)
        if n >= 2 * WARM_UP:
            taken[kind].append(time.perf_counter() - began)
    return taken


def _post(site: Site, path: str, values: dict[str, object]) -> http.client.HTTPResponse:
    headers = {
        "Cookie": f"sessionid={site.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    site.connection.request("POST", path, body=urlencode(values), headers=headers)
    answer = site.connection.getresponse()
    answer.read()
    if answer.status not in (200, 409):
        raise SystemExit(f"{path} answered {answer.status}")
    return answer


def edits_row(database: str, of: str, taken: dict[str, list[float]]) -> list[Row]:
    """The round trip of one saved cell against the floor."""
    edit, floor = median(taken["edit"]) * 1000, median(taken["floor"]) * 1000
    best = min(taken["edit"]) / min(taken["floor"])
    return [Row(database, "matrix: save a cell", of, edit, floor=floor, at_best=best, rival="34–40 ms")]


def _browser(database: str, of: str, site: Site) -> list[Row]:
    """From asking for the page until the first cell takes a letter, in a real browser; left out where there is none."""
    if not Path(CHROMIUM).exists():
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": site.session, "url": f"http://127.0.0.1:{site.port}"}])
        page = context.new_page()
        seconds = [_until_editable(page, site) for _ in range(4)][1:]
        chromium.close()
    return [Row(database, "matrix: first cell editable", of, median(seconds) * 1000, rival="read-only until 9 s")]


def _until_editable(page, site: Site) -> float:
    began = time.perf_counter()
    page.goto(f"http://127.0.0.1:{site.port}/matrix/", wait_until="commit")
    page.locator("[data-edit]:not([hidden])").wait_for()
    page.evaluate("document.querySelector('[data-edit]').click()")
    page.wait_for_function("document.activeElement.matches('td[tabindex]')", polling=10)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return time.perf_counter() - began
