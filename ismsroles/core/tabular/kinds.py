"""What a file really is, from its first bytes. A name can say anything."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.tabular.shape import UNPACKED, Unreadable

# How much larger than packed one part of a workbook may be; real sheets stay below 60, bombs go to 1,000.
RATIO = 200
RATIO_MATTERS_ABOVE = 1024 * 1024
MEMBERS = 2_000

SIGNS: list[tuple[bytes, object]] = [
    (b"%PDF", gettext_lazy("a PDF")),
    (b"\x89PNG", gettext_lazy("a picture")),
    (b"\xff\xd8\xff", gettext_lazy("a picture")),
    (b"GIF8", gettext_lazy("a picture")),
    (b"II*\x00", gettext_lazy("a picture")),
    (b"MM\x00*", gettext_lazy("a picture")),
    (b"RIFF", gettext_lazy("a picture or a recording")),
    (b"BM", gettext_lazy("a picture")),
    (b"{\\rtf", gettext_lazy("a text document")),
    (b"\x1f\x8b", gettext_lazy("a packed archive")),
    (b"7z\xbc\xaf", gettext_lazy("a packed archive")),
    (b"Rar!", gettext_lazy("a packed archive")),
    (b"BZh", gettext_lazy("a packed archive")),
    (b"\xfd7zXZ", gettext_lazy("a packed archive")),
    (b"PK\x05\x06", gettext_lazy("an empty archive")),
    (b"PK\x07\x08", gettext_lazy("a packed archive")),
    (b"SQLite format 3", gettext_lazy("a database")),
    (b"MZ", gettext_lazy("a program")),
    (b"\x7fELF", gettext_lazy("a program")),
]
# These are letters as well, so a file starting with them is refused only if it isn't text.
ALSO_TEXT = {b"BM", b"MZ", b"RIFF", b"GIF8", b"BZh", b"Rar!"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MARKUP = re.compile(rb"^\s*<(!doctype|html|head|body|table|\?xml|svg|workbook)\b", re.IGNORECASE)


def is_workbook(content: bytes, filename: str) -> bool:
    """True for an XLSX that is safe to open, False for text; anything else is refused by its true name."""
    start = content[:512]
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise Unreadable(_("The file is empty. Put headings in the first row and one entry in each row below."))
    if start.startswith(OLD_OFFICE):
        raise Unreadable(_old_office(content))
    if start.startswith(b"PK\x03\x04"):
        _check_archive(content)
        return True
    for sign, what in SIGNS:
        if start.startswith(sign) and (sign not in ALSO_TEXT or b"\x00" in start):
            raise Unreadable(_not_a_table(what))
    if MARKUP.match(start.lstrip(b"\xef\xbb\xbf")):
        raise Unreadable(_not_a_table(_("a web page or XML")))
    return False


def _not_a_table(what: object) -> str:
    return _(
        "This file is %(what)s, not a table. Save the list as CSV or as an Excel workbook (.xlsx) and choose that file."
    ) % {"what": what}


def _old_office(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("This workbook is protected with a password. Save it without the password and choose it again.")
    return _(
        "This file is in the old Excel or Word format. Open it and save it as an Excel workbook (.xlsx) or as CSV."
    )


def _check_archive(content: bytes) -> None:
    """An XLSX is a ZIP: look at its list of contents, and at nothing else, before anything is unpacked."""
    try:
        members = zipfile.ZipFile(BytesIO(content)).infolist()
    except Exception as error:  # zipfile raises half a dozen kinds for a damaged list of contents
        raise Unreadable(damaged()) from error
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Unreadable(_other_archive(names))
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(
            _("This workbook is protected with a password. Save it without the password and choose it again.")
        )
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED or any(map(_is_bomb, members)):
        raise Unreadable(
            _(
                "Unpacked, this workbook would be far larger than it looks, so it was not opened. "
                "Copy the list into a new workbook, or save it as CSV."
            )
        )


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > RATIO_MATTERS_ABOVE and member.file_size > RATIO * max(member.compress_size, 1)


def _other_archive(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return _(
            "This file is a binary Excel workbook (.xlsb). Open it and save it as an Excel workbook (.xlsx) or as CSV."
        )
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return _("This file is an OpenDocument file. Open it and save it as an Excel workbook (.xlsx) or as CSV.")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return _not_a_table(_("a text document or a presentation"))
    return _("This file is an archive (ZIP). Unpack it and choose the table that is inside.")


def damaged() -> str:
    """The sentence for a workbook that breaks off or has been altered."""
    return _(
        "This workbook is damaged and cannot be opened. Open it in a spreadsheet program, save it again, and choose the new file."
    )
