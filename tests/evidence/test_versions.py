"""The pages of the document and of one version, and who gets to its bytes (coverage D2, D3; security cases 11 and 12)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence import actions
from ismsroles.core.models import AuditEvent
from ismsroles.records import actions as records
from ismsroles.records.models import Artefact, Version
from roles.models import Person
from tests import factories
from tests.evidence.world import prepare, send, sign

pytestmark = pytest.mark.django_db
SIGNED = {
    "administrator": 200, "ism": 200, "top": 200, "representative": 200, "holder": 200, "deputy": 200, "auditor": 200,
    "leaver": 302, "colleague": 200, "anonymous": 302,
}  # fmt: skip
DRAFT = SIGNED | {"representative": 404, "holder": 404, "deputy": 404, "colleague": 404}


def _answers(as_user, address: str, personas) -> dict[str, int]:
    return {persona: as_user(persona).get(address).status_code for persona in personas}


def test_everybody_in_the_register_gets_the_signed_pdf(signed, as_user):
    assert _answers(as_user, reverse("version-pdf", args=[signed.pk]), SIGNED) == SIGNED


def test_staff_do_not_get_a_draft_nor_learn_that_there_is_one(sent, as_user):
    for name in ("version", "version-pdf", "version-snapshot"):
        assert _answers(as_user, reverse(name, args=[sent.pk]), DRAFT) == DRAFT
    assert "Version 1.0" not in as_user("colleague").get(reverse("document")).content.decode()


def test_a_signer_gets_the_draft_they_are_asked_to_sign(prepared, cast, as_user):
    second = factories.role("Finance director", persona="top_management")
    factories.hold(second, cast.people.colleague, approver=cast.top)
    actions.send_version(prepared, approvers=[cast.colleague], actor=cast.ism)
    assert as_user("colleague").get(reverse("version-pdf", args=[prepared.pk])).status_code == 200


def test_what_is_downloaded_are_the_kept_bytes(signed, as_user):
    answer = as_user("colleague").get(reverse("version-pdf", args=[signed.pk]), {"download": "1"})
    assert answer.content == bytes(Artefact.objects.get(pk=signed.final_id).content)
    assert answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"]
        == 'attachment; filename="information-security-roles-and-responsibilities-1-0.pdf"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_pdf_is_shown_in_a_frame_of_our_own_pages_and_the_page_in_none(signed, as_user):
    browser = as_user("ism")
    pdf, page = (browser.get(reverse(name, args=[signed.pk])) for name in ("version-pdf", "version"))
    assert pdf["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in pdf["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_a_download_is_in_the_log_and_a_look_at_its_head_is_not(signed, as_user):
    as_user("colleague").head(reverse("version-pdf", args=[signed.pk]))
    assert not AuditEvent.objects.filter(code="version.downloaded").exists()
    as_user("colleague").get(reverse("version-pdf", args=[signed.pk]))
    assert AuditEvent.objects.get(code="version.downloaded").actor_name == "Cole Colleague"


def test_a_name_that_changes_afterwards_changes_nothing_that_was_signed(signed):
    before = bytes(signed.final.content)
    Person.objects.update(name="Somebody Else")
    again = Version.objects.get(pk=signed.pk)
    assert bytes(again.final.content) == before
    assert before.startswith(records.render_final_bytes(again))  # the seal is appended to what is rendered


def test_the_head_of_the_log_is_part_of_what_determines_the_bytes(signed):
    before = bytes(signed.final.content)
    signed.log_head = "0" * 64
    assert signed.log_head and records.render_final_bytes(signed) != before


def test_while_the_pdf_is_made_the_page_waits_and_offers_to_load_again(cast, as_user, deliver):
    version = actions.prepare_version("1.0", "First", actor=cast.ism)
    browser, address = as_user("ism"), reverse("version", args=[version.pk])
    assert "The PDF is being made" in browser.get(address).content.decode()
    assert browser.get(address, {"wait": 1}, headers={"HX-Request": "true"}).status_code == 204
    assert browser.get(reverse("version-pdf", args=[version.pk])).status_code == 404
    deliver()
    assert browser.get(address, {"wait": 1}, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_preparing_shows_what_stands_in_the_way_and_freezes_nothing(cast, as_user):
    cast.roles.ism.clauses = []
    cast.roles.ism.save()
    browser, address = as_user("ism"), reverse("version-prepare")
    page = browser.get(address).content.decode()
    assert "Nobody is responsible for the ISMS conforming" in page and "disabled" in page
    refused = browser.post(address, {"number": "1.0", "summary": "First"})
    assert refused.status_code == 409 and not Version.objects.exists()


@pytest.mark.parametrize(
    "answer",
    [
        {"number": ""},
        {"number": "<b>"},
        {"number": "x" * 30},
        {"summary": ""},
        {"summary": "a\x00b"},
        {"summary": "x" * 2001},
    ],
)
def test_an_answer_that_cannot_be_is_said_at_its_field(cast, as_user, answer):
    page = as_user("ism").post(reverse("version-prepare"), {"number": "1.0", "summary": "First"} | answer)
    assert page.status_code == 422 and not Version.objects.exists()


def test_freezing_by_the_form_leads_to_the_version(cast, as_user):
    answer = as_user("ism").post(reverse("version-prepare"), {"number": "1.0", "summary": "First"})
    assert answer.status_code == 302 and answer.url == Version.objects.get().get_absolute_url()


def test_the_number_continues_by_itself(signed, cast):
    assert actions.next_number() == "1.1"
    sign(cast, send(cast, prepare(cast, "1.1", "Second")))
    assert actions.next_number() == "1.2"
    signed.refresh_from_db()
    assert signed.state == "superseded"


def test_what_changed_since_the_signed_version_is_shown_and_printed(signed, cast, as_user):
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top)
    page = as_user("ism").get(reverse("document")).content.decode()
    assert "Changes since version 1.0" in page and "Continuity manager: holder" in page
    version = prepare(cast, "1.1", "A new holder")
    assert b"Continuity manager: holder" in bytes(version.snapshot.content)


def test_a_version_that_does_not_exist_is_no_page(cast, as_user):
    for name in ("version", "version-pdf", "version-snapshot", "version-sign", "version-send", "version-recall"):
        assert as_user("ism").get(reverse(name, args=[999])).status_code == 404


def _queries(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_the_list_of_versions_costs_the_same_with_one_and_with_fifty(signed, as_user):
    browser, address = as_user("colleague"), reverse("document")
    few = _queries(browser, address)
    for number in range(49):
        row = Version.objects.get(pk=signed.pk)
        row.pk, row.number, row.state = None, f"0.{number}", "preparing"
        row.draft = row.final = row.published_at = None
        Version.objects.bulk_create([row])
        Version.objects.filter(pk=row.pk).update(state="recalled")
    assert _queries(browser, address) == few <= 14
