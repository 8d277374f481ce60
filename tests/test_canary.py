"""Design rule 15 from outside: two words are planted; every page, search, export, file, PDF and mail is read as every persona.

`zebrafinch` stands in a performance gap, `kingfisher` in what is known of one person's competence by name."""

import io
import re
import subprocess
import zipfile
from datetime import timedelta
from functools import lru_cache

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competence.actions import understanding
from competence.actions.performance import close_gap, follow_up, note_gap
from competence.actions.reminding import remind
from competence.models import TrainingAction
from ismsroles.core import clock, outbox
from ismsroles.core.models import AuditEvent
from ismsroles.notices import digests
from ismsroles.notices.models import Message
from roles.models import Person
from tests import factories
from tests.access_table import TABLE
from tests.access_world import furnish
from tests.competence import world as small

pytestmark = pytest.mark.django_db
PERFORMANCE, COMPETENCE, LOGGED = "zebrafinch", "kingfisher", "performance gap was"
# Who may read what by name: Hana's line manager (Cole), herself and the ISM both; representative and auditor her competence.
MAY = {"ism": {PERFORMANCE, COMPETENCE, LOGGED}, "holder": {PERFORMANCE, COMPETENCE}, "colleague": {PERFORMANCE, COMPETENCE},
       "representative": {COMPETENCE}, "auditor": {COMPETENCE}}  # fmt: skip
PERSONAS = (
    "administrator",
    "ism",
    "top",
    "representative",
    "holder",
    "deputy",
    "auditor",
    "colleague",
    "anonymous",
    "leaver",
)
SIGNING_OUT = {"account_logout", "account_login"}


@pytest.fixture
def planted(cast):
    """Everything of the access test, and the two words wherever somebody could have written them."""
    hana = cast.people.holder
    Person.objects.filter(pk=hana.pk).update(manager=cast.people.colleague)
    hana.refresh_from_db()
    world = furnish(cast)
    gap = note_gap(
        hana, actor=cast.colleague, role=cast.roles.held, seen=f"{PERFORMANCE} seen", feedback=f"{PERFORMANCE} said"
    )
    follow_up(gap, actor=cast.colleague, action=f"{PERFORMANCE} rota")
    paper = SimpleUploadedFile(f"{PERFORMANCE}.pdf", b"%PDF-1.7 " + PERFORMANCE.encode())
    close_gap(gap, actor=cast.colleague, outcome=f"{PERFORMANCE} fine", file=paper)
    gap.refresh_from_db()
    skill = small.skill("Radio")
    small.need(cast.roles.held, skill, 3)
    small.shows(hana, skill, 1, note=f"{COMPETENCE} shown", valid_until=clock.today())
    given = {
        "owner": cast.people.ism,
        "due_on": clock.today(),
        "planned_at": clock.now(),
        "what": f"{COMPETENCE} course",
    }
    TrainingAction.objects.create(person=hana, skill=skill, **given)
    world.gap = gap
    return world


def said(answer) -> str:
    """Everything that an answer tells: its text, what is packed in it, its headers."""
    body = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
    return readable(body) + str(answer.headers)


@lru_cache(maxsize=256)
def readable(body: bytes) -> str:
    """The text of a page, of a PDF, of everything in a packed file."""
    if body.startswith(b"%PDF"):
        text = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=False).stdout  # noqa: S607
        return (text + body).decode("utf-8", "replace")
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return body.decode("utf-8", "replace")


def addresses(world) -> list[str]:
    """Every address of the product with the objects of the access test, and those of the planted rows."""
    rows = {reverse(row.name, args=row.args(world)) for row in TABLE if row.name not in SIGNING_OUT}
    own = {f"/competence/performance/{world.gap.pk}/", f"/competence/files/{world.gap.file_id}/", "/search/?q=Hana", "/search/?q=zebra",
           "/search/?q=kingf", "/log/?q=zebra", "/log/?q=Hana", "/log/?kind=performance", "/ask/?q=zebra", f"/people/{world.hana}/",
           f"/competence/people/{world.hana}/", "/competence/?show=gaps", "/competence/export/xlsx/", "/training/export/csv/",
           f"/people/{world.hana}/extract/pdf/"}  # fmt: skip
    return sorted(rows | own)


@pytest.mark.parametrize("persona", PERSONAS)
def test_whoever_may_not_know_reads_it_nowhere(planted, as_user, persona):
    client, forbidden = as_user(persona), {PERFORMANCE, COMPETENCE, LOGGED} - MAY.get(persona, set())
    if not forbidden:
        return
    pattern = re.compile("|".join(forbidden))
    leaks = [url for url in addresses(planted) if pattern.search(said(client.get(url)))]
    assert leaks == []


def test_whoever_may_know_does_read_it(planted, as_user):
    """The canary sings: a test that finds nothing anywhere would prove nothing."""
    for persona, words in MAY.items():
        client = as_user(persona)
        pages = said(client.get(f"/competence/people/{planted.hana}/")) + said(
            client.get(f"/competence/performance/{planted.gap.pk}/")
        )
        assert {word for word in (PERFORMANCE, COMPETENCE) if word in pages} == words - {LOGGED}, persona


def test_no_mail_carries_it_to_anybody_else(planted):
    remind()
    with clock.at(clock.now() + timedelta(days=1)):
        digests.make_due()
        outbox.deliver_due()
    allowed = {planted.people.holder.email, planted.people.ism.email}  # herself, and who sees to the training
    told = [({row.address}, f"{row.params} {row.about}") for row in Message.objects.all()]
    told += [({*letter.to}, f"{letter.subject} {letter.body} {letter.alternatives}") for letter in mail.outbox]
    for readers, text in told:
        assert PERFORMANCE not in text and (COMPETENCE not in text or readers <= allowed)
    assert any(COMPETENCE in text for _readers, text in told) and mail.outbox


def test_no_event_carries_it(planted):
    for event in AuditEvent.objects.all():
        told = f"{event.sentence} {event.params} {event.subject_label} {event.reason}"
        assert PERFORMANCE not in told and COMPETENCE not in told


def test_what_somebody_answered_wrongly_is_read_by_nobody_else(planted, as_user):
    for number in range(3):
        factories.role(f"Other {number}", duties=2)
    sheet = understanding.begin(planted.round, actor=planted.holder, seed=1)
    wrong = [next(one for one in q["options"] if one != q["right"]) for q in sheet.questions]
    understanding.answer(planted.round, str(sheet.pk), wrong, actor=planted.holder)
    page = "The register says"
    assert page in said(as_user("holder").get(f"/understanding/{planted.round.pk}/answer/"))
    for persona in PERSONAS:
        if persona != "holder":
            assert page not in said(as_user(persona).get(f"/understanding/{planted.round.pk}/answer/"))
