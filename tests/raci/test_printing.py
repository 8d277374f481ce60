"""The matrix as PDF: made by the worker, whole, archival and tagged, as a grid and (when it is large) as a list (M1)."""

import re
import subprocess

import pytest

from ismsroles.core import clock
from raci.actions import printing
from raci.models import MatrixPrint
from raci.spreadsheet import printed
from raci.spreadsheet.register import Matrix
from tests.pdf import layout, vera
from tests.raci import making

LONG = "Verantwortliche für die Fortschreibung der Übersicht über Verarbeitungstätigkeiten und Auftragsverhältnisse Nr. {n}"


def made(roles: int, activities: int) -> Matrix:
    """A matrix with long names and one A, some R and C in each row."""
    titles = [(n, LONG.format(n=n) if n % 3 == 0 else f"Rôle {n}") for n in range(1, roles + 1)]
    rows = [(n, f"Activité « {n} », prüfen & nachführen", f"Prozess {n % 3}") for n in range(1, activities + 1)]
    rows.sort(key=lambda row: row[2])
    letters = {
        (n, (n * 3 + at) % roles + 1): text
        for n in range(1, activities + 1)
        for at, text in enumerate(("A", "RS", "C", "I"))
    }
    return Matrix(rows, titles, letters)


@pytest.fixture(scope="module")
def files(tmp_path_factory, django_db_setup, django_db_blocker):
    """A grid of two parts, and a list of more than 48 roles."""
    folder, found = tmp_path_factory.mktemp("prints"), {}
    with django_db_blocker.unblock():
        for kind, matrix in (("grid", made(20, 12)), ("list", made(60, 24))):
            found[kind] = (matrix, folder / f"{kind}.pdf")
            found[kind][1].write_bytes(printed.pdf(matrix))
    return found


def words(file) -> str:
    """What pdftotext reads, without white space and hyphens: names are broken over lines."""
    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"[\s-]+", "", said)


def test_both_forms_conform_to_pdf_a_and_pdf_ua(files):
    assert vera.failures([file for _matrix, file in files.values()]) == ""


def test_the_list_form_has_every_activity_role_and_letter(files):
    matrix, file = files["list"]
    assert printed.is_large(matrix)
    said = words(file)
    for name in [title for _pk, title, _group in matrix.activities] + [title for _pk, title in matrix.roles]:
        assert re.sub(r"[\s-]+", "", name) in said, name
    for title, letters in [row for _group, rows in printed.listed(matrix) for row in rows]:
        line = re.sub(r"[\s-]+", "", title + "".join(letter + names for letter, names in letters))
        assert line in said, title


@pytest.mark.parametrize("kind", ["grid", "list"])
def test_no_word_stands_on_another_or_runs_over_the_edge(files, kind):
    if kind == "list":
        assert layout.faults(files[kind][1]) == []
    text = words(files[kind][1])
    assert "Activité«12»" in text and "Draftof" in text


@pytest.mark.django_db
def test_the_request_asks_and_the_worker_makes(cast, as_user, deliver):
    making.activity("Patching", letters={cast.roles.held: "RA"})
    client = as_user("top")
    assert "Make the PDF" in client.get("/matrix/pdf/").content.decode()
    assert client.post("/matrix/pdf/").status_code == 302
    assert "is being made" in client.get("/matrix/pdf/").content.decode()
    waits = {"headers": {"HX-Request": "true"}}
    assert client.get("/matrix/pdf/?wait=1", **waits).status_code == 204
    assert client.get(f"/matrix/pdf/{MatrixPrint.objects.get().pk}/").status_code == 404
    deliver()
    assert client.get("/matrix/pdf/?wait=1", **waits).headers["HX-Refresh"] == "true"
    file = client.get(f"/matrix/pdf/{MatrixPrint.objects.get().pk}/")
    assert file.content.startswith(b"%PDF-1.7") and "attachment" in file["Content-Disposition"]


@pytest.mark.django_db
def test_the_same_matrix_is_made_once_and_a_changed_one_anew(cast, deliver, monkeypatch):
    monkeypatch.setattr(printed, "pdf", lambda _matrix: b"%PDF-")
    row = making.activity("Patching", letters={cast.roles.held: "RA"})
    first = printing.ask_for_pdf(actor=cast.ism)
    assert printing.ask_for_pdf(actor=cast.top) == first
    assert deliver() == 1 and printing.latest() == (first, True)
    row.title = "Patching at once"
    row.save()
    assert printing.latest() == (first, False)
    assert printing.ask_for_pdf(actor=cast.ism) != first


@pytest.mark.django_db
def test_a_print_that_fails_says_so_and_may_be_asked_for_again(cast, as_user, deliver, monkeypatch):
    def broken(_matrix):
        raise OSError("no space left")

    monkeypatch.setattr(printed, "pdf", broken)
    row = printing.ask_for_pdf(actor=cast.ism)
    deliver()
    assert "could not be made" in as_user("ism").get("/matrix/pdf/").content.decode()
    assert as_user("ism").get(f"/matrix/pdf/{row.pk}/").status_code == 404
    assert printing.ask_for_pdf(actor=cast.ism) != row


@pytest.mark.django_db
def test_a_print_is_gone_after_a_day(cast, as_user):
    old = MatrixPrint.objects.create(
        fingerprint="x", asked_by=cast.ism, asked_at=clock.now() - MatrixPrint.KEPT, content=b"x", made_at=clock.now()
    )
    assert as_user("ism").get(f"/matrix/pdf/{old.pk}/").status_code == 404
    printing.ask_for_pdf(actor=cast.ism)
    assert not MatrixPrint.objects.filter(pk=old.pk).exists()
