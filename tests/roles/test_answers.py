"""Whom do I tell? Who may approve? One name at once, worked out from the register as it is now (coverage K4)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ismsroles.core import clock, findings
from ismsroles.core.errors import InUse, Invalid, NotAllowed, WrongState
from roles.actions import guidance as actions
from roles.actions import guidance_starter, register, starter, unanswered
from roles.models import Absence, Assignment, AuthorisationLevel, Question, Role, Team, Unanswered
from roles.queries import answers, reach
from roles.starter import for_size, library
from roles.starter import guidance as starter_guidance
from tests import factories

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=-1)


def question(cast, text="I lost my laptop", role=None, **values) -> Question:
    duty = (role or cast.roles.held).responsibilities.first()
    return actions.add(Question, actor=cast.ism, text=text, **{"responsibility": duty, **values})


def found(cast, words: str, who="colleague") -> list[str]:
    return [one.title for one in answers.search(getattr(cast, who), words, clock.today())]


def reached(cast, role=None) -> reach.Reached:
    role = role or cast.roles.held
    return reach.of_roles({role.pk}, clock.today())[role.pk]


def names(people) -> list[str]:
    return [person.name for person in people]


# Finding ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["lost laptop", "LAPTOP", "lapttop", "notebok", "who do I tell I lost my notebook", "lápt"]
)
def test_a_question_is_found_however_it_is_typed(cast, words):
    question(cast, synonyms="notebook, stolen")
    assert found(cast, words)[0] == "I lost my laptop"


def test_what_a_question_is_about_comes_before_what_its_answer_mentions(cast):
    question(cast, "A door stands open", answer="Do not touch the laptop.")
    question(cast)
    assert found(cast, "laptop") == ["I lost my laptop", "A door stands open"]


def test_what_roles_must_and_may_do_is_found_too(cast):
    assert "Check thing 0 of Incident manager every month" in found(cast, "check thing incident")
    assert "Stop thing 1" in found(cast, "stop thing incident")


def test_levels_are_found_with_their_limit_and_evidence(cast):
    actions.add(AuthorisationLevel, actor=cast.ism, kind="approve_supplier", what="A cloud service", role=cast.roles.held,
                limit_kind="other", limit="small ones", evidence="the form")  # fmt: skip
    one = answers.search(cast.colleague, "supplier cloud", clock.today())[0]
    assert (one.title, one.limit, one.evidence) == ("Approve a supplier: A cloud service", "small ones", "the form")


def test_when_no_answer_has_every_word_the_closest_one_is_given(cast):
    question(cast)
    assert found(cast, "lost laptop yesterday") == ["I lost my laptop"]
    assert found(cast, "zebra") == []


def test_a_role_that_is_not_in_force_is_no_answer(cast):
    question(cast)
    Role.objects.filter(pk=cast.roles.held.pk).update(state="retired")
    assert found(cast, "laptop") == []


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_search(words):
    said = answers.words_of("I lost my laptop, phone or badge")
    assert 0 <= answers.score(answers.words_of(words), said) <= 100


# Reaching ---------------------------------------------------------------------------------------------------------------------


def test_the_holder_answers_and_the_deputy_if_they_cannot_be_reached(cast):
    one = reached(cast)
    assert (one.why, names(one.people), names(one.else_ask)) == ("", ["Hana Holder"], ["Dov Deputy"])


def test_when_the_holder_has_left_the_deputy_stands_in(cast):
    type(cast.people.holder).objects.filter(pk=cast.people.holder.pk).update(last_day=clock.today() + YESTERDAY)
    assert (reached(cast).why, names(reached(cast).people)) == ("stands_in", ["Dov Deputy"])


def test_when_the_holder_is_away_the_deputy_stands_in(cast):
    Absence.objects.create(
        person=cast.people.holder, starts_on=clock.today(), recorded_by=cast.holder, recorded_at=clock.now()
    )
    one = reached(cast)
    assert (one.why, names(one.people), names(one.absent)) == ("away", ["Dov Deputy"], ["Hana Holder"])


def test_of_a_team_the_lead_answers_then_the_deputy_then_the_members(cast):
    role, team = cast.roles.held, Team.objects.create(name="Night watch")
    factories.hold(role, cast.people.colleague, approver=cast.top, seat="member", team=team)
    assert (names(reached(cast).people), names(reached(cast).else_ask)) == (
        ["Hana Holder"],
        ["Dov Deputy", "Cole Colleague"],
    )
    for person, rest in ((cast.people.holder, ["Dov Deputy"]), (cast.people.deputy, ["Cole Colleague"])):
        type(person).objects.filter(pk=person.pk).update(last_day=clock.today() + YESTERDAY)
        assert (reached(cast).why, names(reached(cast).people)) == ("stands_in", rest)


def test_while_the_lead_is_away_the_members_of_the_team_answer(cast):
    role, team = cast.roles.vacant, Team.objects.create(name="Night watch")
    factories.hold(role, cast.people.holder, approver=cast.top, team=team)
    for person in (cast.people.colleague, cast.people.outsider):
        factories.hold(role, person, approver=cast.top, seat="member", team=team)
    away = {"person": cast.people.holder, "starts_on": clock.today(), "recorded_by": cast.holder}
    Absence.objects.create(recorded_at=clock.now(), **away)
    one = reached(cast, role)
    assert (one.why, names(one.people), names(one.absent)) == (
        "away",
        ["Cole Colleague", "Otto Outsider"],
        ["Hana Holder"],
    )


def test_without_holder_and_deputy_the_role_above_answers(cast):
    Role.objects.filter(pk=cast.roles.vacant.pk).update(reports_to=cast.roles.held)
    one = reached(cast, cast.roles.vacant)
    assert (one.why, one.via, names(one.people)) == ("above", cast.roles.held, ["Hana Holder"])


def test_the_way_up_passes_vacant_roles_and_ends(cast):
    between = factories.role("Between", reports_to=cast.roles.top)
    Role.objects.filter(pk=cast.roles.vacant.pk).update(reports_to=between)
    assert names(reached(cast, cast.roles.vacant).people) == ["Tora Top"]
    Role.objects.filter(pk=between.pk).update(reports_to=None)
    assert reached(cast, cast.roles.vacant).why == "nobody"


def test_a_question_whose_role_is_vacant_is_a_finding(cast):
    question(cast, role=cast.roles.vacant)
    assert [one.rule for one in findings.current() if one.rule == "K4"] == ["K4"]


def test_a_question_whose_role_is_held_is_none(cast):
    question(cast)
    assert not [one for one in findings.current() if one.rule == "K4"]


# Keeping ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["top", "holder", "representative", "auditor", "colleague", "administrator"])
def test_only_who_keeps_the_register_writes_questions(cast, who):
    with pytest.raises(NotAllowed):
        actions.add(
            Question, actor=getattr(cast, who), text="x", responsibility=cast.roles.held.responsibilities.first()
        )


def test_a_question_has_exactly_one_answer(cast):
    with pytest.raises(Invalid, match="Choose one"):
        actions.add(Question, actor=cast.ism, text="Who?")
    duty, power = cast.roles.held.responsibilities.first(), cast.roles.held.authorities.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.create(text="Who?", responsibility=duty, authority=power)


def test_what_answers_a_question_is_not_removed(cast):
    question(cast)
    with pytest.raises(InUse) as refusal:
        register.remove_responsibility(cast.roles.held.responsibilities.first(), actor=cast.ism)
    assert refusal.value.users == ["Question: I lost my laptop"]


def test_questions_can_be_put_in_another_order(cast):
    first, second = question(cast, "First"), question(cast, "Second")
    actions.move_question(second, "up", actor=cast.ism)
    actions.move_question(second, "up", actor=cast.ism)
    assert names_of_questions() == ["Second", "First"]
    actions.move_question(second, "down", actor=cast.ism)
    assert names_of_questions() == ["First", "Second"] and first.pk


def names_of_questions() -> list[str]:
    return list(Question.objects.order_by("position").values_list("text", flat=True))


def test_a_question_is_written_on_its_page_and_leads_to_a_name(cast, as_user):
    duty = cast.roles.held.responsibilities.first()
    sent = {
        "text": "I lost my badge",
        "synonyms": "card",
        "answer": "Tell now.",
        "tie": f"r:{duty.pk}",
        "state": "retired",
    }
    assert as_user("ism").post("/ask/questions/add/", sent).status_code == 302
    page = as_user("colleague").get("/ask/?q=card").content.decode()
    for text in ("I lost my badge", "Tell now.", "Hana Holder", "hana.holder@testhouse.example", "Dov Deputy"):
        assert text in page


@pytest.mark.parametrize("tie", ["", "r:0", "x:1", "r:999999999999999999999", "l:1", "r:%"])
def test_a_tie_that_is_not_there_is_refused_with_a_sentence(cast, as_user, tie):
    assert as_user("ism").post("/ask/questions/add/", {"text": "Who?", "tie": tie}).status_code == 422


def make_room(cast) -> None:
    """The roles of the cast have titles that starter roles have too."""
    for role in Role.objects.all():
        Role.objects.filter(pk=role.pk).update(title=f"{role.title} of the cast")


def test_starter_questions_lead_to_what_the_register_says(cast):
    make_room(cast)
    starter.adopt_roles(list(library()), actor=cast.ism)
    assert guidance_starter.adopt_questions(actor=cast.ism) == f"{len(starter_guidance.questions())} questions"
    assert guidance_starter.adopt_questions(actor=cast.ism) == "0 questions"
    lost = Question.objects.get(starter_key="lost_device")
    assert lost.tie.role.starter_key == "incident_manager"


def test_starter_questions_fit_a_small_organisation_too(cast):
    make_room(cast)
    starter.adopt_roles([role.key for role in for_size("small")], actor=cast.ism, size="small")
    guidance_starter.adopt_questions(actor=cast.ism)
    assert Question.objects.count() >= 18


def test_a_reworded_responsibility_still_answers_its_starter_question(cast):
    make_room(cast)
    starter.adopt_roles(["incident_manager"], actor=cast.ism)
    row = Role.objects.get(starter_key="incident_manager").responsibilities.first()
    register.change_responsibility(row, row.text.replace("four working hours", "two hours"), actor=cast.ism)
    guidance_starter.adopt_questions(actor=cast.ism)
    assert Question.objects.filter(starter_key="lost_device", responsibility=row).exists()


# Nothing fits ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def test_nothing_found_names_the_manager_and_notes_the_words_without_the_person(cast, as_user):
    colleague = as_user("colleague")
    assert "Ismail Keeper" in colleague.get("/ask/?q=zebra").content.decode()
    words = "Where is the zebra of bob@example.org, 0170 1234567"
    assert colleague.post("/ask/unanswered/note/", {"q": words}).status_code == 302
    row = Unanswered.objects.get()
    assert row.words == "Where is the zebra of … …" and not hasattr(row, "actor")
    assert "zebra" in as_user("ism").get("/ask/unanswered/").content.decode()
    assert as_user("colleague").get("/ask/unanswered/").status_code == 403


def test_the_same_words_count_up(cast):
    for words in ("Where is the key", "where is  the KEY"):
        unanswered.note_unanswered(words, actor=cast.colleague)
    assert Unanswered.objects.get().times == 2


def test_ten_an_hour_are_enough(cast):
    for number in range(10):
        unanswered.note_unanswered(f"question number {number}x", actor=cast.colleague)
    with pytest.raises(Invalid, match="ten questions"):
        unanswered.note_unanswered("one more question", actor=cast.colleague)


@pytest.mark.parametrize("words", ["", "a", "\x00\x00\x00\x00\x00", "x@y.z"])
def test_words_that_say_nothing_are_refused(cast, as_user, words):
    assert as_user("colleague").post("/ask/unanswered/note/", {"q": words}).status_code == 422


def test_an_unanswered_question_is_closed_once_by_who_keeps_the_answers(cast):
    row = unanswered.note_unanswered("Where is the key", actor=cast.colleague)
    with pytest.raises(NotAllowed):
        unanswered.close_unanswered(row, "answered", actor=cast.top)
    unanswered.close_unanswered(row, "answered", actor=cast.ism)
    with pytest.raises(WrongState):
        unanswered.close_unanswered(row, "dropped", actor=cast.ism)


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 500, "q=%F0%9F%94%91", "q=<script>alert(1)</script>"])
def test_nonsense_in_the_address_is_no_error(cast, as_user, query):
    answer = as_user("colleague").get(f"/ask/?{query}")
    assert answer.status_code == 200 and b"<script>alert" not in answer.content


def test_who_is_not_in_the_register_asks_nothing(cast, as_user):
    Assignment.objects.filter(pk=0).delete()
    stranger = factories.user("Nobody Known")
    cast.stranger = stranger
    assert as_user("stranger").get("/ask/").status_code == 403
