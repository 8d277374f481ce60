"""One check of files that people hand in: by their bytes, never by their name (ASVS 5.2.1, 5.2.2)."""

import ast
import io
import zipfile
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from ismsroles.core import attachments
from ismsroles.core.errors import Invalid

ROOT = Path(__file__).resolve().parents[2]
APPS = ("ismsroles", "roles", "raci", "competence", "reviews", "evidence")
TEXT = "application/vnd.oasis.opendocument.text"
# Forms whose file is read at once and not kept.
READ_AND_DROPPED = {"ismsroles/core/waiting_pages.py", "evidence/forms.py", "ismsroles/core/attachments.py"}


def packed(**members: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [(packed(mimetype=TEXT, content_dot_xml="<a/>"), ".odt"), (packed(word__document_dot_xml="<a/>"), ".docx"), (b"%PDF-1.7", ".pdf")],
)  # fmt: skip
def test_the_ending_follows_from_the_bytes(content, ending):
    assert attachments.check(content, "x.exe").name == f"x{ending}"


@pytest.mark.parametrize(
    "content",
    [
        packed(mimetype=TEXT, Basic__Standard__Module1_dot_xml="Sub Main"),
        packed(word__document_dot_xml="<a/>", word__vbaProject_dot_bin="x"),
        packed(mimetype="application/epub+zip"),
        packed(content_dot_xml="<a/>"),
        b"From: a@b.example\nSubject: agreed\n\nYes.",
        b"plain text",
        b"",
    ],
)
def test_macros_texts_and_mails_are_refused_with_a_sentence(content):
    with pytest.raises(Invalid) as refused:
        attachments.check(content, "letter.txt")
    assert refused.value.message


def test_the_field_hands_on_a_clean_name_and_the_same_bytes():
    kept = attachments.AttachmentField().clean(SimpleUploadedFile("../a b<c>.pdf", b"%PDF-1.7 x"))
    assert (kept.name, kept.read()) == ("a b-c.pdf", b"%PDF-1.7 x")
    with pytest.raises(forms.ValidationError):
        attachments.AttachmentField().clean(SimpleUploadedFile("a.pdf", b"<html>"))


def test_no_form_takes_a_file_past_the_check():
    forms_with_files = {
        str(file.relative_to(ROOT))
        for name in APPS
        for file in ROOT.glob(f"{name}/**/*.py")
        if "migrations" not in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "forms.FileField"
    }
    assert forms_with_files == READ_AND_DROPPED
