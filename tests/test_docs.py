"""What README and docs name exists: links, pictures, paths, targets, verbs, addresses, buttons, tests."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
TARGETS = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.M))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"```\n(.*?)```", re.S)
FOLDERS = ("ismsroles/", "roles/", "evidence/", "tests/", "templates/", "static/", "docs/", "bench/", "requirements/")
SHOWN_BY_NUMBER = {"Import 20 people": "Import {{ n }} people", "Sign version 1.2": "Sign version"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def named(page: Path) -> list[str]:
    """What stands as code on a page, and each line of its blocks."""
    text = page.read_text()
    blocks = [line.split("#")[0].strip() for block in FENCED.findall(text) for line in block.splitlines()]
    return CODE.findall(FENCED.sub("", text)) + blocks


@each_page
def test_every_link_leads_somewhere(page):
    links = [link for link in LINK.findall(page.read_text()) if not link.startswith(("http", "mailto:", "#"))]
    assert [link for link in links if not (page.parent / link.split("#")[0]).exists()] == []


@each_page
def test_every_file_and_folder_that_is_named_exists(page):
    paths = [word for word in named(page) if word.startswith(FOLDERS) and not re.search(r"[\s<*:]", word)]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@each_page
def test_every_make_target_that_is_named_exists(page):
    assert {word for code in named(page) for word in re.findall(r"^make ([a-z]+)", code)} <= TARGETS


@each_page
def test_every_verb_of_the_command_line_that_is_named_exists(page):
    assert {word for code in named(page) for word in re.findall(r"manage\.py ([a-z_]+)", code)} <= set(get_commands())


def test_the_readme_lists_every_verb_of_our_own():
    table = (ROOT / "README.md").read_text().split("## On the command line")[1].split("\n## ")[0]
    own = {
        name
        for name, app in get_commands().items()
        if app.startswith(("ismsroles", "roles", "raci", "competence", "reviews", "evidence"))
    }
    assert set(re.findall(r"^\| `([a-z_]+)", table, re.M)) == own


@each_page
def test_every_address_that_is_named_answers(page):
    addresses = [
        word for word in named(page) if re.fullmatch(r"/[a-z/.-]*", word) and not word.startswith(("/var", "/path"))
    ]
    assert [address for address in addresses if not answers(address)] == []


def answers(address: str) -> bool:
    """Whether the URLconf knows this address."""
    try:
        return bool(resolve(address))
    except Resolver404:
        return False


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_button_and_heading_in_a_guide_is_a_text_of_the_product(page):
    said = {SHOWN_BY_NUMBER.get(words, words) for words in re.findall(r"\*\*([A-Z][^*\n]+?)\*\*", page.read_text())}
    ours = {words for words in said if not words.endswith((".", ":", "?"))}
    assert {words for words in ours if not is_a_text(words.replace(" (SHA-256)", ""))} == set()


def is_a_text(words: str) -> bool:
    """Labels of fields are written small in the models and begin with a capital on the page."""
    return words in product_texts() or words[0].lower() + words[1:] in product_texts()


def product_texts() -> str:
    """Everything that pages and forms say."""
    if not TEXTS:
        folders = [
            ROOT / name for name in ("ismsroles", "roles", "raci", "competence", "reviews", "evidence", "templates")
        ]
        files = [path for folder in folders for kind in ("*.html", "*.py") for path in folder.rglob(kind)]
        TEXTS.append("\n".join(path.read_text() for path in files))
    return TEXTS[0]


TEXTS: list[str] = []


def test_every_test_that_the_security_page_names_exists():
    there = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)
    }
    assert set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "security.md").read_text())) - there == set()


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").glob("*.png")}
    assert sizes and {name: size for name, size in sizes.items() if size > 200 * 1024} == {}


@pytest.mark.parametrize(
    "verb",
    [
        "findings",
        "verify_log",
        "render_document --out x.pdf",
        "demo --logins",
        "import_people tests/files/people/people_20.csv",
    ],
)
def test_a_verb_that_cannot_reach_the_database_says_so_and_ends_with_2(verb, tmp_path):
    env = {"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/none/file"}
    done = subprocess.run(
        [sys.executable, "manage.py", *verb.split()], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr and "database" in done.stderr
