"""Papers that people attach as evidence: small, of a known kind, and what their name says (ASVS 5.2.1, 5.2.2)."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BYTES_AT_MOST = 10 * 1024 * 1024
BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
}
TEXTS = (".txt", ".eml")


def refuse_unfit(file: UploadedFile) -> None:
    """A paper is a PDF, a picture, a text or a letter of a word processor, 10 MB at most, and its content is what its name says."""
    ending = Path(file.name).suffix.lower()
    if ending not in BEGINNINGS and ending not in TEXTS:
        raise forms.ValidationError(_("Choose a PDF, a picture (PNG, JPEG), a DOCX, ODT, TXT or EML file."), "ending")
    if file.size > BYTES_AT_MOST:
        raise forms.ValidationError(_("This file is larger than 10 MB. Choose a smaller one."), "size")
    if not _is_what_it_says(ending, file):
        raise forms.ValidationError(
            _("This file is not what its name says (%(ending)s). Save it again, or choose another one."),
            "content",
            {"ending": ending},
        )


def _is_what_it_says(ending: str, file: UploadedFile) -> bool:
    head = file.read(4096)
    file.seek(0)
    if ending in TEXTS:
        return b"\0" not in head and not head.lstrip().startswith(b"<")
    return head.startswith(BEGINNINGS[ending])


class PaperField(forms.FileField):
    """One paper."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("A PDF, picture or text, 10 MB at most. It is kept as evidence."))
        super().__init__(**{"max_length": 100, "validators": [refuse_unfit], **kwargs})
