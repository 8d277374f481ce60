"""What stands in the way of freezing a version, and what will be printed as an open point (design rule 10)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from evidence import snapshot as snapshots
from evidence.earlier import KIND
from evidence.parts import PARTS
from ismsroles.core import clock
from ismsroles.core.errors import Refusal
from ismsroles.core.findings import Finding
from ismsroles.core.shown import canonical
from ismsroles.records.models import OPEN, Version
from raci.findings.matrix import faults_of
from raci.queries.picture import picture
from raci.queries.published import published_groups
from roles.findings.register import place
from roles.queries.held import held_roles, unheld_clauses


@dataclass(frozen=True)
class Blocker:
    """One thing that stops a version, and where it is mended. It reads like a finding."""

    sentence: str
    url: str = ""
    action: str = ""
    detail: str = ""
    severity: str = "stop"


class NotReady(Refusal):
    """The version was not frozen; `users` are the sentences that say why."""

    status = 409
    template = "409.html"

    def __init__(self, blockers: list[Blocker]) -> None:
        super().__init__(_("The version was not frozen. These stand in the way."))
        self.blockers, self.users = blockers, [blocker.sentence for blocker in blockers]


def blockers(snapshot: bytes, day: date | None = None) -> list[Blocker]:
    """Everything that stops this snapshot from being frozen; empty when it may be."""
    day = day or clock.today()
    return [*_no_role(day), *_unheld(day), *_not_one_accountable(day), *_unprintable(snapshot), *_another_open()]


def _no_role(day: date) -> Iterator[Blocker]:
    if not held_roles(day):
        yield Blocker(_("No role is in force yet."), place("starter"), _("Adopt roles"))


def _unheld(day: date) -> Iterator[Blocker]:
    for _clause, sentence in unheld_clauses(day):
        yield Blocker(
            sentence, place("roles"), _("Name a holder"), _("Held means: by a named, approved, current person.")
        )


def _not_one_accountable(day: date) -> Iterator[Blocker]:
    """A row of a process that stands in the document has exactly one accountable role, in the draft as well (rules 6 and 10)."""
    groups, drafted = published_groups(), picture(day)
    for fault in faults_of(day) if groups else ():
        if fault.rule == "M2.accountable" and drafted.rows[fault.activity].group in groups:
            yield Blocker(fault.sentence, fault.url, fault.action, fault.detail)


def _another_open() -> Iterator[Blocker]:
    version = Version.objects.filter(kind=KIND, state__in=OPEN).first()
    if version is not None:
        words = {"number": version.number, "state": version.get_state_display()}
        sentence = _("Version %(number)s is on its way already: %(state)s.") % words
        yield Blocker(sentence, version.get_absolute_url(), _("Open it"))


def _unprintable(snapshot: bytes) -> Iterator[Blocker]:
    """A character that no font has would make an archival file impossible; said with the place where it stands."""
    from evidence import document  # the PDF engine is loaded only where a version is prepared
    from ismsroles.records.pdf import fonts

    if not fonts.missing_characters(document.texts(snapshot)):
        return
    for where, url, part in _places(json.loads(snapshot)):
        if missing := fonts.missing_characters(document.texts(canonical(part))):
            words = {"where": where, "named": ", ".join(fonts.name_of(c) for c in missing[:5])}
            sentence = _("%(where)s cannot be printed: %(named)s.") % words
            yield Blocker(sentence, url, _("Write it in another way"), _("No font of the document has this character."))


def _places(content: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Each part of the snapshot with its name and the page where it is written."""
    for role in content["roles"]:
        yield role["title"], place("role", role["id"]), role
    labels = {
        "organisation": (_("The organisation’s details"), place("organisation")),
        "document": (_("Document control"), ""),
        "founding": (_("The founding appointment"), ""),
        "history": (_("The history of versions"), ""),
        "changes": (_("The list of changes"), ""),
        "open_points": (_("The open points"), place("findings")),
        "approvals": (_("The approvals"), ""),
        "new_logins": (_("The approvers’ logins"), ""),
    }
    for key, (label, url) in labels.items():
        yield label, url, content[key]
    for part in PARTS:
        if part.key in content:
            yield str(part.title), "", content[part.key]


@dataclass(frozen=True)
class Readiness:
    """The state before freezing: what stops it, what will be printed as open, what has changed."""

    blockers: list[Blocker]
    open_points: list[Finding]
    changes: list[dict[str, Any]]


def assess(number: str, summary: str, *, prepared_by: str) -> Readiness:
    """What a version frozen at this moment would meet, carry as open, and change."""
    content = snapshots.content(number, summary, prepared_by=prepared_by)
    found = snapshots.open_points(clock.today())
    return Readiness(blockers(canonical(content)), found, content["changes"])
