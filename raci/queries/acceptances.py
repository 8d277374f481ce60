"""Whether an acceptance of a risk was given by who may give it (coverage M5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from raci.models import RiskAcceptance, RiskScale
from raci.queries.authorised import lacks_authority
from raci.queries.owning import Owning


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an acceptance."""

    code: str  # other, authority, level, expired or left
    sentence: str
    detail: str = ""


def in_force(owning: Owning) -> list[RiskAcceptance]:
    """The acceptances that hold on the day; of those of one person only the newest."""
    newest: dict[int, RiskAcceptance] = {}
    for row in owning.acceptances:
        if row.holds(owning.day):
            newest.setdefault(row.person_id, row)
    return list(newest.values())


def faults(owning: Owning) -> Iterator[tuple[RiskAcceptance, Fault]]:
    """What is wrong with the acceptances of a risk, as they stand on the day."""
    holding = in_force(owning)
    for row in holding:
        for fault in _faults(row, owning):
            yield row, fault
    if owning.acceptances and not holding:
        last = max(owning.acceptances, key=lambda row: row.until)
        if last.until < owning.day:
            sentence = _("The acceptance of %(risk)s has expired.") % {"risk": owning.thing}
            yield last, Fault("expired", sentence, _("It has to be decided again, or the risk treated."))


def _faults(row: RiskAcceptance, owning: Owning) -> Iterator[Fault]:
    words = {"person": row.person, "risk": owning.thing, "level": row.level_name, "now": owning.thing.level_name}
    if row.person_id not in owners_on(owning, row):
        owner = _("The owner is %(owner)s.") % {"owner": owning.thing.owner} if owning.thing.has_owner else ""
        yield Fault("other", _("%(person)s accepted %(risk)s without being its owner.") % words, owner)
    if lacks_authority(row):
        detail = _("No role held then may accept that much; see the authorisation levels.")
        yield Fault(
            "authority", _("%(person)s accepted %(risk)s up to %(level)s without the authority for it.") % words, detail
        )
    if row.level < owning.thing.level:
        yield Fault("level", _("%(risk)s was accepted up to %(level)s, and what remains is %(now)s.") % words)
    if not row.person.is_current(owning.day):
        yield Fault(
            "left", _("%(person)s accepted %(risk)s and has left.") % words, _("Whoever owns it now decides again.")
        )


def owners_on(owning: Owning, row: RiskAcceptance) -> set[int]:
    """Who answered for the risk on the day of the acceptance: the person named, or who held the owning role then."""
    if owning.thing.owner_person_id is not None:
        return {owning.thing.owner_person_id}
    seats = owning.seat.seats if owning.seat else []
    return {a.person_id for a in seats if a.seat == "primary" and a.is_current(row.accepted_on)}


def level_choices() -> list[tuple[int, str]]:
    """The scale, the lowest level first."""
    return list(enumerate(RiskScale.current(), start=1))
