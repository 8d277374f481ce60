"""Delegation: offer, answer, check, end (A8). The holder stays accountable; what is passed on is never passed on again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, Stale, WrongState
from ismsroles.core.shown import fingerprint
from roles import policy, terms
from roles.actions.telling_delegations import tell_answer, tell_end, tell_offer
from roles.conflicts import refuse_conflicts
from roles.models import Assignment, DelegatedDuty, Delegation, DelegationCheck, Person, Responsibility
from roles.queries.delegations import as_holding, shown
from roles.queries.register import last_day_of
from roles.states import DELEGATION


@dataclass(frozen=True)
class Agreed:
    """What can be said of a delegation; nothing else can be set by who offers it (security case 18)."""

    starts_on: date
    ends_on: date
    every: int
    unit: str
    note: str = ""


@transaction.atomic
def offer_delegation(
    assignment: Assignment, *, delegate: Person, responsibilities: Iterable[Responsibility], actor, **agreed
) -> Delegation:
    """The holder asks somebody to carry out named responsibilities for a time; nothing is passed on before they accept."""
    assignment = _locked_assignment(assignment)
    require(actor, "roles.delegation.offer", assignment)
    delegate = Person.objects.select_for_update(of=("self",)).get(pk=delegate.pk)
    duties, words = list(responsibilities), Agreed(**agreed)
    made = Delegation(
        assignment=assignment, role=assignment.role, holder=assignment.person, delegate=delegate,
        delegated_by=actor, delegated_at=clock.now(), **vars(words),
    )  # fmt: skip
    _refuse_unfit(made, duties)
    history.save(made, actor=actor)
    _pass_on(made, duties, actor)
    _record("delegation.offered", made, actor, duties=_quoted(duties), starts_on=made.starts_on.isoformat())
    tell_offer(made)
    return made


def _pass_on(made: Delegation, duties: list[Responsibility], actor) -> None:
    rows = [
        DelegatedDuty(
            delegation=made, responsibility=duty, assignment=made.assignment, text=duty.text,
            starts_on=made.starts_on, ends_on=made.ends_on,
        )
        for duty in duties
    ]  # fmt: skip
    try:
        with transaction.atomic():
            history.bulk_create(rows, DelegatedDuty, actor=actor)
    except IntegrityError as error:  # another offer came first: the database keeps the rule
        raise Invalid(_("One of these is delegated in that time already."), "responsibilities") from error


def _refuse_unfit(made: Delegation, duties: list[Responsibility]) -> None:
    """Raises Invalid with the first thing that stands in the way (A8; design rule 4)."""
    if not duties or any(duty.role_id != made.role_id for duty in duties):
        raise Invalid(_("Choose at least one responsibility of this role."), "responsibilities")
    if made.delegate.pk == made.holder.pk:
        raise Invalid(_("That is you. Choose somebody else."), "delegate")
    if made.starts_on < clock.today():
        raise Invalid(_("Choose today or a later first day: nothing is delegated for the past."), "starts_on")
    _refuse_unfit_people(made)
    _refuse_conflicts(made, [duty.pk for duty in duties])
    taken = DelegatedDuty.objects.filter(assignment=made.assignment, responsibility__in=duties, lives=True)
    for other in taken.filter(ends_on__gte=made.starts_on, starts_on__lte=made.ends_on).select_related(
        "delegation__delegate"
    ):
        words = {"duty": other.text, "person": other.delegation.delegate, "day": terms.in_words(other.ends_on)}
        raise Invalid(_("“%(duty)s” is delegated to %(person)s until %(day)s already.") % words, "responsibilities")


def _refuse_conflicts(made: Delegation, duties: list[int]) -> None:
    """What is delegated counts in segregation of duties as if the delegate held it (A5, rule 8)."""
    added = [as_holding(made, duties)]
    refuse_conflicts(made.delegate, added, clock.today(), reason=made.note, field="delegate", reason_field="note")


def _refuse_unfit_people(made: Delegation) -> None:
    """Holder and delegate are both there for the whole term, and the delegate does not answer for it anyway."""
    person, words = made.delegate, {"person": made.delegate, "role": made.role}
    if not person.is_current(clock.today()):
        raise Invalid(_("%(person)s is not with the organisation today. Choose somebody who is.") % words, "delegate")
    if person.last_day is not None and person.last_day < made.ends_on:
        words["day"] = terms.in_words(person.last_day)
        raise Invalid(_("%(person)s leaves on %(day)s. Choose a last day until then.") % words, "ends_on")
    held_until = last_day_of(made.assignment)
    if held_until is not None and held_until < made.ends_on:
        words["day"] = terms.in_words(held_until)
        raise Invalid(_("You hold %(role)s until %(day)s. Choose a last day until then.") % words, "ends_on")
    same = Assignment.objects.approved().overlapping(made.starts_on, made.ends_on)
    if same.filter(role=made.role, area=made.assignment.area, seat="primary", person=person).exists():
        raise Invalid(_("%(person)s holds %(role)s too, and answers for it anyway.") % words, "delegate")


@transaction.atomic
def accept_delegation(delegation: Delegation, *, actor, seen_hash: str, reason: str = "") -> Delegation:
    """The delegate takes over exactly what was shown."""
    Person.objects.select_for_update(of=("self",)).get(
        pk=delegation.delegate_id
    )  # two holdings at once: judged one after the other
    delegation = _answerable(delegation, actor, "accept", seen_hash)
    _refuse_unfit_people(delegation)
    _refuse_conflicts(delegation, list(delegation.duties.values_list("responsibility_id", flat=True)))
    _answer(delegation, actor, seen_hash, reason)
    _record("delegation.accepted", delegation, actor, reason=reason, duties=_texts(delegation))
    tell_answer(delegation)
    return delegation


@transaction.atomic
def decline_delegation(delegation: Delegation, *, actor, seen_hash: str, reason: str) -> Delegation:
    """The delegate declines with a reason; all of it stays with the holder."""
    delegation = _answerable(delegation, actor, "decline", seen_hash)
    if not reason.strip():
        raise Invalid(_("Say why: the holder reads it."), "reason")
    _answer(delegation, actor, seen_hash, reason)
    _release(delegation, actor)
    _record("delegation.declined", delegation, actor, reason=reason, duties=_texts(delegation))
    tell_answer(delegation)
    return delegation


def _answerable(delegation: Delegation, actor, verb: str, seen_hash: str) -> Delegation:
    delegation = _locked(delegation)
    delegation.state = DELEGATION.move(delegation.state, verb)
    require(actor, "roles.delegation.answer", delegation)
    held_until = last_day_of(delegation.assignment)
    if delegation.ends_on < clock.today() or (held_until is not None and held_until < clock.today()):
        raise WrongState(_("This is over, so there is nothing left to answer."))
    if seen_hash != fingerprint(shown(delegation)):
        raise Stale(_("This changed while you were reading. Nothing was answered."))
    return delegation


def _answer(delegation: Delegation, actor, seen_hash: str, reason: str) -> None:
    delegation.answered_by, delegation.answered_by_person = actor, policy.standing(actor).person
    delegation.answered_at, delegation.seen_hash, delegation.answer_reason = clock.now(), seen_hash, reason
    history.save(delegation, actor=actor, reason=reason)


@transaction.atomic
def record_check(
    delegation: Delegation, *, actor, on: date, looked_at: str, result: str, follow_up: str = ""
) -> DelegationCheck:
    """The holder has looked whether it is done (A8). What is not as agreed says what follows."""
    delegation = _locked(delegation)
    DELEGATION.move(delegation.state, "check")
    require(actor, "roles.delegation.check", delegation)
    if on > clock.today():
        raise Invalid(_("It cannot have been checked in the future."), "on")
    if on < delegation.starts_on:
        raise Invalid(_("That day was before the delegation began."), "on")
    if result == "not_ok" and not follow_up.strip():
        raise Invalid(_("Say what follows: it was not as agreed."), "follow_up")
    made = DelegationCheck(
        delegation=delegation, on=on, looked_at=looked_at, result=result, follow_up=follow_up, checked_by=actor,
        checked_by_person=policy.standing(actor).person, delegate=delegation.delegate, recorded_at=clock.now(),
    )  # fmt: skip
    made.full_clean()
    made.save()
    words = {"on": on.isoformat(), "result": made.get_result_display(), "looked_at": looked_at}
    _record("delegation.checked", delegation, actor, reason=follow_up, **words)
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, actor, last_day: date, reason: str) -> Delegation:
    """Holder or information security manager set an earlier last day; an offer, or what has not begun, is withdrawn."""
    delegation = _locked(delegation)
    DELEGATION.move(delegation.state, "end")
    require(actor, "roles.delegation.end", delegation)
    if not reason.strip():
        raise Invalid(_("Say why it ends: the delegate reads it."), "reason")
    if last_day > delegation.ends_on:
        raise Invalid(_("A longer delegation is a new one: offer it anew."), "last_day")
    if last_day < terms.day_before(clock.today()):
        raise Invalid(_("Choose yesterday or a later day: who did it in the past stays as it was."), "last_day")
    if delegation.ends_on < clock.today():
        raise WrongState(_("It is over already. Nothing was changed."))
    return _cut([delegation], {delegation.pk: last_day}, actor, reason)[0]


def follow_assignments(assignments: Sequence[Assignment], *, actor, reason: str) -> list[Delegation]:
    """What was delegated from assignments that end, ends with them. Call in the transaction that ends them."""
    last_days = {assignment.pk: assignment.ends_on for assignment in assignments}
    found = living().filter(assignment__in=last_days)
    beyond = [d for d in found if last_days[d.assignment_id] is not None and d.ends_on > last_days[d.assignment_id]]
    return _cut(beyond, {d.pk: last_days[d.assignment_id] for d in beyond}, actor, reason)


def living():
    """Offers and what was accepted, locked: for whoever ends them."""
    rows = Delegation.objects.select_for_update(of=("self",)).filter(state__in=["offered", "accepted"])
    return rows.select_related("role", "holder", "delegate", "assignment").order_by("pk")


def _cut(delegations: list[Delegation], last_days: dict[int, date], actor, reason: str) -> list[Delegation]:
    """Sets last days for however many at once; what has not begun by then, and what is only offered, is withdrawn."""
    for each in delegations:
        each.ended_by, each.end_reason = actor, reason
        if each.state == "offered" or last_days[each.pk] < each.starts_on:
            each.state = DELEGATION.move(each.state, "withdraw")
        else:
            each.ends_on, each.cut_by_leaving, each.agreed_end = min(each.ends_on, last_days[each.pk]), False, None
    fields = ["state", "ends_on", "ended_by", "end_reason", "cut_by_leaving", "agreed_end"]
    history.bulk_update(delegations, Delegation, fields, actor=actor, reason=reason)
    cut_duties({each.pk: each for each in delegations}, actor, reason)
    events.record_many([prepared(each, actor, reason) for each in delegations])
    for each in delegations:
        tell_end(each)
    return delegations


def cut_duties(by_id: dict[int, Delegation], actor, reason: str) -> None:
    """What was passed on ends, or comes back, with its delegation, which is written already."""
    duties = list(DelegatedDuty.objects.filter(delegation__in=by_id))
    for duty in duties:
        of = by_id[duty.delegation_id]
        duty.ends_on, duty.lives = of.ends_on, of.state in ("offered", "accepted")
    history.bulk_update(duties, DelegatedDuty, ["ends_on", "lives"], actor=actor, reason=reason)


def _release(delegation: Delegation, actor) -> None:
    """The responsibilities may be passed on to somebody else."""
    cut_duties({delegation.pk: delegation}, actor, delegation.answer_reason)


def prepared(each: Delegation, actor, reason: str):
    """The event of an end, not yet written."""
    code = "delegation.withdrawn" if each.state == "withdrawn" else "delegation.ended"
    return events.prepare(code, actor=actor, subject=each, reason=reason, **named(each))


def named(each: Delegation) -> dict[str, str]:
    """What every sentence about a delegation names."""
    return {"role": each.role, "holder": each.holder, "delegate": each.delegate, "ends_on": each.ends_on.isoformat()}


def _record(code: str, each: Delegation, actor, *, reason: str = "", **more: str) -> None:
    events.record(code, actor=actor, subject=each, reason=reason, **named(each) | more)


def _quoted(duties: Sequence[Responsibility]) -> str:
    return " ".join(f"“{duty.text}”" for duty in duties)


def _texts(delegation: Delegation) -> str:
    return " ".join(f"“{text}”" for text in delegation.duties.values_list("text", flat=True))


def _locked(delegation: Delegation) -> Delegation:
    rows = Delegation.objects.select_for_update(of=("self",))
    found = rows.select_related("role", "holder", "delegate", "assignment__person", "assignment__role").get(
        pk=delegation.pk
    )
    scope.forget()  # the lock may have been waited for: who may is asked anew
    return found


def _locked_assignment(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("role", "person", "area")
    found = rows.get(pk=assignment.pk)
    scope.forget()
    return found
