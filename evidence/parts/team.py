"""The management review team in the document: who represents which area, who stands in, who leads it (coverage T1, D1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.parts.part import Part
from reviews.queries.team import Place, team
from roles.models import Assignment

Row = dict[str, Any]


def read(day: date) -> Row:
    """Nothing while no team is set up."""
    found = team(day)
    if found is None:
        return {}
    rules, chair = found.charter, found.chair
    return {
        "name": rules.role.title,
        "chair": chair.person.name if chair else "",
        "chair_role": rules.chair_role.title if rules.chair_role else "",
        "seniors": sorted({seat.person.name for seat in found.senior_members}),
        "board": rules.board,
        "board_role": rules.board_role.title if rules.board_role else "",
        "delegated": rules.delegated,
        "reference": rules.reference,
        "decided_on": rules.decided_on.isoformat() if rules.decided_on else None,
        "quorum": rules.quorum_percent,
        "quorum_senior": rules.quorum_senior,
        "quorum_chair": rules.quorum_chair,
        "every": rules.every,
        "places": [_place(place) for place in found.places],
    }


def _place(place: Place) -> Row:
    return {
        "area": place.label,
        "through": str(place.through or ""),
        "members": [_seat(seat) for seat in place.members],
        "deputies": [_seat(seat) for seat in place.deputies],
    }


def _seat(seat: Assignment) -> Row:
    return {"name": seat.person.name, "since": seat.starts_on.isoformat()}


def changes(was: Row | None, now: Row | None) -> Iterable[Row]:
    """Who represents an area, and who leads the team, are changes that a signer should see."""
    if not was or not now:
        if now:
            yield _row("added", now["name"], _("The management review team."))
        return
    before, after = _names(was), _names(now)
    for area in sorted(before.keys() | after.keys()):
        if before.get(area, "") != after.get(area, ""):
            words = {"was": before.get(area) or _("nobody"), "now": after.get(area) or _("nobody")}
            yield _row(
                "changed", now["name"], f"{area or _('The whole organisation')}: " + _("%(was)s → %(now)s.") % words
            )
    if was["chair"] != now["chair"]:
        words = {"was": was["chair"] or _("nobody"), "now": now["chair"] or _("nobody")}
        yield _row("changed", now["name"], _("Chair: %(was)s → %(now)s.") % words)


def _names(value: Row) -> dict[str, str]:
    return {place["area"]: ", ".join(seat["name"] for seat in place["members"]) for place in value["places"]}


def _row(kind: str, what: str, detail: str) -> Row:
    return {"kind": kind, "what": what, "role": None, "detail": detail}


PART = Part(
    key="team",
    read=read,
    after="profiles",
    title=gettext_lazy("Management review team"),
    lead=gettext_lazy("One representative for each area in scope, each with a deputy, led by senior management."),
    changes=changes,
)
