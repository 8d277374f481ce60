"""Short questions are made from the register and change with it; what was answered is evidence (K5)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from competence import understanding as pure
from competence.actions.understanding import answer, begin, close_round, open_round
from competence.models import AnswerSheet, QuestionSheet
from competence.queries import understanding
from competence.queries.facts import facts
from competence.understanding import Fact
from ismsroles.core import clock, findings
from ismsroles.core.errors import Stale, WrongState
from roles.actions.register import change_responsibility
from roles.models import AuthorisationLevel, Question, Responsibility
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def register(cast):
    """Roles with duties, a question of the answers page for each, two levels."""
    for number, title in enumerate(("Incident lead", "Supplier owner", "Access keeper", "Backup owner", "Risk owner")):
        role = factories.role(title, duties=2)
        duty = Responsibility.objects.filter(role=role).first()
        Question.objects.create(text=f"Question {number}?", responsibility=duty, position=number)
        AuthorisationLevel.objects.create(
            kind="own", own_kind=f"Kind {number}", what=f"Thing {number}", role=role, limit_kind="none"
        )
    return cast


@pytest.fixture
def spring(register):
    return open_round(actor=register.ism, title="Spring", starts_on=clock.today(), due_on=clock.today() + 10 * DAY)


def right(sheet: QuestionSheet) -> list[str]:
    return [question["right"] for question in sheet.questions]


def wrong(sheet: QuestionSheet) -> list[str]:
    return [next(one for one in question["options"] if one != question["right"]) for question in sheet.questions]


def test_nothing_is_invented(register):
    entries = {fact.right for fact in facts(register.people.holder, clock.today())}
    texts = set(Responsibility.objects.values_list("text", flat=True)) | {"up to level 2"}
    roles = {str(row.role) for row in AuthorisationLevel.objects.select_related("role")}
    assert entries <= texts | roles and {"Question 0?"} <= {
        f.text for f in facts(register.people.holder, clock.today())
    }


def test_the_own_duties_are_asked_and_never_given_as_a_wrong_answer(register):
    own = set(Responsibility.objects.filter(role=register.roles.held).values_list("text", flat=True))
    asked = [fact for fact in facts(register.people.holder, clock.today()) if fact.kind == "duty"]
    assert {fact.right for fact in asked} == own and not any(own & set(fact.others) for fact in asked)


def test_a_round_is_answered_once_and_shown(register, spring):
    sheet = begin(spring, actor=register.holder, seed=1)
    answer(spring, str(sheet.pk), right(sheet), actor=register.holder)
    assert [line.result for line in understanding.asked(spring, clock.today()) if line.shown_on] == ["5/5"]
    with pytest.raises(WrongState):
        begin(spring, actor=register.holder)


def test_after_wrong_answers_there_are_other_questions_tomorrow(register, spring):
    sheet = begin(spring, actor=register.holder, seed=1)
    answer(spring, str(sheet.pk), wrong(sheet), actor=register.holder)
    with pytest.raises(WrongState):
        begin(spring, actor=register.holder)
    with clock.at(clock.now() + DAY):
        again = begin(spring, actor=register.holder, seed=1)
        keys = [{one["key"] for one in each.questions} for each in (sheet, again)]
        assert not keys[0] & keys[1]
        answer(spring, str(again.pk), right(again), actor=register.holder)
    assert AnswerSheet.objects.count() == 2


def test_a_change_in_the_register_changes_questions_and_answers(register, spring):
    duty = Responsibility.objects.filter(role=register.roles.held).first()
    before = {fact.mark for fact in facts(register.people.holder, clock.today())}
    sheet = next(
        one for one in (begin(spring, actor=register.holder, seed=n) for n in range(1)) if duty.text in right(one)
    )
    change_responsibility(duty, "Report each incident to the authority within a day.", actor=register.ism)
    with pytest.raises(Stale):
        answer(spring, str(sheet.pk), right(sheet), actor=register.holder)
    again = begin(spring, actor=register.holder, seed=1)
    assert again.pk != sheet.pk and duty.text not in right(again)
    assert {fact.mark for fact in facts(register.people.holder, clock.today())} != before


def test_questions_and_answers_are_written_once(register, spring):
    sheet = begin(spring, actor=register.holder)
    row = answer(spring, str(sheet.pk), right(sheet), actor=register.holder)
    for model, values in ((QuestionSheet, {"questions": []}), (AnswerSheet, {"right": 0})):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.filter(pk__in=[sheet.pk, row.pk]).update(**values)


def test_two_windows_give_one_answer(register, spring):
    sheet = begin(spring, actor=register.holder)
    assert begin(spring, actor=register.holder).pk == sheet.pk
    answer(spring, str(sheet.pk), wrong(sheet), actor=register.holder)
    with pytest.raises(Stale):
        answer(spring, str(sheet.pk), right(sheet), actor=register.holder)


def test_who_is_asked_follows_from_area_and_role(register):
    day = clock.today()
    by_role = open_round(actor=register.ism, title="R", starts_on=day, due_on=day, role=register.roles.held)
    assert {line.name for line in understanding.asked(by_role, day)} == {"Hana Holder", "Dov Deputy"}
    assert {"Cole Colleague", "Otto Outsider"} <= {
        line.name
        for line in understanding.asked(open_round(actor=register.ism, title="A", starts_on=day, due_on=day), day)
    }


@pytest.mark.parametrize(
    ("persona", "name", "result"),
    [("ism", True, True), ("representative", True, False), ("auditor", True, False), ("holder", None, None)],
)
def test_how_many_were_right_is_read_by_few(register, spring, as_user, persona, name, result):
    sheet = begin(spring, actor=register.holder, seed=1)
    answer(spring, str(sheet.pk), [*right(sheet)[:1], *wrong(sheet)[1:]], actor=register.holder)
    for url in (f"/understanding/{spring.pk}/", f"/understanding/{spring.pk}/export/csv/"):
        page = as_user(persona).get(url)
        if name is None:
            assert page.status_code == 403
        else:
            text = page.content.decode()
            assert ("Hana Holder" in text, "1/5" in text) == (name, result)


def test_which_answer_was_wrong_is_read_by_the_person_alone(register, spring, as_user):
    client = as_user("holder")
    url = f"/understanding/{spring.pk}/answer/"
    assert b"Begin" in client.get(url).content and not QuestionSheet.objects.exists()
    client.post(url, {"do": "begin"})
    sheet = QuestionSheet.objects.get()
    answers = {f"answer-{n}": one for n, one in enumerate(wrong(sheet))}
    assert client.post(url, {"sheet": sheet.pk}).status_code == 422
    assert client.post(url, {"sheet": sheet.pk, **answers}).status_code == 302
    page = client.get(url).content.decode()
    assert "The register says" in page and "Where it stands" in page and "tomorrow" in page
    assert "The register says" not in as_user("ism").get(url).content.decode()


def test_after_the_day_it_is_found_without_names_until_the_round_is_closed(register, spring):
    with clock.at(clock.now() + 11 * DAY):
        assert [one.sentence for one in findings.current() if one.rule == "K5"] == [
            "7 people have not shown by the day of the round that their duties are clear to them."
        ]
        close_round(spring, actor=register.ism)
        assert not [one for one in findings.current() if one.rule == "K5"]


def test_a_hundred_people_take_as_many_queries_as_one(register, spring, django_assert_num_queries):
    for number in range(20):
        factories.person(f"P {number}")
    day = clock.today()
    with django_assert_num_queries(2):
        assert len(understanding.asked(spring, day)) > 20


FACTS = st.lists(
    st.builds(
        Fact, st.sampled_from(["duty", "may", "ask", "level"]), st.uuids().map(str), st.text(min_size=1), st.text(min_size=1),
        st.just("/"), st.lists(st.text(min_size=1), max_size=6).map(tuple),
    ),
    max_size=12,
)  # fmt: skip


@given(FACTS, st.integers(0, 2**32))
def test_every_question_has_one_right_answer_among_different_ones(found, seed):
    for question in pure.made(found, seed):
        options = question["options"]
        assert options.count(question["right"]) == 1 and len(set(options)) == len(options) >= pure.FEWEST


@given(FACTS, st.integers(0, 2**32))
def test_no_question_is_asked_twice_and_old_ones_come_last(found, seed):
    asked = pure.made(found, seed)
    again = {question["key"] for question in pure.made(found, seed, avoid={question["key"] for question in asked})}
    fresh = {fact.key for fact in found if fact.is_fit} - {question["key"] for question in asked}
    assert len(again) == min(pure.ASKED, len([f for f in found if f.is_fit]))
    assert len(again & fresh) == min(len(fresh), pure.ASKED)
