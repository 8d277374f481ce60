"""Teams: named, joined, left, closed; and the roles that they hold, which is one assignment for each member (A2; decision 17)."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history, scope
from ismsroles.core.access import require
from ismsroles.core.errors import InUse, Invalid, Stale, WrongState
from ismsroles.core.shown import fingerprint
from roles import leaving, terms
from roles.actions import changes
from roles.actions.assignments import (
    Terms,
    approve_assignment,
    end_seat,
    propose_seat,
    reject_assignment,
    way_of,
    withdraw_assignment,
)
from roles.leaving import Outcome
from roles.models import Area, Assignment, Person, Role, Team, TeamMember
from roles.queries import teams as queries
from roles.shown import shown
from roles.states import KEPT, MEMBERSHIP

KEEP = "roles.team.keep"
VERBS = {"approve": approve_assignment, "reject": reject_assignment}


# Who belongs ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_team(*, actor, **values: Any) -> Team:
    """A new team; it holds nothing yet."""
    require(actor, KEEP)
    made = history.save(Team(**values), actor=actor)
    events.record("team.added", actor=actor, subject=made)
    return made


@transaction.atomic
def change_team(team: Team, *, actor, **values: Any) -> Team:
    """Another name, purpose or area."""
    require(actor, KEEP)
    team = _locked(team)
    if what := changes.apply(team, values):
        history.save(team, actor=actor)
        events.record("team.changed", actor=actor, subject=team, what=what)
    return team


@transaction.atomic
def close_team(team: Team, *, actor, reason: str = "") -> Team:
    """The team is no more; refused while it holds something (rule 7). Who belongs to it belongs until today."""
    require(actor, KEEP)
    team = _locked(team)
    if held := queries.places(team, clock.today()):
        words = [_("%(role)s: end this first") % {"role": place.role} for place in held]
        raise InUse(_("%(team)s still holds something, so it was not closed.") % {"team": team}, words)
    team.state = KEPT.move(team.state, "retire")
    for member in _locked_members(team, clock.today()):
        _stop(member, clock.today(), actor, reason)
    history.save(team, actor=actor, reason=reason)
    events.record("team.closed", actor=actor, subject=team, reason=reason)
    return team


@transaction.atomic
def join_team(
    team: Team, *, person: Person, actor, starts_on: date, ends_on: date | None = None, leads: bool = False,
    reason: str = "", conflict_reason: str = "",
) -> TeamMember:  # fmt: skip
    """Somebody joins, or becomes the lead. For each role that the team holds they are proposed, judged and decided like anybody (A5)."""
    require(actor, KEEP)
    team, person = _open(team), Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _refuse_unfit(team, person, starts_on, ends_on)
    proposal, present = uuid.uuid4(), _locked_members(team, starts_on)
    followed = _make_room(present, person, starts_on, leads, actor)
    made = _seat(team, person, starts_on, ends_on, leads, actor, reason)
    _propose_everywhere(made, proposal, actor, reason, conflict_reason)
    if followed is not None:
        beside = _seat(team, followed.person, starts_on, followed.ends_on_before, False, actor, reason)
        _propose_everywhere(beside, proposal, actor, reason, conflict_reason)
    return made


@transaction.atomic
def leave_team(member: TeamMember, *, actor, last_day: date, reason: str) -> TeamMember:
    """Somebody leaves the team: what they hold with it ends on that day, what is proposed of it is withdrawn."""
    require(actor, KEEP)
    team = _locked(member.team)
    member = TeamMember.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
    member.team = team
    if not reason.strip():
        raise Invalid(_("Say why: an auditor will ask."), "reason")
    if last_day < terms.day_before(clock.today()):
        raise Invalid(_("Choose yesterday or a later day: who belonged in the past stays as it was."), "last_day")
    if member.ends_on is not None and last_day > member.ends_on:
        raise Invalid(_("Who stays longer joins anew."), "last_day")
    _stop(member, last_day, actor, reason)
    for seat in _seats_of(team, last_day).filter(person=member.person):
        _stop_seat(seat, last_day, actor, reason)
    return member


def _refuse_unfit(team: Team, person: Person, starts_on: date, ends_on: date | None) -> None:
    if not person.is_current(clock.today()):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": person}, "person"
        )
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(_("The last day is before the first day."), "ends_on")
    if starts_on < clock.today():
        raise Invalid(_("Choose today or a later first day: nobody joins in the past."), "starts_on")
    if person.last_day is not None and (ends_on or terms.OPEN_END) > person.last_day:
        words = {"person": person, "day": terms.in_words(person.last_day)}
        raise Invalid(_("%(person)s leaves on %(day)s. Choose a last day until then.") % words, "ends_on")


def _make_room(present: list[TeamMember], person: Person, starts_on: date, leads: bool, actor) -> TeamMember | None:
    """A member who becomes the lead stops being an ordinary one; the lead before becomes one, and is given back."""
    own = next((one for one in present if one.person_id == person.pk), None)
    lead = next((one for one in present if one.is_lead), None)
    if own is not None and (own.is_lead or not leads):
        raise Invalid(_("%(person)s belongs to the team in that time already.") % {"person": person}, "person")
    for one in (own, lead if leads else None):
        if one is not None:
            one.ends_on_before = one.ends_on
            _stop(one, terms.day_before(starts_on), actor, _("Another lead."))
    return lead if leads else None


def _seat(team: Team, person: Person, first: date, last: date | None, leads: bool, actor, reason: str) -> TeamMember:
    made = TeamMember(
        team=team, person=person, is_lead=leads, starts_on=first, ends_on=last, added_by=actor, added_at=clock.now()
    )
    try:
        with transaction.atomic():
            history.save(made, actor=actor, reason=reason)
    except IntegrityError as error:
        raise Invalid(_("In that time the team has this person, or another lead, already."), "starts_on") from error
    code = "team.lead_named" if leads else "team.joined"
    events.record(code, actor=actor, subject=team, person=person, starts_on=first.isoformat(), reason=reason)
    return made


def _stop(member: TeamMember, last_day: date, actor, reason: str) -> None:
    """Belongs until this day; who never began is taken back."""
    if last_day < member.starts_on:
        member.state, code = MEMBERSHIP.move(member.state, "take_back"), "team.join_taken_back"
    else:
        member.state, code = MEMBERSHIP.move(member.state, "end"), "team.left"
        member.ends_on, member.cut_by_leaving, member.agreed_end = last_day, False, None
    history.save(member, actor=actor, reason=reason)
    words = {"person": member.person, "last_day": last_day.isoformat()}
    events.record(code, actor=actor, subject=member.team, reason=reason, **words)


# What they hold ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def propose_team(
    team: Team, *, role: Role, actor, starts_on: date, ends_on: date | None = None, area: Area | None = None,
    reason: str = "", conflict_reason: str = "",
) -> list[Assignment]:  # fmt: skip
    """Propose the team for a role: the lead as its holder, who answers for it, everybody else as a team member (A2)."""
    team = _open(team)
    members = [one for one in _locked_members(team, starts_on) if (one.starts_on <= (ends_on or terms.OPEN_END))]
    if not any(one.is_lead and one.starts_on <= starts_on for one in members):
        raise Invalid(_("%(team)s has no lead on that day. Name one first.") % {"team": team}, "starts_on")
    if len(members) < 2:
        raise Invalid(_("%(team)s has nobody but its lead. Propose that person alone.") % {"team": team}, "role")
    proposal, made = uuid.uuid4(), []
    for member in members:
        first, last = max(starts_on, member.starts_on), _earlier(ends_on, member.ends_on)
        made.append(_propose(member, role, area, first, last, proposal, actor, reason, conflict_reason))
    events.record("team.proposed", actor=actor, subject=team, role=role, people=len(made), reason=reason)
    return made


@transaction.atomic
def end_holding(team: Team, *, role: Role, area: Area | None, actor, last_day: date, reason: str) -> list[Assignment]:
    """The team stops holding a role on this day."""
    require(actor, "roles.assignment.end")
    team = _locked(team)
    if not reason.strip():
        raise Invalid(_("Say why it ends: an auditor will ask."), "reason")
    if last_day < terms.day_before(clock.today()):
        raise Invalid(_("Choose yesterday or a later day: who held the role in the past stays as it was."), "last_day")
    seats = list(_seats_of(team, last_day).filter(role=role, area=area))
    if not seats:
        raise WrongState(_("The team does not hold this role beyond that day. Nothing was changed."))
    for seat in seats:
        _stop_seat(seat, last_day, actor, reason)
    events.record("team.ended", actor=actor, subject=team, role=role, ends_on=last_day.isoformat(), reason=reason)
    return seats


@transaction.atomic
def decide_team(
    assignments: Iterable[Assignment], *, verb: str, actor, seen_hash: str, reason: str = ""
) -> list[Assignment]:
    """Decide at once on all members of one proposal, exactly as they were shown (rules 1 and 2): each is judged on its own, all or none."""
    pks = sorted(row.pk for row in assignments)
    people = Assignment.objects.filter(pk__in=pks).order_by("person_id").values_list("person_id", flat=True)
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=list(people)).order_by("pk"))
    rows = queries.in_order(Assignment.objects.select_for_update(of=("self",)).filter(pk__in=pks))
    scope.forget()
    if not rows or seen_hash != fingerprint(queries.shown_together(rows)):
        raise Stale(_("This changed while you were reading. Nothing was decided."))
    made = [VERBS[verb](row, actor=actor, seen_hash=fingerprint(shown(row)), reason=reason) for row in rows]
    code = "team.approved" if verb == "approve" else "team.rejected"
    words = {"role": rows[0].role, "people": len(rows), "seen": seen_hash}
    events.record(code, actor=actor, subject=rows[0].team, reason=reason, **words)
    return made


def _propose_everywhere(member: TeamMember, proposal: uuid.UUID, actor, reason: str, conflict_reason: str) -> None:
    """Whoever joins a team that holds roles is proposed for each of them: nothing is held without an approval."""
    for place in queries.places(member.team, member.starts_on):
        first, last = max(member.starts_on, place.starts_on), _earlier(place.ends_on, member.ends_on)
        if first <= (last or terms.OPEN_END):
            _propose(member, place.role, place.area, first, last, proposal, actor, reason, conflict_reason)


def _propose(
    member: TeamMember, role: Role, area: Area | None, first: date, last: date | None, proposal: uuid.UUID, actor,
    reason: str, conflict_reason: str,
) -> Assignment:  # fmt: skip
    wanted = Terms(
        starts_on=first, ends_on=last, seat="primary" if member.is_lead else "member", area=area, team=member.team,
        filled_as=way_of(member.person), reason=reason, conflict_reason=conflict_reason,
    )  # fmt: skip
    return propose_seat(role, member.person, actor, proposal, wanted)


def _stop_seat(seat: Assignment, last_day: date, actor, reason: str) -> None:
    if seat.state == "proposed":
        withdraw_assignment(seat, actor=actor, reason=reason)
    else:
        end_seat(seat, max(last_day, seat.starts_on), actor, reason)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _seats_of(team: Team, last_day: date):
    """Approved or proposed beyond this day, with the team."""
    rows = Assignment.objects.filter(team=team, state__in=["approved", "proposed"]).exclude(ends_on__lte=last_day)
    return rows.select_for_update(of=("self",)).select_related("role", "person", "area", "team").order_by("pk")


def _locked(team: Team) -> Team:
    return Team.objects.select_for_update(of=("self",)).get(pk=team.pk)


def _open(team: Team) -> Team:
    team = _locked(team)
    if team.state != "active":
        raise WrongState(_("%(team)s is closed.") % {"team": team})
    return team


def _locked_members(team: Team, day: date) -> list[TeamMember]:
    """Who belongs on this day or later; of each, the row."""
    rows = team.members.since(day).select_for_update(of=("self",)).select_related("person", "team")
    return [one for one in rows.order_by("-is_lead", "pk") if (one.person.last_day or terms.OPEN_END) >= day]


# Leavers -------------------------------------------------------------------------------------------------------------------

ENDS = ["state", "ends_on", "cut_by_leaving", "agreed_end"]


@leaving.on_leaving
def memberships_end(people: Sequence[Person], *, actor, reason: str) -> Iterator[Outcome]:
    """Who leaves the organisation leaves their teams; the end that was agreed is kept (rule 5)."""
    by_id, changed = {person.pk: person for person in people}, []
    yesterday = terms.day_before(clock.today())
    for member in _memberships(by_id):
        last_day = by_id[member.person_id].last_day
        agreed = member.agreed_end if member.cut_by_leaving else member.ends_on
        end = min(agreed or terms.OPEN_END, max(last_day, member.starts_on))
        over = member.ends_on is not None and member.ends_on < yesterday
        if end != (member.ends_on or terms.OPEN_END) and not (over and end > member.ends_on):
            member.cut_by_leaving = end < (agreed or terms.OPEN_END)
            member.agreed_end, member.ends_on = agreed if member.cut_by_leaving else None, end
            changed.append(member)
    if changed:
        history.bulk_update(changed, TeamMember, ENDS, actor=actor, reason=_("The person leaves."))
    yield from (_left(member, actor) for member in changed)


@leaving.on_staying
def memberships_return(people: Sequence[Person], *, actor, reason: str) -> Iterator[Outcome]:
    """Who stays belongs to their teams again, unless that is over, the team is closed or somebody else leads it."""
    cut = [one for one in _memberships({person.pk: person for person in people}) if one.cut_by_leaving]
    leads = TeamMember.objects.filter(team__in={one.team_id for one in cut}, is_lead=True, state="recorded")
    others, back = list(leads.exclude(pk__in=[one.pk for one in cut])) if cut else [], []
    for member in cut:
        if _cannot_return(member, others):
            words = {"team": member.team}
            sentence = _("Not restored: the place in the team %(team)s. Let them join it anew.") % words
            yield Outcome(member.person_id, sentence, member.get_absolute_url(), is_open=True)
            continue
        member.ends_on, member.agreed_end, member.cut_by_leaving = member.agreed_end, None, False
        back.append(member)
    if back:
        history.bulk_update(back, TeamMember, ENDS, actor=actor, reason=_("The person stays."))
    for member in back:
        event = events.prepare("team.back", actor=actor, subject=member.team, person=member.person)
        yield Outcome(member.person_id, _("Back in the team %(team)s.") % {"team": member.team}, event=event)


def _memberships(people: dict[int, Person]) -> list[TeamMember]:
    people = {pk: person for pk, person in people.items() if getattr(person, "in_teams", True)}
    if not people:
        return []
    rows = TeamMember.objects.select_for_update(of=("self",)).select_related("team", "person")
    return list(rows.filter(person_id__in=people, state="recorded").order_by("pk"))


def _cannot_return(member: TeamMember, others: list[TeamMember]) -> bool:
    over = member.ends_on < terms.day_before(clock.today()) or member.team.state != "active"
    span = (member.starts_on, member.agreed_end)
    taken = any(one.team_id == member.team_id and terms.overlap(*span, one.starts_on, one.ends_on) for one in others)
    return over or (member.is_lead and taken)


def _left(member: TeamMember, actor) -> Outcome:
    words = {"team": member.team, "day": terms.in_words(member.ends_on)}
    event = events.prepare(
        "team.left", actor=actor, subject=member.team, person=member.person, last_day=member.ends_on.isoformat()
    )
    if member.is_lead:
        sentence = _("Leads the team %(team)s until %(day)s. Name another lead.") % words
        return Outcome(member.person_id, sentence, member.get_absolute_url(), is_open=True, event=event)
    return Outcome(
        member.person_id, _("In the team %(team)s until %(day)s.") % words, member.get_absolute_url(), event=event
    )
