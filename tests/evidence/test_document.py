"""The Roles and Responsibilities document as PDF: what was frozen is what is printed (coverage D1, D2; design rule 10)."""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache

import pikepdf
import pytest
from django.conf import settings
from django.utils import translation

from evidence.document import plan, render_draft, render_final, texts
from evidence.document.reading import Snapshot
from ismsroles.records.pdf import archive, fonts
from tests.pdf import layout, sample, vera

KINDS = ("draft", "final")


@cache
def content(name):
    return sample.canonical(sample.SAMPLES[name]())


@cache
def rendered(name, kind):
    snapshot = content(name)
    return (
        render_draft(snapshot) if kind == "draft" else render_final(snapshot, sample.signed(snapshot), sample.LOG_HEAD)
    )


@pytest.fixture
def made(tmp_path):
    """A sample as a file."""

    def write(name, kind="final"):
        file = tmp_path / f"{name}-{kind}.pdf"
        file.write_bytes(rendered(name, kind))
        return file

    return write


def attached(file):
    with pikepdf.open(file) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def people_of(snapshot):
    return {p["name"] for role in json.loads(snapshot)["roles"] for p in role["holders"] + role["deputies"]}


def test_draft_final_tiny_and_ugly_conform_to_pdf_a_3a_and_pdf_ua_1(made):
    assert vera.failures([made(name, kind) for name in ("typical", "tiny", "ugly") for kind in KINDS]) == ""


@pytest.mark.parametrize("name", ["typical", "tiny", "ugly"])
def test_the_file_is_sound_and_no_word_stands_on_another_or_runs_over_the_edge(made, name):
    subprocess.run(["qpdf", "--check", str(made(name))], check=True, capture_output=True)
    assert layout.faults(made(name)) == []


def test_the_final_document_carries_exactly_what_was_frozen_and_signed(made):
    held = attached(made("typical"))
    assert held == {"content.json": content("typical"), "sign-offs.json": sample.signed(content("typical"))}


def test_a_draft_carries_what_is_to_be_signed_and_no_signature(made):
    assert attached(made("typical", "draft")) == {"content.json": content("typical")}


@pytest.mark.parametrize(
    "command", [["pdfdetach", "-savefile", "content.json"], ["qpdf", "--show-attachment=content.json"]]
)
def test_the_commands_on_the_verification_page_take_the_content_out(made, tmp_path, command):
    run = subprocess.run([*command, str(made("typical"))], cwd=tmp_path, capture_output=True, check=True)
    taken = run.stdout if command[0] == "qpdf" else (tmp_path / "content.json").read_bytes()
    assert hashlib.sha256(taken).digest() == hashlib.sha256(content("typical")).digest()


def test_every_page_of_a_draft_says_that_it_is_one(made):
    said = _text_of_each_page(made("typical", "draft"))
    assert all("Draft" in page for page in said) and all("Not signed" in page for page in said)


def test_every_page_of_the_final_document_has_version_status_classification_code_and_number(made):
    code = hashlib.sha256(content("typical")).hexdigest()[:4].upper()
    said = _text_of_each_page(made("typical"))
    for number, page in enumerate(said[1:], 2):
        assert f"Version 2.0 · Signed off · Internal {code}-" in page and f"Page {number} of {len(said)}" in page


def _text_of_each_page(file):
    run = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return [" ".join(page.split()) for page in run.stdout.split("\f")[:-1]]


def test_every_role_holder_and_deputy_is_printed(made):
    said = layout.text_of(made("typical"))
    assert [
        n for n in [*people_of(content("typical")), *(title for title, *_ in sample.REGISTER)] if n not in said
    ] == []


def test_the_first_approver_and_the_board_decision_are_printed(made):
    assert (
        "appointed by decision of the board of 1 February 2025, reference Minute 14/2025: Henrik Sandvik"
        in layout.text_of(made("typical"))
    )


