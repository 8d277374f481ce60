"""The PDF shell: archival, accessible, the same bytes every time, and nothing from outside gets in (design rule 10, security 21)."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from ismsroles.core import colour
from ismsroles.records.pdf import archive, fonts, parts
from tests.pdf import vera

FROZEN = "2026-11-22T10:00:00+00:00"
OUTSIDE = (
    "http://127.0.0.1:{port}/x",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/x",
    "//127.0.0.1:{port}/x",
    "asset:../settings.py",
    "passwd",
)
WAYS = (
    '<img alt="x" src="{}">', '<object data="{}"></object>', '<link rel="stylesheet" href="{}">', "<style>@import url({});</style>",
    '<p style="background:url({})">x</p>', '<link rel="attachment" href="{}">',
)  # fmt: skip


def page(body, **more):
    about = {
        "title": "A record",
        "language": "en",
        "author": "A house",
        "description": "A test",
        "frozen": FROZEN,
    } | more
    return parts.shell(body, **about)


def css():
    return parts.stylesheet(
        accent="#1f5fa8", running={"owner": "A house", "state": "1", "code": "2", "page": "Page ", "of": " of "}
    )


def pdf_of(body, **more):
    return archive.render(page(body), css(), frozen=FROZEN, **more)


@pytest.fixture
def listener():
    """A port of this machine that notices when somebody calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def nobody_called(server):
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False


def test_a_record_conforms_to_pdf_a_3a_and_pdf_ua_1(tmp_path):
    file = tmp_path / "record.pdf"
    file.write_bytes(
        pdf_of('<h1 data-title="One">One</h1><p>Two</p>', attachments=[("a.json", "What was said", b"{}")])
    )
    assert vera.failures([file]) == ""


@pytest.mark.parametrize("address", OUTSIDE)
@pytest.mark.parametrize("way", WAYS)
def test_a_record_never_fetches_anything_from_outside(way, address, listener):
    try:
        made = pdf_of(way.format(address.format(port=listener.getsockname()[1])))
    except archive.CannotRender as refusal:
        assert "never fetched" in str(refusal)
    else:
        assert b"root:" not in made
    assert nobody_called(listener)


def test_an_address_outside_is_refused_with_a_sentence_and_does_not_end_the_worker():
    with pytest.raises(archive.CannotRender, match="never fetched"):
        pdf_of('<img alt="x" src="file:///etc/passwd">')


@pytest.mark.parametrize(
    ("character", "name"),
    [("😀", "grinning face"), ("\ue000", "U\\+E000"), ("\x07", "U\\+0007"), ("ह", "devanagari letter ha")],
)
def test_a_character_that_no_font_has_is_refused_and_named(character, name):
    with pytest.raises(archive.CannotRender, match=name):
        pdf_of(f"<p>Hello {character}</p>")
    assert fonts.missing_characters(f"Hello {character}") == [character]


@pytest.mark.parametrize(
    "name",
    [
        "O'Neil",
        "Şahin",
        "李",
        "ليلى الحداد",
        "Nguyễn Thị Ánh",
        "Ольга",
        "山田さくら",
        "김민준",
        "Ελένη",
        "Łukasz\tŻak\n",
    ],
)
def test_names_of_many_scripts_can_be_printed(name):
    assert fonts.missing_characters(name) == []


def test_two_processes_with_other_hash_seeds_give_identical_bytes():
    assert len({_made_elsewhere(seed) for seed in ("1", "2")}) == 1


def _made_elsewhere(seed):
    code = (
        "import django, hashlib; django.setup(); from tests.records.test_pdf import pdf_of; "
        "print(hashlib.sha256(pdf_of('<h1 data-title=A>A 李 ليلى</h1>', attachments=[('a.json', 'x', b'1')])).hexdigest())"
    )
    env = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout


def test_other_attachments_make_another_file():
    assert pdf_of("<p>x</p>", attachments=[("a", "", b"1")]) != pdf_of("<p>x</p>", attachments=[("a", "", b"2")])


def test_of_two_processes_that_want_a_face_at_once_one_cuts_it_and_the_other_waits(tmp_path):
    code = (
        f"import django; django.setup(); from django.conf import settings; settings.FONT_DIR = {str(tmp_path)!r}; "
        "from ismsroles.records.pdf import fonts; print(fonts.static(fonts.CODE).stat().st_ino)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    files = {process.communicate()[0] for process in both}
    assert len(files) == 1 and [file.name for file in tmp_path.iterdir()] == [fonts.CODE.file_name]


@pytest.mark.parametrize("accent", ["#ffffff", "#ffff00", "#1f5fa8", "red", "", "#12345", "javascript:x", "#000000"])
def test_any_accent_becomes_one_that_can_be_read(accent):
    assert colour.contrast_on_white(colour.safe_accent(accent)) >= colour.READABLE


def test_text_is_escaped_and_its_scripts_are_marked():
    assert parts.text("<b>&'") == "&lt;b&gt;&amp;&#x27;"
    assert parts.text("Dr ليلى") == 'Dr <span lang="ar" dir="rtl">ليلى</span>'


def test_a_running_text_cannot_end_its_string():
    assert parts.quoted('a" url(x) \\ \n<') == '"a\\22  url(x) \\5c  \\a \\3c "'


def test_a_date_is_written_in_words():
    assert parts.day("2026-11-22") == "22\u00a0November\u00a02026"


def test_the_day_of_a_moment_is_that_of_the_organisation():
    assert parts.local_day("2026-11-22T23:30:00+00:00", "Asia/Tokyo") == "23\u00a0November\u00a02026"
