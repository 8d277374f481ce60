"""People: written, invited, leaving; found among many; chosen without a list of thousands (A1, A6, rule 5)."""

from datetime import timedelta

import pytest
from django import forms
from guardian.shortcuts import assign_perm

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent, OutboxMessage
from roles.forms.pickers import PersonField
from roles.models import Assignment, Person
from tests import factories

PERSON = {"name": "Zoë O'Neil-Şahin 李", "email": "zoe@testhouse.example", "kind": "employee"}


def test_a_person_is_added_as_their_name_is_written(as_user, cast):
    answer = as_user("ism").post("/people/add/", PERSON)
    person = Person.objects.get(email="zoe@testhouse.example")
    assert person.name == "Zoë O'Neil-Şahin 李"
    assert answer.url == person.get_absolute_url()


def test_an_address_that_somebody_has_is_refused_by_name_at_the_field(as_user, cast):
    answer = as_user("ism").post("/people/add/", {**PERSON, "email": "HANA.holder@testhouse.example"})
    assert answer.status_code == 422
    assert "Hana Holder" in answer.context["form"].errors["email"][0]


def test_a_personnel_number_that_somebody_has_is_refused_by_name(as_user, cast):
    factories.person("Nora Number", external_id="7")
    answer = as_user("ism").post("/people/add/", {**PERSON, "external_id": "7"})
    assert "Nora Number" in answer.context["form"].errors["external_id"][0]


def test_two_people_without_number_are_no_conflict(as_user, cast):
    for name in ("A", "B"):
        assert as_user("ism").post("/people/add/", {"name": name, "kind": "employee"}).status_code == 302


def test_the_manager_is_written_as_a_name(as_user, cast):
    as_user("ism").post("/people/add/", {**PERSON, "manager": "hana holder"})
    assert Person.objects.get(email="zoe@testhouse.example").manager == cast.people.holder


def test_the_form_shows_the_present_manager_and_saving_keeps_it(as_user, cast):
    client, person = as_user("ism"), factories.person("Mo", manager=cast.people.leaver)
    initial = client.get(f"/people/{person.pk}/edit/").context["form"]["manager"].value()
    assert initial == "Lea Leaver <lea.leaver@testhouse.example>"
    client.post(f"/people/{person.pk}/edit/", {**PERSON, "manager": initial})
    person.refresh_from_db()
    assert person.manager == cast.people.leaver


def test_people_who_report_to_each_other_in_a_circle_are_refused(as_user, cast):
    boss = factories.person("Boss", manager=cast.people.holder)
    answer = as_user("ism").post(f"/people/{cast.people.holder.pk}/edit/", {**PERSON, "manager": boss.email})
    assert answer.status_code == 422
    assert "circle" in answer.context["form"].errors["manager"][0]


class Choosing(forms.Form):
    person = PersonField()


def chosen(text: str) -> forms.Form:
    form = Choosing({"person": text})
    form.fields["person"].people = Person.objects.all()
    return form


