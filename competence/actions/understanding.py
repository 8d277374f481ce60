"""Rounds of questions: opened and closed by the information security manager, answered by each for themself (K5)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from competence import understanding as pure
from competence.models import AnswerSheet, QuestionSheet, Round
from competence.queries import understanding
from competence.queries.facts import facts
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.shown import fingerprint
from roles.models import Area, Person, Role
from roles.policy import standing

KEEP = "competence.round.keep"


@transaction.atomic
def open_round(
    *, actor, title: str, starts_on: date, due_on: date, area: Area | None = None, role: Role | None = None
) -> Round:
    """From a day on, people find a few questions on their page; who is asked is worked out."""
    require(actor, KEEP)
    if due_on < clock.today():
        raise Invalid(_("This day is over. Choose today or a later one."), "due_on")
    one = Round(title=title, starts_on=starts_on, due_on=due_on, area=area, role=role)
    history.save(one, actor=actor)
    events.record("round.opened", actor=actor, subject=one, whom=one.whom, due=due_on.isoformat())
    return one


@transaction.atomic
def close_round(one: Round, *, actor) -> Round:
    """Nobody is asked any more; what was answered stays."""
    require(actor, KEEP)
    one = Round.objects.select_for_update().get(pk=one.pk)
    if one.closed_on is not None:
        raise WrongState(_("It is closed already. Nothing was done."))
    one.closed_on = clock.today()
    history.save(one, actor=actor)
    events.record("round.closed", actor=actor, subject=one)
    return one


@transaction.atomic
def begin(one: Round, *, actor, seed: int | None = None) -> QuestionSheet:
    """Give this person their questions: new ones after a pause, made from the register as it is now."""
    person, mine = _mine(one, actor)
    if mine.sheet is not None and not pure.outdated(mine.sheet.questions, facts(person, clock.today())):
        return mine.sheet
    if mine.is_shown:
        raise WrongState(_("You have shown it already. There is nothing left to answer."))
    if not mine.waits(clock.today()):
        raise WrongState(_("There are new questions for you tomorrow. Nothing was done."))
    last = mine.last.sheet.questions if mine.last else []
    turn = [one.pk, person.pk, QuestionSheet.objects.filter(round=one, person=person).count()]
    seed = int(fingerprint(turn)[:8], 16) if seed is None else seed
    asked = pure.made(facts(person, clock.today()), seed, avoid={each["key"] for each in last})
    if not asked:
        raise WrongState(_("The register says too little yet to ask anything. Nothing was done."))
    row = QuestionSheet(round=one, person=person, questions=asked, given_at=clock.now())
    return history.save(row, actor=actor)


@transaction.atomic
def answer(one: Round, sheet_pk: str, answers: list[str], *, actor) -> AnswerSheet:
    """Keep what was answered. Refused when the register has changed since the questions were made: then there are new ones."""
    person, mine = _mine(one, actor)
    row = mine.sheet
    if row is None or str(row.pk) != sheet_pk:
        raise Stale(_("These are not the questions that wait for you. Open them again."))
    if pure.outdated(row.questions, facts(person, clock.today())):
        raise Stale(_("The register changed since these questions were made. Begin again: there are new ones."))
    for number, (question, given) in enumerate(zip(row.questions, answers, strict=True)):
        if given not in question["options"]:
            raise Invalid(_("Choose one answer to each question."), f"answer-{number}")
    made = AnswerSheet(
        sheet=row, answers=answers, right=pure.marked(row.questions, answers), asked=len(answers), answered_at=clock.now(),
        answered_by=actor,
    )  # fmt: skip
    history.save(made, actor=actor)
    events.record("understanding.answered", actor=actor, subject=one)
    return made


def _mine(one: Round, actor) -> tuple[Person, understanding.Mine]:
    """The person and their place in the round; the person's row is locked, so that two windows give one answer."""
    who = standing(actor).person
    if who is None:
        raise NotAllowed(_("You are not in the register of people, so there is nothing for you to answer."))
    person = Person.objects.select_for_update().get(pk=who.pk)
    found = understanding.mine(person, clock.today(), rounds=understanding.open_rounds(clock.today()).filter(pk=one.pk))
    if not found:
        raise WrongState(_("You are not asked in this round, or it is closed. Nothing was done."))
    return person, found[0]
