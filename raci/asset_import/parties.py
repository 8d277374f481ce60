"""Who is meant by the owner of a list: a role by its title, a person by address, number or name, or nobody that is known."""

from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from ismsroles.core.names import email_key, search_key
from ismsroles.core.tabular import key
from roles.models import Person, Role

CLOSE = 82
Party = tuple[str, int]  # ("role" or "person", number)


@dataclass
class Parties:
    """Everybody and every role that can own something, read once; how names are answered by the person who imports."""

    day: object
    answers: dict[str, str]
    labels: dict[Party, str] = field(default_factory=dict)
    by_title: dict[str, list[int]] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_mark: dict[str, int] = field(default_factory=dict)  # address or personnel number

    def read(self) -> "Parties":
        """Two statements."""
        for pk, title in Role.objects.exclude(state="retired").exclude(kind="everyone").values_list("pk", "title"):
            self.labels["role", pk] = title
            self.by_title.setdefault(key(title), []).append(pk)
        rows = Person.objects.current(self.day).values_list(
            "pk", "name", "name_key", "email_key", "external_id", "job_title"
        )
        for pk, name, name_key, address, number, job in rows:
            self.labels["person", pk] = f"{name} · {job}" if job else name
            self.by_name.setdefault(name_key, []).append(pk)
            self.by_mark |= {mark: pk for mark in (address, number) if mark}
        return self

    def meant(self, text: str, kinds: tuple[str, ...]) -> Party | None:
        """The one that is meant for certain, or was answered."""
        if (answer := self._answered(text)) is not None:
            return answer
        if "person" in kinds and (pk := self.by_mark.get(email_key(text)) or self.by_mark.get(text.strip())):
            return "person", pk
        titles = self.by_title.get(key(text), []) if "role" in kinds else []
        names = self.by_name.get(search_key(text), []) if "person" in kinds else []
        both = [("role", pk) for pk in titles] + [("person", pk) for pk in names]
        return both[0] if len(both) == 1 else None

    def _answered(self, text: str) -> Party | None:
        kind, _apart, number = self.answers.get(text, "").partition(":")
        party = (kind, int(number)) if number.isdigit() else None
        return party if party in self.labels else None

    def close(self, text: str) -> list[Party]:
        """Up to five that come near; the same name twice comes first."""
        same = [("person", pk) for pk in self.by_name.get(search_key(text), [])]
        near = process.extract(
            search_key(text), self._folded(), scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE, limit=5
        )
        return list(dict.fromkeys([*same, *(party for _label, _score, party in near)]))[:5]

    def _folded(self) -> dict[Party, str]:
        if not hasattr(self, "_kept"):
            self._kept = {party: search_key(label.partition(" · ")[0]) for party, label in self.labels.items()}
        return self._kept