@pytest.mark.parametrize(
    "text", ["Otto Outsider <otto.outsider@testhouse.example>", "OTTO.outsider@testhouse.example", "ötto  outsider"]
)
def test_a_person_is_understood_by_name_and_by_address(cast, text):
    form = chosen(text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["person"] == cast.people.outsider


def test_two_people_of_one_name_are_told_apart(cast):
    twins = [factories.person("Sam Same", email=f"sam{number}@testhouse.example") for number in (1, 2)]
    assert "sam2@testhouse.example" in chosen("Sam Same").errors["person"][0]
    assert chosen(f"Sam Same [{twins[1].pk}]").is_valid()


def test_part_of_a_name_is_never_taken_for_a_choice(cast):
    assert "Did you mean Hana Holder <hana.holder@testhouse.example>" in chosen("hana").errors["person"][0]


def test_suggestions_are_only_of_people_one_may_see_and_who_are_here(as_user, cast):
    suggested = as_user("representative").get("/people/options/?q=e").content.decode()
    assert "Hana Holder" in suggested
    assert "Cole Colleague" not in suggested
    assert "Lea Leaver" not in suggested


def test_suggestions_are_few_however_many_people_there_are(as_user, cast):
    for number in range(30):
        factories.person(f"Clone {number}")
    assert as_user("ism").get("/people/options/?from=boss&boss=clone").content.count(b"<option") == 20


def test_a_last_day_says_first_what_ends_with_it_and_then_ends_it(as_user, cast):
    client, url, day = as_user("ism"), f"/people/{cast.people.holder.pk}/leave/", clock.today() + timedelta(days=5)
    assert "Incident manager" in client.get(url).content.decode()
    client.post(url, {"last_day": day.isoformat(), "reason": "New job"})
    assert Assignment.objects.get(pk=cast.held.holder.pk).ends_on == day
    assert AuditEvent.objects.filter(code="person.leaves", reason="New job").exists()


def test_reading_the_page_of_leaving_changes_nothing(as_user, cast):
    as_user("ism").get(f"/people/{cast.people.holder.pk}/leave/")
    assert Person.objects.get(pk=cast.people.holder.pk).last_day is None


def test_a_last_day_before_the_first_is_refused_with_a_sentence(as_user, cast):
    answer = as_user("ism").post(f"/people/{cast.people.holder.pk}/leave/", {"last_day": "2001-01-01"})
    assert answer.status_code == 422
    assert "before the first day" in answer.content.decode()


def test_a_last_day_can_be_taken_back(as_user, cast):
    as_user("ism").post(f"/people/{cast.people.leaver.pk}/stay/", {"reason": "Mistake"})
    assert Person.objects.get(pk=cast.people.leaver.pk).last_day is None


def test_an_invitation_goes_to_the_person_and_is_shown_to_nobody(as_user, cast):
    client, url = as_user("ism"), f"/people/{cast.people.outsider.pk}/login/"
    assert "No mail server is set up" in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    mail = OutboxMessage.objects.get(kind="mail")
    secret = mail.payload["text"].split("/")[-2][:40]
    assert mail.payload["to"] == "otto.outsider@testhouse.example"
    assert secret not in page


def test_a_person_without_address_cannot_be_invited_and_the_page_says_why(as_user, cast):
    nobody = factories.person("No Mail", email="")
    answer = as_user("ism").post(f"/people/{nobody.pk}/login/")
    assert answer.status_code == 422
    assert "e-mail address first" in answer.content.decode()


def test_a_person_is_named_representative_and_it_ends(as_user, cast):
    client, url = as_user("ism"), f"/people/{cast.people.representative.pk}/represent/"
    client.post(url, {"areas": [cast.elsewhere.pk]})
    codes = AuditEvent.objects.values_list("code", flat=True)
    assert {"person.representative_named", "person.representative_ended"} <= set(codes)
    assert [str(area) for area in client.get(f"/people/{cast.people.representative.pk}/").context["represents"]] == [
        "Finance"
    ]


def test_somebody_without_login_cannot_represent(as_user, cast):
    answer = as_user("ism").post(f"/people/{cast.people.outsider.pk}/represent/", {"areas": [cast.home.pk]})
    assert answer.status_code == 422
    assert "cannot sign in yet" in answer.content.decode()


def test_staff_see_themselves_and_their_reports_and_nobody_else(as_user, cast):
    report = factories.person("Rep Ort", manager=cast.people.colleague)
    client = as_user("colleague")
    assert client.get(cast.people.colleague.get_absolute_url()).status_code == 200
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(cast.people.holder.get_absolute_url()).status_code == 404


def test_a_representative_sees_the_people_of_the_areas_parts_too(as_user, cast):
    part = factories.area("Cloud", parent=cast.home)
    person = factories.person("Claude Cloud", area=part)
    assert as_user("representative").get(person.get_absolute_url()).status_code == 200


def test_who_looks_after_an_area_does_not_write_its_people(as_user, cast):
    client = as_user("representative")
    for page in ("edit", "leave", "stay", "login", "represent"):
        assert client.get(f"/people/{cast.people.holder.pk}/{page}/").status_code == 403, page


@pytest.mark.parametrize(
    ("show", "name"),
    [
        ("", "Hana Holder"), ("outside", "Otto Outsider"), ("left", "Lea Leaver"), ("leaving", "Go Ing"),
        ("no-login", "Otto Outsider"), ("coming", "Not Yet"),
    ],
)  # fmt: skip
def test_the_saved_questions_find_whom_they_name(as_user, cast, show, name):
    factories.person("Go Ing", last_day=clock.today())
    factories.person("Not Yet", starts_on=clock.today() + timedelta(days=3))
    page = as_user("ism").get(f"/people/?show={show}")
    assert name in [str(person) for person in page.context["page_obj"]]
    assert {chip.label: chip.count for chip in page.context["chips"] if chip.on}.popitem()[1] == len(
        page.context["page_obj"]
    )


def test_a_name_is_found_without_its_accents(as_user, cast):
    factories.person("Ayşe Şahin")
    assert [str(one) for one in as_user("ism").get("/people/?q=sahin ay").context["page_obj"]] == ["Ayşe Şahin"]


def test_a_grant_on_another_area_gives_nothing_here(as_user, cast):
    assign_perm("represent_area", cast.colleague, cast.elsewhere)
    assert as_user("colleague").get(cast.people.holder.get_absolute_url()).status_code == 404
