"""What joiners read and accept follows from dates; what was accepted is proof (K3)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from competence.actions.induction import accept, add_item, change_item, retire_item
from competence.actions.reminding import remind
from competence.models import InductionAcceptance, InductionItem
from competence.queries import induction
from competence.queries.induction import Owed
from ismsroles.core import clock, findings
from ismsroles.core.errors import NotAllowed, Stale, WrongState
from ismsroles.notices.models import Message
from roles.actions.people import change_person
from roles.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def part(cast):
    return add_item(
        actor=cast.ism, title="House rules", text="Lock the screen.", starts_on=clock.today() - 5 * DAY, days=14
    )


def open_ones(day=None) -> set[tuple[str, str]]:
    day = day or clock.today()
    return {(one.name, one.item.title) for one in induction.owed(day) if one.accepted_at is None}


def test_who_joins_is_asked_by_themself_and_who_was_there_is_not(cast, part):
    factories.person("New Comer", starts_on=clock.today() - 2 * DAY)
    factories.person("Comes Later", starts_on=clock.today() + 3 * DAY)
    assert open_ones() == {("New Comer", "House rules")}
    assert ("Comes Later", "House rules") in open_ones(clock.today() + 3 * DAY)


def test_who_moves_to_an_area_reads_what_belongs_to_it_and_to_the_area_above(cast):
    below = factories.area("Warehouse", parent=cast.people.holder.area)
    add_item(actor=cast.ism, title="Warehouse", text="x", area=cast.people.holder.area, starts_on=clock.today())
    assert open_ones() == set()
    change_person(cast.people.colleague, actor=cast.ism, area=below)
    assert open_ones() == {("Cole Colleague", "Warehouse")}


def test_who_gets_a_role_reads_what_belongs_to_it(cast):
    add_item(actor=cast.ism, title="On call", text="x", role=cast.roles.held, starts_on=clock.today())
    assert open_ones() == set()
    factories.hold(cast.roles.held, cast.people.colleague, approver=cast.top, starts_on=clock.today(), seat="deputy")
    assert open_ones() == {("Cole Colleague", "On call")}


def test_it_is_accepted_on_the_own_page_in_the_words_that_were_shown(cast, part, as_user):
    Person.objects.filter(pk=cast.people.colleague.pk).update(starts_on=clock.today())
    client = as_user("colleague")
    assert b"Lock the screen." in client.get("/mine/").content
    client.post(f"/induction/parts/{part.pk}/accept/", {"seen": part.wording})
    row = InductionAcceptance.objects.get()
    assert (row.person.name, row.said["text"]) == ("Cole Colleague", "Lock the screen.") and open_ones() == set()
    assert b"Lock the screen." not in client.get("/mine/").content


def test_other_words_than_those_shown_are_not_accepted(cast, part):
    Person.objects.filter(pk=cast.people.colleague.pk).update(starts_on=clock.today())
    seen = part.wording
    change_item(part, actor=cast.ism, text="Lock the door.")
    with pytest.raises(Stale):
        accept(part, actor=cast.colleague, seen=seen)


def test_who_is_not_asked_accepts_nothing(cast, part):
    for login, refusal in ((cast.colleague, WrongState), (cast.auditor, NotAllowed)):
        with pytest.raises(refusal):
            accept(part, actor=login, seen=part.wording)


def test_proof_is_never_changed_and_outlives_the_part(cast, part):
    Person.objects.filter(pk=cast.people.colleague.pk).update(starts_on=clock.today())
    row = accept(part, actor=cast.colleague, seen=part.wording)
    with pytest.raises(DatabaseError), transaction.atomic():
        InductionAcceptance.objects.filter(pk=row.pk).update(wording="x")
    retire_item(part, actor=cast.ism)
    assert InductionAcceptance.objects.get().said["title"] == "House rules"
    with pytest.raises(DatabaseError), transaction.atomic():
        InductionItem.objects.all().delete()


def test_overdue_is_found_without_names_and_reminded(cast, part):
    for number in range(6):
        factories.person(f"N {number}", starts_on=clock.today())
    with clock.at(clock.now() + 15 * DAY):
        (one,) = [one for one in findings.current() if one.rule == "K3"]
        assert one.sentence == "6 people who came have not accepted all of their induction by its day."
        remind()
    assert Message.objects.filter(code="training.due", params__icontains="House rules").count() == 6


@pytest.mark.parametrize(("persona", "names"), [("ism", 2), ("representative", 1), ("auditor", 2)])
def test_names_are_seen_by_who_looks_after_them(cast, part, as_user, persona, names):
    factories.person("In Home", starts_on=clock.today(), area=cast.people.holder.area)
    factories.person("In Finance", starts_on=clock.today(), area=cast.people.colleague.area)
    page = as_user(persona).get("/induction/").content.decode()
    assert (("In Home" in page) + ("In Finance" in page)) == names


def test_five_hundred_joiners_take_as_many_queries_as_one(cast, part, django_assert_num_queries):
    Person.objects.bulk_create([Person(name=f"P {n}", name_key=f"p {n}", starts_on=clock.today()) for n in range(200)])
    day = clock.today()
    with django_assert_num_queries(3):
        assert len(induction.owed(day)) == 200


@given(st.integers(0, 365), st.dates())
def test_the_day_is_so_many_days_after_coming_and_it_counts(days, since):
    try:
        due = since + timedelta(days=days)
    except OverflowError:
        return
    one = Owed(InductionItem(days=days, added_on=since), 1, "", "", since, None)
    assert one.due_on == due and not one.is_overdue(due)
