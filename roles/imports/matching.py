"""Who a row is about: by personnel number, then by e-mail; when only the name fits, a person is asked (issue point 2)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from roles.imports.register import Register
from roles.imports.rows import Problem, Wanted, column_name
from roles.models import Person

SAME, NEW, SKIP = "same", "new", "skip"


@dataclass(slots=True)
class Match:
    """A row and the person it is about: somebody, nobody yet, or one of several that must be asked for."""

    wanted: Wanted
    person: Person | None = None
    candidates: list[Person] = field(default_factory=list)
    is_skipped: bool = False
    must_ask: bool = False

    @property
    def is_taken_in(self) -> bool:
        return not (self.wanted.problems or self.is_skipped or self.must_ask)


class Matcher:
    """Finds for each row whom it is about, and refuses rows that contradict each other or the register."""

    def __init__(self, register: Register, mapping: Mapping[str, str], decisions: Mapping[str, str]) -> None:
        self.register, self.mapping, self.decisions = register, mapping, decisions

    def match(self, rows: list[Wanted]) -> list[Match]:
        """One match for each row, in the order of the file."""
        matches = [Match(row, is_skipped=self.decisions.get(str(row.number)) == SKIP) for row in rows]
        live = [match for match in matches if not match.is_skipped]
        self._refuse_twins(live)
        for match in live:
            self._by_identity(match)
        claimed = {match.person.pk for match in live if match.person}
        for match in live:
            if match.person is None and not match.wanted.problems:
                self._by_name(match, claimed)
        self._refuse_double_claims(live)
        return matches

    def _refuse_twins(self, live: list[Match]) -> None:
        """Two rows with one address or one number are one person written twice, or a mistake: both are named, none is taken."""
        for name, said in (
            ("external_id", lambda row: str(row.values.get("external_id", ""))),
            ("email", lambda row: row.email_key),
        ):
            for rows in _repeated(live, said):
                self._refuse_all(
                    rows, name, _("%(rows)s hold the same %(what)s. Keep one of them, or correct the others.")
                )
        for rows in _repeated(live, lambda row: row.name_key):
            bare = [row for row in rows if not row.values.get("external_id") and not row.email_key]
            sentence = _(
                "%(rows)s hold the same name. Give each a personnel number or an e-mail address, or keep one of them."
            )
            self._refuse_all(bare, "name", sentence, among=rows)

    def _by_identity(self, match: Match) -> None:
        row = match.wanted
        number = str(row.values.get("external_id", ""))
        by_number = self.register.by_external_id.get(number) if number else None
        by_email = self.register.by_email.get(row.email_key) if row.email_key else None
        if by_number and by_email and by_number != by_email:
            self._refuse(
                row,
                "email",
                _("%(person)s already has this address. Two people cannot share one.") % {"person": by_email},
            )
        elif by_email and not by_number and number and by_email.external_id:
            words = {"person": by_email, "number": by_email.external_id}
            sentence = _(
                "%(person)s has this address, and the personnel number %(number)s. Correct the number or the address."
            )
            self._refuse(row, "email", sentence % words)
        else:
            match.person = by_number or by_email

    def _by_name(self, match: Match, claimed: set[int]) -> None:
        candidates = [person for person in self.register.named(match.wanted.name_key) if person.pk not in claimed]
        decision, _colon, chosen = self.decisions.get(str(match.wanted.number), "").partition(":")
        match.candidates = candidates
        if not candidates or decision == NEW:
            return
        fitting = [person for person in candidates if not chosen or str(person.pk) == chosen]
        if decision == SAME and len(fitting) == 1:
            match.person = fitting[0]
        else:
            match.must_ask = True

    def _refuse_double_claims(self, live: list[Match]) -> None:
        claims: dict[int, list[Match]] = defaultdict(list)
        for match in live:
            if match.person and not match.wanted.problems:
                claims[match.person.pk].append(match)
        for matches in claims.values():
            if len(matches) > 1:
                rows = [match.wanted for match in matches]
                self._refuse_all(
                    rows, "name", _("%(rows)s are all about %(person)s. Keep one of them."), person=matches[0].person
                )

    def _refuse_all(
        self, rows: list[Wanted], name: str, sentence: str, among: list[Wanted] | None = None, **words: object
    ) -> None:
        words |= {"rows": _row_list([row.number for row in among or rows]), "what": _what(name)}
        for row in rows:
            self._refuse(row, name, sentence % words)

    def _refuse(self, row: Wanted, name: str, sentence: str) -> None:
        value = str(row.values.get(name, row.name))
        row.problems.append(Problem(row.number, column_name(self.mapping, name), value, sentence))


def _repeated(live: list[Match], said: Callable[[Wanted], str]) -> list[list[Wanted]]:
    groups: dict[str, list[Wanted]] = defaultdict(list)
    for match in live:
        if text := said(match.wanted):
            groups[text].append(match.wanted)
    return [rows for rows in groups.values() if len(rows) > 1]


def _row_list(numbers: list[int]) -> str:
    """ "Rows 4 and 9"; a long list is cut."""
    shown = [str(number) for number in numbers[:8]] + ([_("others")] if len(numbers) > 8 else [])
    return _("Rows %(numbers)s") % {"numbers": get_text_list(shown, _("and"))}


def _what(name: str) -> str:
    return _("personnel number") if name == "external_id" else _("e-mail address")