def test_the_final_document_prints_fingerprint_log_head_and_sign_offs(made):
    said = layout.text_of(made("typical")).replace(" ", "")
    assert hashlib.sha256(content("typical")).hexdigest()[:32] in said and sample.LOG_HEAD[:32] in said
    assert "2026-11-2210:02:00UTC" in said and "Iapprovethisversionfortopmanagement." in said


def test_an_authority_that_serves_no_responsibility_is_listed_too(made):
    assert "Not tied to one responsibility Call for any record of the area" in layout.text_of(made("typical"))


def test_a_first_version_has_no_section_of_changes(made):
    assert "Changes" not in layout.text_of(made("tiny")) and "Changes since version 1.0" in layout.text_of(
        made("typical")
    )


def test_a_profile_that_moves_to_the_next_page_is_not_printed_twice(made):
    pages = subprocess.run(
        ["pdftotext", "-layout", str(made("ugly")), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert sum(line.startswith("Kind") for line in pages.splitlines()) == len(sample.UGLY)


def test_hostile_texts_are_printed_as_they_are_and_fetch_nothing(made):
    said = layout.text_of(made("ugly"))
    assert [
        text
        for text in ("<script>alert(1)</script>", "{{7*7}}", "file:///etc/passwd", "O'Neil", "Şahin", "李小龙")
        if text not in said
    ] == []
    assert "root:x:" not in said and list(attached(made("ugly"))) == ["content.json", "sign-offs.json"]


def test_other_processes_hash_seeds_and_languages_give_identical_bytes():
    code = (
        "import django, hashlib; django.setup(); from django.utils import translation; translation.activate('de'); "
        "from tests.evidence.test_document import KINDS, rendered; "
        "print(*(hashlib.sha256(rendered('ugly', kind)).hexdigest() for kind in KINDS))"
    )
    here = " ".join(hashlib.sha256(rendered("ugly", kind)).hexdigest() for kind in KINDS)
    for seed in ("1", "2"):
        others = {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "TZ": "Asia/Tokyo"}
        made = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | others, capture_output=True, text=True, check=True
        )
        assert made.stdout.strip() == here


def test_the_document_speaks_its_own_language_whoever_asks_for_it():
    with translation.override("ar"):
        assert render_draft(content("tiny")) == rendered("tiny", "draft")


def test_a_sign_off_of_another_content_is_never_printed():
    other = json.loads(sample.signed(content("tiny")))
    other[0]["snapshot_sha256"] = "0" * 64
    with pytest.raises(archive.CannotRender, match="Ruth Abernethy signed another content"):
        render_final(content("tiny"), sample.canonical(other), sample.LOG_HEAD)


def test_a_character_that_cannot_be_printed_is_found_before_freezing_and_refused_after():
    snapshot = sample.canonical(sample.tiny() | {"new_logins": [{"text": "A login for 😀"}]})
    assert fonts.missing_characters(texts(snapshot)) == ["😀"]
    with pytest.raises(archive.CannotRender, match="grinning face"):
        render_draft(snapshot)


def test_an_organisation_without_anything_still_gets_a_document():
    nothing = sample.wrapped([], signers=[], history=[], changes=[], founding=None, open_points=[], clause_53=[])
    assert render_draft(sample.canonical(nothing)).startswith(b"%PDF-1.7")


def test_whoever_signed_is_printed_even_when_the_snapshot_names_no_signers():
    nobody_named = sample.canonical(sample.tiny() | {"signers": []})
    rows = json.loads(sample.signed(content("tiny")))
    rows[0] |= {"snapshot_sha256": hashlib.sha256(nobody_named).hexdigest(), "method": "password"}
    html, _ = plan.body(Snapshot(nobody_named), plan.Signing(sample.canonical(rows), sample.LOG_HEAD))
    assert '<p class="hand">Ruth Abernethy</p>' in html and "Password entered again" in html
