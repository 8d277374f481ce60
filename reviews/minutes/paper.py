"""The minutes as PDF/A-3a and PDF/UA-1: a pure function of what was frozen and signed (T3; design rule 10)."""

import json
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ismsroles.records.pdf import archive, ornament, parts

STYLE = Path(__file__).parent / "minutes.css"
MARK = "@page { background: url(asset:draft.svg) center / 210mm 297mm no-repeat }"


def render_draft(snapshot: bytes) -> bytes:
    """Before it is signed: marked as a draft on each page."""
    return _render(snapshot, None, "")


def render_final(snapshot: bytes, signoffs: bytes, log_head: str) -> bytes:
    """As signed; the sign-offs and the content are attached byte for byte."""
    return _render(snapshot, signoffs, log_head)


def texts(snapshot: bytes) -> str:
    """Every text that will be printed."""
    return "\n".join(_strings(json.loads(snapshot)))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return [value] if isinstance(value, str) else []


def _render(snapshot: bytes, signoffs: bytes | None, log_head: str) -> bytes:
    told = json.loads(snapshot)
    with translation.override(told["organisation"]["language"]):
        attached = [("content.json", _("Everything that is signed, in canonical form"), snapshot)]
        if signoffs is not None:
            attached.append(("sign-offs.json", _("Who signed it, when and how"), signoffs))
        return archive.render(
            parts.shell(html(told, snapshot, signoffs, log_head), **_about(told)),
            _style(told, snapshot, signoffs),
            frozen=told["frozen_at"],
            attachments=attached,
            pictures={} if signoffs is not None else {"draft.svg": ornament.page_mark(_("DRAFT"), 210, 297)},
        )


def html(told: dict[str, Any], snapshot: bytes, signoffs: bytes | None, log_head: str) -> str:
    """The pages."""
    context = {
        "m": told, "org": told["organisation"], "signoffs": json.loads(signoffs) if signoffs is not None else [],
        "is_signed": signoffs is not None, "fingerprint": parts.fingerprint(snapshot), "log_head": log_head,
    }  # fmt: skip
    return render_to_string("reviews/minutes/paper.html", context)


def title(told: dict[str, Any]) -> str:
    return _("%(team)s, minutes %(number)s") % told


def _about(told: dict[str, Any]) -> dict[str, str]:
    return {
        "title": title(told), "language": told["organisation"]["language"], "author": told["organisation"]["legal_name"],
        "description": _("Minutes of the management review"), "frozen": told["frozen_at"],
    }  # fmt: skip


def _style(told: dict[str, Any], snapshot: bytes, signoffs: bytes | None) -> str:
    status = _("Signed off") if signoffs is not None else _("Draft")
    page, of = (_("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}).split("\0")[:2]
    running = {
        "owner": told["organisation"]["name"],
        "state": " · ".join(filter(None, (_("Minutes %s") % told["number"], status, told["organisation"]["classification"]))),
        "code": parts.short_code(parts.fingerprint(snapshot)) if signoffs is not None else _("Not signed"),
        "page": page, "of": of,
    }  # fmt: skip
    more = STYLE.read_text(encoding="utf-8") + ("" if signoffs is not None else MARK)
    return parts.stylesheet(more, accent=told["organisation"]["accent"], running=running)
