"""Whether a file is what was signed, by its bytes and by what it carries (design §7)."""

import hashlib
import time
import zlib

import pytest

from ismsroles.records.actions import recall
from ismsroles.records.verify import by_code, verify
from tests.records.conftest import freeze, send, sign

pytestmark = pytest.mark.django_db


def test_the_signed_file_is_genuine_and_current(published):
    verdict = verify(bytes(published.final.content))
    assert verdict.state == "current" and verdict.version == published and "in force" in verdict.sentence


def test_an_earlier_signed_file_is_genuine_but_superseded(published, people, deliver):
    newer = send(freeze(people, "1.1", b'{"a":2}'), people, people.first)
    sign(newer, people.first)
    deliver()
    assert verify(bytes(published.final.content)).state == "superseded"


def test_a_draft_is_said_to_be_a_draft(sent):
    verdict = verify(bytes(sent.draft.content))
    assert verdict.state == "draft" and not verdict.is_genuine


def test_a_draft_of_a_recalled_version_is_a_draft_too(sent, people):
    recall(sent, actor=people.prep, reason="A mistake")
    assert verify(bytes(sent.draft.content)).state == "draft"


def test_changed_padding_is_altered(published):
    verdict = verify(bytes(published.final.content) + b"\n")
    assert verdict.state == "altered" and verdict.version == published


def test_a_changed_content_is_known_by_the_sign_offs_beside_it(published):
    forged = bytes(published.final.content).replace(b'{"a":1}', b'{"a":9}')
    assert verify(forged).state == "altered"


def test_the_content_in_another_envelope_is_altered(published):
    packed = zlib.compress(bytes(published.snapshot.content))
    assert verify(b"%PDF-1.4 stream\n" + packed + b"\nendstream").version == published


@pytest.mark.parametrize("content", [b"", b"Hello", b"\x00" * 2000, b"PK\x03\x04 %PDF"[:6]])
def test_what_is_no_pdf_is_said_to_be_none(published, content):
    assert verify(content).state == "unreadable"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"%PDF-1.7 stream\nendstream stream\n", b"%PDF-1.7 stream\r\n\xff\xfe"]
)
def test_a_pdf_of_somebody_else_is_unknown(published, content):
    verdict = verify(content)
    assert verdict.state == "unknown" and verdict.version is None


def test_a_file_full_of_fingerprints_or_one_that_swells_costs_little(published):
    digests = b" ".join(hashlib.sha256(bytes([n % 256, n // 256])).hexdigest().encode() for n in range(5000))
    bomb = zlib.compress(b"0" * 50_000_000)
    assert verify(b"%PDF-1.7 " + (b"stream\n" + digests + b"\nendstream ") * 20).state == "unknown"
    assert verify(b"%PDF-1.7 " + (b"stream\n" + bomb + b"\nendstream ") * 5).state == "unknown"


def test_streams_that_never_end_are_read_once(published):
    """Anybody may send a file: 4,000 beginnings without an end must not each read the other 10 MB."""
    begun = b"stream\n" + zlib.compress(b"x")
    started = time.process_time()
    assert verify(b"%PDF-1.7 " + begun * 4000 + b" " * 4_000_000).state == "unknown"
    assert time.process_time() - started < 3


def test_the_printed_code_leads_to_the_signed_version(published):
    plain = published.snapshot_id[:12]
    assert by_code(f"{plain[:4]}-{plain[4:8]}-{plain[8:]}".upper()) == published
    assert by_code(plain) == published


@pytest.mark.parametrize("code", ["", "0000-0000-0000", "abc", "x" * 500, "%_%_%_%_%_%_"])
def test_another_code_leads_nowhere(published, code):
    assert by_code(code) is None


def test_a_code_of_a_version_that_nobody_signed_leads_nowhere(sent):
    assert by_code(sent.snapshot_id[:12]) is None
