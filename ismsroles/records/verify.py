"""Is this file what was signed? Compared with what is kept under its SHA-256; the file itself is not kept (design §7)."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ismsroles.records.models import SealKey, Version

AT_MOST = 60 * 1024 * 1024  # of all unpacked parts: a file that swells further is not one of ours
STREAMS, DIGESTS = 4000, 400
_STREAM = re.compile(rb"stream\r?\n")
_DIGEST = re.compile(rb"\b[0-9a-f]{64}\b")
_CODE = re.compile(r"[^0-9a-f]")


@dataclass(frozen=True)
class Verdict:
    """What is true of a file: current, superseded, content, sealed, draft, altered, unknown or unreadable; and of which version."""

    state: str
    sha256: str
    version: Version | None = None

    @property
    def is_genuine(self) -> bool:
        """Whether every byte is what was signed, in force or not."""
        return self.state in ("current", "superseded", "content")

    @property
    def is_current(self) -> bool:
        """Whether it is genuine and belongs to the version in force."""
        return self.is_genuine and self.version.state == "published"

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        words = {"version": self.version, "state": self.version.get_state_display() if self.version else ""}
        return _SENTENCES[self.state]() % words


_SENTENCES = {
    "current": lambda: _("Genuine and current: every byte is %(version)s as it was signed, and it is in force."),
    "superseded": lambda: _(
        "Genuine but superseded: it is %(version)s as it was signed, and a newer version is in force."
    ),
    "content": lambda: _(
        "Genuine: it is the content of %(version)s, or the record of its sign-offs, as it was signed. That version is “%(state)s” now."
    ),
    "sealed": lambda: _(
        "Sealed by this organisation and whole, but this register does not keep it as a signed version. Ask who runs the register."
    ),
    "draft": lambda: _("A draft of %(version)s, which nobody signed in this form. That version is “%(state)s” now."),
    "altered": lambda: _("Altered: it carries content of %(version)s, but it is not the file that was signed."),
    "unknown": lambda: _("Unknown: this register has never signed such a file."),
    "unreadable": lambda: _("This is not a PDF, nor what lies inside one of ours, so there is nothing to compare."),
}


def verify(content: bytes) -> Verdict:
    """Compare a file with what was signed: by the SHA-256 of all its bytes, else by what it carries inside."""
    digest = hashlib.sha256(content).hexdigest()
    if version := _signed_parts().filter(Q(snapshot_id=digest) | Q(signoffs_record_id=digest)).first():
        return Verdict("content", digest, version)
    if b"%PDF-" not in content[:1024]:
        return Verdict("unknown" if content[:1] in (b"{", b"[") else "unreadable", digest)
    if version := Version.objects.filter(Q(final_id=digest) | Q(draft_id=digest)).first():
        return Verdict(_state_of(version, digest), digest, version)
    if _is_sealed_here(content):
        return Verdict("sealed", digest)
    version = _carried(content)
    return Verdict("altered" if version else "unknown", digest, version)


def by_code(code: str) -> Version | None:
    """The signed version whose pages carry this code: the first twelve characters of its fingerprint, dashes or not."""
    plain = _CODE.sub("", code.lower())
    if len(plain) != 12:
        return None
    return Version.objects.filter(snapshot__sha256__startswith=plain, final__isnull=False).first()


def _is_sealed_here(content: bytes) -> bool:
    """Whole, and sealed with a key of this register, which yet does not keep it: a register put back from an older copy."""
    if not SealKey.objects.exists():
        return False
    from ismsroles.records.seal import checking

    found = checking.read(content)
    return bool(found and found.is_whole and SealKey.objects.filter(pk=found.fingerprint).exists())


def _signed_parts() -> QuerySet[Version]:
    return Version.objects.filter(final__isnull=False)


def _state_of(version: Version, digest: str) -> str:
    if version.final_id != digest:
        return "draft"
    return "current" if version.state == "published" else "superseded"


def _carried(content: bytes) -> Version | None:
    """The version whose snapshot, or sign-offs over it, are attached to a file with other bytes."""
    found: dict[str, None] = {}
    for part in _parts(content):
        found[hashlib.sha256(part).hexdigest()] = None
        found.update(dict.fromkeys(match.group().decode() for match in islice(_DIGEST.finditer(part), DIGESTS)))
    wanted = list(found)[: DIGESTS * 4]
    chosen = Version.objects.filter(Q(snapshot_id__in=wanted) | Q(signoffs_record_id__in=wanted))
    return max(chosen, key=lambda version: (version.final_id is not None, version.pk), default=None)


def _parts(content: bytes) -> Iterator[bytes]:
    """What the file carries: each of its streams, unpacked where it is packed; bounded, for anybody may send one."""
    room, at = AT_MOST, 0
    for _stream in range(STREAMS):
        begin = _STREAM.search(content, at)
        if begin is None or room <= 0:
            return
        at = content.find(b"endstream", begin.end())  # streams do not nest: the next one begins after this one's end
        at = len(content) if at < 0 else at + len(b"endstream")
        packed = content[begin.end() : at].removesuffix(b"endstream")
        try:
            part = zlib.decompressobj().decompress(packed, room)
        except zlib.error:
            part = packed.rstrip(b"\r\n")
        room -= len(part)
        yield part
