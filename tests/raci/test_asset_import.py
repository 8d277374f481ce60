"""Assets from a list: recognised, compared, asked about, all at once or not at all (M4)."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ismsroles.core import clock, tabular
from ismsroles.core.models import AuditEvent
from raci.actions.owners import change_asset
from raci.asset_import import waiting
from raci.asset_import.columns import guess_mapping
from raci.asset_import.plan import plan
from raci.asset_import.waiting import ASSETS, keep
from raci.models import Asset, WaitingFile
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "Name;Type;Owner;Department;URL\nCRM;SaaS;Incident manager;Operations;https://crm.example\nPayroll;Datenbank;hana.holder@testhouse.example;;\n"


def read(text: str, answers=None):
    table = waiting.table_of(tabular.lines(text.encode(), "a.csv"))
    return plan(table, guess_mapping(table.headers), answers or {}, clock.today())


@pytest.fixture
def ism(cast, as_user):
    return as_user("ism")


def send(client, text=LIST):
    return client.post("/assets/import/", {"file": SimpleUploadedFile("a.csv", text.encode())})["Location"]


def go(client, url, **more):
    return client.post(url, {"do": "import", "seen": client.get(url).context["seen"]} | more)


def test_a_list_comes_in_with_its_owners(cast, ism):
    go(ism, send(ism))
    crm, payroll = Asset.objects.get(name="CRM"), Asset.objects.get(name="Payroll")
    assert (crm.kind, crm.owner, crm.area, crm.link) == ("cloud", cast.roles.held, cast.home, "https://crm.example")
    assert (payroll.kind, payroll.owner) == ("data_set", cast.people.holder)
    assert crm.history.count() == 1 and "2 added, 0 changed" in AuditEvent.objects.get(code="assets.imported").sentence


def test_the_same_list_again_changes_nothing(cast, ism):
    go(ism, send(ism))
    page = ism.get(send(ism))
    assert page.context["plan"].counts == {"new": 0, "changed": 0, "refused": 0, "same": 2}


def test_an_export_comes_in_again_and_changes_nothing(cast, ism):
    go(ism, send(ism))
    Asset.objects.create(
        name="=cmd", kind="share", custodian_person=cast.people.holder, owner_person=cast.people.outsider, note="a\nb"
    )
    text = ism.get("/assets/export/").content.decode("utf-8-sig")
    assert ism.get(send(ism, text)).context["plan"].counts["same"] == 3


def test_an_empty_cell_changes_nothing_and_a_filled_one_does(cast):
    Asset.objects.create(name="CRM", kind="cloud", owner_role=cast.roles.held, classification="internal")
    (row,) = read("Name,Classification,Owner,Note\ncrm,secret,,\n").rows
    assert row.kind == "changed" and row.changes == [("Name", "CRM", "crm"), ("Classification", "internal", "secret")]


def test_another_owner_takes_the_place_of_the_first(cast):
    Asset.objects.create(name="CRM", owner_role=cast.roles.held)
    table = "Name,Owner\nCRM,Hana Holder\n"
    file = keep(table.encode(), "a.csv", actor=cast.ism)
    ASSETS.take(file, token=ASSETS.seen(file, waiting.preview(file), actor=cast.ism), actor=cast.ism)
    one = Asset.objects.get()
    assert (one.owner_role, one.owner_person) == (None, cast.people.holder)


def test_an_unknown_owner_is_asked_about_and_answered(cast, ism):
    url = send(ism, "Name,Owner\nCRM,Hanna Holder\nERP,Zebra\n")
    unknown = ism.get(url).context["plan"].unknown
    assert [label for _answer, label in unknown["Hanna Holder"]] == ["Hana Holder"] and unknown["Zebra"] == []
    ism.post(url, {"do": "answers", "owner-0": f"person:{cast.people.holder.pk}"})
    go(ism, url)
    assert Asset.objects.get(name="CRM").owner == cast.people.holder and not Asset.objects.get(name="ERP").has_owner


def test_a_name_that_two_people_have_is_asked_about(cast):
    factories.person("Hana Holder", email="other@testhouse.example")
    assert len(read("Name,Owner\nCRM,Hana Holder\n").unknown["Hana Holder"]) == 2


@pytest.mark.parametrize("answer", ["person:999999", "role:x", "nonsense", "user:1"])
def test_an_answer_that_cannot_be_is_no_answer(cast, answer):
    assert "Zebra" in read("Name,Owner\nCRM,Zebra\n", {"Zebra": answer}).unknown


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("CRM,spaceship,,", "no kind of asset"),
        ("CRM,,Nowhere,", "no area"),
        ("CRM,,,javascript:x", "https"),
        (",,,https://x.example", "Name"),
        ("x" * 201 + ",,,", "Name"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_reason_and_the_others_come_in(cast, row, said):
    planned = read(f"Name,Kind,Area,Link\n{row}\nGood,,,\n")
    assert said in " ".join(planned.of_kind("refused")[0].problems) and [
        one.name for one in planned.of_kind("new")
    ] == ["Good"]


def test_two_rows_about_one_asset_are_not_both_taken(cast):
    planned = read("Name,Kind\nCRM,cloud\n crm ,SaaS\n")
    assert "Row 2 is about the same asset" in planned.of_kind("refused")[0].problems[0]


def test_a_number_recognises_an_asset_under_another_name(cast):
    Asset.objects.create(name="Old name", external_id="A-1")
    (row,) = read("Asset ID,Name\nA-1,New name\n").rows
    assert row.kind == "changed" and row.changes == [("Name", "Old name", "New name")]


def test_what_was_not_shown_is_not_imported(cast, ism):
    go(ism, send(ism))
    url = send(ism, LIST.replace("SaaS", "share"))
    seen = ism.get(url).context["seen"]
    change_asset(Asset.objects.get(name="Payroll"), actor=cast.ism, name="CRM", kind="share")
    assert ism.post(url, {"do": "import", "seen": seen}).status_code == 409


def test_columns_can_be_corrected_and_nothing_else_comes_in(ism):
    url = send(ism, "What,Who,retired_on\nCRM,Incident manager,2020-01-01\n")
    assert "No column is chosen for the name" in ism.get(url).content.decode()
    ism.post(url, {"do": "columns", "column-name": "What", "column-owner": "Who", "column-retired_on": "retired_on"})
    go(ism, url)
    assert Asset.objects.get().retired_on is None and Asset.objects.get().owner_role is not None


def test_the_number_of_statements_does_not_grow_with_the_list(cast):
    def asked(rows: int) -> int:
        text = "Name,Owner,Area\n" + "".join(f"A{rows}-{n},Incident manager,Operations\n" for n in range(rows))
        file = keep(text.encode(), "a.csv", actor=cast.ism)
        token = ASSETS.seen(file, waiting.preview(file), actor=cast.ism)
        with CaptureQueriesContext(connection) as queries:
            ASSETS.take(file, token=token, actor=cast.ism)
        return len(queries)

    assert asked(2) == asked(30)


def test_a_second_click_has_no_second_effect(cast, ism):
    url = send(ism)
    go(ism, url)
    assert ism.post(url, {"do": "import"}).status_code == 404 and Asset.objects.count() == 2
    assert not WaitingFile.objects.exists()


def test_the_command_says_what_it_did(cast, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(LIST)
    out = StringIO()
    call_command("import_assets", str(path), "--dry-run", stdout=out)
    assert "Nothing was changed" in out.getvalue() and not Asset.objects.exists()
    call_command("import_assets", str(path), stdout=out)
    assert Asset.objects.count() == 2
    path.write_text("Name,Owner\nERP,Zebra\n")
    with pytest.raises(SystemExit) as left:
        call_command("import_assets", str(path), stdout=out)
    assert left.value.code == 1 and "Zebra" in out.getvalue()
