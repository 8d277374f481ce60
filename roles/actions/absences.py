"""Absences: record, end, take back (A7). While one lasts, the approved deputies act."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from roles import policy, terms
from roles.actions.telling_absences import tell_deputies
from roles.models import Absence, Person
from roles.queries.absences import deputies_of
from roles.states import ABSENCE

BACK_AT_MOST = timedelta(days=31)


@transaction.atomic
def record_absence(person: Person, *, actor, starts_on: date, ends_on: date | None = None) -> Absence:
    """Somebody is away: from the first day on their deputies act. Nobody records what would make themself act (rule 1)."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    scope.forget()
    require(actor, "roles.absence.record", person)
    acting = deputies_of(person, clock.today())
    _refuse_own_gain(person, actor, [seat.person for seat in acting])
    _refuse_unfit(person, starts_on, ends_on)
    made = Absence(
        person=person, starts_on=starts_on, ends_on=ends_on, recorded_by=actor,
        recorded_by_person=policy.standing(actor).person, recorded_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            history.save(made, actor=actor)
    except IntegrityError as error:
        raise Invalid(_("%(person)s is away in that time already.") % {"person": person}, "starts_on") from error
    names = ", ".join(dict.fromkeys(f"{seat.person} ({seat.role})" for seat in acting)) or _("nobody")
    until = _("until %(day)s") % {"day": terms.in_words(ends_on)} if ends_on else _("until further notice")
    words = {"starts_on": starts_on.isoformat(), "until": until, "acting": names}
    events.record("absence.recorded", actor=actor, subject=person, person=person, **_own(person, actor), **words)
    tell_deputies(made, acting)
    return made


def _refuse_own_gain(person: Person, actor, deputies: list[Person]) -> None:
    recorder = policy.standing(actor).person
    if recorder is not None and recorder.pk != person.pk and recorder in deputies:
        raise NotAllowed(
            _(
                "You stand in for %(person)s, so you would give yourself the right to act. Somebody else must record this."
            )
            % {"person": person}
        )


def _refuse_unfit(person: Person, starts_on: date, ends_on: date | None) -> None:
    today = clock.today()
    if not person.is_current(today):
        raise Invalid(_("%(person)s is not with the organisation today.") % {"person": person}, "starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(_("The last day is before the first day."), "ends_on")
    if ends_on is not None and ends_on < today:
        raise Invalid(_("That is over. What deputies did then cannot be made right afterwards."), "ends_on")
    if starts_on < today - BACK_AT_MOST:
        raise Invalid(_("Choose a first day within the last month: nobody acted before it was recorded."), "starts_on")


@transaction.atomic
def end_absence(absence: Absence, *, actor, last_day: date) -> Absence:
    """The person is back after `last_day`; what has not begun by then is taken back."""
    absence = Absence.objects.select_for_update(of=("self",)).select_related("person").get(pk=absence.pk)
    scope.forget()
    ABSENCE.move(absence.state, "end")
    require(actor, "roles.absence.record", absence.person)
    if absence.ends_on is not None and (absence.ends_on < clock.today() or last_day > absence.ends_on):
        raise WrongState(_("It is over, or ends earlier than that already. Record a new one if they are away longer."))
    if last_day < terms.day_before(clock.today()):
        raise Invalid(_("Choose yesterday or a later day: what deputies did until then stays right."), "last_day")
    words = {"person": absence.person, "starts_on": absence.starts_on.isoformat()}
    if last_day < absence.starts_on:
        absence.state, code = ABSENCE.move(absence.state, "take_back"), "absence.taken_back"
    else:
        absence.ends_on, code = last_day, "absence.ended"
        words["ends_on"] = last_day.isoformat()
    history.save(absence, actor=actor)
    events.record(code, actor=actor, subject=absence.person, **_own(absence.person, actor), **words)
    return absence


def _own(person: Person, actor) -> dict[str, None]:
    """What somebody says of themself they say for nobody else."""
    return {"behalf": None} if policy.is_same(actor, person) else {}
