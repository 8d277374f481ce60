"""What everybody must do is held by everybody who is there, and acknowledged by each for themself (K6)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from competence.actions.duties import acknowledge, record_signed_list
from competence.models import Acknowledgement, SignedList
from competence.queries.duties import duties, readers, readers_seen
from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed, Stale
from roles.actions.register import change_responsibility
from roles.models import Person, Responsibility
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone(cast):
    return factories.role("All staff", kind="everyone", authorities=False, duties=2)


def missing() -> set[str]:
    (one,) = duties()
    return {reader.name for reader in readers(one, clock.today()) if reader.at is None}


def seen() -> str:
    return duties()[0].wording


def test_everybody_who_is_there_is_asked_without_an_assignment_and_contractors_too(cast, everyone):
    assert {"Otto Outsider", "Cole Colleague"} <= missing() and "Lea Leaver" not in missing()


def test_each_acknowledges_for_themself_once(cast, everyone):
    for _again in range(2):
        acknowledge(everyone, actor=cast.colleague, seen=seen())
    assert "Cole Colleague" not in missing() and Acknowledgement.objects.count() == 1


def test_another_wording_asks_everybody_anew_and_the_old_answer_stays(cast, everyone):
    acknowledge(everyone, actor=cast.colleague, seen=seen())
    duty = Responsibility.objects.filter(role=everyone).first()
    change_responsibility(duty, "Report an incident within the hour.", actor=cast.ism)
    assert "Cole Colleague" in missing() and Acknowledgement.objects.count() == 1


def test_what_changed_while_somebody_was_reading_is_not_acknowledged(cast, everyone):
    before = seen()
    duty = Responsibility.objects.filter(role=everyone).first()
    change_responsibility(duty, "Report an incident within the hour.", actor=cast.ism)
    with pytest.raises(Stale):
        acknowledge(everyone, actor=cast.colleague, seen=before)


def test_who_is_no_person_of_the_register_has_nothing_to_acknowledge(cast, everyone):
    with pytest.raises(NotAllowed):
        acknowledge(everyone, actor=cast.auditor, seen=seen())


def test_an_acknowledgement_is_never_changed_or_deleted(cast, everyone):
    row = acknowledge(everyone, actor=cast.colleague, seen=seen())
    with pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.filter(pk=row.pk).update(wording="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.filter(pk=row.pk).delete()


def test_a_representative_sees_own_people_only(cast, everyone):
    (one,) = duties()
    names = {reader.name for reader in readers_seen(one, cast.representative, clock.today())}
    assert "Hana Holder" in names and "Cole Colleague" not in names


def test_after_thirty_days_it_is_found_without_names(cast, everyone):
    later = clock.now() + timedelta(days=31)
    with clock.at(later):
        said = [one.sentence for one in findings.current() if one.rule == "K6"]
    assert said == ["7 people have not acknowledged what everybody must do."]
    assert not [one for one in findings.current() if one.rule == "K6"]


def test_five_thousand_take_as_many_queries_as_one(cast, everyone, django_assert_num_queries):
    (one,), day = duties(), clock.today()
    Person.objects.bulk_create([Person(name=f"P {n}", name_key=f"p {n}") for n in range(200)])
    with django_assert_num_queries(2):
        assert len(readers(one, day)) == 207


def test_it_is_read_and_acknowledged_on_the_own_page(cast, everyone, as_user):
    client = as_user("colleague")
    assert b"I have read this" in client.get("/mine/").content
    client.post(f"/duties/{everyone.pk}/acknowledge/", {"seen": seen()})
    assert b"You have read what everybody must do" in client.get("/mine/").content


# On paper ------------------------------------------------------------------------------------------------------------


def signed(cast, everyone, people, **values):
    values = {"seen": seen(), "signed_on": clock.today(), "file": SimpleUploadedFile("list.pdf", b"%PDF-1.7"), **values}
    return record_signed_list(everyone, people, actor=values.pop("actor", cast.ism), **values)


def test_a_signed_list_counts_for_everybody_on_it_and_is_kept(cast, everyone, as_user):
    acknowledge(everyone, actor=cast.colleague, seen=seen())
    paper = signed(cast, everyone, [cast.people.outsider, cast.people.holder, cast.people.colleague])
    assert not {"Otto Outsider", "Hana Holder"} & missing() and paper.acknowledgements.count() == 2
    answer = as_user("auditor").get(f"/duties/lists/{paper.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7" and answer["Content-Disposition"].startswith("attachment")
    assert as_user("representative").get(f"/duties/lists/{paper.pk}/").status_code == 404


@pytest.mark.parametrize("wrong", [{"signed_on": -1}, {"signed_on": 1}, {"file": b"<html>"}, {"people": []}])
def test_a_list_that_cannot_be_right_is_refused_as_a_whole(cast, everyone, wrong):
    values = {"people": [cast.people.outsider]}
    for name, value in wrong.items():
        days, file = (name == "signed_on"), (name == "file")
        values[name] = (
            clock.today() + timedelta(days=value) if days else SimpleUploadedFile("x.pdf", value) if file else value
        )
    with pytest.raises(Invalid):
        signed(cast, everyone, **values)
    assert not Acknowledgement.objects.exists() and not SignedList.objects.exists()


def test_only_the_information_security_manager_records_lists(cast, everyone):
    for login in (cast.representative, cast.top, cast.administrator, cast.auditor):
        with pytest.raises(NotAllowed):
            signed(cast, everyone, [cast.people.outsider], actor=login)


def test_a_list_of_a_hundred_is_recorded_on_one_page_in_as_many_statements_as_one(cast, everyone, as_user):
    Person.objects.bulk_create([Person(name=f"P {n}", name_key=f"p {n}") for n in range(120)])
    many = list(Person.objects.filter(name__startswith="P "))
    form = as_user("ism").get(f"/duties/{everyone.pk}/signed-list/").content.decode()
    assert "P 119" in form
    asked = [_queries(cast, everyone, rows) for rows in (many[:1], many[1:])]
    assert asked[0] == asked[1]


def _queries(cast, everyone, people) -> int:
    with CaptureQueriesContext(connection) as done:
        signed(cast, everyone, people)
    return len(done)
