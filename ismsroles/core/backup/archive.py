"""The file itself: written under another name until it is whole; read only when every part of it is what the manifest says."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from ismsroles.core.backup import FORMAT, MANIFEST
from ismsroles.core.errors import Refusal

CHUNK = 1 << 20


@dataclass
class Writer:
    """Writes the parts and remembers what they were."""

    archive: zipfile.ZipFile
    parts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """One part from its pieces; returns its SHA-256."""
        whole = hashlib.sha256()
        with self.archive.open(name, "w", force_zip64=True) as out:
            for piece in pieces:
                whole.update(piece)
                out.write(piece)
        self.parts[name] = whole.hexdigest()
        return self.parts[name]


@contextmanager
def new(file: Path) -> Iterator[Writer]:
    """A new backup, readable by its owner only. Nothing stands under its name before it is whole."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    handle = os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(handle, "wb") as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            yield Writer(archive)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


@dataclass(frozen=True)
class Backup:
    """A backup that was read through: every part is there and is what the manifest says."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of one part."""
        with self.archive.open(name) as part:
            yield from part

    def under(self, folder: str) -> list[str]:
        """The parts of one folder."""
        return sorted(name for name in self.manifest["parts"] if name.startswith(f"{folder}/"))

    def copy(self, name: str, file: Path) -> None:
        """One part as a file of its own."""
        file.parent.mkdir(parents=True, exist_ok=True)
        with self.archive.open(name) as part, file.open("wb") as out:
            while piece := part.read(CHUNK):
                out.write(piece)


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """The backup, checked from the first byte to the last before anything of it is used."""
    broken = _("%(file)s is no backup of this product, or it is cut off.") % {"file": file}
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError as missing:
        raise Refusal(_("There is no file %(file)s.") % {"file": file}) from missing
    except zipfile.BadZipFile as fault:
        raise Refusal(broken) from fault
    with archive:
        try:
            manifest = json.loads(archive.read(MANIFEST))
            _check(archive, manifest)
        except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError) as fault:
            raise Refusal(broken) from fault
        yield Backup(archive, manifest)


def _check(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise Refusal(
            _("This backup has the form %(form)s, which this release does not read.") % {"form": manifest["format"]}
        )
    if set(archive.namelist()) != {*manifest["parts"], MANIFEST}:
        raise Refusal(_("The backup does not hold what its list says. Nothing was restored."))
    for name, expected in manifest["parts"].items():
        if not _stays_inside(name) or _digest(archive, name) != expected:
            raise Refusal(_("“%(part)s” in the backup was altered. Nothing was restored.") % {"part": name})


def _stays_inside(name: str) -> bool:
    """No part leads out of the folder it is written to."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    whole = hashlib.sha256()
    with archive.open(name) as part:
        while piece := part.read(CHUNK):
            whole.update(piece)
    return whole.hexdigest()
