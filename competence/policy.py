"""Who may see and do what about competence, training and performance (design rule 15).

Competence by name: the person, their line manager, the information security manager, the area's representative, the auditor of an
engagement; the approver who decides sees it on the proposal. Performance by name: the person, the line manager, the
information security manager. Everybody else sees counts, none below five."""

from django.db.models import Exists, Q, QuerySet

from competence.models import (
    AnswerSheet,
    Assessment,
    Course,
    Expectation,
    InductionItem,
    KeptFile,
    PerformanceGap,
    Requirement,
    Round,
    SignedList,
    Skill,
    TrainingAction,
    TrainingRecord,
    WaitingTable,
)
from ismsroles.core import access, events, facts
from roles.models import Assignment, Person
from roles.policy import keeps_register, standing
from roles.policy.waiting import awaiting

# May see ---------------------------------------------------------------------------------------------------------------


def sees_everybody(user) -> bool:
    """The information security manager and the auditor of an engagement."""
    return standing(user).is_ism or access.reads_everything(user)


def people_seen(user) -> QuerySet[Person]:
    """The people whose competence this user sees by name."""
    if sees_everybody(user):
        return Person.objects.all()
    who = standing(user)
    if who.person is None:
        return Person.objects.none()
    return Person.objects.filter(Q(pk=who.person.pk) | Q(manager=who.person) | Q(area_id__in=who.represents))


def sees_person(user, person: Person) -> bool:
    """Whether this user sees this person's competence by name."""
    who = standing(user)
    if sees_everybody(user):
        return True
    own = who.person is not None and who.person.pk in (person.pk, person.manager_id)
    return own or (person.area_id is not None and person.area_id in who.represents)


def sees_of_proposal(user, assignment: Assignment) -> bool:
    """Who sees the competence of a proposed person: those of rule 15, and the approver who decides."""
    return sees_person(user, assignment.person) or awaiting(user).filter(pk=assignment.pk).exists()


def _led(user) -> Exists | None:
    person = standing(user).person
    return facts.whether(Person.objects.filter(manager=person)) if person else None


leads_somebody = facts.register("leads_somebody", _led)


@access.policy("competence.people.see")
def _sees_people(user, person: Person | None) -> bool:
    """Somebody's competence by name; without a person: whether there is anybody beside oneself."""
    if person is not None:
        return sees_person(user, person)
    who = standing(user)
    if sees_everybody(user) or who.represents:
        return True
    return bool(leads_somebody(user))


@access.policy("competence.counts.see")
def _sees_counts(user, _obj) -> bool:
    return access.may(user, "roles.register.see")


# May do ----------------------------------------------------------------------------------------------------------------


@access.policy(
    "competence.skill.keep", "competence.requirement.keep", "competence.course.keep", "competence.induction.keep"
)
def _keeps(user, _obj) -> bool:
    """Skills, requirements and courses are part of the register."""
    return keeps_register(user)


def _looks_after(user, person: Person) -> bool:
    who = standing(user)
    if who.is_ism:
        return True
    manages = who.person is not None and person.manager_id == who.person.pk
    return manages or (person.area_id is not None and person.area_id in who.represents)


@access.policy("competence.assess", "competence.train.finish")
def _assess(user, person: Person) -> bool:
    """Line manager, area's representative, information security manager; and the person, marked as a self-assessment."""
    who = standing(user)
    own = who.person is not None and who.person.pk == person.pk
    return own or _looks_after(user, person)


@access.policy("competence.train", "competence.train.record")
def _train(user, person: Person) -> bool:
    """Plans and records training: whoever looks after the person; nobody for themself but the information security manager."""
    return _looks_after(user, person)


@access.policy("competence.train.check")
def _check(user, person: Person) -> bool:
    """Whether a training helped is never judged by who took it."""
    who = standing(user)
    own = who.person is not None and who.person.pk == person.pk
    return _looks_after(user, person) and not own


@access.policy("competence.import", "competence.round.keep", "competence.duties.record")
def _ism_only(user, _obj) -> bool:
    return standing(user).is_ism


@access.policy("performance.see")
def _sees_performance(user, person: Person) -> bool:
    who = standing(user)
    if who.person is not None and who.person.pk in (person.pk, person.manager_id):
        return True
    return who.is_ism


