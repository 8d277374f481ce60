"""The evidence pack: what is in it, that each file is what the sealed index says, who asked and who took it (D5)."""

import hashlib
import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from evidence.actions import packs
from evidence.models import Pack
from evidence.pack import building
from evidence.pack.chapters import CHAPTERS
from ismsroles.core import clock, findings
from ismsroles.core.errors import NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.records.seal import checking, keys
from tests import factories
from tests.pdf import vera

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def built(signed, cast):
    return building.build(cast.engagement)


def _open(built) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(built.content))


def test_every_file_is_what_the_manifest_says_and_the_index_is_sealed_over_it(built, tmp_path):
    archive = _open(built)
    manifest = json.loads(archive.read("manifest.json"))
    assert {one["path"] for one in manifest["files"]} | {"manifest.json", "index.pdf"} == set(archive.namelist())
    for one in manifest["files"]:
        assert hashlib.sha256(archive.read(one["path"])).hexdigest() == one["sha256"]
    index = archive.read("index.pdf")
    assert checking.offline(index, [keys.current().fingerprint]).state == "genuine"
    (tmp_path / "index.pdf").write_bytes(index)
    assert vera.failures([tmp_path / "index.pdf"]) == ""


def test_it_holds_the_signed_document_as_it_is_kept_and_every_register_twice(built, signed):
    archive = _open(built)
    names = archive.namelist()
    pdf = next(name for name in names if name.startswith("01-documents/") and name.endswith(".pdf"))
    assert archive.read(pdf) == bytes(signed.final.content)
    for register in (
        "02-roles/roles",
        "03-assignments/assignments",
        "06-owners/risks",
        "00-checklist/gaps",
        "08-reviews/reviews",
    ):
        assert {f"{register}.csv", f"{register}.json"} <= set(names)
    assert b"Incident manager" in archive.read("02-roles/roles.csv")


def test_gaps_are_listed_not_hidden(built):
    gaps = json.loads(_open(built).read("00-checklist/gaps.json"))
    assert {one["sentence"] for one in gaps} == {one.sentence for one in findings.current()}


def test_it_goes_in_the_order_of_the_checklist():
    folders = [chapter.folder for chapter in CHAPTERS]
    assert folders == sorted(folders) and folders[0] == "00-checklist"


def test_nothing_personal_of_competence_is_in_it(cast, signed):
    from competence.models import PerformanceGap

    PerformanceGap.objects.create(
        person=cast.people.holder, role=cast.roles.held, seen="CANARY-SEEN", feedback="CANARY-FEEDBACK",
        noted_by=cast.ism, noted_by_person=cast.people.ism, noted_on=clock.today(),
    )  # fmt: skip
    archive = _open(building.build(cast.engagement))
    assert not any(b"CANARY" in archive.read(name) for name in archive.namelist())


def test_an_auditor_asks_watches_and_takes_it_and_the_log_says_so(cast, as_user, deliver):
    browser, page = as_user("auditor"), reverse("engagement-packs", args=[cast.engagement.pk])
    assert browser.post(page).status_code == 302
    assert "being built" in browser.get(page).content.decode()
    deliver()
    pack = Pack.objects.get()
    answer = browser.get(reverse("pack-file", args=[pack.pk]))
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == pack.sha256 and pack.done == pack.total == len(CHAPTERS) + 1
    taken = AuditEvent.objects.get(code="pack.downloaded")
    assert taken.actor == cast.auditor and taken.params["sha256"] == pack.sha256


def test_one_pack_at_a_time(cast):
    packs.ask(cast.engagement, actor=cast.ism)
    with pytest.raises(WrongState):
        packs.ask(cast.engagement, actor=cast.ism)


@pytest.mark.parametrize("who", ["administrator", "holder", "representative", "colleague"])
def test_others_get_no_pack(cast, who):
    with pytest.raises(NotAllowed):
        packs.ask(cast.engagement, actor=getattr(cast, who))


def test_a_pack_of_somebody_whose_access_ended_meanwhile_is_not_built(cast, deliver):
    packs.ask(cast.engagement, actor=cast.auditor)
    with clock.at(clock.now() + timedelta(days=40)):
        deliver()
    pack = Pack.objects.get()
    assert "no longer has access" in pack.fault and not pack.file


def test_a_pack_of_another_engagement_is_not_found(cast, as_user):
    other = factories.audit(factories.user("Alva Auditor"))
    pack = Pack.objects.create(
        engagement=other, asked_by=cast.ism, asked_by_name="I", asked_at=clock.now(), sha256="a" * 64
    )
    assert as_user("auditor").get(reverse("pack-file", args=[pack.pk])).status_code == 404


def test_building_twice_builds_once(cast, deliver):
    pack = packs.ask(cast.engagement, actor=cast.ism)
    deliver()
    packs.build(pack.pk)
    assert AuditEvent.objects.filter(code="pack.built").count() == 1


def test_the_command_writes_it(cast, tmp_path):
    out = tmp_path / "pack.zip"
    call_command("evidence_pack", "--engagement", str(cast.engagement.pk), "--out", str(out))
    assert zipfile.ZipFile(out).testzip() is None


@pytest.mark.parametrize("asked", ["99999", "No such audit", "9" * 40])
def test_an_unknown_audit_is_said(cast, tmp_path, asked):
    with pytest.raises(CommandError):
        call_command("evidence_pack", "--engagement", asked, "--out", str(tmp_path / "x.zip"))


def test_a_file_that_cannot_be_written_is_said(cast, tmp_path):
    with pytest.raises(CommandError):
        call_command(
            "evidence_pack", "--engagement", str(cast.engagement.pk), "--out", str(Path("/no/such/folder/x.zip"))
        )
