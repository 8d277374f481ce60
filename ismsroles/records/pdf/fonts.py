"""The pinned faces: which there are, and which a text needs. How they are cut stands in `cutting.py`.

No font of the machine is ever used: the file must look and hash the same everywhere."""

import hashlib
import unicodedata
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from fontTools.ttLib import TTFont

from . import cutting

POINT = 25.4 / 72  # millimetres
SPACING = frozenset("\t\n\r")  # HTML folds them into spaces
NEVER_PRINTED = frozenset(
    {"Cc", "Cs", "Co", "Cn"}
)  # control, surrogate, private, unassigned: no agreed meaning to archive


class Source(NamedTuple):
    """A font file inside an installed package."""

    package: str
    file: str
    distribution: str

    @property
    def path(self) -> Path:
        return Path(import_module(self.package).__file__).parent / self.file


SERIF = Source("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf", "fontpkg-source-serif-4")
SLANT = Source("fontpkg_source_serif_4", "files/SourceSerif4-Italic[opsz,wght].ttf", "fontpkg-source-serif-4")
SANS = Source("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf", "fontpkg-source-sans-3")
MONO = Source("fontpkg_source_code_pro", "files/SourceCodePro[wght].ttf", "fontpkg-source-code-pro")
NASKH = Source("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf", "fontpkg-noto-sans-arabic")
HAN = Source("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf", "noto-cjk-sans-jp-regular")


class Face(NamedTuple):
    """One static face; a fallback is declared only in a document that needs one of its characters."""

    family: str
    style: str
    weight: int
    source: Source
    axes: tuple[tuple[str, int], ...] = ()
    fallback: bool = False

    @property
    def file_name(self) -> str:
        origin = f"{self.source} {version(self.source.distribution)} {self.axes}" + (
            cutting.RECIPE if self.axes else ""
        )
        digest = hashlib.sha256(origin.encode()).hexdigest()[:8]
        return f"{self.family.replace(' ', '')}-{self.style}-{self.weight}-{digest}.ttf"


TEXT, BOLD = (
    Face("Records Sans", "normal", 400, SANS, (("wght", 400),)),
    Face("Records Sans", "normal", 600, SANS, (("wght", 600),)),
)
CODE = Face("Records Mono", "normal", 400, MONO, (("wght", 400),))
DISPLAY = Face("Records Display", "normal", 400, SERIF, (("opsz", 44), ("wght", 380)))
FACES = (
    Face("Records Serif", "normal", 400, SERIF, (("opsz", 10), ("wght", 400))),
    Face("Records Serif", "normal", 600, SERIF, (("opsz", 14), ("wght", 600))),
    Face("Records Serif", "italic", 400, SLANT, (("opsz", 14), ("wght", 400))),
    DISPLAY,
    Face("Records Display", "italic", 400, SLANT, (("opsz", 32), ("wght", 360))),
    TEXT,
    BOLD,
    CODE,
    Face("Records Arabic", "normal", 400, NASKH, (("wght", 400), ("wdth", 100)), fallback=True),
    Face("Records Arabic", "normal", 600, NASKH, (("wght", 600), ("wdth", 100)), fallback=True),
    Face("Records Han", "normal", 400, HAN, fallback=True),
)
FAMILIES = tuple(dict.fromkeys(face.family for face in FACES))
# Every stack ends in the others, so that what one face lacks another draws, and never a font of the machine.
STACKS = {
    "serif": '"Records Serif", "Records Sans", "Records Arabic", "Records Han"',
    "display": '"Records Display", "Records Sans", "Records Arabic", "Records Han"',
    "sans": '"Records Sans", "Records Serif", "Records Arabic", "Records Han"',
    "mono": '"Records Mono", "Records Sans", "Records Serif", "Records Arabic", "Records Han"',
}


def static(face: Face) -> Path:
    """The face as a static file; the first time one of its source is asked for, all of that source are cut."""
    folder = Path(settings.FONT_DIR)
    if not (folder / face.file_name).exists():
        wanted = {each.file_name: dict(each.axes) for each in FACES if each.source == face.source}
        cutting.cut(face.source.path, wanted, folder)
    return folder / face.file_name


def are_cut() -> bool:
    """Whether no document need wait for a face."""
    return all((Path(settings.FONT_DIR) / face.file_name).exists() for face in FACES)


def one_of_each_source() -> list[Face]:
    """Asking for these cuts them all; those with most to cut come first, so that two processes end together."""
    first = {face.source: face for face in reversed(FACES)}
    return sorted(first.values(), key=lambda face: -sum(each.source == face.source for each in FACES))


def cut_all() -> None:
    """Cut every face now, so that the first document need not wait for it."""
    for face in one_of_each_source():
        static(face)


@cache
def _characters(source: Source) -> frozenset[int]:
    with TTFont(source.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _always_there() -> frozenset[int]:
    return _characters(SERIF) | _characters(SANS)


def faces_for(text: str) -> list[Face]:
    """The faces that a text needs: the Latin, Greek and Cyrillic ones always, another script only when it occurs."""
    strange = {ord(c) for c in set(text)} - _always_there()
    return [face for face in FACES if not face.fallback or strange & _characters(face.source)]


def missing_characters(text: str) -> list[str]:
    """The characters that no face can draw. An archival file may not hold them, so they stop a version before it is frozen."""
    drawn = _always_there() | _characters(NASKH) | _characters(HAN)
    return sorted(
        c
        for c in set(text) - SPACING
        if ord(c) not in drawn or unicodedata.category(c) in NEVER_PRINTED or c == "\ufeff"
    )


def name_of(character: str) -> str:
    """How to tell somebody which character is meant, even one that their screen cannot show."""
    name = unicodedata.name(character, "a character without a name").lower()
    shown = f"“{character}” " if character.isprintable() else ""
    return f"{shown}({name}, U+{ord(character):04X})"


@cache
def _advances(face: Face) -> tuple[dict[int, float], float]:
    with TTFont(static(face), lazy=True) as font:
        widths, unit = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[glyph][0] / unit for code, glyph in font.getBestCmap().items()}, 1.0


def width(text: str, size: float, face: Face = TEXT) -> float:
    """Width in millimetres of one line of text, without kerning; a character of another script counts as a full square."""
    advances, square = _advances(face)
    return sum(advances.get(ord(c), square) for c in text) * size * POINT
