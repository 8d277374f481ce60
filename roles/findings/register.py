"""What is wrong in the register: one function for one rule, all read from the same picture (coverage R2, R3, R5, A3, A6, A7)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ismsroles.core import clock
from ismsroles.core.findings import rule
from ismsroles.core.models import AuditEvent
from roles.models import Assignment
from roles.queries.held import HeldRole, held_roles, unheld_clauses
from roles.queries.register import last_day_of

PENDING_DAYS, LEAVING_DAYS, LOGIN_DAYS = 5, 30, 90
Found = Iterator[dict[str, Any]]


def place(name: str, *args: Any) -> str:
    """Where it is mended; nothing while that page does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _in_words(day: date) -> str:
    return formats.date_format(day, "j M Y")


def _at_role(
    held: HeldRole, sentence: str, *, action: str = "", detail: str = "", since: date | None = None
) -> dict[str, Any]:
    url = place("role", held.role.pk)
    return {"sentence": sentence, "url": url, "action": action or _("Open the role"), "detail": detail, "since": since}


@rule("R5", title=gettext_lazy("Clause 5.3 a or b is not held"), clause="5.3", severity="stop")
def nobody_for_conformity_or_reporting(day: date) -> Found:
    """5.3 a and 5.3 b are each held by a named, approved, current person (R5)."""
    for clause, sentence in unheld_clauses(day):
        url = place("role-list") or place("roles")
        detail = _("A role in force that serves clause %(clause)s needs a holder whom top management approved.")
        yield {
            "sentence": sentence,
            "url": url,
            "action": _("Name a holder"),
            "detail": detail % {"clause": clause},
            "since": None,
        }


@rule("A6.vacant", title=gettext_lazy("Vacant role"), clause="5.3", severity="stop")
def nobody_holds_or_stands_in(day: date) -> Found:
    """A role in force that nobody holds and nobody stands in for, with the day since when (A6)."""
    for held in held_roles(day):
        if held.is_vacant and not held.deputies:
            yield _vacancy(held, _vacant_words(held), _why_vacant(held))


@rule("A6.stands-in", title=gettext_lazy("A deputy stands in"), clause="5.3", severity="warn")
def a_deputy_stands_in(day: date) -> Found:
    """A role in force without a holder whose deputy stands in (A6, A7)."""
    for held in held_roles(day):
        if held.is_vacant and held.deputies:
            words = {"role": held.role, "deputy": ", ".join(str(a.person) for a in held.deputies)}
            sentence = _("%(role)s is vacant; %(deputy)s stands in.") % words
            yield _vacancy(held, sentence, _why_vacant(held))


def _vacancy(held: HeldRole, sentence: str, detail: str) -> dict[str, Any]:
    """A vacancy is mended at the proposal that waits, else at the role."""
    made = _at_role(held, sentence, action=_("Propose a holder"), detail=detail, since=held.vacant_since)
    waiting = held.waiting_holder
    return made | {"url": place("assignment", waiting.pk), "action": _("Open the proposal")} if waiting else made


def _vacant_words(held: HeldRole) -> str:
    if held.vacant_since is None:
        return _("%(role)s is vacant.") % {"role": held.role}
    words = {"role": held.role, "day": _in_words(held.vacant_since)}
    return _("%(role)s has been vacant since %(day)s.") % words


def _why_vacant(held: HeldRole) -> str:
    if held.waiting_holder:
        return _("A holder is proposed and waits for approval.")
    last = held.last_holder
    if last is None:
        return _("Nobody has ever held it.")
    words = {"person": last.person, "day": _in_words(last_day_of(last))}
    if last.person.last_day == last_day_of(last):
        return _("%(person)s left on %(day)s.") % words
    return _("%(person)s held it until %(day)s.") % words


@rule("A6", title=gettext_lazy("Somebody who left is entered"), clause="5.3", severity="stop")
def somebody_who_left_is_entered(day: date) -> Found:
    """Nobody who has left still holds a role (A6)."""
    for held in held_roles(day):
        for seat in held.seats:
            if seat.state == "approved" and _left_before_the_end(seat, day):
                words = {"person": seat.person, "day": _in_words(seat.person.last_day), "role": held.role}
                sentence = _("%(person)s left on %(day)s and is still entered for %(role)s.") % words
                yield _at_role(held, sentence, action=_("End it"), since=seat.person.last_day)


def _left_before_the_end(seat: Assignment, day: date) -> bool:
    last = seat.person.last_day
    return last is not None and last < day and (seat.ends_on is None or seat.ends_on > last)


@rule("A6.leaving", title=gettext_lazy("Vacant soon"), clause="5.3", severity="warn")
def becomes_vacant_soon(day: date) -> Found:
    """A seat that becomes empty within 30 days, with nobody approved to follow: vacant from (A6, rule 4)."""
    for held in held_roles(day):
        begins = held.vacant_from
        if begins is not None and begins <= day + timedelta(days=LEAVING_DAYS):
            names = ", ".join(str(a.person) for a in held.holders)
            words = {"role": held.role, "day": _in_words(begins)}
            detail = _("%(people)s: last day before that. Nobody is approved to follow.") % {"people": names}
            yield _vacancy(held, _("%(role)s is vacant from %(day)s.") % words, detail)


