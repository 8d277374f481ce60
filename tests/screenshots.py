"""Pages and PDF of the demo organisation as pictures, as each persona sees them: `make screenshots`."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET, sign_in
from tests.browser.product import ROOT, Product, running

FOLDER = ROOT / "screenshots"
PASSWORD = "orrinsby demo 2026"
ISM, TOP = "liesbeth.okafor@orrinsby.example", "saskia.terbraak@orrinsby.example"
WIDTHS = {"wide": (1440, 1000), "phone": (390, 844)}
# name of the picture, path, and who looks
PAGES = [
    ("overview", "/overview/", ISM),
    ("roles", "/roles/", ISM),
    ("role", "/roles/5/", ISM),
    ("role-form", "/roles/5/edit/", ISM),
    ("matrix", "/matrix/", ISM),
    ("matrix-edit", "/matrix/?edit=1", ISM),
    ("matrix-balance", "/matrix/balance/", ISM),
    ("starter", "/starter/", ISM),
    ("people", "/people/", ISM),
    ("person", "/people/20/", ISM),
    ("person-form", "/people/add/", ISM),
    ("import", "/people/import/", ISM),
    ("areas", "/areas/", ISM),
    ("propose", "/assignments/propose/", ISM),
    ("assignments", "/assignments/", ISM),
    ("findings", "/findings/", ISM),
    ("log", "/log/", ISM),
    ("search", "/search/?q=incident", ISM),
    ("document", "/document/", ISM),
    ("prepare", "/document/prepare/", ISM),
    ("version", "/document/1/", ISM),
    ("organisation", "/organisation/", ISM),
    ("engagements", "/audit/engagements/", ISM),
    ("approvals", "/approvals/", TOP),
    ("mine-top", "/mine/", TOP),
    ("mine-holder", "/mine/", "ruoxi.wang@orrinsby.example"),
    ("audit", "/audit/", "p.vandenbroucke@lindenhof-cert.example"),
    ("not-found", "/roles/999999/", ISM),
    ("forbidden", "/people/add/", "p.vandenbroucke@lindenhof-cert.example"),
]


def photograph(browser: Browser, product: Product) -> None:
    """Each page at two widths, light and dark."""
    by_person: dict[str, list[tuple[str, str]]] = {}
    for name, path, who in PAGES:
        by_person.setdefault(who, []).append((name, path))
    for width, (across, down) in WIDTHS.items():
        for who, pages in by_person.items():
            page = browser.new_context(viewport={"width": across, "height": down}).new_page()
            sign_in(page, product, who, PASSWORD)
            for name, path in pages:
                _shoot(page, f"{product.url}{path}", f"{name}-{width}")
            page.context.close()


def _shoot(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.wait_for_load_state("networkidle")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=str(FOLDER / f"{name}-{scheme}.png"), full_page=True)


def print_pages(product: Product) -> None:
    """Every page of the signed PDF of the demo organisation."""
    pdf = FOLDER / "roles-and-responsibilities.pdf"
    env = {"DATA_DIR": str(product.folder), "LOCAL_HTTP": "1", "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "manage.py", "render_document", "--out", str(pdf)], cwd=ROOT, env=env, check=True)
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(FOLDER / "pdf")], check=True)


def main() -> int:
    """Everything; only pages whose name begins with the given word when one is given."""
    global PAGES
    if len(sys.argv) > 1:
        PAGES = [row for row in PAGES if row[0].startswith(sys.argv[1])]
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), demo=True) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        photograph(browser, product)
        browser.close()
        print_pages(product)
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
