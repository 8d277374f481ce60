"""How an installation begins: once, whole or not at all (issue 1; design rule 1)."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from ismsroles.core import clock
from ismsroles.core.errors import Refusal
from ismsroles.core.models import AuditEvent, Invitation, Organisation, User
from roles.actions import setup
from roles.models import Assignment, Person, Role
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a sentence to remember"
ANSWERS = {
    "organisation_name": "Northwind Metrology", "size": "small", "time_zone": "Pacific/Auckland", "scope": "Calibration",
    "name": "Ada Lovelace", "email": "ada@northwind.example", "job_title": "Head of IT", "password": PASSWORD, "again": PASSWORD,
    "who_manages": "me", "approver_name": "Ingrid Solheim", "approver_email": "ingrid@northwind.example",
    "approver_job_title": "Chief executive", "board_date": "2026-01-15", "board_reference": "Board minutes 2026-01, item 4",
}  # fmt: skip
OTHER = {"who_manages": "other", "manager_name": "Priya Raghunathan", "manager_email": "priya@northwind.example"}


def send(client=None, **changed):
    return (client or Client()).post("/setup/", {**ANSWERS, **changed})


def nothing_is_written() -> bool:
    return not any(
        model.objects.exists() for model in (User, Organisation, Person, Role, Assignment, Invitation, AuditEvent)
    )


def test_an_empty_installation_begins_with_setting_up():
    assert Client().get("/").url == "/setup/"


def test_setting_up_writes_the_organisation_and_signs_the_administrator_in():
    client = Client()
    assert send(client).url == "/setup/done/"
    kept = Organisation.objects.get()
    assert (kept.name, kept.time_zone, kept.scope) == ("Northwind Metrology", "Pacific/Auckland", "Calibration")
    assert client.get("/setup/done/").context["user"].is_administrator


def test_setting_up_adopts_two_roles_in_force_and_links_them():
    send()
    manager, chief = Role.objects.get(persona="ism"), Role.objects.get(persona="top_management")
    assert (manager.state, chief.state, manager.reports_to) == ("active", "active", chief)


def test_setting_up_records_the_founding_appointment_by_the_boards_decision():
    send()
    made = Assignment.objects.get(is_founding=True)
    assert (made.person.name, made.state) == ("Ingrid Solheim", "approved")
    assert (made.founding_date.isoformat(), made.founding_reference) == ("2026-01-15", "Board minutes 2026-01, item 4")


def test_the_administrator_is_proposed_as_manager_and_not_approved():
    send()
    made = Assignment.objects.get(role__persona="ism")
    assert (made.person.name, made.person.user.email, made.state) == (
        "Ada Lovelace",
        "ada@northwind.example",
        "proposed",
    )


def test_somebody_else_is_proposed_as_manager_and_invited():
    send(**OTHER)
    assert Assignment.objects.get(role__persona="ism").person.name == "Priya Raghunathan"
    assert {one.user.email for one in Invitation.objects.all()} == {
        "priya@northwind.example",
        "ingrid@northwind.example",
    }
    assert not Person.objects.filter(name="Ada Lovelace").exists()


def test_the_approvers_login_is_an_event_of_its_own():
    send()
    assert AuditEvent.objects.filter(code="approver.login_linked").count() == 1


def test_the_board_decision_can_be_kept_as_a_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    send(board_file=SimpleUploadedFile("minutes.pdf", b"%PDF-1.7"))
    assert Assignment.objects.get(is_founding=True).founding_file.read() == b"%PDF-1.7"


@pytest.mark.parametrize("name", ["run.exe", "page.html", "drawing.svg"])
def test_a_file_that_a_browser_might_run_is_not_taken(name):
    answer = send(board_file=SimpleUploadedFile(name, b"x"))
    assert answer.status_code == 422 and answer.context["form"].errors["board_file"] and nothing_is_written()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"organisation_name": ""}, "organisation_name"),
        ({"organisation_name": "x" * 121}, "organisation_name"),
        ({"time_zone": "Atlantis/Poseidonis"}, "time_zone"),
        ({"email": "nowhere"}, "email"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "ada@northwind.example", "again": "ada@northwind.example"}, "password"),
        ({"again": "another sentence"}, "again"),
        ({"who_manages": "other"}, "manager_name"),
        ({**OTHER, "manager_email": "ADA@northwind.example"}, "manager_email"),
        ({"approver_email": "Ada@Northwind.example"}, "approver_email"),
        ({**OTHER, "approver_email": "priya@northwind.example"}, "approver_email"),
        ({"board_date": "2999-01-01"}, "board_date"),
        ({"board_date": "31 February"}, "board_date"),
        ({"board_reference": ""}, "board_reference"),
        ({"name": "Ada\x00Lovelace"}, "name"),
    ],
)
def test_an_answer_that_cannot_be_is_told_at_its_field_and_nothing_is_written(changed, field):
    answer = send(**changed)
    assert answer.status_code == 422 and answer.context["form"].errors.get(field), answer.context["form"].errors
    assert nothing_is_written()


def test_answers_are_kept_when_one_is_wrong():
    page = send(board_reference="").content.decode()
    assert "Northwind Metrology" in page and "Ingrid Solheim" in page and PASSWORD not in page


def test_setting_up_happens_once():
    send()
    again = send(email="eve@northwind.example", approver_email="mallory@northwind.example")
    assert (
        again.status_code == Client().get("/setup/").status_code == 404
        and User.objects.filter(is_administrator=True).count() == 1
    )


def test_any_login_closes_the_page(organisation):
    factories.user("Anybody")
    assert Client().get("/setup/").status_code == 404


def test_with_a_code_strangers_are_kept_out(settings):
    settings.SETUP_CODE = "sesame-4711"
    assert send().status_code == send(code="sesame-4712").status_code == 422 and nothing_is_written()
    assert send(code="sesame-4711").status_code == 302


def test_fields_that_the_page_does_not_have_change_nothing():
    rights = {
        "is_superuser": "1",
        "is_staff": "1",
        "state": "approved",
        "decided_by": "1",
        "persona": "top_management",
        "accent": "#000000",
    }
    send(**rights)
    made = User.objects.get(email="ada@northwind.example")
    assert not made.is_superuser and Assignment.objects.get(role__persona="ism").state == "proposed"
    assert Organisation.objects.get().accent == "#1f5fa8"


def test_the_administrator_cannot_approve_themself():
    client = Client()
    send(client)
    made = Assignment.objects.get(role__persona="ism")
    assert client.post(f"/approvals/{made.pk}/", {"decision": "approve", "shown": ""}).status_code == 403
    made.refresh_from_db()
    assert made.state == "proposed"


def test_from_the_invitation_the_approver_comes_to_the_first_decision(deliver, mailoutbox):
    send()
    deliver()
    told = [mail for mail in mailoutbox if mail.to == ["ingrid@northwind.example"] and "/invitation/" in mail.body]
    link = re.search(r"(/invitation/\S+)", told[0].body)[1]
    client = Client()
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    home = client.get("/", follow=True)
    waiting = home.context["own"][0].assignment
    page = client.get(f"/approvals/{waiting.pk}/")
    client.post(f"/approvals/{waiting.pk}/", {"decision": "approve", "shown": page.context["token"]})
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": f"/approvals/{waiting.pk}/"})
    assert Assignment.objects.get(pk=waiting.pk).state == "approved"


def test_the_page_after_it_says_where_the_mails_are(settings):
    client = Client()
    send(client)
    assert settings.EMAIL_FILE_PATH in client.get("/setup/done/").content.decode()


def test_the_page_after_it_is_for_the_administrator_only(cast, as_user):
    assert as_user("colleague").get("/setup/done/").status_code == 403
    assert as_user("administrator").get("/setup/done/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_up_at_the_same_moment_one_does():
    def begin(number: int):
        try:
            return setup.set_up(
                organisation={"name": f"Organisation {number}", "size": "small", "time_zone": "UTC"}, password=PASSWORD,
                administrator=setup.Somebody("Ada", f"ada{number}@northwind.example"),
                approver=setup.Somebody("Ingrid", f"ingrid{number}@northwind.example", "Chief"),
                board=setup.Board(clock.today(), "Minutes"),
            )  # fmt: skip
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(type(one).__name__ for one in pool.map(begin, [1, 2]))
    assert outcomes == ["User", "WrongState"] and User.objects.filter(is_administrator=True).count() == 1
    assert Organisation.objects.count() == 1


# The organisation's details --------------------------------------------------------------------------------------------

DETAILS = {"name": "Newname", "legal_name": "Newname Ltd", "scope": "All", "time_zone": "UTC", "size": "large", "accent": "#aa0000",
           "policy_title": "Policy 3", "classification": "Internal"}  # fmt: skip


@pytest.mark.parametrize("persona", ["ism", "administrator"])
def test_details_are_changed_with_an_event_that_says_what_they_were(cast, as_user, persona):
    assert as_user(persona).post("/organisation/", DETAILS).status_code == 302
    assert (
        "name: Testhouse → Newname" in AuditEvent.objects.first().sentence
        and Organisation.objects.get().size == "large"
    )


@pytest.mark.parametrize("persona", ["top", "representative", "holder", "colleague", "auditor"])
def test_nobody_else_changes_the_details(cast, as_user, persona):
    assert as_user(persona).post("/organisation/", DETAILS).status_code == 403
    assert Organisation.objects.get().name == "Testhouse"


@pytest.mark.parametrize(
    ("field", "value"), [("accent", "red; }"), ("time_zone", "Mars/Base"), ("name", ""), ("size", "huge")]
)
def test_a_detail_that_cannot_be_is_refused_at_its_field(cast, as_user, field, value):
    answer = as_user("ism").post("/organisation/", {**DETAILS, field: value})
    assert (
        answer.status_code == 422
        and answer.context["form"].errors[field]
        and Organisation.objects.get().name == "Testhouse"
    )
