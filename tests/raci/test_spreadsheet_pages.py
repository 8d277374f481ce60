"""The pages and commands of the import and export of the matrix: look, correct, answer, import once (M1)."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ismsroles.core.models import AuditEvent
from raci.actions.activities import add_activity, add_group
from raci.actions.cells import set_letters
from raci.models import Activity, Allocation, WaitingFile
from raci.spreadsheet import waiting
from roles.models import Role

pytestmark = pytest.mark.django_db
MATRIX = (
    "Process,Activity,Incident manager,Continuity manager\nBackup,Test the restore,R,A\nBackup,Check the log,R/A,\n"
)


@pytest.fixture
def ism(cast, as_user):
    return as_user("ism")


def send(client, content=MATRIX, name="m.csv") -> str:
    body = content if isinstance(content, bytes) else content.encode()
    answer = client.post("/matrix/import/", {"file": SimpleUploadedFile(name, body)})
    return answer["Location"] if answer.status_code == 302 else answer


def posted(client, url, do="import", **more):
    page = client.get(url)
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    data |= {question.field: question.answer for question in page.context["plan"].questions}
    return client.post(url, data | {"do": do, "seen": page.context["seen"]} | more)


def cells() -> dict[tuple[str, str], str]:
    rows = Allocation.objects.exclude(letters="").values_list("activity__title", "role__title", "letters")
    return {(activity, role): letters for activity, role, letters in rows}


def test_a_matrix_is_read_shown_and_imported(ism):
    url = send(ism)
    assert "Test the restore" in ism.get(url).content.decode() and not Activity.objects.exists()
    assert posted(ism, url).status_code == 302
    assert cells() == {
        ("Test the restore", "Incident manager"): "R", ("Test the restore", "Continuity manager"): "A",
        ("Check the log", "Incident manager"): "RA",
    }  # fmt: skip
    assert "3 cells changed, 2 activities" in AuditEvent.objects.get(code="matrix.imported").sentence
    assert not WaitingFile.objects.exists()


def test_the_same_file_again_changes_nothing(ism):
    posted(ism, send(ism))
    page = ism.get(send(ism))
    assert page.context["plan"].is_empty and "Import all of this" not in page.content.decode()


def test_what_was_not_shown_is_not_imported(cast, ism):
    posted(ism, send(ism))
    url = send(ism, MATRIX.replace("R/A", "I"))
    shown = ism.get(url).context["seen"]
    set_letters(Activity.objects.get(title="Check the log"), cast.roles.held, "S", actor=cast.ism)
    answer = ism.post(url, {"do": "import", "seen": shown})
    assert answer.status_code == 409 and cells()[("Check the log", "Incident manager")] == "S"


def test_a_second_click_has_no_second_effect(ism):
    url = send(ism)
    posted(ism, url)
    assert ism.post(url, {"do": "import"}).status_code == 404
    assert Activity.objects.count() == 2


def test_an_unknown_role_is_left_out_until_somebody_says_otherwise(ism):
    url = send(ism, MATRIX.replace("Continuity manager", "Zoo keeper"))
    assert [name.title for name in ism.get(url).context["plan"].left_out] == ["Zoo keeper"]
    posted(ism, url, do="answers", **{"role-4": "new"})
    posted(ism, url)
    assert Role.objects.get(title="Zoo keeper").state == "draft"
    assert cells()[("Test the restore", "Zoo keeper")] == "A"


def test_all_unknown_roles_become_drafts_at_one_stroke(ism):
    url = send(ism, MATRIX.replace("Incident manager,Continuity manager", "Role one,Role two"))
    assert "No letter comes in yet" in ism.get(url).content.decode()
    assert posted(ism, url, do="draft-all").status_code == 302
    assert posted(ism, url).status_code == 302
    assert set(Role.objects.filter(state="draft").values_list("title", flat=True)) >= {"Role one", "Role two"}
    assert cells()["Test the restore", "Role one"] == "R"


def test_an_unknown_role_can_be_one_of_the_register(cast, ism):
    url = send(ism, MATRIX.replace("Continuity manager", "Zoo keeper"))
    posted(ism, url, do="answers", **{"role-4": f"same:{cast.roles.vacant.pk}"})
    posted(ism, url)
    assert cells()[("Test the restore", "Continuity manager")] == "A"


@pytest.mark.parametrize("answer", ["same:999999", "same:x", "nonsense", "", "same:"])
def test_an_answer_that_cannot_be_is_no_answer(ism, answer):
    url = send(ism, MATRIX.replace("Continuity manager", "Zoo keeper"))
    posted(ism, url, do="answers", **{"role-4": answer})
    assert len(ism.get(url).context["plan"].left_out) == 1


def test_a_letter_can_be_given_another_meaning(ism):
    url = send(ism, MATRIX.replace(",R,A", ",V,A"))
    number = list(ism.get(url).context["plan"].reading.signs).index("V")
    posted(ism, url, do="read", **{f"sign-{number}": "S"})
    posted(ism, url)
    assert cells()[("Test the restore", "Incident manager")] == "S"


def test_the_matrix_can_be_turned(ism):
    url = send(ism)
    posted(ism, url, do="read", down="roles")
    assert ism.get(url).context["plan"].reading.layout.down == "roles"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"\x00\x01\x02" * 99, ""), (b"PK\x03\x04broken", ""), (b"x" * (11 * 1024 * 1024), "10 MB")],
)
def test_what_cannot_be_read_is_said_at_the_field(ism, content, said):
    answer = send(ism, content, "m.xlsx")
    assert answer.status_code == 422 and said in answer.content.decode()


@pytest.mark.parametrize("page", ["/matrix/import/", "/assets/import/"])
def test_fifty_megabytes_are_refused_with_the_limit_in_the_sentence(ism, page):
    file = SimpleUploadedFile("huge.xlsx", b"PK" + b"x" * (50 * 1024 * 1024))
    answer = ism.post(page, {"file": file})
    assert answer.status_code == 422 and "10 MB" in answer.content.decode()
    assert not WaitingFile.objects.exists()


def test_a_file_without_a_matrix_says_so_and_can_be_thrown_away(ism):
    url = send(ism, "Name,Area\nAnna,Sales\n")
    assert "No matrix can be seen" in ism.get(url).content.decode()
    assert ism.post(url, {"do": "discard"}).status_code == 302 and not WaitingFile.objects.exists()


def test_an_uploaded_file_is_for_whoever_uploaded_it(cast, ism, as_user):
    assert as_user("top").get(send(ism)).status_code == 403


def test_the_number_of_statements_does_not_grow_with_the_file(cast):
    def asked(rows: int) -> int:
        text = "Process,Activity,Incident manager\n" + "".join(f"P{rows},Do {rows}-{n},R\n" for n in range(rows))
        file = waiting.keep(text.encode(), "m.csv", actor=cast.ism)
        token = waiting.MATRIX.seen(file, waiting.preview(file), actor=cast.ism)
        with CaptureQueriesContext(connection) as queries:
            waiting.MATRIX.take(file, token=token, actor=cast.ism)
        return len(queries)

    assert asked(2) == asked(60)


def test_the_matrix_goes_out_as_workbook_text_and_json(cast, ism):
    posted(ism, send(ism))
    for form in ("xlsx", "csv"):
        content = ism.get("/matrix/export/", {"format": form, "down": "roles"}).content
        assert ism.get(send(ism, content, f"m.{form}")).context["plan"].is_empty
    assert json.loads(ism.get("/matrix/export/?format=json").content)["activities"][1]["letters"] == {
        "Incident manager": "RA"
    }


@pytest.fixture
def file(tmp_path):
    def written(content: str):
        path = tmp_path / "m.csv"
        path.write_text(content)
        return str(path)

    return written


def run(*words) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command(*words, stdout=out)
    except SystemExit as left:
        return out.getvalue(), left.code
    return out.getvalue(), 0


def test_the_command_imports_and_says_every_difference(cast, file):
    said, status = run("import_raci", file(MATRIX))
    assert status == 0 and "Test the restore / Incident manager: – → R" in said and len(cells()) == 3


def test_a_dry_run_changes_nothing(cast, file):
    said, _status = run("import_raci", file(MATRIX), "--dry-run", "--create-roles")
    assert "Nothing was changed" in said and not Activity.objects.exists()


def test_the_command_creates_roles_only_when_asked(cast, file):
    content = MATRIX.replace("Continuity manager", "Zoo keeper")
    assert run("import_raci", file(content))[1] == 1 and not Role.objects.filter(title="Zoo keeper").exists()
    assert (
        run("import_raci", file(content), "--create-roles")[1] == 0 and Role.objects.filter(title="Zoo keeper").exists()
    )


def test_the_command_takes_the_meaning_of_letters(cast, file):
    run("import_raci", file(MATRIX.replace(",R,A", ",V,M")), "--letters", "V=A", "M=C")
    assert cells()[("Test the restore", "Incident manager")] == "A"


@pytest.mark.parametrize("words", [["missing.csv"], ["FILE", "--letters", "V"]])
def test_what_the_command_cannot_do_ends_with_two(cast, file, words):
    with pytest.raises(CommandError) as failed:
        call_command("import_raci", *[file(MATRIX) if word == "FILE" else word for word in words])
    assert failed.value.returncode == 2


def test_what_one_command_writes_another_takes_in_and_changes_nothing(cast, tmp_path):
    group = add_group(actor=cast.ism, name="Backup")
    set_letters(add_activity(actor=cast.ism, group=group, title="Test"), cast.roles.held, "RA", actor=cast.ism)
    for form in ("csv", "xlsx"):
        run("export_raci", "--format", form, "--out", str(tmp_path / f"m.{form}"))
        assert "0 cells changed." in run("import_raci", str(tmp_path / f"m.{form}"))[0]
