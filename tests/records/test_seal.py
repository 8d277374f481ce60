"""The organisation's seal: what it covers, whose it is, and what happens when its key is changed or lost (design §7)."""

import os
import random
import stat
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from ismsroles.core.models import AuditEvent
from ismsroles.records.models import SealKey
from ismsroles.records.seal import checking, keys, sealing, stamping
from ismsroles.records.seal.sealed import Sealed
from ismsroles.records.seal.sealing import seal
from ismsroles.records.verify import verify
from tests.records import conftest
from tests.records.conftest import KIND, freeze, send, sign
from tests.records.timeserver import time_server

FLIPS = int(os.environ.get("FLIPS", "200"))
pytestmark = pytest.mark.django_db


@cache
def plain_pdf() -> bytes:
    """A real, small, conforming PDF."""
    from ismsroles.records.pdf import archive, parts

    about = {
        "title": "Note",
        "language": "en",
        "author": "T",
        "description": "A note",
        "frozen": "2026-11-22T10:00:00+00:00",
    }
    shell = parts.shell("<h1>Note</h1><p>Text.</p>", **about)
    running = {"owner": "A house", "state": "1", "code": "2", "page": "Page ", "of": " of "}
    css = parts.stylesheet(accent="#1f5fa8", running=running)
    return archive.render(shell, css, frozen=about["frozen"], attachments=[("content.json", "Content", b'{"a":1}')])


@cache
def _sealed_once() -> Sealed:
    return seal(plain_pdf())


@pytest.fixture
def sealed(organisation) -> Sealed:
    return _sealed_once()


@pytest.fixture
def sealing_kind(people, monkeypatch):
    """Notes that are real PDFs, and sealed."""
    kind = conftest.kinds.Kind(
        KIND, lambda s: plain_pdf(), lambda s, o, h: plain_pdf(), "test", lambda user: True, identity=conftest.identity
    )
    monkeypatch.setitem(conftest.kinds._kinds, KIND, kind)


def _issue(people, deliver, number: str = "1.0"):
    version = send(freeze(people, number, f'{{"n":"{number}"}}'.encode()), people, people.first)
    sign(version, people.first)
    deliver()
    version.refresh_from_db()
    return version


def test_the_file_before_the_seal_stays_as_it_was(sealed):
    assert sealed.content.startswith(plain_pdf()) and len(sealed.content) > len(plain_pdf())


def test_a_sealed_file_is_genuine_for_its_key_and_unknown_to_who_trusts_another(sealed):
    assert checking.offline(sealed.content, [sealed.fingerprint]).state == "genuine"
    assert checking.offline(sealed.content, ["ab" * 32]).state == "unknown"


def test_a_fingerprint_may_be_written_with_colons_and_capitals(sealed):
    written = ":".join(sealed.fingerprint[n : n + 2] for n in range(0, 64, 2)).upper()
    assert checking.offline(sealed.content, [written]).state == "genuine"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"/ByteRange [0 1 5 2]<00>", b"/ByteRange [0 999 9999 1]"])
def test_a_file_without_a_seal_is_unknown(sealed, content):
    assert checking.offline(content, [sealed.fingerprint]).state == "unknown"


def test_each_of_many_random_changes_of_one_byte_is_altered(sealed):
    chance = random.Random(7)
    for turn in range(FLIPS):
        begin = len(plain_pdf()) if turn % 2 else 0  # half of them in the seal itself, padding included
        assert (
            _changed_state(sealed, chance.randrange(begin, len(sealed.content)), chance.randrange(1, 256)) == "altered"
        )


def _changed_state(sealed: Sealed, at: int, by: int) -> str:
    changed = bytearray(sealed.content)
    changed[at] ^= by
    return checking.offline(bytes(changed), [sealed.fingerprint]).state


@pytest.mark.parametrize("more", [b"\n", b" ", b"\0", b"%%EOF\n"])
def test_anything_behind_the_end_is_altered(sealed, more):
    assert checking.offline(sealed.content + more, [sealed.fingerprint]).state == "altered"


def test_a_signature_by_another_key_over_the_sealed_file_is_not_ours(sealed, tmp_path, settings):
    settings.SEAL_DIR = tmp_path
    other = sealing._signed(sealed.content, keys.current(), "Other", None)
    assert checking.offline(other, [sealed.fingerprint]).state == "altered"


def test_poppler_agrees_that_the_seal_is_valid_and_covers_everything(sealed, tmp_path):
    file = tmp_path / "x.pdf"
    file.write_bytes(sealed.content)
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said and "Total document signed" in said


def test_openssl_agrees_and_shows_whose_key_it_was(sealed, tmp_path):
    (tmp_path / "x.pdf").write_bytes(sealed.content)
    subprocess.run(["pdfsig", "-dump", "x.pdf"], cwd=tmp_path, capture_output=True, check=False)
    shown = subprocess.run(
        "openssl pkcs7 -inform DER -in x.pdf.sig0 -print_certs | openssl x509 -noout -fingerprint -sha256",
        shell=True, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip  # noqa: S602 (fixed words: what docs/verifying.md tells people to type)
    assert checking.plain(shown.stdout.split("=")[1]) == sealed.fingerprint


def test_the_key_is_made_on_first_use_and_only_its_owner_reads_it(organisation, tmp_path, settings):
    settings.SEAL_DIR = tmp_path / "seal"
    first, again = keys.current(), keys.current()
    assert first.fingerprint == again.fingerprint
    assert stat.S_IMODE((tmp_path / "seal" / "seal.pem").stat().st_mode) == 0o600


def test_the_key_lies_outside_the_uploads():
    assert not Path(settings.SEAL_DIR).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())


