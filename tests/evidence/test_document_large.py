"""Two hundred roles with very long names: nothing is lost, cut or overprinted, and the file conforms."""

import json
import re
import subprocess

import pytest

from evidence.document import render_final
from tests.pdf import layout, sample, vera

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    content = sample.canonical(sample.large())
    file = tmp_path_factory.mktemp("large") / "large.pdf"
    file.write_bytes(render_final(content, sample.signed(content), sample.LOG_HEAD))
    return content, file


def squeezed(text):
    """Without white space and hyphens: long names are broken over lines, endless ones inside, and pdftotext joins at a hyphen."""
    return re.sub(r"[\s-]+", "", text)


def test_two_hundred_long_names_are_printed_whole(large):
    content, file = large
    said = squeezed(subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout)
    roles = json.loads(content)["roles"]
    wanted = [role["title"] for role in roles] + [
        person["name"] for role in roles for person in role["holders"] + role["deputies"]
    ]
    assert [name for name in wanted if squeezed(name) not in said] == []


def test_no_word_of_the_large_document_stands_on_another_or_runs_over_the_edge(large):
    assert layout.faults(large[1]) == []


def test_the_large_document_conforms_to_pdf_a_3a_and_pdf_ua_1(large):
    assert vera.failures([large[1]]) == ""


def test_each_of_two_hundred_profiles_is_printed_once(large):
    said = subprocess.run(
        ["pdftotext", "-layout", str(large[1]), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert len(re.findall(r"^Kind\b", said, re.MULTILINE)) == 200
