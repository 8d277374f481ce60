"""What is wrong about competence. Findings are read by people who see no names (rule 15): they count, and say no number below five."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from competence.models import Assessment, Course, Requirement, TrainingAction
from competence.queries import counts, duties, holders, induction, training, understanding
from ismsroles.core.findings import rule
from roles.models import Person, Role

Found = Iterator[dict[str, Any]]


def many(number: int, few: str, exact: str) -> str:
    """The sentence with its number, or the one without when the number may not be told."""
    return few if counts.told(number) is None else exact % {"n": number}


def _at(sentence: str, name: str, action: str, *, query: str = "", detail: str = "") -> dict[str, Any]:
    return {"sentence": sentence, "url": reverse(name) + query, "action": action, "detail": detail, "since": None}


@rule("C3", title=gettext_lazy("Competence is missing and no training is planned"), clause="7.2", severity="stop")
def gaps_without_plan(day: date) -> Found:
    """What a role must have and its holder has not shown needs a plan with a date (C3)."""
    plans = training.plans(day)
    bare = [one for one in counts.must_gaps(day) if (one.person, one.need.skill) not in plans]
    if bare:
        few = _("A few skills that roles must have are not shown by the people in them, and no training is planned.")
        exact = _("%(n)s skills that roles must have are not shown by the people in them, and no training is planned.")
        yield _at(many(len(bare), few, exact), "competence", _("Plan training"), query="?show=unplanned")


@rule("C3.planned", title=gettext_lazy("Competence is being built up"), clause="7.2", severity="note")
def gaps_with_plan(day: date) -> Found:
    """What is missing and will be learnt by a day that is known (C3)."""
    plans = training.plans(day)
    kept = [one for one in counts.must_gaps(day) if (one.person, one.need.skill) in plans]
    if kept:
        few = _("A few skills are being learnt, by a day that is planned.")
        yield _at(
            many(len(kept), few, _("%(n)s skills are being learnt, by days that are planned.")),
            "training",
            _("See the plan"),
        )


@rule("C3.overdue", title=gettext_lazy("Training is overdue"), clause="7.2", severity="stop")
def training_overdue(day: date) -> Found:
    """A planned training whose day is over (C3, C4)."""
    late = TrainingAction.objects.overdue(day).filter(person__in=_there(day)).count()
    if late:
        few = _("Planned training was not done by its day.")
        exact = _("%(n)s planned trainings were not done by their day.")
        yield _at(many(late, few, exact), "training", _("See which"), query="?show=overdue")


@rule("C3.effect", title=gettext_lazy("Nobody checked whether training helped"), clause="7.2", severity="warn")
def effect_not_checked(day: date) -> Found:
    """The effect of a training is looked at within 90 days (7.2 c)."""
    waiting = TrainingAction.objects.filter(state="done").values_list("done_on", flat=True)
    late = [done for done in waiting if (day - done).days > 90]
    if late:
        few = _("Training was done more than 90 days ago, and nobody has checked whether it helped.")
        exact = _("%(n)s trainings were done more than 90 days ago, and nobody has checked whether they helped.")
        yield _at(many(len(late), few, exact), "training", _("Check them"), query="?show=unchecked")


@rule("C5.overdue", title=gettext_lazy("Recurring training is overdue"), clause="7.3", severity="warn")
def recurring_overdue(day: date) -> Found:
    """Everybody repeats what has to be repeated (C5)."""
    late: dict[Course, int] = {}
    for one in training.dues(day):
        if one.is_overdue(day):
            late[one.course] = late.get(one.course, 0) + 1
    for course, number in late.items():
        few = _("A few people have not taken “%(course)s” by their day.") % {"course": course}
        exact = ngettext("%(n)s person has", "%(n)s people have", number) % {"n": number}
        told = _("%(people)s not taken “%(course)s” by their day.") % {"people": exact, "course": course}
        sentence = few if counts.told(number) is None else told
        yield {
            "sentence": sentence,
            "url": course.get_absolute_url(),
            "action": _("See who"),
            "detail": "",
            "since": None,
        }


@rule("C5.expiring", title=gettext_lazy("Evidence of competence expires"), clause="7.2", severity="note")
def evidence_expires(day: date) -> Found:
    """Certificates that expire within 60 days (C5)."""
    if not Assessment.objects.filter(valid_until__gte=day).exists():
        return
    number = len(training.expiring(day))
    if number:
        few = _("Evidence of competence expires within 60 days.")
        exact = _("%(n)s pieces of evidence of competence expire within 60 days.")
        yield _at(many(number, few, exact), "competence", _("See which"), query="?show=expiring")


@rule("C2", title=gettext_lazy("Nothing says what a role needs"), clause="7.2", severity="warn")
def roles_without_requirement(day: date) -> Found:
    """Every role that somebody acts in says what it needs (C1, C2); asked once requirements are in use at all."""
    needs = set(Requirement.objects.in_force(day).values_list("role_id", flat=True))
    if not needs:
        return
    held = {role for _person, role in holders.holders(day)} - needs
    titles = list(Role.objects.active().filter(pk__in=held).values_list("title", flat=True))
    if titles:
        sentence = ngettext(
            "%(n)s role that people act in says nothing of what it needs to know.",
            "%(n)s roles that people act in say nothing of what they need to know.",
            len(titles),
        ) % {"n": len(titles)}
        yield _at(sentence, "requirements", _("Write it"), detail=", ".join(titles) + ".")


@rule("C2.suggested", title=gettext_lazy("Suggested requirements wait"), clause="7.2", severity="note")
def suggestions_wait(day: date) -> Found:
    """What came with starter roles counts only once somebody has confirmed it (C2)."""
    rows = Requirement.objects.present().filter(is_suggested=True, role__state="active")
    number = rows.values("role").distinct().count()
    if number:
        sentence = ngettext(
            "What %(n)s starter role needs to know is suggested and not confirmed.",
            "What %(n)s starter roles need to know is suggested and not confirmed.",
            number,
        ) % {"n": number}
        yield _at(sentence, "requirements", _("Look through them"), query="?show=suggested")


@rule("K6", title=gettext_lazy("Not everybody has read everyone’s duties"), clause="7.3", severity="warn")
def duties_not_read(day: date) -> Found:
    """What everybody must do is acknowledged by each within 30 days (K6)."""
    late = {
        row.pk for one in duties.duties() for row in duties.readers(one, day) if row.at is None and row.due_on < day
    }
    if late:
        few = _("A few people have not acknowledged what everybody must do.")
        exact = _("%(n)s people have not acknowledged what everybody must do.")
        yield _at(many(len(late), few, exact), "duties", _("See who"), query="?show=missing")


@rule("K3", title=gettext_lazy("Induction is overdue"), clause="7.3", severity="warn")
def induction_overdue(day: date) -> Found:
    """Who joins, comes to an area or gets a role reads and accepts what belongs to it, by its day (K3)."""
    late = {one.person for one in induction.owed(day) if one.is_overdue(day)}
    if late:
        few = _("A few people who came have not accepted all of their induction by its day.")
        exact = _("%(n)s people who came have not accepted all of their induction by its day.")
        yield _at(many(len(late), few, exact), "induction", _("See who"), query="?show=overdue")


@rule("K5", title=gettext_lazy("Nobody knows whether it is understood"), clause="7.3", severity="warn")
def questions_not_answered(day: date) -> Found:
    """Who is asked in a round shows by its day that their own duties are clear (K5)."""
    late = understanding.overdue(day)
    if late:
        few = _("A few people have not shown by the day of the round that their duties are clear to them.")
        exact = _("%(n)s people have not shown by the day of the round that their duties are clear to them.")
        yield _at(many(len(late), few, exact), "rounds", _("See who"))


def _there(day: date) -> QuerySet[Person]:
    return Person.objects.current(day)
