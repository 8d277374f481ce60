"""The security duties of a role or a person, for the job description (K3)."""

import io

import pikepdf
import pytest
from docx import Document

from competence import extract
from ismsroles.core import clock
from tests import factories
from tests.competence import world
from tests.pdf import vera

pytestmark = pytest.mark.django_db
HOSTILE = "Stop =cmd() <b>bold</b> & “quoted” Ünïcode"


@pytest.fixture
def held(cast):
    factories.role("All staff", kind="everyone", authorities=False)
    role = factories.role(HOSTILE, duties=2)
    factories.hold(role, cast.people.holder, approver=cast.top)
    world.need(role, world.skill("Incident response"), 3)
    return role


def words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def test_the_word_text_of_a_person_says_all_their_duties_with_limits_and_needs(cast, held):
    text = words(extract.docx(extract.of_person(cast.people.holder, clock.today())))
    for said in (
        HOSTILE,
        "Check thing 1",
        "Stop thing 1 (up to level 2)",
        "Incident response, level 3",
        "All staff",
        "Hana Holder",
    ):
        assert said in text


def test_the_extract_of_a_role_names_nobody(cast, held):
    text = words(extract.docx(extract.of_role(held, clock.today())))
    assert HOSTILE in text and "Hana" not in text


@pytest.mark.parametrize("text", ["\x00\x08a\ud800", "line\nbreak"])
def test_no_character_breaks_the_word_text(text):
    Document().add_paragraph(extract.clean(text))


def test_the_pdf_is_archival_and_accessible(cast, held, as_user, tmp_path):
    answer = as_user("holder").get(f"/people/{cast.people.holder.pk}/extract/pdf/")
    file = tmp_path / "duties.pdf"
    file.write_bytes(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(file) as pdf:
        assert "Hana Holder" in str(pdf.docinfo.Title)
    assert vera.failures([file]) == ""
