"""Where the words of a PDF stand (pdftotext -bbox): what overlaps, and what runs over the edge of the paper."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)


class Word(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    text: str


def text_of(file: Path) -> str:
    """All the text, with every run of white space made one space."""
    run = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", run.stdout)


def pages(file: Path) -> list[tuple[float, float, list[Word]]]:
    """Width, height and words of each page."""
    found = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True).stdout
    return [
        (float(w), float(h), [Word(*map(float, m[:4]), m[4]) for m in WORD.findall(body)])
        for w, h, body in PAGE.findall(found)
    ]


def _over_each_other(a: Word, b: Word) -> bool:
    wide = min(a.right, b.right) - max(a.left, b.left)
    tall = min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 1.5 and tall > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def faults(file: Path) -> list[str]:
    """Words that stand on one another, and words outside the paper."""
    found = []
    for number, (width, height, words) in enumerate(pages(file), 1):
        words.sort(key=lambda word: word.top)
        for n, word in enumerate(words):
            if word.left < 0 or word.top < 0 or word.right > width or word.bottom > height:
                found.append(f"page {number}: {word.text} runs over the edge")
            for other in words[n + 1 :]:
                if other.top > word.bottom:
                    break
                if _over_each_other(word, other):
                    found.append(f"page {number}: {word.text} stands on {other.text}")
    return found
