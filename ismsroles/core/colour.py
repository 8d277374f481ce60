"""Colours for paper and mail: one accent, always dark enough to read, and its tints as solid colours."""

import re

READABLE = 5.5  # contrast on white; WCAG AA asks for 4.5
FALLBACK = "#1f3f66"


def mix(colour: str, share: float) -> str:
    """`share` of the colour on white paper, as a solid colour: no transparency, so it prints alike everywhere."""
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in _parts(colour))


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2 between a colour and white."""
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in (part / 255 for part in _parts(colour))
    ]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def safe_accent(colour: str) -> str:
    """The chosen colour, darkened until white text on it (and it on white) can be read; a neutral blue if it is none."""
    colour = colour.lower() if re.fullmatch("#[0-9a-fA-F]{6}", colour or "") else FALLBACK
    while contrast_on_white(colour) < READABLE:
        colour = "#" + "".join(f"{int(part * 0.94):02x}" for part in _parts(colour))
    return colour


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
