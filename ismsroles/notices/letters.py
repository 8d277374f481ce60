"""What every mail looks like: one text, one HTML, both from the same parts. Nothing in it is loaded from anywhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ismsroles.core import colour
from ismsroles.core.models import Organisation

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Part:
    """One thing a mail says: a heading (in a digest), sentences, lines, and the way to its page."""

    paragraphs: Sequence[str]
    heading: str = ""
    lines: Sequence[str] = ()
    link: str = ""
    action: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail before it is put into text and HTML."""

    subject: str
    parts: Sequence[Part]
    greeting: str = ""
    footer: Sequence[str] = ()
    more: Part | None = None

    def text(self) -> str:
        """For those who read plain text."""
        return re.sub(r"\n{3,}", "\n\n", render_to_string("notices/mail.txt", self._context())).strip() + "\n"

    def html(self) -> str:
        """For the others: headings, lists, a button; readable without pictures, on a phone, and aloud."""
        return render_to_string("notices/mail.html", self._context())

    def _context(self) -> dict[str, object]:
        organisation = Organisation.current()
        return {
            "letter": self, "organisation": organisation, "accent": colour.safe_accent(organisation.accent),
            "language": translation.get_language(),
        }  # fmt: skip


def language() -> str:
    """The organisation's language: mails are written in it."""
    return getattr(Organisation.current(), "language", "") or settings.LANGUAGE_CODE


def from_text(subject: str, text: str) -> Letter:
    """A mail that was written as plain text: its paragraphs, and its links as links."""
    greeting, *rest = [part.strip() for part in text.split("\n\n") if part.strip()] or [""]
    if not greeting.endswith(","):
        greeting, rest = "", [greeting, *rest]
    link = next((each for each in rest if LINK.fullmatch(each)), "")
    said = [each for each in rest if each != link]
    return Letter(subject, [Part(said, link=link, action=_("Open the page"))], greeting=greeting)
