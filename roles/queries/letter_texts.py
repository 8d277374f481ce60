"""Reads about the words of letters: what counts, what was, and what a letter with new words looks like (A4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.models import Organisation
from ismsroles.core.shown import canonical
from roles.letters import content, texts
from roles.models import Assignment, LetterText
from roles.queries.letters import readable


@dataclass(frozen=True)
class Text:
    """One kind of letter with the words that count."""

    kind: str
    name: str
    words: texts.Words
    is_own: bool


def all_of_them() -> list[Text]:
    """Every kind of letter."""
    own = set(LetterText.objects.values_list("kind", flat=True))
    return [Text(kind, name, texts.in_force(kind), kind in own) for kind, name in LetterText.KINDS]


def earlier(kind: str) -> list[Any]:
    """What the words were, newest first, with who changed them when."""
    return list(
        LetterText.history.filter(kind=kind).select_related("history_user").order_by("-history_date", "-pk")[:20]
    )


def preview(kind: str, title: str, body: str) -> dict[str, Any]:
    """The letter that these words make: of somebody who has this seat, else of an invented person. Nothing is saved."""
    return readable(_made(kind, title, body))


def printed(kind: str, title: str, body: str) -> bytes:
    """The same letter as PDF, marked as a preview on each page. Nothing is saved."""
    from roles.letters import paper  # the PDF engine is loaded by whoever renders, not by every process

    letter = _made(kind, title, body)
    letter["organisation"] = letter["organisation"] | {"classification": _("preview, appoints nobody")}
    return paper.render(canonical(letter))


def _made(kind: str, title: str, body: str) -> dict[str, Any]:
    words = texts.Words(title, body)
    texts.refuse_unfit(words)
    rows = Assignment.objects.current(clock.today()).filter(seat=kind)
    found = rows.select_related(
        "role__reports_to", "person", "area", "team", "proposed_by", "decided_by", "decided_by_person"
    ).first()
    return content.content(found, words) if found else _invented(words, clock.today())


def _invented(words: texts.Words, today: date) -> dict[str, Any]:
    """Nobody has such a seat yet: names that say what will stand there."""
    values = {name: f"[{hint}]" for name, hint in texts.PLACEHOLDERS.items()}
    values |= {"starts": content.in_words(today), "organisation": Organisation.current().name}
    return {
        "title": texts.filled(words.title, values),
        "dated": today.isoformat(),
        "blocks": texts.blocks(words.body, values),
        "responsibilities": [{"text": _("The first responsibility"), "authorities": []}],
        "authorities": [],
        "assignment": {"person": values["person"], "decided_by": values["approver"], "decided_as": ""},
        "organisation": content.organisation(),
        "issued_at": clock.now().astimezone(clock.UTC).isoformat(timespec="seconds"),
    }
