"""The way of a version, step by step: done, now, to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ismsroles.records.models import SignOff, Version


@dataclass(frozen=True)
class Step:
    """One step as the page shows it."""

    state: str  # done, now or todo
    title: Any
    note: Any = ""
    at: datetime | None = None


def steps_of(version: Version, signoffs: list[SignOff]) -> list[Step]:
    """Every step of this version; one that was given up ends where it was given up."""
    if version.state in ("rejected", "recalled"):
        return [
            *_begin(version),
            *(_signature(version, s) for s in signoffs if s.state != "waiting"),
            _given_up(version),
        ]
    return [*_begin(version), *_sent(version, signoffs), _issued(version)]


def _begin(version: Version) -> list[Step]:
    drafted = "done" if version.draft_id else "now"
    return [
        Step("done", _("Frozen"), version.frozen_by_name, version.frozen_at),
        Step(drafted, _("Draft PDF made"), _("By itself, in a moment.") if drafted == "now" else ""),
    ]


def _sent(version: Version, signoffs: list[SignOff]) -> list[Step]:
    if not signoffs:
        return [
            Step("now" if version.state == "frozen" else "todo", _("Sent to who signs"), _("You choose who signs."))
        ]
    done = Step("done", _("Sent to who signs"), version.frozen_by_name, version.sent_at)
    return [done, *(_signature(version, signoff) for signoff in signoffs)]


def _signature(version: Version, signoff: SignOff) -> Step:
    words = {"name": signoff.name, "role": signoff.role, "meaning": signoff.get_meaning_display()}
    if signoff.state == "signed":
        return Step("done", _("Signed by %(name)s") % words, _("As %(role)s: %(meaning)s.") % words, signoff.at)
    if signoff.state == "rejected":
        return Step("done", _("Not signed by %(name)s") % words, signoff.reason, signoff.at)
    return Step("now", _("Waiting for %(name)s") % words, _("As %(role)s: %(meaning)s.") % words)


def _issued(version: Version) -> Step:
    if version.is_signed:
        return Step("done", _("In force"), _("The final PDF is stored and never changes."), version.published_at)
    state = "now" if version.state == "signed" else "todo"
    return Step(state, _("In force"), _("By itself, after the last signature."))


def _given_up(version: Version) -> Step:
    title = _("Not signed") if version.state == "rejected" else _("Recalled")
    return Step("now", title, version.closed_reason)
