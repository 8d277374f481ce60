"""The pages of the import: upload, look, correct, answer, import. Plain forms; nothing needs a script."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ismsroles.core import access, clock, tabular
from ismsroles.core.tasks import forget_uploaded_lists
from roles.models import ImportFile, Person
from tests import factories

UPLOAD = "/people/import/"
LIST = "Id;Name;E-Mail;Abteilung\n7;Anna Lee;anna@x.example;Sales\n8;Bob;not an address;Sales\n"


@pytest.fixture
def ism(as_user):
    return as_user("ism")


def send(client, content=LIST, name="people.csv", **headers):
    body = content if isinstance(content, bytes) else content.encode()
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, body)}, **headers)


def read(client, content=LIST):
    """Upload a list; its review page's address."""
    return send(client, content)["Location"]


def shown(client, url):
    return client.get(url).content.decode()


def seen(client, url):
    return client.get(url).context["seen"]


def test_a_list_is_read_shown_and_imported(ism):
    url = read(ism)
    page = shown(ism, url)
    assert "Anna Lee" in page and "Import 1 person" in page and "name@company.example" in page
    assert not Person.objects.filter(name="Anna Lee").exists()
    answer = ism.post(url, {"do": "import", "seen": seen(ism, url)}, follow=True)
    assert Person.objects.get(external_id="7").area.name == "Sales"
    assert "1 person added" in answer.content.decode()
    assert not ImportFile.objects.exists()


def test_reading_a_list_changes_no_person(ism):
    before = Person.objects.count()
    ism.get(read(ism))
    assert Person.objects.count() == before


def test_a_second_click_has_no_second_effect(ism):
    url = read(ism)
    data = {"do": "import", "seen": seen(ism, url)}
    ism.post(url, data)
    assert ism.post(url, data).status_code == 404
    assert Person.objects.filter(name="Anna Lee").count() == 1


def test_columns_can_be_corrected(ism):
    url = read(ism, "Who;Where\nAnna Lee;Sales\n")
    assert "No column is chosen for the name" in shown(ism, url)
    ism.post(url, {"do": "columns", "column-name": "Who", "column-area": "Where"})
    assert "Import 1 person" in shown(ism, url)


def test_columns_that_are_not_on_the_list_are_not_taken(ism):
    url = read(ism, "Name;is_administrator\nAnna Lee;1\n")
    ism.post(
        url,
        {"do": "columns", "column-name": "Name", "column-is_administrator": "is_administrator", "column-user": "Name"},
    )
    assert set(ImportFile.objects.get().mapping) == {"name"}


def test_who_only_has_the_name_of_somebody_is_asked_for(ism, cast):
    url = read(ism, "Name;Job title\nHana Holder;Chief\n")
    assert "Who is Hana Holder?" in shown(ism, url)
    ism.post(url, {"do": "answers", "row": "2", "answer-2": f"same:{cast.people.holder.pk}"})
    ism.post(url, {"do": "import", "seen": seen(ism, url)})
    cast.people.holder.refresh_from_db()
    assert cast.people.holder.job_title == "Chief"


def test_an_answer_that_was_not_offered_is_ignored(ism, cast):
    url = read(ism, "Name;Job title\nHana Holder;Chief\n")
    ism.post(
        url, {"do": "answers", "row": ["2", "x", "99"], "answer-2": f"same:{cast.people.top.pk}", "answer-99": "new"}
    )
    assert ImportFile.objects.get().decisions == {}


def test_a_row_without_its_tick_is_left_out(ism):
    url = read(ism, "Name;E-mail\nAnna Lee;a@x.example\nBob;b@x.example\n")
    ism.post(url, {"do": "answers", "row": ["2", "3"], "take": ["3"]})
    ism.post(url, {"do": "import", "seen": seen(ism, url)})
    assert [Person.objects.filter(name=name).exists() for name in ("Anna Lee", "Bob")] == [False, True]


def test_answers_changed_together_with_the_import_button_are_shown_first(ism):
    url = read(ism, "Name;E-mail\nAnna Lee;a@x.example\nBob;b@x.example\n")
    data = {"do": "import", "seen": seen(ism, url), "row": ["2", "3"], "take": ["3"]}
    page = ism.post(url, data, follow=True).content.decode()
    assert "nothing was imported yet" in page
    assert not Person.objects.filter(name="Bob").exists()


def test_when_the_register_changed_meanwhile_the_rows_are_shown_again(ism):
    url = read(ism)
    token = seen(ism, url)
    factories.person("Anna Lee", email="anna@x.example")
    answer = ism.post(url, {"do": "import", "seen": token})
    assert answer.status_code == 409
    assert "Nothing was imported" in answer.content.decode()
    assert not Person.objects.filter(external_id="7").exists()


