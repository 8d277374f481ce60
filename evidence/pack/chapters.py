"""What stands in the pack: one folder a subject, in the order of the audit checklist. A new subject is one line in CHAPTERS."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from competence.models import Acknowledgement
from evidence import snapshot
from evidence.models import Engagement, Remark
from evidence.workspace.checklist import checklist
from evidence.workspace.clauses import Served, by_role, clause_map
from ismsroles.core import findings
from ismsroles.core.exports import csv_bytes
from ismsroles.core.models import LogSeal
from ismsroles.records.models import Version
from raci.models import Allocation, Asset, Risk, RiskAcceptance
from reviews.models import Review
from roles.models import (
    Assignment,
    AuthorisationLevel,
    Authority,
    Delegation,
    Letter,
    PolicyPart,
    ProcessPart,
    Responsibility,
    Role,
    SeparationException,
)

File = tuple[str, bytes]


@dataclass(frozen=True)
class Chapter:
    """One folder, and what fills it."""

    folder: str
    title: Any
    files: Callable[[Engagement, date], Iterator[File]]


def _table(name: str, headers: list[str], rows: list[list[Any]]) -> Iterator[File]:
    """A register twice: for spreadsheets and for programs."""
    yield f"{name}.csv", csv_bytes(headers, rows)
    listed = [dict(zip(headers, map(_plain, row), strict=True)) for row in rows]
    yield f"{name}.json", json.dumps(listed, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, list, type(None))) else str(value)


def _register(name: str, model: type[Model], columns: str, **narrowed: Any) -> Callable[..., Iterator[File]]:
    """A register as CSV and JSON: the columns that are named, and no other."""

    def files(_engagement: Engagement, _day: date) -> Iterator[File]:
        fields = columns.split()
        rows = model._default_manager.filter(**narrowed).order_by("pk").values_list(*fields)
        yield from _table(name, [field.replace("__", " ") for field in fields], [list(row) for row in rows])

    return files


def _several(*parts: Callable[..., Iterator[File]]) -> Callable[..., Iterator[File]]:
    def files(engagement: Engagement, day: date) -> Iterator[File]:
        for part in parts:
            yield from part(engagement, day)

    return files


def _documents(_engagement: Engagement, _day: date) -> Iterator[File]:
    """Every signed version of every kind of document: the PDF as it is kept, its content, its sign-offs (minutes among them)."""
    signed = Version.objects.filter(final__isnull=False).select_related("final", "snapshot", "signoffs_record")
    for version in signed.order_by("kind", "pk"):
        name = (
            f"{slugify(version.kind)}/{slugify(version.title)}-{slugify(version.number.replace('.', '-'))}-{version.pk}"
        )
        yield f"{name}.pdf", bytes(version.final.content)
        yield f"{name}.content.json", bytes(version.snapshot.content)
        yield f"{name}.sign-offs.json", bytes(version.signoffs_record.content)


def _letters(_engagement: Engagement, _day: date) -> Iterator[File]:
    for letter in Letter.objects.exclude(pdf=None).select_related("pdf").order_by("pk").iterator(chunk_size=20):
        yield f"letters/letter-{letter.pk}.pdf", bytes(letter.pdf.content)


def _competence(_engagement: Engagement, day: date) -> Iterator[File]:
    """How far requirements are met, as counts; who lacks what stands in the register only (design rule 15)."""
    counted = snapshot.register(day).get("competence", {})
    yield "competence-summary.json", json.dumps(counted, indent=1).encode()


def _gaps(_engagement: Engagement, day: date) -> Iterator[File]:
    found = findings.current(day)
    rows = [
        [
            str(listing.title),
            str(row.item.title),
            str(row.item.question),
            ", ".join(one.label for one in row.evidence),
            len(row.gaps),
        ]
        for listing, items in checklist(day, found)
        for row in items
    ]
    yield from _table("checklist", ["list", "item", "question", "evidence", "gaps"], rows)
    headers = ["rule", "severity", "clause", "sentence", "detail", "since"]
    yield from _table(
        "gaps", headers, [[one.rule, one.severity, one.clause, one.sentence, one.detail, one.since] for one in found]
    )
    yield from _clauses(clause_map(day, found))


def _clauses(rows: list[Served]) -> Iterator[File]:
    """From each clause to what serves it, and back from each role (D9)."""
    there = [
        [
            row.code,
            str(row.text),
            "; ".join(held.role.title for held in row.roles),
            sum(len(held.duties) for held in row.roles),
            "; ".join(str(item.title) for item in row.items),
            "; ".join(one.sentence for one in row.found),
        ]
        for row in rows
    ]
    yield from _table("clauses", ["clause", "text", "roles", "responsibilities", "evidence", "findings"], there)
    back = [
        [one.held.role.title, row.code, str(row.text), "; ".join(duty.text for duty in one.held.duties)]
        for one in by_role(rows)
        for row in one.served
    ]
    yield from _table("clauses-of-roles", ["role", "clause", "text", "responsibilities"], back)


def _requests(engagement: Engagement, _day: date) -> Iterator[File]:
    rows = Remark.objects.filter(engagement=engagement, kind="request").values_list(
        "item", "at", "by_name", "text", "answer", "answered_by_name"
    )
    yield from _table(
        "requests", ["item", "at", "asked by", "request", "answer", "answered by"], [list(row) for row in rows]
    )


ASSIGNMENT = (
    "pk role__title person__name area__name seat filled_as starts_on ends_on state proposed_by__name proposed_at decided_by__name "
    "decided_by_role decided_at decision_reason is_founding founding_reference"
)
EXCEPTION = "pk person__name control reason starts_on ends_on state decided_by__name decided_at"
REVIEW = "pk kind subject_kind subject_label due_on state reviewer__name completed_on outcome reason"
ACKNOWLEDGED = "pk person__name role__title acknowledged_at wording"
CHAPTERS: list[Chapter] = [
    Chapter("00-checklist", _("The checklist with its gaps, and the map of clauses"), _gaps),
    Chapter("01-documents", _("Signed documents: PDF, content, sign-offs"), _documents),
    Chapter("02-roles", _("Roles, responsibilities, authorities"), _several(
        _register("roles", Role, "pk title state kind area__name reports_to__title purpose clauses"),
        _register("responsibilities", Responsibility, "pk role__title text"),
        _register("authorities", Authority, "pk role__title text limit_kind limit"),
        _register("authorisation-levels", AuthorisationLevel, "pk kind what role__title limit_kind limit evidence state"))),
    Chapter("03-assignments", _("Who holds what, who approved it, appointment letters"), _several(
        _register("assignments", Assignment, ASSIGNMENT),
        _register("letters", Letter, "pk person__name assignment__role__title state way issued_at answered_at"),
        _letters,
        _register("delegations", Delegation, "pk role__title holder__name delegate__name starts_on ends_on state"),
        _register("separation-exceptions", SeparationException, EXCEPTION))),
    Chapter("04-communication", _("Acknowledgements"), _register("acknowledgements", Acknowledgement, ACKNOWLEDGED)),
    Chapter("05-processes", _("Processes, policies, the matrix"), _several(
        _register("processes", ProcessPart, "pk process__name role__title does"),
        _register("policies", PolicyPart, "pk policy__title policy__version role__title does"),
        _register("matrix", Allocation, "pk activity__group__name activity__title role__title letters", activity__retired=False))),
    Chapter("06-owners", _("Assets, risks and who accepted them"), _several(
        _register("assets", Asset, "pk name kind area__name classification owner_role__title owner_person__name retired_on"),
        _register("risks", Risk, "pk reference title level owner_role__title owner_person__name closed_on"),
        _register("risk-acceptances", RiskAcceptance, "pk risk__reference person__name accepted_on until level evidence"))),
    Chapter("07-competence", _("Competence, as counts"), _competence),
    Chapter("08-reviews", _("Reviews"), _register("reviews", Review, REVIEW)),
    Chapter("09-log", _("Heads of the audit log"), _register("log-seals", LogSeal, "pk made_at up_to previous digest form")),
    Chapter("10-requests", _("Requests of this audit and their answers"), _requests),
]  # fmt: skip
