"""A real Chromium against the whole product; every page that a walk visits is checked with axe."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser.product import Product, running

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[Product]:
    """The product with the demo organisation, for walks that only look. Its past is told once, however many processes walk."""
    own = tmp_path_factory.mktemp("demo") / "data"
    base = tmp_path_factory.getbasetemp()  # under xdist each process has a folder in one of the run's own
    shutil.copytree(
        _told((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "told"), own, ignore=_no_sockets
    )
    with running(own, demo=True) as product:
        yield product


def _told(folder: Path) -> Path:
    """A data folder in which the demo organisation's past was told, by whichever process comes first."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "data").exists():
            (folder / "data").mkdir()
            with running(folder / "data", demo=True):
                pass
    return folder / "data"


def _no_sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_socket()]


@pytest.fixture
def empty(tmp_path) -> Iterator[Product]:
    """The product with nothing in it, as `make run DEMO=0` gives it."""
    with running(tmp_path, demo=False) as product:
        yield product


@pytest.fixture
def sit_down(browser) -> Iterator[Callable[..., Page]]:
    """`sit_down()` is somebody at a browser of their own; faults in the page's scripts fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def one(**options) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield one
    for context in contexts:
        context.close()
    assert not faults, faults


def accessible(page: Page) -> None:
    """axe finds nothing on this page, in the light and in the dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = _looked_at(page)
        lines = [
            f"{v['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for v in found for node in v["nodes"]
        ]
        assert not lines, f"{page.url} ({scheme})\n" + "\n".join(lines)
    page.emulate_media(color_scheme=None)


def _looked_at(page: Page) -> list[dict]:
    """What axe finds; a page that goes on to the next while axe reads it is left for the one that follows."""
    for _ in range(3):
        page.wait_for_load_state()
        try:
            return Axe().run(page).response["violations"]
        except Error as gone:
            fault = gone
            page.wait_for_timeout(500)
    raise fault


def sign_in(page: Page, product: Product, email: str, password: str) -> None:
    """Sign in on the sign-in page."""
    page.goto(f"{product.url}/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/login" not in url)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page when PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