@pytest.mark.parametrize("token", ["", "nonsense", None])
def test_nothing_is_imported_that_was_not_shown(ism, token):
    url = read(ism)
    answer = ism.post(url, {"do": "import", **({"seen": token} if token is not None else {})})
    assert answer.status_code == 409
    assert not Person.objects.filter(external_id="7").exists()


def test_the_refused_rows_can_be_downloaded_with_their_reasons(ism):
    answer = ism.get(read(ism) + "refused.csv")
    table = tabular.read(answer.content, "x", known={"name", "id"})
    assert table.headers == ["Id", "Name", "E-Mail", "Abteilung", "Row", "Why it was refused"]
    assert table.rows[0].cells[1:5] == ["Bob", "not an address", "Sales", "3"]
    assert "attachment" in answer["Content-Disposition"]


def test_the_example_is_understood_without_correction(ism):
    content = ism.get(reverse("people-import-sample")).content
    assert openpyxl.load_workbook(io.BytesIO(content)).active["A1"].value == "Personnel number"
    page = shown(ism, send(ism, content, "people.xlsx")["Location"])
    assert "Import 2 people" in page
    assert "every column of the file is used" in page


def test_a_list_can_be_thrown_away(ism):
    url = read(ism)
    ism.post(url, {"do": "discard"})
    assert not ImportFile.objects.exists()


def test_a_list_is_kept_for_whoever_uploaded_it_and_nobody_else(ism, cast, as_user):
    url = read(ism)
    other = factories.person("Second Keeper", login=True)
    factories.hold(cast.roles.ism, other, approver=cast.top, seat="primary", starts_on=None, area=cast.home)
    cast.second = other.user
    assert as_user("second").get(UPLOAD).status_code == 200
    assert as_user("second").get(url).status_code == 404


@pytest.mark.parametrize("persona", ["top", "representative", "holder", "auditor", "colleague"])
def test_only_whoever_keeps_the_register_may_import(as_user, persona):
    client = as_user(persona)
    assert client.get(UPLOAD).status_code == 403
    assert send(client).status_code == 403


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04junk", b"\xff\xfe\x00"])
def test_a_file_that_is_no_list_gets_a_sentence(ism, content):
    answer = send(ism, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].endswith(".")


def test_fifty_megabytes_get_a_sentence(ism):
    answer = send(ism, b"Name;Area\n" + b"x;y\n" * (50 * 1024 * 1024 // 4))
    assert answer.status_code == 422
    assert "10 MB" in answer.content.decode()


def test_no_file_at_all_gets_a_sentence(ism):
    assert "No file is chosen yet" in ism.post(UPLOAD).content.decode()


def test_markup_in_a_list_is_shown_as_text(ism):
    page = shown(ism, read(ism, "Name;Job title\n<script>alert(1)</script>;<img src=x onerror=alert(1)>\n"))
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_name_of_five_thousand_letters_is_refused_with_a_sentence(ism):
    page = shown(ism, read(ism, f"Name;Area\n{'x' * 5000};IT\n"))
    assert "5,000 characters; write at most 200" in page


def test_a_long_list_is_shown_in_pages(ism):
    url = read(ism, "Name;E-mail\n" + "".join(f"Person {n};p{n}@x.example\n" for n in range(5_000)))
    first = ism.get(url)
    assert len(first.context["page_obj"].object_list) == 50
    assert "Import 5000 people" in first.content.decode()
    assert "Person 4999" in shown(ism, url + "?page=100&show=new")


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99999999999", "?show=nonsense", "?show=refused&page=7"])
def test_odd_addresses_show_some_page(ism, query):
    assert ism.get(read(ism) + query).status_code == 200


def test_the_review_makes_the_same_number_of_queries_for_one_row_and_for_five_hundred(
    ism, django_assert_max_num_queries
):
    few = read(ism, "Name;E-mail\nA;a@x.example\n")
    many = read(ism, "Name;E-mail;Area;Manager\n" + "".join(f"P {n};p{n}@x.example;Area {n};P 0\n" for n in range(500)))
    with django_assert_max_num_queries(15) as first:
        ism.get(few)
    with django_assert_max_num_queries(15) as second:
        ism.get(many)
    assert len(first) == len(second)


def test_a_list_that_nobody_imports_is_forgotten_after_a_day(ism, cast):
    url = read(ism)
    with clock.at(clock.now() + timedelta(hours=25)):
        assert not access.visible_to(cast.ism, ImportFile).exists()
        forget_uploaded_lists()
    assert not ImportFile.objects.exists()
    assert ism.get(url).status_code == 404


def test_an_upload_that_is_too_large_still_passes_the_check_of_its_form(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ism, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = browser.get(UPLOAD).context["csrf_token"]
    large = SimpleUploadedFile("people.csv", b"x;y\n" * (4 * 1024 * 1024))
    answer = browser.post(UPLOAD, {"csrfmiddlewaretoken": str(token), "file": large})
    assert answer.status_code == 422
    assert "10 MB" in answer.content.decode()
