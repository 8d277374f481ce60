"""Files that people hand in: what they are is read from their bytes, never from their name (ASVS 5.2; security.md).

One check for every file that is kept as evidence: a certificate, a signed letter, the decision of the board. A plain text or a
saved mail (.txt, .eml) is not taken: nothing in its bytes says what it is, so a browser could be made to run it. As a PDF it is."""

import hashlib
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import puremagic
from django import forms
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.errors import Invalid

BYTES = 10 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
# First bytes → media type and ending. Nothing that a browser or a mail program would run.
SIGNATURES = [
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
]
PACKED = [
    ("word/document.xml", f"{OFFICE}wordprocessingml.document", ".docx"),
    ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet", ".xlsx"),
    ("ppt/presentation.xml", f"{OFFICE}presentationml.presentation", ".pptx"),
]
OPEN_KINDS = {f"{OPEN}text": ".odt", f"{OPEN}spreadsheet": ".ods", f"{OPEN}presentation": ".odp"}
MARKUP = re.compile(rb"<\s*(script|html|svg|iframe|object|\?xml)\b", re.IGNORECASE)
KINDS = "PDF, PNG, JPEG, DOCX, XLSX, PPTX, ODT, ODS, ODP"
ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods,.odp"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its bytes, what it is, and a name that can do no harm."""

    content: bytes
    name: str
    media_type: str
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


class AttachmentField(forms.FileField):
    """One file that is looked at by its content, and comes out with a name that can do no harm."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", gettext_lazy("PDF, picture or office file, up to 10 MB. It is kept as evidence.")
        )
        super().__init__(**{"max_length": 500, "required": False, "label": gettext_lazy("File"), **kwargs})

    def clean(self, data: Any, initial: Any = None) -> File | None:
        try:
            return checked(super().clean(data, initial))
        except Invalid as refused:
            raise forms.ValidationError(refused.message) from refused


def checked(file: File | None) -> File | None:
    """The file as it may be kept, or none where none came; raises Invalid with a sentence."""
    if not file:
        return None
    file.seek(0)
    found = check(file.read(BYTES + 1), file.name)
    return ContentFile(found.content, name=found.name)


def check(content: bytes, name: str) -> Checked:
    """The file as it may be kept; raises Invalid with a sentence."""
    if not content:
        raise Invalid(_("The file is empty. Choose another one."), "file")
    if len(content) > BYTES:
        raise Invalid(_("The file is larger than %(limit)s MB. Choose a smaller one.") % {"limit": BYTES >> 20}, "file")
    found = _kind(content)
    if found is None:
        raise Invalid(_("This file is none of %(kinds)s. Save it as one of these.") % {"kinds": KINDS}, "file")
    media_type, ending = found
    return Checked(content, clean_name(name, ending), media_type, hashlib.sha256(content).hexdigest())


def clean_name(name: str, ending: str) -> str:
    """Letters, digits, spaces and a few signs, with the ending that the content has: no path, no second ending, no turned text."""
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = bare.rsplit(".", 1)[0] if "." in bare else bare
    kept = "".join(sign if sign.isalnum() or sign in " -_()" else "-" for sign in stem)
    return (re.sub(r"[\s-]{2,}", "-", kept).strip(" -_") or "file")[:80] + ending


def _kind(content: bytes) -> tuple[str, str] | None:
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    for sign, media_type, ending in SIGNATURES:
        if content.startswith(sign):
            return (media_type, ending) if _agrees(content, ending) and not _is_also_markup(content, ending) else None
    return None


def _agrees(content: bytes, ending: str) -> bool:
    """A second opinion by another list of signatures."""
    try:
        found = {one.extension for one in puremagic.magic_string(content)}
    except puremagic.PureError:
        return False
    return ending in found or (ending == ".jpg" and bool(found & {".jpeg", ".jfif", ".jpg"}))


def _is_also_markup(content: bytes, ending: str) -> bool:
    """A picture that begins like a web page after its first bytes was made to deceive."""
    return ending != ".pdf" and bool(MARKUP.search(content[:1024]))


def _packed(content: bytes) -> tuple[str, str] | None:
    """An office file without macros and of honest size."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        members = archive.infolist()
        says = (
            archive.read("mimetype")
            if members and members[0].filename == "mimetype" and members[0].file_size < 100
            else b""
        )
    except Exception:  # zipfile raises half a dozen kinds for a damaged list of contents
        return None
    names = {member.filename for member in members}
    odd = any(_may_run(name.lower()) or name.startswith("/") or ".." in name for name in names)
    if odd or len(members) > 5_000 or sum(member.file_size for member in members) > UNPACKED:
        return None
    opened = says.decode("ascii", "replace")
    if ending := OPEN_KINDS.get(opened):
        return opened, ending
    return next(((media_type, ending) for part, media_type, ending in PACKED if part in names), None)


def _may_run(name: str) -> bool:
    """A part of an office file that holds macros or scripts."""
    return "vbaproject" in name or name.startswith(("basic/", "scripts/"))
