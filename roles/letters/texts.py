"""The words of a letter: fixed placeholders, put in by plain replacement. No template language, no format(), no mark-up (case 1.3.7)."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.errors import Invalid
from ismsroles.core.shown import fingerprint
from roles.models import LetterText

PLACEHOLDERS = {
    "person": gettext_lazy("name of the person"),
    "role": gettext_lazy("title of the role"),
    "purpose": gettext_lazy("purpose of the role"),
    "area": gettext_lazy("area that it is for"),
    "starts": gettext_lazy("first day"),
    "ends": gettext_lazy("last day, or “further notice”"),
    "reports_to": gettext_lazy("role that it reports to"),
    "holder": gettext_lazy("who holds the role"),
    "deputy": gettext_lazy("who stands in"),
    "team": gettext_lazy("team that holds the role, if it is one"),
    "approver": gettext_lazy("who approved it, as what"),
    "organisation": gettext_lazy("name of the organisation"),
    "responsibilities": gettext_lazy("responsibilities with the authority for each; on a line of its own"),
    "authorities": gettext_lazy("authorities; on a line of its own"),
}
TABLES = ("responsibilities", "authorities")
MUST_STAND = ("person", "role", "responsibilities")
NAMED = re.compile(r"\{([a-z_]+)\}")
BRACED = re.compile(r"\{[^{}\n]*\}?|\}")


class Words(NamedTuple):
    """The heading and the text of one kind of letter."""

    title: str
    body: str


def default(kind: str) -> Words:
    """The words that come with the product."""
    if kind == "deputy":
        return Words(_("Appointment as deputy: {role}"), _DEPUTY())
    if kind == "member":
        return Words(_("Appointment in the team: {role}"), _MEMBER())
    return Words(_("Appointment as {role}"), _HOLDER())


def in_force(kind: str) -> Words:
    """The organisation's own words; those that come with the product while it has none."""
    own = LetterText.objects.filter(kind=kind).first()
    return Words(own.title, own.body) if own else default(kind)


def print_of(kind: str) -> str:
    """The fingerprint of the words in force: a form carries it, so that two people do not overwrite each other unseen."""
    return fingerprint([*in_force(kind)])


def refuse_unfit(words: Words) -> None:
    """Raises Invalid, with the sentence that helps, for a text that could not become a letter."""
    for field, text in (("title", words.title), ("body", words.body)):
        for found in BRACED.findall(text):
            if not (NAMED.fullmatch(found) and found[1:-1] in PLACEHOLDERS):
                raise Invalid(_unknown(found), field)
        if "<" in text or ">" in text:
            raise Invalid(_("“<” and “>” are not used here: a letter is plain text, without HTML."), field)
    for name in MUST_STAND:
        if f"{{{name}}}" not in words.body:
            raise Invalid(
                _("Write {%(name)s} somewhere: a letter without it appoints nobody.") % {"name": name}, "body"
            )
    for line in words.body.splitlines():
        if any(f"{{{name}}}" in line and line.strip() != f"{{{name}}}" for name in TABLES):
            raise Invalid(
                _("Give {responsibilities} and {authorities} a line of their own: they become a table."), "body"
            )
    if any(f"{{{name}}}" in words.title for name in TABLES):
        raise Invalid(_("The heading takes no table. Use {role} and {person} there."), "title")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder replaced, once: a name that looks like a placeholder stays a name."""
    return NAMED.sub(lambda found: values.get(found[1], found[0]), text)


def blocks(body: str, values: Mapping[str, str]) -> list[dict[str, object]]:
    """The text as the letter sets it: paragraphs, headings (# …), lists (- …) and the two tables."""
    found: list[dict[str, object]] = []
    for paragraph in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        for block in _of_lines([line.strip() for line in paragraph.splitlines() if line.strip()]):
            found.append(_filled_block(block, values))
    return found


def _of_lines(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Lines of one kind that follow each other are one block."""
    made: list[tuple[str, list[str]]] = []
    for line in lines:
        kind, text = _kind_of(line)
        if made and made[-1][0] == kind and kind in ("text", "list"):
            made[-1][1].append(text)
        else:
            made.append((kind, [text]))
    return made


def _kind_of(line: str) -> tuple[str, str]:
    if line[1:-1] in TABLES and line == f"{{{line[1:-1]}}}":
        return line[1:-1], ""
    if line == "{purpose}":
        return "lead", line
    if line.startswith("# "):
        return "heading", line[2:]
    if line.startswith("- "):
        return "list", line[2:]
    return "text", line


def _filled_block(block: tuple[str, list[str]], values: Mapping[str, str]) -> dict[str, object]:
    kind, lines = block
    if kind in TABLES:
        return {"kind": kind}
    if kind == "list":
        return {"kind": kind, "lines": [filled(line, values) for line in lines]}
    return {"kind": kind, "text": filled(" ".join(lines), values)}


def _unknown(found: str) -> str:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return _("“%(found)s” is not one of the placeholders. These are: %(known)s.") % {
        "found": found[:40],
        "known": known,
    }


def _HOLDER() -> str:  # noqa: N802  (a text, in the language of the moment)
    return _(
        "Dear {person},\n\n"
        "{approver}, appoints you as {role} of {organisation}, for {area}, from {starts} until {ends}. "
        "You report to: {reports_to}. Your deputy: {deputy}. The role in one sentence:\n\n"
        "{purpose}\n\n"
        "{responsibilities}\n\n"
        "# What we expect\n\n"
        "- You do what is written above, and have it shown when a review or an audit asks.\n"
        "- What you pass on to others stays yours: you check that it was done.\n"
        "- You keep the competence that the role needs up to date, and say so in time when you cannot.\n\n"
        "You may refuse an instruction that would make you break the information security policy, and you may speak to top "
        "management directly at any time. Tell the information security manager at once if you can no longer fill the role."
    )


def _DEPUTY() -> str:  # noqa: N802
    return _(
        "Dear {person},\n\n"
        "{approver}, appoints you as deputy for {role} of {organisation}, for {area}, from {starts} until {ends}. "
        "The role is held by: {holder}. While an absence is recorded, you act in it. The role in one sentence:\n\n"
        "{purpose}\n\n"
        "{responsibilities}\n\n"
        "# What we expect\n\n"
        "- You keep yourself informed, so that you can take over from one day to the next.\n"
        "- You decide nothing that concerns yourself or whom you stand in for.\n\n"
        "Tell the information security manager at once if you can no longer stand in."
    )


def _MEMBER() -> str:  # noqa: N802
    return _(
        "Dear {person},\n\n"
        "{approver}, appoints you as a member of the team {team}, which holds the role {role} of {organisation}, for {area}, "
        "from {starts} until {ends}. The team is led by: {holder}, who answers for it. The role in one sentence:\n\n"
        "{purpose}\n\n"
        "{responsibilities}\n\n"
        "# What we expect\n\n"
        "- You do your part of what is written above, as the lead of the team shares it out.\n"
        "- You keep the competence that the role needs up to date, and say so in time when you cannot.\n\n"
        "Tell the lead and the information security manager at once if you can no longer belong to the team."
    )
