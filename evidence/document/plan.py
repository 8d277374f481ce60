"""Which sections the document has, in which order, and how they become one PDF."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from evidence.document import lines, rows
from evidence.document.reading import Snapshot
from evidence.parts import PARTS
from ismsroles.records.pdf import archive, fonts, ornament, parts

STYLE = Path(__file__).parent / "print.css"
MARKED = (
    "".join(
        f"@page{name}{{background:url(asset:{picture}) center/cover no-repeat}}"
        for name, picture in (("", "draft.svg"), (" wide", "draft-wide.svg"))
    )
    + "@page cover{background:none}"
)


class Signing(NamedTuple):
    """What stands beside the snapshot in a signed version; empty in a draft."""

    raw: bytes = b"[]"
    log_head: str = ""

    @property
    def rows(self) -> list[dict]:
        return json.loads(self.raw)


class Section(NamedTuple):
    """One numbered section: its template, its heading and the line under it."""

    key: str
    title: str
    lead: str = ""
    css: str = ""


def render_draft(snapshot: bytes) -> bytes:
    """The PDF that approvers read before they sign: marked as draft on every page, its code says “Not signed”."""
    return _render(snapshot, None)


def render_final(snapshot: bytes, signoffs: bytes, log_head: str) -> bytes:
    """The signed version: snapshot, sign-offs and head of the log determine every byte (design rule 10).

    A sign-off that names another snapshot is refused: it would print somebody's name under what they never saw."""
    signing, digest = Signing(signoffs, log_head), parts.fingerprint(snapshot)
    for row in signing.rows:
        if row["snapshot_sha256"] != digest:
            raise archive.CannotRender(_("%s signed another content than this one.") % row["name"])
    return _render(snapshot, signing)


def texts(snapshot: bytes) -> str:
    """Every text that will be printed, for the check before freezing that the fonts can draw it all."""
    return "\n".join(_strings(json.loads(snapshot)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key in sorted(value):
            yield from _strings(value[key])
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _render(content: bytes, signing: Signing | None) -> bytes:
    snapshot = Snapshot(content)
    with translation.override(snapshot.language):  # the document's language, not that of whoever asks for it
        html, charts = body(snapshot, signing)
        attached = [("content.json", _("Everything that is signed, in canonical form"), content)]
        if signing:
            attached.append(("sign-offs.json", _("Who signed it, when and how"), signing.raw))
        return archive.render(
            parts.shell(html, **_about(snapshot)),
            _style(snapshot, signing),
            frozen=snapshot.document["frozen_at"],
            attachments=attached,
            pictures=_pictures(snapshot, signing, charts),
        )


def body(snapshot: Snapshot, signing: Signing | None) -> tuple[str, list]:
    """The HTML of all pages, and the sheets of the chart."""
    charts = lines.charts(snapshot.roles, snapshot.organisation.get("accent", ""))
    plan = _plan(snapshot)
    numbers = {section.key: n for n, section in enumerate(plan, 1)}
    context = {
        "s": snapshot,
        "org": snapshot.organisation,
        "doc": snapshot.document,
        "signing": signing,
        "numbers": numbers,
        "plan": [(n, section) for n, section in enumerate(plan, 1)],
        "charts": charts,
        "code": _code(snapshot, signing),
        "status": _status(signing),
        "title_css": _title_css(snapshot.document["title"]),
    } | rows.derived(snapshot, signing.rows if signing else [])
    front = [_template("cover", context), _template("contents", context)]
    return "".join(front + [_section(numbers[section.key], section, context) for section in plan]), charts


def _template(name: str, context: dict) -> str:
    return render_to_string(f"evidence/document/{name}.html", context)


def _section(number: int, section: Section, context: dict) -> str:
    return _template(
        "section", context | {"number": number, "section": section, "template": f"evidence/document/{section.key}.html"}
    )


def _plan(snapshot: Snapshot) -> list[Section]:
    signed = _("Signed by the people who answer for it, version by version.")
    plan = [
        Section("approval", _("Approval"), signed),
        Section("glance", _("At a glance"), _("The whole document on one page, then what is open.")),
        Section("control", _("Document control")),
    ]
    if snapshot.list("history") or snapshot.list("changes"):
        plan.append(_changes(snapshot))
    plan += [
        Section("lines", _("Reporting lines"), css="wide"),
        Section(
            "register", _("Register of roles"), _("Every role, held by a named person whom top management approved.")
        ),
        Section("profiles", _("Role profiles"), _("What each role answers for, and the authority that lets it do so.")),
        Section("approvals", _("Approved assignments"), _("Who proposed each holder and deputy, and who decided.")),
        Section("verify", _("Verify this document"), _("How to check this file without asking us."), "verify"),
    ]
    return _with_parts(plan, snapshot)


def _with_parts(plan: list[Section], snapshot: Snapshot) -> list[Section]:
    """Parts that have something to say, each behind the section it belongs to; those of one place in the order of PARTS."""
    for part in reversed(PARTS):
        if part.after and snapshot.row.get(part.key):
            place = next(n for n, section in enumerate(plan) if section.key == part.after)
            plan.insert(place + 1, Section(part.key, str(part.title), str(part.lead), part.css))
    return plan


def _changes(snapshot: Snapshot) -> Section:
    if not snapshot.list("history"):
        return Section("changes", _("Changes"))
    last = snapshot.list("history")[0]
    lead = _("What is new since the version published on %s.") % parts.day(last.get("published_on"))
    return Section("changes", _("Changes since version %s") % last["version"], lead)


def _status(signing: Signing | None) -> str:
    return _("Signed off") if signing else _("Draft")


def _code(snapshot: Snapshot, signing: Signing | None) -> str:
    return parts.short_code(snapshot.fingerprint) if signing else _("Not signed")


def _title_css(title: str) -> str:
    """The largest size at which the title keeps to its place on the cover."""
    wide = fonts.width(title, 42, fonts.DISPLAY) / 168
    return "title" if wide < 2.2 else "title long" if wide < 3.6 else "title longest"


def _about(snapshot: Snapshot) -> dict:
    doc, org = snapshot.document, snapshot.organisation
    return {
        "title": _("%(title)s, version %(version)s") % {"title": doc["title"], "version": doc["version"]},
        "language": snapshot.language,
        "author": org.get("legal_name") or org["name"],
        "description": _("Who answers for what in information security, and by whose authority"),
        "frozen": doc["frozen_at"],
    }


def _style(snapshot: Snapshot, signing: Signing | None) -> str:
    doc = snapshot.document
    state = " · ".join(filter(None, (_("Version %s") % doc["version"], _status(signing), doc.get("classification"))))
    page, of = (_("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}).split("\0")[:2]
    running = {
        "owner": snapshot.organisation["name"],
        "state": state,
        "code": _code(snapshot, signing),
        "page": page,
        "of": of,
    }
    more = STYLE.read_text(encoding="utf-8") + ("" if signing else MARKED)
    return parts.stylesheet(more, accent=snapshot.organisation.get("accent", ""), running=running)


def _pictures(snapshot: Snapshot, signing: Signing | None, charts: list) -> dict[str, str]:
    pictures = {"cover.svg": lines.cover(snapshot.roles, snapshot.organisation.get("accent", ""))}
    pictures |= {f"chart{sheet.number}.svg": sheet.drawing for sheet in charts}
    if not signing:
        pictures |= {
            "draft.svg": ornament.page_mark(_("DRAFT"), 210, 297),
            "draft-wide.svg": ornament.page_mark(_("DRAFT"), 297, 210),
        }
    return pictures
