"""The matrix as lists: each activity with its roles, each role with its activities. Hundreds of cards, so joined strings."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ismsroles.core.marks import icon
from raci.forms.matrix import NAMES
from raci.grid import NONE
from raci.models import LETTERS
from raci.queries.picture import ColumnOfRole
from raci.queries.sheets import Sheet


@dataclass
class Entry:
    """One activity or role with what belongs to each letter, and what to say where there is none."""

    pk: int
    title: str
    lead: str
    wrong: list[str] = field(default_factory=list)
    letters: list[tuple[str, str]] = field(default_factory=list)


Groups = list[tuple[str, list[Entry]]]


def by_activity(found: Sheet) -> Groups:
    """Processes with their activities; each says first who answers for it."""
    titles = {column.pk: _with_holders(column) for column in found.grid.columns}
    groups: dict[str, list[Entry]] = {}
    for row in found.grid.rows:
        cells = found.grid.cells.get(row.pk, NONE)
        letters = _by_letter([(titles[role], text) for role, text in cells.items() if role in titles])
        lead = dict(letters).get("A") or _("No accountable role")
        entry = Entry(row.pk, row.title, lead, found.grid.said.get(row.pk, []), letters)
        groups.setdefault(row.group_name, []).append(entry)
    return list(groups.items())


def _with_holders(column: ColumnOfRole) -> str:
    """A role with who holds it, where that is one person or two."""
    few = 0 < len(column.holders) <= 2
    return f"{column.title} ({', '.join([holder.name for holder in column.holders])})" if few else column.title


def by_role(found: Sheet) -> Groups:
    """Roles with their activities, under no heading."""
    own: dict[int, list[tuple[str, str]]] = {column.pk: [] for column in found.grid.columns}
    for row in found.grid.rows:
        for role, text in found.grid.cells.get(row.pk, NONE).items():
            if role in own:
                own[role].append((row.title, text))
    entries = []
    for column in found.grid.columns:
        people = ", ".join([holder.name for holder in column.holders[:3]])
        lead = people or (_("Vacant") if column.is_vacant else "")
        entries.append(Entry(column.pk, column.title, lead, letters=_by_letter(own[column.pk])))
    return [("", entries)] if entries else []


def _by_letter(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each letter with its names, in the order of the letters, those without a name left out."""
    rows = [(letter, [name for name, text in named if letter in text]) for letter in LETTERS]
    return [(letter, "; ".join(names)) for letter, names in rows if names]


class Cards:
    """The list as HTML: a card for each entry, under the name of its process."""

    def __init__(self, *, by_role: bool, keeps: bool) -> None:
        self.page = _address("role" if by_role else "activity")
        self.change = _address("activity-letters") if keeps and not by_role else ""
        self.open = _("Open the role") if by_role else _("Open the activity")
        self.none = _("Takes part in no activity.") if by_role else _("No role has a letter here.")
        self.terms = {
            letter: f'<div><dt><b class="l{letter.lower()}">{letter}</b> {escape(NAMES[letter])}</dt><dd>' for letter in LETTERS
        }  # fmt: skip
        self.sign, self.fold, self.changing = icon("octagon-alert"), icon("chevron-down"), _("Change who does it")

    def __call__(self, groups: Groups) -> SafeString:
        parts: list[str] = []
        for name, entries in groups:
            parts.append(f'<h2 class="band">{escape(name)}</h2>' if name else "")
            parts += [self._card(entry) for entry in entries]
        return SafeString("".join(parts))

    def _card(self, entry: Entry) -> str:
        title, wrong = (
            escape(entry.title),
            "".join([f'<p class="small stop">{escape(said)}</p>' for said in entry.wrong]),
        )
        opened, sign = (" open", self.sign) if wrong else ("", "")
        lines = [f"{self.terms[letter]}{escape(names)}</dd></div>" for letter, names in entry.letters]
        letters = f'<dl class="facts">{"".join(lines)}</dl>' if lines else f'<p class="soft">{self.none}</p>'
        links = [(self.page, self.open), (self.change, self.changing)]
        actions = [
            f'<a href="{url % entry.pk}">{words}<span class="unseen">: {title}</span></a>'
            for url, words in links
            if url
        ]
        return (
            f'<details class="activity-card"{opened}><summary><span>{sign}<strong>{title}</strong><small>{escape(entry.lead)}'
            f'</small></span>{self.fold}</summary>{letters}{wrong}<p class="actions">{"".join(actions)}</p></details>'
        )


def _address(name: str) -> str:
    """The address of such a page, with a place for its number."""
    return reverse(name, args=[0]).replace("/0/", "/%d/")