def test_a_key_of_ones_own_is_used_and_a_broken_one_is_said(organisation, tmp_path, settings):
    own = tmp_path / "own.pem"
    own.write_bytes((Path(settings.SEAL_DIR) / "seal.pem").read_bytes() if _sealed_once() else b"")
    settings.SEAL_DIR, settings.SEAL_KEY_FILE = tmp_path / "unused", str(own)
    assert keys.current().fingerprint == _sealed_once().fingerprint and not (tmp_path / "unused").exists()
    own.write_text("no key")
    with pytest.raises(keys.NoKey, match="own.pem"):
        keys.current()


def test_a_missing_key_of_ones_own_is_never_made(organisation, tmp_path, settings):
    settings.SEAL_KEY_FILE = str(tmp_path / "not-there.pem")
    with pytest.raises(keys.NoKey):
        keys.current()


def test_a_token_without_its_library_is_said(organisation, settings):
    settings.SEAL_PKCS11_MODULE = "/no/such/module.so"
    with pytest.raises(keys.NoKey):
        keys.current()


def test_an_issued_version_is_sealed_and_its_key_is_kept_and_in_the_log(sealing_kind, people, deliver):
    version = _issue(people, deliver)
    assert version.sealed_with_id == keys.current().fingerprint and not version.is_stamped
    assert keys.fingerprint(bytes(SealKey.objects.get().certificate)) == version.sealed_with_id
    assert AuditEvent.objects.filter(code="seal.key_first_used").count() == 1


def test_after_a_change_of_key_old_and_new_versions_are_verified(sealing_kind, people, deliver, tmp_path, settings):
    old = _issue(people, deliver)
    settings.SEAL_DIR = tmp_path  # the old file was moved away, or lost
    new = _issue(people, deliver, "1.1")
    assert old.sealed_with_id != new.sealed_with_id and SealKey.objects.count() == 2
    for version, state in ((old, "superseded"), (new, "current")):
        content = bytes(version.final.content)
        assert verify(content).state == state
        assert checking.offline(content, [version.sealed_with_id]).state == "genuine"


def test_without_its_key_nothing_is_issued_and_it_is_said_and_tried_again(sealing_kind, people, deliver, settings):
    settings.SEAL_KEY_FILE = "/not/there.pem"
    version = _issue(people, deliver)
    assert version.state == "signed" and "cannot be used" in version.fault


def test_a_time_stamp_is_taken_and_closed_over(organisation, settings):
    with time_server() as settings.SEAL_TIMESTAMP_URL:
        stamped = seal(plain_pdf())
    assert stamped.is_stamped and checking.offline(stamped.content, [stamped.fingerprint]).state == "genuine"
    stamp = _stamp_in(stamped.content)
    assert abs(stamp - datetime.now(UTC)).total_seconds() < 60


def _stamp_in(content: bytes) -> datetime:
    from io import BytesIO

    from asn1crypto import tsp
    from pyhanko.pdf_utils.reader import PdfFileReader

    first, closing = PdfFileReader(BytesIO(content)).embedded_signatures
    assert (first.field_name, closing.field_name) == ("Seal", "Closing")
    token = first.signer_info["unsigned_attrs"][0]["values"][0]["content"]["encap_content_info"]["content"].native
    return tsp.TSTInfo.load(token).native["gen_time"] if isinstance(token, bytes) else token["gen_time"]


def test_each_changed_byte_of_a_stamped_file_is_altered_too(organisation, settings):
    with time_server() as settings.SEAL_TIMESTAMP_URL:
        stamped = seal(plain_pdf())
    chance, begin = random.Random(11), len(plain_pdf())
    for _turn in range(FLIPS):
        assert (
            _changed_state(stamped, chance.randrange(begin, len(stamped.content)), chance.randrange(1, 256))
            == "altered"
        )


def test_a_time_stamp_server_that_fails_is_said_and_nothing_is_sealed(organisation, settings):
    with time_server(status=503) as settings.SEAL_TIMESTAMP_URL, pytest.raises(stamping.NoTimeStamp):
        seal(plain_pdf())


def test_only_http_leads_to_a_time_stamp_server(organisation, settings):
    settings.SEAL_TIMESTAMP_URL = "file:///etc/passwd"
    with pytest.raises(stamping.NoTimeStamp):
        seal(plain_pdf())


def test_a_sealed_file_that_the_register_does_not_keep_is_said_to_be_so(sealing_kind, people, deliver, sealed):
    _issue(people, deliver)
    assert verify(sealed.content).state == "sealed"


def test_the_frozen_content_and_the_sign_offs_are_known_by_themselves(sealing_kind, people, deliver):
    version = _issue(people, deliver)
    for part in (version.snapshot, version.signoffs_record):
        content = bytes(part.content)
        assert verify(content).state == "content" and verify(content).is_current
        assert not verify(content[:-1] + b" ").is_genuine
