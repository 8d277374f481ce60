"""Training that closes gaps: planned, done, checked; what repeats is due by a day that is worked out (C3, C5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from competence.actions import courses
from competence.actions.reminding import remind
from competence.actions.training import cancel_training, change_training, check_training, finish_training, plan_training
from competence.models import Course, TrainingAction, TrainingRecord
from competence.queries.training import dues, plans
from competence.states import TRAINING
from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.notices.models import Message
from tests import factories
from tests.competence import world

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


def verbs(cast):
    return {
        "change": lambda row: change_training(row, actor=cast.ism, what="Another course"),
        "finish": lambda row: finish_training(row, actor=cast.ism, done_on=clock.today(), result="Passed."),
        "cancel": lambda row: cancel_training(row, actor=cast.ism, reason="No budget."),
        "confirm": lambda row: check_training(row, actor=cast.ism, helped=True, note="Led one."),
        "doubt": lambda row: check_training(row, actor=cast.ism, helped=False, note="Did not."),
    }


@pytest.mark.parametrize("state", sorted(TRAINING.states))
@pytest.mark.parametrize("verb", sorted(TRAINING.verbs))
def test_each_verb_moves_a_training_as_the_table_says_or_is_refused(cast, state, verb):
    done = {} if state in ("planned", "cancelled") else {"done_on": clock.today()}
    seen = {"checked_on": clock.today(), "check_note": "x"} if state.endswith("effective") else {}
    row = world.plan(cast.people.holder, None, cast.people.ism, state=state, **done, **seen)
    if TRAINING.allows(state, verb):
        assert verbs(cast)[verb](row).state == TRAINING.moves[state, verb]
    else:
        with pytest.raises(WrongState):
            verbs(cast)[verb](row)


@pytest.mark.parametrize("who", ["holder", "top", "administrator", "auditor", "colleague"])
def test_only_who_looks_after_somebody_plans_their_training(cast, who):
    given = {"owner": cast.people.ism, "due_on": in_days(9), "what": "Course"}
    with pytest.raises(NotAllowed):
        plan_training(cast.people.holder, actor=getattr(cast, who), **given)
    assert plan_training(cast.people.holder, actor=cast.representative, **given).state == "planned"


@pytest.mark.parametrize("days", [-1, 400])
def test_a_plan_is_for_a_day_to_come_on_which_the_person_is_there(cast, days):
    type(cast.people.holder).objects.filter(pk=cast.people.holder.pk).update(last_day=in_days(200))
    cast.people.holder.refresh_from_db()
    with pytest.raises(Invalid):
        plan_training(cast.people.holder, actor=cast.ism, owner=cast.people.ism, due_on=in_days(days), what="Course")


def test_nobody_judges_whether_their_own_training_helped(cast):
    row = world.plan(cast.people.ism, None, cast.people.ism, state="done", done_on=clock.today())
    with pytest.raises(NotAllowed):
        check_training(row, actor=cast.ism, helped=True, note="Yes.")


def test_what_was_done_stands_in_the_register_of_trainings(cast):
    row = world.plan(cast.people.holder, None, cast.people.ism)
    finish_training(row, actor=cast.holder, done_on=clock.today(), result="Passed.")
    assert TrainingRecord.objects.get().title == row.what


def test_an_overdue_plan_is_no_plan_and_a_finding_without_a_name(cast):
    skill = world.skill()
    world.need(cast.roles.held, skill, 2)
    world.plan(cast.people.holder, skill, cast.people.ism, in_days(-1))
    assert plans(clock.today()) == set()
    assert found("C3.overdue") == ["Planned training was not done by its day."]
    assert not any("Hana" in one.sentence + one.detail for one in findings.current() if one.rule.startswith("C"))


def test_findings_count_only_from_five(cast):
    skill = world.skill()
    role = factories.role("Analyst", kind="many")
    world.need(role, skill, 2)
    for number in range(4):
        factories.hold(role, factories.person(f"Analyst {number}"), approver=cast.top)
    assert found("C3")[0].startswith("A few skills")
    factories.hold(role, factories.person("Analyst five"), approver=cast.top)
    assert found("C3")[0].startswith("5 skills")


# Recurring ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def awareness(cast):
    return Course.objects.create(title="Awareness", starts_on=in_days(-100))


def test_everybody_who_is_there_is_due_and_who_left_is_not(cast, awareness):
    due = {one.person for one in dues(clock.today())}
    assert cast.people.outsider.pk in due and cast.people.leaver.pk not in due


def test_who_took_it_is_due_a_year_later_even_after_29_february(cast, awareness):
    with clock.at(datetime(2028, 3, 1, 12, tzinfo=UTC)):
        world_day = date(2028, 2, 29)
        courses.record_attendance(awareness, [cast.people.holder], actor=cast.ism, done_on=world_day)
        (mine,) = dues(clock.today(), [cast.people.holder.pk])
    assert mine.due_on == date(2029, 2, 28)


def test_the_same_day_is_recorded_once(cast, awareness):
    for _again in range(2):
        courses.record_attendance(awareness, [cast.people.holder], actor=cast.ism, done_on=clock.today())
    assert TrainingRecord.objects.count() == 1


def test_a_representative_records_own_people_only_all_or_none(cast, awareness):
    people = [cast.people.holder, cast.people.colleague]
    with pytest.raises(NotAllowed):
        courses.record_attendance(awareness, people, actor=cast.representative, done_on=clock.today())
    assert not TrainingRecord.objects.exists()


def test_a_course_of_a_role_is_for_its_holders_and_one_of_an_area_for_its_people(cast):
    Course.objects.create(title="Lead", role=cast.roles.held, starts_on=clock.today())
    Course.objects.create(title="Local", area=cast.elsewhere, starts_on=clock.today())
    due = {(one.course.title, one.person) for one in dues(clock.today())}
    people = cast.people
    assert due == {
        ("Lead", people.holder.pk),
        ("Lead", people.deputy.pk),
        ("Local", people.colleague.pk),
        ("Local", people.outsider.pk),
    }


def test_due_days_of_everybody_take_as_many_queries_as_those_of_one(cast, awareness, django_assert_num_queries):
    day = clock.today()
    with django_assert_num_queries(3):
        dues(day)


def test_what_is_overdue_is_found_without_names(cast, awareness):
    assert found("C5.overdue") == ["7 people have not taken “Awareness” by their day."]


# Reminders ------------------------------------------------------------------------------------------------------------


def mails() -> list[str]:
    return sorted(Message.objects.filter(code="training.due").values_list("address", flat=True))


def at_noon(day: date):
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def test_a_certificate_reminds_at_60_30_and_7_days_once_each_however_often_the_task_runs(cast):
    world.shows(
        cast.people.holder, world.skill(), 3, valid_until=in_days(70), recorded_at=clock.now() - timedelta(days=90)
    )
    sent, today = [], clock.today()
    for day in range(71):
        with at_noon(today + timedelta(days=day)):
            remind()
            remind()
            sent.append(len(mails()))
    assert [day for day in range(1, 71) if sent[day] > sent[day - 1]] == [10, 40, 63]


@pytest.mark.parametrize(("down", "mails_then"), [(12, 1), (45, 1), (66, 1)])
def test_after_an_outage_one_late_reminder_comes_and_not_three(cast, down, mails_then):
    world.shows(
        cast.people.holder, world.skill(), 3, valid_until=in_days(70), recorded_at=clock.now() - timedelta(days=90)
    )
    with at_noon(in_days(down)):
        remind()
    assert len(mails()) == mails_then


def test_all_that_is_due_for_somebody_comes_in_one_message(cast, awareness):
    skill = world.skill("Incident response")
    world.shows(cast.people.holder, skill, 3, valid_until=in_days(20))
    world.plan(cast.people.holder, skill, cast.people.ism, in_days(5))
    remind()
    assert [len(row.lines) for row in Message.objects.filter(address=cast.people.holder.email)] == [3]


def test_who_has_left_or_has_no_address_gets_no_mail(cast, awareness):
    type(cast.people.outsider).objects.filter(pk=cast.people.outsider.pk).update(email="", email_key=None)
    remind()
    assert cast.people.leaver.email not in mails() and "" not in mails()


def test_what_is_done_reminds_nobody_again(cast):
    row = world.plan(cast.people.holder, None, cast.people.holder, in_days(5))
    remind()
    TrainingAction.objects.filter(pk=row.pk).update(state="done", done_on=clock.today())
    with at_noon(in_days(6)):
        remind()
    assert mails() == [cast.people.holder.email]
