"""Cuts static faces out of a variable font, once, into a folder.

Rendering from variable fonts is slower and gave glyph widths that PDF/A and PDF/UA refuse. What a document never uses (small
capitals, old-style figures, other forms of letters) is left out first: settling its kerning took two thirds of the time."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# What a script needs to be set right, and the figures that print.css asks for.
FEATURES = (
    "calt", "ccmp", "clig", "curs", "fina", "init", "isol", "kern", "liga", "lnum", "locl", "mark", "medi", "mkmk",
    "rclt", "rlig", "rtlm", "tnum",
)  # fmt: skip
RECIPE = f"2 {' '.join(FEATURES)}"  # faces cut in another way have another name


def cut(source: Path, wanted: Mapping[str, Mapping[str, float]], folder: Path) -> None:
    """Make these files (name: axes), where they are missing. Who comes second waits for the first instead of doing it again."""
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_with(source):
        missing = {name: axes for name, axes in wanted.items() if not (folder / name).exists()}
        if not missing:
            return
        plain = source.read_bytes() if not all(missing.values()) else _without_the_unused(source)
        for name, axes in missing.items():
            _put(_settled(plain, axes) if axes else plain, folder / name)


@contextmanager
def _alone_with(source: Path) -> Iterator[None]:
    """The lock ends with the process, and leaves no file behind."""
    with source.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _without_the_unused(source: Path) -> bytes:
    """Every character that the font can draw, and only what setting them needs."""
    options = Options(
        layout_features=list(FEATURES), hinting=False, name_IDs=["*"], notdef_outline=True, glyph_names=False
    )
    options.recalc_timestamp = False
    with TTFont(source, recalcTimestamp=False) as font:
        needed = Subsetter(options)
        needed.populate(unicodes=font.getBestCmap())
        needed.subset(font)
        return _written(font)


def _settled(variable: bytes, axes: Mapping[str, float]) -> bytes:
    with TTFont(BytesIO(variable), recalcTimestamp=False) as font:
        instantiateVariableFont(font, dict(axes), inplace=True)
        return _written(font)


def _written(font: TTFont) -> bytes:
    target = BytesIO()
    font.save(target)
    return target.getvalue()


def _put(content: bytes, target: Path) -> None:
    """Whole or not at all."""
    handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".unfinished")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(unfinished, target)
    finally:
        Path(unfinished).unlink(missing_ok=True)
