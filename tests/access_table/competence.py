"""Skills, assessments, gaps and training (design rule 15).

Hana works in Operations, which Reka represents; Cole works in Finance and nobody looks after him."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from competence.models import (
    Course,
    Expectation,
    InductionItem,
    KeptFile,
    PerformanceGap,
    Round,
    SignedList,
    WaitingTable,
)
from ismsroles.core import clock
from ismsroles.core.tabular import Row as Lines
from ismsroles.core.tabular import Table
from tests import factories
from tests.access_walk import Row
from tests.competence import world as small

KEEPS, KEEPS_POST = "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"
ISM = KEEPS
NAMES = "403 200 403 200 403 403 200 403"
# fmt: off
TABLE = [
    Row("competence", "200", "405"),
    Row("competence-export", NAMES, "405", lambda w: ["csv"]),
    Row("competence-export", "403 404 403 404 403 403 404 403", "405", lambda w: ["exe"], what="unknown kind"),
    Row("my-competence", "404 302 302 302 302 302 404 302", "405"),
    Row("person-competence", "404 200 404 200 200 404 200 404", "405", lambda w: [w.hana], what="own area"),
    Row("person-competence", "404 200 404 404 404 404 200 200", "405", lambda w: [w.cole], what="other area"),
    Row("assess", "404 200 404 200 200 404 403 404", "404 422 404 422 422 404 403 404", lambda w: [w.hana], what="own area"),
    Row("assess", "404 200 404 404 404 404 403 200", "404 422 404 404 404 404 403 422", lambda w: [w.cole], what="other area"),
    Row("train", "404 200 404 200 403 404 403 404", "404 422 404 422 403 404 403 404", lambda w: [w.hana], what="own area"),
    Row("train", "404 200 404 404 404 404 403 403", "404 422 404 404 404 404 403 403", lambda w: [w.cole], what="other area"),
    Row("performance-add", "404 200 404 403 403 404 403 404", "404 422 404 403 403 404 403 404", lambda w: [w.hana]),
    Row("assessment-correct", "404 200 404 200 200 404 403 404", "404 422 404 422 422 404 403 404", lambda w: [w.assessment.pk]),
    Row("competence-file", "404 200 404 200 200 404 200 404", "405", lambda w: [w.certificate.pk], what="certificate"),
    Row("competence-file", "404 200 404 404 200 404 404 404", "405", lambda w: [w.private.pk], what="of a performance gap"),
    Row("competence-import", ISM, "403 422 403 403 403 403 403 403"),
    Row("competence-import-review", ISM, "403 302 403 403 403 403 403 403", lambda w: [w.waiting_table.pk]),
    Row("plan-for-role", "404", "404", what="nothing asked"),
    Row("performance-gap", "404 200 404 404 200 404 404 404", "405", lambda w: [w.performance.pk]),
    Row("performance-follow", "404 200 404 404 403 404 404 404", "404 302 404 404 403 404 404 404", lambda w: [w.performance.pk]),
    Row("performance-close", "404 200 404 404 403 404 404 404", "404 422 404 404 403 404 404 404", lambda w: [w.performance.pk]),
    Row("skills", "200", "405"),
    Row("skill", "200", "405", lambda w: [w.skill.pk]),
    Row("skill-add", KEEPS, KEEPS_POST),
    Row("skill-edit", KEEPS, KEEPS_POST, lambda w: [w.skill.pk]),
    Row("skill-retire", KEEPS, "403 409 403 403 403 403 403 403", lambda w: [w.skill.pk]),
    Row("requirements", "200", "403 302 403 403 403 403 403 403"),
    Row("requirement-edit", KEEPS, KEEPS_POST, lambda w: [w.need.pk]),
    Row("requirement-edit", "404 200 404 404 404 404 404 404", "404 422 404 404 404 404 404 404", lambda w: [w.wish.pk], what="suggested"),
    Row("requirement-remove", KEEPS, "403 302 403 403 403 403 403 403", lambda w: [w.need.pk]),
    Row("requirement-add", KEEPS, KEEPS_POST, lambda w: [w.roles.held.pk]),
    Row("expectation-add", KEEPS, KEEPS_POST, lambda w: [w.roles.held.pk]),
    Row("expectation-retire", KEEPS, "403 302 403 403 403 403 403 403", lambda w: [w.expectation.pk]),
    Row("duties", NAMES, "405"),
    Row("acknowledge", "405", "403 409 409 409 409 409 403 409", lambda w: [w.everyone.pk]),
    Row("signed-list-add", KEEPS, KEEPS_POST, lambda w: [w.everyone.pk]),
    Row("signed-list", "404 200 404 404 404 404 200 404", "405", lambda w: [w.signed_list.pk]),
    Row("induction", NAMES, "405"),
    Row("induction-items", "200", "405"),
    Row("induction-add", KEEPS, KEEPS_POST),
    Row("induction-edit", KEEPS, KEEPS_POST, lambda w: [w.part.pk]),
    Row("induction-retire", KEEPS, "403 302 403 403 403 403 403 403", lambda w: [w.part.pk]),
    Row("induction-accept", "405", "403 409 409 409 409 409 403 409", lambda w: [w.part.pk]),
    Row("rounds", NAMES, "405"),
    Row("round-open", KEEPS, KEEPS_POST),
    Row("round", NAMES, "405", lambda w: [w.round.pk]),
    Row("round-export", NAMES, "405", lambda w: [w.round.pk, "csv"]),
    Row("round-export", "403 404 403 404 403 403 404 403", "405", lambda w: [w.round.pk, "exe"], what="unknown kind"),
    Row("round-close", KEEPS, "403 302 403 403 403 403 403 403", lambda w: [w.round.pk]),
    Row("answer", "404 200 200 200 200 200 404 200", "404 422 422 422 422 422 404 422", lambda w: [w.round.pk]),
    Row("role-extract", "200", "405", lambda w: [w.roles.held.pk, "docx"]),
    Row("role-extract", "404", "405", lambda w: [w.roles.held.pk, "exe"], what="unknown kind"),
    Row("person-extract", "200 200 200 404 404 404 200 200", "405", lambda w: [w.cole, "docx"]),
    Row("training", NAMES, "405"),
    Row("training-export", NAMES, "405", lambda w: ["xlsx"]),
    Row("training-action", "404 200 404 200 200 404 200 404", "405", lambda w: [w.action.pk]),
    Row("training-edit", "404 200 404 200 403 404 403 404", "404 422 404 422 403 404 403 404", lambda w: [w.action.pk]),
    Row("training-finish", "404 200 404 200 200 404 403 404", "404 422 404 422 422 404 403 404", lambda w: [w.action.pk]),
    Row("training-cancel", "404 200 404 200 403 404 403 404", "404 422 404 422 403 404 403 404", lambda w: [w.action.pk]),
    Row("training-check", "404 200 404 200 403 404 403 404", "404 422 404 422 403 404 403 404", lambda w: [w.action.pk]),
    Row("courses", "200", "405"),
    Row("course", "200", "405", lambda w: [w.course.pk]),
    Row("course-add", KEEPS, KEEPS_POST),
    Row("course-edit", KEEPS, KEEPS_POST, lambda w: [w.course.pk]),
    Row("course-retire", KEEPS, "403 302 403 403 403 403 403 403", lambda w: [w.course.pk]),
    Row("course-record", NAMES, "403 422 403 422 403 403 422 403", lambda w: [w.course.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """What these pages are about: Hana's certificate, a plan for her, and a gap that her manager noted."""
    hana, day = world.people.holder, clock.today()
    world.skill, other = small.skill("Incident response"), small.skill("Digital evidence")
    world.need = small.need(world.roles.held, world.skill, 3)
    world.wish = small.need(world.roles.held, other, 2, is_suggested=True)
    world.certificate = _file(hana, "competence", b"%PDF-1.7 certificate")
    world.private = _file(hana, "performance", b"%PDF-1.7 private")
    world.assessment = small.shows(hana, world.skill, 2, file=world.certificate)
    world.action = small.plan(hana, world.skill, world.people.ism)
    world.everyone = factories.role("All staff", kind="everyone", authorities=False)
    world.course = Course.objects.create(title="Awareness", starts_on=day)
    world.expectation = Expectation.objects.create(role=world.roles.held, text="Answers within an hour.")
    world.waiting_table = WaitingTable(kind="competence", uploaded_by=world.ism, name="matrix.csv")
    world.waiting_table.hold(Table(["Name", "Audit practice"], [Lines(2, ["Hana Holder", "3"])]))
    world.waiting_table.save()
    world.part = InductionItem.objects.create(title="House rules", text="Lock the screen.", starts_on=day)
    world.round = Round.objects.create(title="Spring", starts_on=day, due_on=day)
    world.signed_list = SignedList(role=world.everyone, wording="0" * 64, signed_on=day, name="list.pdf", size=4, kept_at=clock.now(),
                                   media_type="application/pdf", sha256="0" * 64)  # fmt: skip
    world.signed_list.file.save("evidence", ContentFile(b"%PDF"), save=False)
    world.signed_list.save(force_insert=True)
    world.performance = PerformanceGap.objects.create(
        person=hana, role=world.roles.held, seen="Late twice.", action="A rota.", noted_by=world.ism, noted_by_person=world.people.ism,
        noted_on=day, file=world.private,
    )  # fmt: skip


def _file(person, purpose: str, content: bytes) -> KeptFile:
    row = KeptFile(
        person=person, purpose=purpose, name="file.pdf", media_type="application/pdf", size=len(content), sha256="0" * 64,
        kept_at=clock.now(),
    )  # fmt: skip
    row.file.save("evidence", ContentFile(content), save=False)
    row.save(force_insert=True)
    return row
