"""The sign-off sheet of a policy or process version: a pure function of what was frozen and signed (T4; design rule 10)."""

import json
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ismsroles.records.pdf import archive, ornament, parts
from reviews.minutes import paper

STYLE = Path(paper.__file__).parent / "minutes.css"


def render(snapshot: bytes, signoffs: bytes | None, log_head: str = "") -> bytes:
    """PDF/A-3a and PDF/UA-1; content and sign-offs are attached byte for byte."""
    told = json.loads(snapshot)
    with translation.override(told["organisation"]["language"]):
        attached = [("content.json", _("Everything that is signed, in canonical form"), snapshot)]
        if signoffs is not None:
            attached.append(("sign-offs.json", _("Who signed it, when and how"), signoffs))
        context = {
            "p": told, "org": told["organisation"], "signoffs": json.loads(signoffs) if signoffs is not None else [],
            "is_signed": signoffs is not None, "fingerprint": parts.fingerprint(snapshot), "log_head": log_head,
        }  # fmt: skip
        return archive.render(
            parts.shell(render_to_string("reviews/papers/sheet.html", context), **_about(told)),
            _style(told, snapshot, signoffs),
            frozen=told["frozen_at"],
            attachments=attached,
            pictures={} if signoffs is not None else {"draft.svg": ornament.page_mark(_("DRAFT"), 210, 297)},
        )


def _about(told: dict[str, Any]) -> dict[str, str]:
    return {
        "title": _("%(title)s, version %(number)s: sign-off") % told, "language": told["organisation"]["language"],
        "author": told["organisation"]["legal_name"], "description": _("Sign-off of a policy or process"), "frozen": told["frozen_at"],
    }  # fmt: skip


def _style(told: dict[str, Any], snapshot: bytes, signoffs: bytes | None) -> str:
    status = _("Signed off") if signoffs is not None else _("Draft")
    page, of = (_("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}).split("\0")[:2]
    running = {
        "owner": told["organisation"]["name"], "page": page, "of": of,
        "state": " · ".join(filter(None, (_("Version %s") % told["number"], status, told["organisation"]["classification"]))),
        "code": parts.short_code(parts.fingerprint(snapshot)) if signoffs is not None else _("Not signed"),
    }  # fmt: skip
    more = STYLE.read_text(encoding="utf-8") + ("" if signoffs is not None else paper.MARK)
    return parts.stylesheet(more, accent=told["organisation"]["accent"], running=running)