@access.policy("performance.keep")
def _keeps_performance(user, person: Person) -> bool:
    """The line manager and the information security manager, never about themselves."""
    who = standing(user)
    own = who.person is not None and who.person.pk == person.pk
    manages = who.person is not None and person.manager_id == who.person.pk
    return not own and (manages or who.is_ism)


# May see, as rows ------------------------------------------------------------------------------------------------------


def _of_people(rows: QuerySet, user) -> QuerySet:
    return rows if sees_everybody(user) else rows.filter(person__in=people_seen(user))


@access.visible(Assessment)
def _assessments(user) -> QuerySet:
    return _of_people(Assessment.objects.all(), user)


@access.visible(TrainingAction)
def _actions(user) -> QuerySet:
    """Those of the people one sees, and those that one sees to."""
    rows = TrainingAction.objects.all()
    if sees_everybody(user):
        return rows
    who = standing(user)
    own = Q(owner=who.person) if who.person is not None else Q(pk=None)
    return rows.filter(own | Q(person__in=people_seen(user)))


@access.visible(TrainingRecord)
def _records(user) -> QuerySet:
    return _of_people(TrainingRecord.objects.all(), user)


@access.visible(PerformanceGap)
def _performance(user) -> QuerySet:
    who = standing(user)
    if who.is_ism:
        return PerformanceGap.objects.all()
    if who.person is None:
        return PerformanceGap.objects.none()
    return PerformanceGap.objects.filter(Q(person=who.person) | Q(person__manager=who.person))


@access.visible(KeptFile)
def _files(user) -> QuerySet:
    """A file is seen by who sees what it is evidence of."""
    gaps = access.visible_to(user, PerformanceGap).values("file")
    shown = _of_people(KeptFile.objects.filter(purpose="competence"), user)
    return shown | KeptFile.objects.filter(purpose="performance", pk__in=gaps)


@access.policy("competence.papers.see")
def _sees_papers(user, _obj) -> bool:
    return sees_everybody(user)


@access.visible(SignedList)
def _lists(user) -> QuerySet:
    """A list with many names is for who sees everybody by name."""
    return SignedList.objects.all() if sees_everybody(user) else SignedList.objects.none()


@access.visible(AnswerSheet)
def _answers(user) -> QuerySet:
    """How many answers were right: the person, their line manager, the information security manager (rule 15)."""
    who = standing(user)
    if who.is_ism:
        return AnswerSheet.objects.all()
    if who.person is None:
        return AnswerSheet.objects.none()
    return AnswerSheet.objects.filter(Q(sheet__person=who.person) | Q(sheet__person__manager=who.person))


@access.visible(WaitingTable)
def _waiting_tables(user) -> QuerySet:
    """An uploaded list is for whoever uploaded it, for a day."""
    return WaitingTable.objects.of(user) if access.may(user, "competence.import") else WaitingTable.objects.none()


@access.visible(Skill)
def _skills(user) -> QuerySet:
    return Skill.objects.all() if access.may(user, "roles.register.see") else Skill.objects.none()


@access.visible(Requirement)
def _requirements(user) -> QuerySet:
    """What a role needs is for everybody who sees the role; suggestions are for who decides on them."""
    if not access.may(user, "roles.register.see"):
        return Requirement.objects.none()
    return Requirement.objects.all() if keeps_register(user) else Requirement.objects.filter(is_suggested=False)


@access.visible(Course)
def _courses(user) -> QuerySet:
    return Course.objects.all() if access.may(user, "roles.register.see") else Course.objects.none()


@access.visible(InductionItem)
def _induction(user) -> QuerySet:
    return InductionItem.objects.all() if access.may(user, "roles.register.see") else InductionItem.objects.none()


@access.visible(Round)
def _rounds(user) -> QuerySet:
    return Round.objects.all() if access.may(user, "roles.register.see") else Round.objects.none()


@access.visible(Expectation)
def _expectations(user) -> QuerySet:
    return Expectation.objects.all() if access.may(user, "roles.register.see") else Expectation.objects.none()


events.confidential("performance", lambda user: standing(user).is_ism)
