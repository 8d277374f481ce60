"""Building the ZIP: chapter by chapter, then a manifest with the SHA-256 of each file, then an index that is sealed (D5)."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from evidence.models import Engagement
from evidence.pack.chapters import CHAPTERS
from ismsroles.core import clock, findings
from ismsroles.core.models import Organisation

ZERO = (1980, 1, 1, 0, 0, 0)  # a ZIP's own clock says nothing: moments stand in the manifest


@dataclass(frozen=True)
class Built:
    """The finished file."""

    content: bytes
    sha256: str
    files: int


def build(engagement: Engagement, *, told: Callable[[int, int], None] = lambda done, total: None) -> Built:
    """The whole pack; `told` hears how many of how many chapters are done."""
    day, total, out = clock.today(), len(CHAPTERS) + 1, BytesIO()
    listed: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, chapter in enumerate(CHAPTERS):
            told(number, total)
            for name, content in chapter.files(engagement, day):
                listed.append(_add(archive, f"{chapter.folder}/{name}", content, str(chapter.title)))
        told(total - 1, total)
        manifest = _manifest(engagement, day, listed)
        _add(archive, "manifest.json", manifest, "")
        _add(archive, "index.pdf", _sealed_index(engagement, day, listed, manifest), "")
    told(total, total)
    content = out.getvalue()
    return Built(content, hashlib.sha256(content).hexdigest(), len(listed) + 2)


def _add(archive: zipfile.ZipFile, path: str, content: bytes, title: str) -> dict[str, Any]:
    entry = zipfile.ZipInfo(path, ZERO)
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(".pdf") else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
    return {"path": path, "title": title, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _manifest(engagement: Engagement, day: date, listed: list[dict[str, Any]]) -> bytes:
    found = findings.current(day)
    gaps = {level: sum(one.severity == level for one in found) for level in ("stop", "warn", "note")}
    about = {
        "organisation": Organisation.current().name,
        "audit": engagement.name,
        "built_at": clock.now().isoformat(timespec="seconds"),
    }
    return json.dumps(about | {"gaps": gaps, "files": listed}, ensure_ascii=False, indent=1).encode()


def _sealed_index(engagement: Engagement, day: date, listed: list[dict[str, Any]], manifest: bytes) -> bytes:
    """The list of all files with their checksums as a PDF, the manifest attached, under the organisation's seal."""
    from ismsroles.records.seal.sealing import seal  # loaded by whoever builds

    return seal(index_pdf(engagement, day, listed, manifest)).content


def index_pdf(engagement: Engagement, day: date, listed: list[dict[str, Any]], manifest: bytes) -> bytes:
    """The index before it is sealed."""
    from ismsroles.records.pdf import archive, parts

    organisation, moment = Organisation.current(), clock.now().astimezone(clock.UTC).isoformat(timespec="seconds")
    chapters: dict[str, list[dict[str, Any]]] = {}
    for one in listed:
        chapters.setdefault(one["title"], []).append(one)
    context = {
        "organisation": organisation.name, "engagement": engagement.name, "day": parts.day(day.isoformat()), "chapters": chapters.items(),
        "manifest": hashlib.sha256(manifest).hexdigest(), "count": len(listed),
    }  # fmt: skip
    html = render_to_string("evidence/pack/index.html", context)
    running = {
        "owner": organisation.name,
        "state": _("Evidence pack"),
        "code": engagement.name,
        "page": _("Page") + " ",
        "of": " / ",
    }
    shell = parts.shell(
        html,
        title=_("Evidence pack: index"),
        language="en",
        author=organisation.name,
        description=_("Every file with its checksum"),
        frozen=moment,
    )
    style = parts.stylesheet(accent=organisation.accent, running=running)
    return archive.render(
        shell, style, frozen=moment, attachments=[("manifest.json", _("All files with their SHA-256"), manifest)]
    )
