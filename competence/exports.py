"""The matrix as a file. Whatever people typed stays text (security case 20); the PDF lists one line a person and skill."""

from datetime import date

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from competence import gaps as pure
from competence.gate import said
from competence.queries.matrix import Matrix, Row
from ismsroles.core import clock
from ismsroles.core.exports import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from ismsroles.core.models import Organisation
from ismsroles.records.pdf import archive, parts


def matrix_file(table: Matrix, day: date, form: str) -> HttpResponse:
    """The table as XLSX, CSV or PDF."""
    if form == "pdf":
        content, kind = matrix_pdf(table, day), "application/pdf"
    else:
        headers, rows = sheet(table)
        content = xlsx_bytes(_("Competence"), headers, rows) if form == "xlsx" else csv_bytes(headers, rows)
        kind = XLSX_TYPE if form == "xlsx" else CSV_TYPE
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="competence-{day.isoformat()}.{form}"'
    return response


def sheet(table: Matrix) -> tuple[list[str], list[list]]:
    """Headings and rows: a person a row, a skill a column, in words and numbers."""
    headers = [_("Person"), _("Area"), _("Roles"), *(name for _pk, name in table.skills), _("Gaps")]
    rows = [
        [row.name, row.area[1], "\n".join(row.roles), *(_words(row.cells.get(pk)) for pk, _name in table.skills), len(row.missing)]
        for row in table.rows
    ]  # fmt: skip
    found = table.gaps_of_skill
    edge = [_("Gaps for each skill"), "", "", *(found.get(pk, 0) for pk, _name in table.skills), table.gaps]
    return headers, [*rows, edge]


def _words(one: pure.Verdict | None) -> object:
    if one is None:
        return ""
    return one.level if one.state == pure.MET else said(one)


def matrix_pdf(table: Matrix, day: date) -> bytes:
    """A list a person: boxes cost time in a PDF, so there is no grid."""
    names = dict(table.skills)
    people = [_printed_person(row, names) for row in table.rows if row.cells]
    organisation, frozen = Organisation.current(), clock.now().isoformat(timespec="seconds")
    title = _("Competence")
    body = render_to_string(
        "competence/matrix_pdf.html", {"people": people, "day": parts.day(day), "gaps": table.gaps, "title": title}
    )
    running = {
        "owner": organisation.name,
        "state": _("Confidential: names people"),
        "code": day.isoformat(),
        "page": "",
        "of": " / ",
    }
    html = parts.shell(
        body, title=f"{title}, {organisation.name}", language=(get_language() or "en").split("-")[0], author=organisation.name,
        description=title, frozen=frozen,
    )  # fmt: skip
    return archive.render(html, parts.stylesheet(STYLE, accent=organisation.accent, running=running), frozen=frozen)


def _printed_person(row: Row, names: dict[int, str]) -> tuple:
    lines = [_printed(names[skill], row.cells[skill]) for skill in _by_name(row, names)]
    return parts.text(row.name), parts.text(", ".join(row.roles)), lines


def _by_name(row: Row, names: dict[int, str]) -> list[int]:
    return sorted(row.cells, key=lambda skill: (not row.cells[skill].is_gap, names[skill]))


def _printed(name: str, one: pure.Verdict) -> tuple[str, bool]:
    return parts.text(f"{name}: {said(one)}"), one.is_gap


STYLE = """
section > h1 { margin-left: 0 }
section > p.first { margin: 0 0 14pt } section h2 { margin: 10.5pt 0 1pt; font-size: 10.5pt; line-height: 14pt }
section > p.line { margin: 0; font: 8.75pt/12pt var(--font-sans) } section > p.gap { font-weight: 600 }
section > p.roles { margin: 0 0 2pt; font: 8pt/10.5pt var(--font-sans); color: #4d545c; break-after: avoid }
"""
