"""The security duties of a role or of a person, for the job description: as PDF/A-3a with PDF/UA-1 and as DOCX (coverage K3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from competence.models import Requirement
from ismsroles.core import clock
from ismsroles.core.models import Organisation
from roles.models import Authority, Person, Role
from roles.queries import mine
from roles.queries.held import HeldRole, held_roles

PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Part:
    """One role: what it is for, what it must do and may decide, what it needs to know."""

    title: str
    how: str
    purpose: str
    duties: Sequence[tuple[str, Sequence[str]]]
    loose: Sequence[str]
    needs: Sequence[str]


@dataclass(frozen=True)
class Extract:
    """Everything that the paper says."""

    organisation: Organisation
    subject: str
    fact: str
    day: date
    parts: Sequence[Part]

    @property
    def title(self) -> str:
        return _("Information security duties: %(subject)s") % {"subject": self.subject}

    @property
    def source(self) -> str:
        """Where it stands and from which day it is: a copy never says that it is the register."""
        from ismsroles.records.pdf.parts import day

        return _("Taken from the register of roles on %(day)s. What counts is the register.") % {"day": day(self.day)}


def of_role(role: Role, day: date) -> Extract:
    """What everybody holds who holds this role."""
    held = [one for one in held_roles(day) if one.role.pk == role.pk]
    return _extract(str(role), "", day, [(one, "") for one in held])


def of_person(person: Person, day: date) -> Extract:
    """What one person holds and stands in for, and what everybody must do."""
    own = mine.of(person, day)
    seats = [(seat.held, _("Holder")) for seat in own.holds] + [(seat.held, _("Deputy")) for seat in own.stands_in]
    seats += [(seat.held, _("Everybody")) for seat in own.everyone]
    return _extract(person.name, person.fact, day, seats)


def _extract(subject: str, fact: str, day: date, seats: list[tuple[HeldRole, str]]) -> Extract:
    rows = Requirement.objects.in_force(day).filter(role__in=[held.role.pk for held, _how in seats])
    needs = rows.select_related("skill").order_by("strength", "skill__name")
    return Extract(Organisation.current(), subject, fact, day, [_part(held, how, needs) for held, how in seats])


def _part(held: HeldRole, how: str, needs: QuerySet[Requirement]) -> Part:
    serving: dict[int, list[str]] = {duty.pk: [] for duty in held.duties}
    for authority in held.authorities:
        for duty in held.serves.get(authority.pk, ()):
            serving.get(duty, []).append(_may(authority))
    known = [
        _("%(skill)s, level %(level)s") % {"skill": row.skill, "level": row.level}
        for row in needs
        if row.role_id == held.role.pk
    ]
    duties = [(duty.text, serving[duty.pk]) for duty in held.duties]
    return Part(
        str(held.role), how, held.role.purpose, duties, [_may(one) for one in held.authorities_serving_none], known
    )


def _may(authority: Authority) -> str:
    return f"{authority.text} ({authority.limit})" if authority.limit else authority.text


def pdf(extract: Extract) -> bytes:
    """The paper as an archival, accessible PDF, in the dress of the document."""
    from ismsroles.records.pdf import archive, parts  # loaded by who prints, not by every process

    organisation, moment = extract.organisation, clock.now().astimezone(clock.UTC).isoformat(timespec="seconds")
    running = {
        "owner": organisation.name, "state": " · ".join(filter(None, (_("Extract"), organisation.classification))),
        "code": parts.day(extract.day), "page": _("Page") + " ", "of": " / ",
    }  # fmt: skip
    shell = parts.shell(
        render_to_string("competence/extract/paper.html", {"extract": extract, "org": organisation}), title=extract.title,
        language=(get_language() or "en").split("-")[0], author=organisation.name, description=extract.title, frozen=moment,
    )  # fmt: skip
    return archive.render(shell, parts.stylesheet(STYLE, accent=organisation.accent, running=running), frozen=moment)


# The rest is in ismsroles/records/pdf/print.css.
STYLE = """
.extract { break-before: auto }
.extract h1 { margin: 0 0 7pt 0 }
.extract h2 { margin: 17.5pt 0 3.5pt 0; break-after: avoid }
.extract h3 { margin: 10.5pt 0 3.5pt 0; break-after: avoid }
.extract p, .extract ul { margin: 0 0 7pt 0 }
"""


def docx(extract: Extract) -> bytes:
    """The same as a text that can be pasted into a job description."""
    from docx import Document  # loaded by who writes one, not by every process

    paper = Document()
    paper.core_properties.title, paper.core_properties.author = extract.title, extract.organisation.name
    paper.core_properties.created = paper.core_properties.modified = clock.now().replace(tzinfo=None)
    paper.add_heading(clean(extract.title), 0)
    for line in filter(None, (extract.fact, extract.source)):
        paper.add_paragraph(clean(line))
    for part in extract.parts:
        _write(paper, part)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _write(paper, part: Part) -> None:
    paper.add_heading(clean(f"{part.title} ({part.how})" if part.how else part.title), 1)
    if part.purpose:
        paper.add_paragraph(clean(part.purpose))
    paper.add_heading(_("Responsibilities"), 2)
    for text, authorities in part.duties:
        paper.add_paragraph(clean(text), style="List Bullet")
        for authority in authorities:
            paper.add_paragraph(clean(_("May decide for it: %(what)s") % {"what": authority}), style="List Bullet 2")
    for heading, lines in ((_("Authorities"), part.loose), (_("What the role needs to know"), part.needs)):
        if lines:
            paper.add_heading(heading, 2)
        for line in lines:
            paper.add_paragraph(clean(line), style="List Bullet")


def clean(text: str) -> str:
    """What XML can hold; line breaks stay."""
    return "".join(
        c for c in text if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )
