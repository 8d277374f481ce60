"""The letter as PDF: a pure function of its frozen content, in the dress of the document (coverage A4; design rule 10)."""

import json
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ismsroles.records.pdf import archive, parts

STYLE = Path(__file__).parent / "letter.css"


def render(content: bytes) -> bytes:
    """PDF/A-3a and PDF/UA-1, with the content attached; the same content gives the same bytes."""
    letter = json.loads(content)
    with translation.override(letter["organisation"]["language"]):
        return archive.render(
            parts.shell(html(letter), **_about(letter)),
            _style(letter, content),
            frozen=letter["issued_at"],
            attachments=[("appointment.json", _("Everything that the letter says, in canonical form"), content)],
        )


def html(letter: dict) -> str:
    """The letter's page, for the PDF and for the preview."""
    return render_to_string("roles/letter/paper.html", {"letter": letter, "org": letter["organisation"]})


def _about(letter: dict) -> dict[str, str]:
    return {
        "title": letter["title"],
        "language": letter["organisation"]["language"],
        "author": letter["organisation"]["legal_name"],
        "description": _("Appointment to an information security role"),
        "frozen": letter["issued_at"],
    }


def _style(letter: dict, content: bytes) -> str:
    page, of = (_("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}).split("\0")[:2]
    running = {
        "owner": letter["organisation"]["name"],
        "state": " · ".join(filter(None, (_("Appointment letter"), letter["organisation"].get("classification")))),
        "code": parts.short_code(parts.fingerprint(content)),
        "page": page,
        "of": of,
    }
    more = STYLE.read_text(encoding="utf-8")
    return parts.stylesheet(more, accent=letter["organisation"]["accent"], running=running)
