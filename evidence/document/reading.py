"""The snapshot as the sections read it: who holds a role, what serves what. It decides nothing."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.records.pdf import parts

NAMED_AT_THE_SIDE = 5  # more people than this stand in the main column
ENDLESS = 24  # characters; a longer word may be broken anywhere
LONG_PROFILE = 1900  # characters; a longer profile starts a page and may go on over the next


def kind_label(kind: str) -> str:
    return {"one": _("One holder"), "many": _("Many holders"), "body": _("Body"), "everyone": _("Everyone")}.get(
        kind, kind
    )


def severity_label(severity: str) -> str:
    return {"stop": _("Serious"), "warn": _("Warning"), "note": _("Note")}.get(severity, severity)


def change_label(kind: str) -> str:
    return {"added": _("Added"), "changed": _("Changed"), "removed": _("Removed")}.get(kind, kind)


def meaning_label(meaning: str) -> str:
    return {"prepared": _("Prepared"), "reviewed": _("Reviewed"), "approved": _("Approved")}.get(meaning, meaning)


def method_label(method: str) -> str:
    return {"password": _("Password entered again")}.get(method, method)


def seat_label(seat: str) -> str:
    return {"primary": _("Holder"), "deputy": _("Deputy"), "member": _("Team member")}.get(seat, seat)


@dataclass(frozen=True)
class Seat:
    """One person in a role: how they fill it, and from when to when."""

    name: str
    notes: str

    @classmethod
    def of(cls, row: dict) -> "Seat":
        how = {"external": _("external help"), "training": _("in training")}.get(row.get("filled_as", ""), "")
        parts_ = [how, row.get("outside") or "", row.get("area") or "", _term(row)]
        return cls(row["name"], ", ".join(filter(None, parts_)))


def _term(row: dict) -> str:
    since, until = row.get("since"), row.get("until")
    if since and until:
        return _("%(first)s to %(last)s") % {"first": parts.day(since), "last": parts.day(until)}
    if until:
        return _("until %s") % parts.day(until)
    return _("since %s") % parts.day(since) if since else ""


class Role:
    """One role of the snapshot."""

    def __init__(self, row: dict, titles: dict):
        self.row, self.titles = row, titles
        self.id, self.title, self.purpose = row["id"], row["title"], row.get("purpose") or ""
        self.kind, self.area = kind_label(row["kind"]), row.get("area") or ""
        self.clauses = ", ".join(row.get("clauses") or [])
        self.competences = row.get("competences") or []
        self.delegated: list[dict] = []  # filled by the part of the document that knows
        self.teams: list[dict] = []  # the same

    @cached_property
    def holders(self) -> list[Seat]:
        return [Seat.of(row) for row in self.row.get("holders") or []]

    @cached_property
    def deputies(self) -> list[Seat]:
        return [Seat.of(row) for row in self.row.get("deputies") or []]

    @property
    def everyone(self) -> bool:
        return self.row["kind"] == "everyone"

    @property
    def vacant(self) -> bool:
        return not self.holders and not self.everyone

    @property
    def vacant_since(self) -> str:
        return self.row.get("vacant_since") or ""

    @property
    def outside(self) -> bool:
        """Every holder comes from outside the organisation."""
        return bool(self.holders) and all(row.get("outside") for row in self.row["holders"])

    @property
    def reports_to(self) -> str:
        return self.titles.get(self.row.get("reports_to"), "")

    @property
    def held_by(self) -> str:
        """Who holds it, in one line."""
        if len(self.holders) > 1:
            return ngettext("%d person", "%d people", len(self.holders)) % len(self.holders)
        if self.everyone:
            return _("Every person")
        return self.holders[0].name if self.holders else _("Vacant")

    @property
    def deputy(self) -> str:
        return ", ".join(seat.name for seat in self.deputies[:2]) + (_(" and others") if len(self.deputies) > 2 else "")

    @property
    def many(self) -> bool:
        """Too many people for the side column: they are named under the purpose."""
        return len(self.holders) + len(self.deputies) > NAMED_AT_THE_SIDE

    @cached_property
    def duties(self) -> list[tuple[str, list[dict]]]:
        """Each responsibility with the authorities that serve it, and last those that serve none (coverage R3)."""
        authorities = [_limited(row) for row in self.row.get("authorities") or []]
        named = {duty["id"] for duty in self.row.get("responsibilities") or []}
        rows = [
            (duty["text"], [a for a in authorities if duty["id"] in a["serves"]])
            for duty in self.row.get("responsibilities") or []
        ]
        loose = [a for a in authorities if not named & set(a["serves"])]
        return rows + [("", [authority]) for authority in loose]

    @cached_property
    def css(self) -> str:
        """How the profile may break: over pages when it is long, inside words when one is endless."""
        duties = [
            part for text, served in self.duties for part in (text, *(f"{a['text']} {a['limit']}" for a in served))
        ]
        people = [f"{seat.name} {seat.notes}" for seat in self.holders + self.deputies] if self.many else []
        length = sum(map(len, [*duties, *people, *self.competences, self.purpose, self.title])) + 80 * len(self.duties)
        endless = any(len(word) > ENDLESS for text in (*duties, self.purpose, self.title) for word in text.split())
        return " ".join(["role"] + ["long"] * (length > LONG_PROFILE) + ["wordy"] * endless)

    @property
    def long(self) -> bool:
        return "long" in self.css


def _limited(row: dict) -> dict:
    names = {"system": _("System"), "level": _("Level")}
    return {
        "text": row["text"],
        "limit": row.get("limit") or "",
        "kind": names.get(row.get("limit_kind") or "", _("Limit")),
        "serves": row.get("serves") or [],
    }


class Snapshot:
    """The frozen content, parsed once."""

    def __init__(self, content: bytes):
        self.content = content
        self.row = json.loads(content)
        self.organisation, self.document = self.row["organisation"], self.row["document"]
        titles = {row["id"]: row["title"] for row in self.row["roles"]}
        self.roles = [Role(row, titles) for row in self.row["roles"]]
        self.titles = titles
        self.fingerprint = parts.fingerprint(content)

    def list(self, name: str) -> list[dict]:
        return self.row.get(name) or []

    def role_title(self, role: int | str | None) -> str:
        return self.titles.get(role) or str(role or "–")

    @property
    def zone(self) -> str:
        return self.organisation.get("time_zone") or "UTC"

    @property
    def language(self) -> str:
        return self.organisation.get("language") or "en"

    @cached_property
    def people(self) -> set[str]:
        return {seat.name for role in self.roles for seat in role.holders + role.deputies}
