"""Each PDF that the product makes is PDF/A-3a and PDF/UA-1, asked of veraPDF; a new maker that no test checks fails here.

A maker is a module that calls `archive.render`. It is checked by a function of MAKERS below, or by a test of its own that calls
`vera.failures` and imports the module."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import reverse

from evidence.demo.chapters import joining
from evidence.pack import building
from ismsroles.core import clock, scope
from ismsroles.records.seal.sealing import seal
from raci.spreadsheet import printed
from raci.spreadsheet.register import drafted
from roles.actions import guidance, letters
from roles.models import Letter, Policy
from tests.evidence.world import signed  # noqa: F401 (a fixture)
from tests.pdf import vera
from tests.reviews import test_minutes, test_papers
from tests.reviews.making import held, seated
from tests.roles.test_letters import appoint

ROOT = Path(__file__).resolve().parent.parent
APPS = ("roles", "raci", "competence", "reviews", "evidence", "ismsroles")

pytestmark = pytest.mark.django_db


def _letter(cast, as_user) -> bytes:
    letter = appoint(cast)
    letters.render_letter(letter.pk)
    return bytes(Letter.objects.get(pk=letter.pk).pdf.content)


def _page(name: str, *args):
    return lambda cast, as_user: as_user("ism").get(reverse(name, args=args)).content


def _index(cast, as_user) -> bytes:
    listed = [{"path": "a/b.csv", "title": "Roles", "bytes": 3, "sha256": "ab" * 32}]
    return seal(building.index_pdf(cast.engagement, clock.today(), listed, b"{}")).content


def _minutes(cast, as_user) -> bytes:
    seated(cast)
    scope.forget()
    return bytes(test_minutes.signed(held(cast), cast).final.content)


def _paper(cast, as_user) -> bytes:
    """After the minutes: the team that signs it is there."""
    policy = guidance.add(Policy, actor=cast.ism, title="Access policy", version="1", dated=clock.today())
    return bytes(test_papers.handed_in(cast, policy).version.draft.content)


MAKERS = {
    "roles.letters.paper": _letter,
    "raci.spreadsheet.printed": lambda cast, as_user: printed.pdf(drafted()),
    "competence.exports": _page("competence-export", "pdf"),
    "evidence.demo.chapters.joining": lambda cast, as_user: joining.signed_paper(),
    "evidence.pack.building": _index,
    "reviews.minutes.paper": _minutes,
    "reviews.papers.sheet": _paper,
}


def _makers() -> set[str]:
    """Every module of the product that makes a PDF."""
    found = set()
    for file in (file for app in APPS for file in (ROOT / app).rglob("*.py")):
        calls = [
            node.func for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ]
        if any(
            isinstance(one, ast.Attribute) and one.attr == "render" and getattr(one.value, "id", "") == "archive"
            for one in calls
        ):
            found.add(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return found


def _checked_elsewhere(module: str) -> bool:
    package, _dot, name = module.rpartition(".")
    parent = package.rpartition(".")
    told = re.compile(
        rf"{re.escape(module)}\b|from {re.escape(package)} import .*\b{name}\b|from {re.escape(parent[0])} import .*\b{parent[2]}\b"
    )
    tests = (
        file.read_text(encoding="utf-8")
        for file in (ROOT / "tests").rglob("test_*.py")
        if file.name != Path(__file__).name
    )
    return any("vera.failures" in text and told.search(text) for text in tests)


def test_every_maker_of_a_pdf_is_checked():
    unchecked = {module for module in _makers() - MAKERS.keys() if not _checked_elsewhere(module)}
    assert unchecked == set(), "write a test that gives its PDF to vera.failures, or add it to MAKERS"


def test_the_list_names_no_maker_that_is_gone():
    assert MAKERS.keys() <= _makers()


def test_each_of_them_conforms(cast, as_user, signed, tmp_path):  # noqa: F811
    files = []
    for module, make in MAKERS.items():
        files.append(tmp_path / f"{module}.pdf")
        files[-1].write_bytes(make(cast, as_user))
        assert files[-1].read_bytes().startswith(b"%PDF-"), (module, files[-1].read_bytes()[:200])
    (tmp_path / "document.pdf").write_bytes(bytes(signed.final.content))  # with its seal on
    assert vera.failures([*files, tmp_path / "document.pdf"]) == ""
