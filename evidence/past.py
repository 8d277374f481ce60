"""The register, its findings and its document as on a past day, and what differs between two days or versions."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from evidence import snapshot
from evidence.changes import changes_between
from evidence.earlier import KIND
from ismsroles.core import clock, findings, past
from ismsroles.core.errors import Invalid
from ismsroles.core.models import Organisation
from ismsroles.records.models import Version
from raci.models import Publication, PublishedGroup

past.dated(Publication, "published_at")
past.dated(PublishedGroup, "published_at", through="publication")

EARLIEST = date(1995, 1, 1)
NOT_THEN = ("D3", "D4")  # about the document and the audit of today


@dataclass(frozen=True)
class Then:
    """What the register said at the end of a day, as plain values."""

    day: date
    register: dict[str, Any]
    found: list[findings.Finding]
    version: Version | None  # in force on that day


def end_of(day: date) -> datetime:
    """The last moment of a day in the organisation's zone; today, this moment."""
    refuse_far_off(day)
    midnight = clock.begin_of(day + clock.DAY)
    return min(midnight - timedelta(microseconds=1), clock.now())


def refuse_far_off(day: date) -> None:
    """Nobody knows what the register will say, and no register is older than the standard."""
    if day < EARLIEST:
        raise Invalid(_("No register is that old. Choose a later day."), "on")
    if day > clock.today():
        raise Invalid(_("That day is still to come. Choose today or an earlier day."), "on")


def on(day: date) -> Then:
    """The register and what was wrong on that day."""
    with past.standing_at(end_of(day)):
        found = [one for one in findings.current(day) if not one.rule.startswith(NOT_THEN)]
        register = snapshot.register(day)
    return Then(day, register, found, in_force_on(day))


def in_force_on(day: date) -> Version | None:
    """The version that was in force at the end of that day."""
    signed = Version.objects.filter(kind=KIND, published_at__lte=end_of(day))
    return signed.order_by("-published_at", "-pk").first()


def document(day: date | None, number: str, language: str = "") -> bytes:
    """The content that a document of that day would have had: nobody signed it, and it says so."""
    with translation.override(language or translation.get_language()):
        if day is None:
            return snapshot.build(number, _("Draft of the register as it is now"))
        with past.standing_at(end_of(day)):
            words = {"day": day.isoformat()}
            return snapshot.build(
                number, _("Reconstruction of the register as on %(day)s, worked out later. Nobody signed it.") % words
            )


def side(day: date | None, number: str) -> dict[str, Any]:
    """One side of a comparison: the register of a day, or what a signed version says."""
    if number:
        version = (
            Version.objects.filter(kind=KIND, final__isnull=False, number=number).select_related("snapshot").first()
        )
        if version is None:
            raise Invalid(_("There is no signed version %s.") % number, "version")
        return json.loads(bytes(version.snapshot.content))
    day = day or clock.today()
    found = Organisation.current()
    about = {"organisation": {"name": found.name, "scope": found.scope}}
    with past.standing_at(end_of(day)):
        return snapshot.register(day) | about


@dataclass(frozen=True)
class Difference:
    """One thing that differs: in words, and side by side."""

    kind: str
    what: str
    was: str
    now: str


def differences(was: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """What differs between two sides, named by the titles that the roles had."""
    titles = {role["id"]: role["title"] for side_ in (was, now) for role in side_["roles"]}
    if "organisation" in was and "organisation" in now and "legal_name" in was["organisation"]:
        now = now | {"organisation": was["organisation"] | now["organisation"]}
    return [_difference(row, titles) for row in changes_between(was, now)]


def _difference(row: dict[str, Any], titles: dict[int, str]) -> Difference:
    what = row["what"] or titles.get(row["role"], "")
    was, arrow, now = row["detail"].partition(" → ")
    if arrow:
        return Difference(row["kind"], what, was, now)
    return Difference(row["kind"], what, *(("", row["detail"]) if row["kind"] != "removed" else (row["detail"], "")))
