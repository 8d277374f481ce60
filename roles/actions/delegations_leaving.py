"""What leavers passed on, and what was passed on to them: ends with their last day, comes back when they stay (A8; rule 5)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

import roles.actions.leaving  # noqa: F401  (it registers first: assignments come back before what was delegated from them)
from ismsroles.core import clock, events, history
from roles import leaving, terms
from roles.actions.delegations import cut_duties, living, named, prepared
from roles.leaving import Outcome
from roles.models import DelegatedDuty, Delegation, Person
from roles.queries.register import last_day_of
from roles.states import DELEGATION

ENDS = ["state", "ends_on", "ended_by", "end_reason", "cut_by_leaving", "agreed_end"]


@leaving.on_leaving
def delegations_end(people: Sequence[Person], *, actor, reason: str) -> Iterable[Outcome]:
    """Ends on the last day of whoever goes first; an offer, or what would not have begun by then, is withdrawn."""
    last_days = {person.pk: person.last_day for person in people}
    changed = [each for each in _of(last_days) if _follows(each, last_days)]
    _write(changed, actor, _("The person leaves."))
    for each in changed:
        yield _outcome(each, each.holder_id if each.holder_id in last_days else each.delegate_id, actor)


@leaving.on_staying
def delegations_return(people: Sequence[Person], *, actor, reason: str) -> Iterable[Outcome]:
    """What the leaving cut short gets back the end that was agreed, as far as holder, delegate and assignment reach and nobody
    else carries it out meanwhile. Runs after the assignments came back."""
    here = {person.pk: None for person in people}
    cut = [each for each in _of(here) if each.cut_by_leaving]
    others = _others(cut)
    back = [each for each in cut if _returns(each, here, others)]
    _write(back, actor, _("The person stays."))
    for each in cut:
        who = each.holder_id if each.holder_id in here else each.delegate_id
        if each in back:
            event = events.prepare("delegation.restored", actor=actor, subject=each, **named(each))
            yield Outcome(who, _("Delegation restored: %(it)s.") % {"it": each}, each.get_absolute_url(), event=event)
        else:
            sentence = _("Not restored: the delegation %(it)s. Offer it anew.") % {"it": each}
            yield Outcome(who, sentence, each.get_absolute_url(), is_open=True)


def _of(people: dict[int, date | None]) -> list[Delegation]:
    rows = living().filter(Q(holder__in=people) | Q(delegate__in=people))
    return list(rows.select_related("role", "holder", "delegate", "assignment__person"))


def _agreed(each: Delegation) -> date:
    return each.agreed_end if each.cut_by_leaving else each.ends_on


def _reaches(each: Delegation, last_days: dict[int, date | None]) -> date:
    """The last day on which both are there."""
    days = [last_days.get(one.pk, one.last_day) for one in (each.holder, each.delegate)]
    return min([_agreed(each), *[day for day in days if day is not None]])


def _is_over(each: Delegation) -> bool:
    return each.ends_on < terms.day_before(clock.today())


def _follows(each: Delegation, last_days: dict[int, date | None]) -> bool:
    """Sets the end that follows from the last days; whether anything changed."""
    agreed, end = _agreed(each), _reaches(each, last_days)
    if end == each.ends_on or (end > each.ends_on and _is_over(each)):
        return False
    if each.state == "offered" or end < each.starts_on:
        each.state = DELEGATION.move(each.state, "withdraw")
    else:
        _set(each, end, agreed)
    return True


def _returns(each: Delegation, here: dict[int, date | None], others: list[DelegatedDuty]) -> bool:
    """Sets the end that was agreed; whether that is still possible."""
    held_until = last_day_of(each.assignment)
    end = min(_reaches(each, here), held_until or terms.OPEN_END)
    lost = each.assignment.state != "approved" or end <= each.ends_on or _is_over(each)
    if lost or any(_in_the_way(each, end, other) for other in others):
        return False
    _set(each, end, _agreed(each))
    return True


def _set(each: Delegation, end: date, agreed: date) -> None:
    each.ends_on, each.cut_by_leaving = end, end < agreed
    each.agreed_end = agreed if each.cut_by_leaving else None


def _others(cut: list[Delegation]) -> list[DelegatedDuty]:
    """What is delegated of the same assignments beside these: one query."""
    rows = DelegatedDuty.objects.filter(assignment__in={each.assignment_id for each in cut}, lives=True)
    duties = list(rows) if cut else []
    for each in cut:
        each.passed_on = {duty.responsibility_id for duty in duties if duty.delegation_id == each.pk}
    return [duty for duty in duties if duty.delegation_id not in {each.pk for each in cut}]


def _in_the_way(each: Delegation, end: date, other: DelegatedDuty) -> bool:
    same = other.assignment_id == each.assignment_id and other.responsibility_id in each.passed_on
    return same and terms.overlap(each.starts_on, end, other.starts_on, other.ends_on)


def _write(changed: list[Delegation], actor, reason: str) -> None:
    for each in changed:
        each.ended_by, each.end_reason = actor, reason if each.cut_by_leaving or each.state == "withdrawn" else ""
    history.bulk_update(changed, Delegation, ENDS, actor=actor, reason=reason)
    cut_duties({each.pk: each for each in changed}, actor, reason)


def _outcome(each: Delegation, leaver: int, actor) -> Outcome:
    sentence = _("Delegation for %(role)s to %(delegate)s ends.")
    if leaver == each.delegate_id:
        sentence = _("Delegation for %(role)s from %(holder)s ends.")
    event = prepared(each, actor, _("The person leaves."))
    said = sentence % {"role": each.role, "holder": each.holder, "delegate": each.delegate}
    return Outcome(leaver, said, each.get_absolute_url(), event=event)