@rule("A7", title=gettext_lazy("No deputy"), clause="5.3", severity="warn")
def no_deputy(day: date) -> Found:
    """A role with one holder has a deputy, who is somebody else (A7)."""
    for held in held_roles(day):
        if held.role.kind == "one" and held.holders and not held.deputies and not held.members:
            detail = _("If %(person)s is away, nobody may decide.") % {"person": held.holders[0].person}
            yield _at_role(
                held, _("%(role)s has no deputy.") % {"role": held.role}, action=_("Propose a deputy"), detail=detail
            )


@rule("A3", title=gettext_lazy("Waits for approval"), clause="5.3", severity="warn")
def waits_for_approval(day: date) -> Found:
    """A proposal that waits for a decision for more than five days (A3)."""
    for held in held_roles(day):
        for seat in held.seats:
            since = seat.proposed_at.astimezone(clock.zone()).date()
            days = (day - since).days
            if seat.state == "proposed" and days > PENDING_DAYS:
                words = {"person": seat.person, "role": held.role, "days": days}
                sentence = _("%(person)s has waited %(days)d days to be approved for %(role)s.") % words
                url = place("assignment", seat.pk)
                yield {"sentence": sentence, "url": url, "action": _("Open the proposal"), "detail": "", "since": since}


@rule("R2", title=gettext_lazy("No responsibility"), clause="5.3", severity="warn")
def no_responsibility(day: date) -> Found:
    """A role in force has at least one responsibility (R2)."""
    for held in held_roles(day):
        if not held.duties:
            sentence = _("%(role)s has no responsibility written down.") % {"role": held.role}
            yield _at_role(held, sentence, action=_("Write one"))


@rule("R3.none", title=gettext_lazy("No authority at all"), clause="5.3", severity="warn")
def no_authority_at_all(day: date) -> Found:
    """A role that must do something but may decide nothing (R3)."""
    for held in held_roles(day):
        if held.role.kind != "everyone" and held.duties and not held.authorities:
            sentence = _("%(role)s has responsibilities, but no authority to carry them out.") % {"role": held.role}
            yield _at_role(held, sentence, action=_("Write an authority"), detail=_quoted(held.duties))


@rule("R3", title=gettext_lazy("Responsibility without authority"), clause="5.3", severity="note")
def responsibility_without_authority(day: date) -> Found:
    """A responsibility that no authority serves, in a role that has some (R3)."""
    for held in held_roles(day):
        bare = held.duties_without_authority
        if held.role.kind != "everyone" and held.authorities and bare:
            words = {"role": held.role, "bare": len(bare), "all": len(held.duties)}
            sentence = ngettext(
                "%(role)s: %(bare)d of %(all)d responsibilities has no authority to carry it out.",
                "%(role)s: %(bare)d of %(all)d responsibilities have no authority to carry them out.",
                len(bare),
            )
            yield _at_role(held, sentence % words, action=_("Link an authority"), detail=_quoted(bare))


@rule("R3.serves", title=gettext_lazy("Authority that serves nothing"), clause="5.3", severity="note")
def authority_serves_nothing(day: date) -> Found:
    """An authority that serves no responsibility (R3, the reverse)."""
    for held in held_roles(day):
        if loose := held.authorities_serving_none:
            words = {"role": held.role, "count": len(loose)}
            sentence = ngettext(
                "%(role)s: %(count)d authority serves no responsibility.",
                "%(role)s: %(count)d authorities serve no responsibility.",
                len(loose),
            )
            yield _at_role(held, sentence % words, action=_("Link it"), detail=_quoted(loose))


def _quoted(rows: list) -> str:
    shown = " ".join(f"“{row.text}”" for row in rows[:3])
    return shown if len(rows) <= 3 else _("%(shown)s and %(more)d more.") % {"shown": shown, "more": len(rows) - 3}


@rule("A3.one-approver", title=gettext_lazy("Only one approver"), clause="5.3", severity="warn")
def one_approver_only(day: date) -> Found:
    """While one person alone approves, nobody can decide about that person, or on what they propose (rule 1)."""
    approving = [held for held in held_roles(day) if held.role.persona == "top_management"]
    people = {a.person for held in approving for a in held.holders}
    if len(people) != 1:
        return
    person = people.pop()
    founded = any(a.is_founding and a.person_id == person.pk for held in approving for a in held.holders)
    sentence = _("%(person)s is the only one who approves.") % {"person": person}
    if founded:
        sentence = _("The founding appointment of %(person)s stands alone: nobody else approves.") % {"person": person}
    detail = _(
        "What %(person)s proposes, and what is about %(person)s, can be approved by nobody. "
        "Another role marked “Deciding and signing” needs a holder, or the board decides on a dated exception."
    ) % {"person": person}
    yield _at_role(approving[0], sentence, action=_("Name another approver"), detail=detail)


APPROVER_LOGIN = ("approver.login_linked", "approver.login_counts")


@rule("A3.login", title=gettext_lazy("Approver’s new login"), clause="5.3", severity="note")
def approvers_login_is_new(day: date) -> Found:
    """An approver's login made or linked anew in the last 90 days is looked at twice (design §5)."""
    since = clock.now() - timedelta(days=LOGIN_DAYS)
    for event in AuditEvent.objects.filter(code__in=APPROVER_LOGIN, at__gte=since).order_by("pk"):
        url = place("person", event.subject_id)
        linked = event.at.astimezone(clock.zone()).date()
        detail = _("Ask the person whether it is theirs.")
        yield {
            "sentence": event.sentence,
            "url": url,
            "action": _("Open the person"),
            "detail": detail,
            "since": linked,
        }
