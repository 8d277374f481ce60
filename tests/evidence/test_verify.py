"""The public page that says whether a copy is what was signed (design §7)."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ismsroles.core.models import OutboxMessage
from ismsroles.records.models import Artefact
from tests.evidence.world import prepare, send, sign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_earlier_tries():
    cache.clear()


def _compare(content: bytes, name: str = "copy.pdf") -> str:
    answer = Client().post(reverse("verify"), {"file": SimpleUploadedFile(name, content), "code": ""})
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_may_compare_a_copy_without_signing_in(signed):
    assert "Genuine and current" in _compare(bytes(signed.final.content))


def test_one_changed_byte_anywhere_is_seen(signed):
    pdf = bytes(signed.final.content)
    for at in range(20, len(pdf), len(pdf) // 8):
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        assert "Genuine" not in _compare(changed)


def test_a_file_with_one_changed_byte_is_called_altered(signed):
    pdf = bytes(signed.final.content)
    assert "Altered" in _compare(pdf[:-3] + b"x" + pdf[-2:])


def test_a_truncated_copy_is_altered(signed):
    assert "Altered" in _compare(bytes(signed.final.content)[:-500])


def test_a_superseded_copy_is_genuine_but_said_to_be_superseded(signed, cast):
    sign(cast, send(cast, prepare(cast, "1.1", "Second")))
    assert "Genuine but superseded" in _compare(bytes(signed.final.content))


def test_a_draft_is_said_to_be_a_draft(prepared):
    assert "A draft of" in _compare(bytes(prepared.draft.content))


@pytest.mark.parametrize(
    ("content", "words"), [(b"%PDF-1.7 other", "Unknown"), (b"Hello", "not a PDF"), (b"", "not a PDF")]
)
def test_what_this_register_never_signed_is_unknown(cast, content, words):
    assert words in _compare(content)


def test_the_file_is_not_kept(signed):
    before = Artefact.objects.count(), OutboxMessage.objects.count()
    _compare(b"%PDF-1.7 something private")
    assert (Artefact.objects.count(), OutboxMessage.objects.count()) == before


def test_the_printed_code_leads_to_its_version_and_asks_for_the_file_too(signed):
    page = Client().post(reverse("verify"), {"code": signed.snapshot_id[:12].upper()}).content.decode()
    assert "This code belongs to" in page and signed.final_id in page


def test_without_file_and_code_the_page_says_what_to_do(db):
    answer = Client().post(reverse("verify"), {})
    assert answer.status_code == 422 and "Choose the PDF" in answer.content.decode()


def test_names_of_signers_are_not_told_to_strangers(signed):
    page = _compare(bytes(signed.final.content))
    assert "Tora Top" not in page and "Ismail Keeper" not in page


def test_too_many_tries_are_refused(db):
    answers = [Client().post(reverse("verify"), {"code": "0000"}).status_code for _ in range(21)]
    assert answers[:20] == [200] * 20 and answers[20] == 429
