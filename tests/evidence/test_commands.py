"""The commands for scripts and operations: what they write, and the status they end with."""

import pytest
from django.core.management import CommandError, call_command

from ismsroles.core import findings, guards, log
from ismsroles.core.models import AuditEvent
from ismsroles.records.models import Artefact
from tests.evidence.world import prepare, send, sign

pytestmark = pytest.mark.django_db


def _status(*words: str) -> int:
    try:
        call_command(*words)
    except SystemExit as ended:
        return ended.code
    except CommandError as error:
        return error.returncode
    return 0


def test_the_signed_bytes_are_written_and_found_genuine(signed, tmp_path, capsys):
    out = str(tmp_path / "roles.pdf")
    assert _status("render_document", "--out", out) == 0
    assert (tmp_path / "roles.pdf").read_bytes() == bytes(signed.final.content)
    assert _status("verify_evidence", out) == 0 and "Genuine and current" in capsys.readouterr().out


def test_an_earlier_version_is_written_by_its_number_and_found_superseded(signed, cast, tmp_path):
    sign(cast, send(cast, prepare(cast, "1.1", "Second")))
    out = str(tmp_path / "old.pdf")
    assert _status("render_document", "--version", "1.0", "--out", out) == 0
    assert _status("verify_evidence", out) == 1


def test_a_draft_of_the_register_is_written_and_is_unknown(cast, tmp_path, capsys):
    out = str(tmp_path / "draft.pdf")
    assert _status("render_document", "--version", "draft", "--out", out) == 0
    assert (tmp_path / "draft.pdf").read_bytes().startswith(b"%PDF")
    assert _status("verify_evidence", out) == 1 and "Unknown" in capsys.readouterr().out


def test_what_is_not_there_cannot_be_written(cast, tmp_path):
    assert _status("render_document", "--out", str(tmp_path / "x.pdf")) == 2
    assert _status("render_document", "--version", "9.9", "--out", str(tmp_path / "x.pdf")) == 2


def test_a_file_that_cannot_be_written_is_said(signed, tmp_path):
    assert _status("render_document", "--out", str(tmp_path / "no" / "folder.pdf")) == 2


def test_an_altered_copy_ends_with_one(signed, tmp_path, capsys):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(bytes(signed.final.content) + b" ")
    assert _status("verify_evidence", str(copy)) == 1 and "Altered" in capsys.readouterr().out


def test_offline_the_file_and_a_trusted_fingerprint_are_enough(signed, tmp_path, capsys):
    copy, key = tmp_path / "copy.pdf", signed.sealed_with_id
    copy.write_bytes(bytes(signed.final.content))
    assert _status("verify_evidence", str(copy), "--offline", "--trust", key) == 0 and key in capsys.readouterr().out
    assert (
        _status("verify_evidence", str(copy), "--offline", "--trust", "ab" * 32) == 1
        and "Unknown" in capsys.readouterr().out
    )
    copy.write_bytes(bytes(signed.final.content) + b"\n")
    assert (
        _status("verify_evidence", str(copy), "--offline", "--trust", key) == 1 and "Altered" in capsys.readouterr().out
    )


@pytest.mark.parametrize("words", [("--offline",), ("--trust", "ab" * 32), ("--offline", "--trust", "zz")])
def test_offline_needs_a_whole_fingerprint(signed, tmp_path, words):
    (tmp_path / "x.pdf").write_bytes(bytes(signed.final.content))
    assert _status("verify_evidence", str(tmp_path / "x.pdf"), *words) == 2


def test_offline_asks_no_database(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    assert _status("verify_evidence", str(tmp_path / "x.pdf"), "--offline", "--trust", "ab" * 32) == 1


def test_the_content_of_a_signed_version_is_known_by_itself(signed, tmp_path, capsys):
    (tmp_path / "content.json").write_bytes(bytes(signed.snapshot.content))
    assert _status("verify_evidence", str(tmp_path / "content.json")) == 0 and "Genuine" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"Hello"])
def test_what_cannot_be_read_as_a_pdf_ends_with_two(db, tmp_path, content):
    if content is not None:
        (tmp_path / "x.pdf").write_bytes(content)
    assert _status("verify_evidence", str(tmp_path / "x.pdf")) == 2


def test_findings_end_with_one_and_are_printed(cast, capsys):
    assert _status("findings") == 1
    assert "Continuity manager has been vacant since" in capsys.readouterr().out


@pytest.mark.parametrize(("severity", "status", "strict"), [("stop", 1, 1), ("warn", 0, 1), ("note", 0, 0)])
def test_findings_end_with_one_when_something_must_be_mended(db, monkeypatch, capsys, severity, status, strict):
    one = findings.Finding("R", severity, "5.3", "Something.", "", "")
    monkeypatch.setattr(findings, "current", lambda: [one])
    assert (_status("findings"), _status("findings", "--strict")) == (status, strict)


def test_a_log_that_holds_ends_with_none(signed, capsys):
    assert _status("verify_log") == 0 and signed.log_head in capsys.readouterr().out


def test_what_is_new_is_sealed_and_the_head_is_printed(cast, capsys):
    assert _status("seal_log") == 0
    head = capsys.readouterr().out.split("head ")[1].strip() if log.LogSeal.objects.exists() else ""
    assert _status("verify_log", *(["--head", head] if head else [])) == 0


def test_a_head_that_the_log_never_had_is_said(signed, capsys):
    assert _status("verify_log", "--head", "ab" * 32) == 1 and "has no head" in capsys.readouterr().out


def test_an_empty_log_needs_no_seal(db):
    assert _status("seal_log") == 0


@pytest.fixture
def unguarded(db):
    """As a database administrator who took the triggers away."""
    guards.lift()
    yield
    guards.reinstall()


def test_an_event_altered_by_a_database_administrator_is_found(signed, unguarded, capsys):
    AuditEvent.objects.filter(code="version.signed").update(actor_name="Somebody Else")
    assert _status("verify_log") == 1 and "was altered" in capsys.readouterr().out


def test_an_event_that_was_taken_out_is_found(signed, unguarded, capsys):
    AuditEvent.objects.filter(code="version.frozen").delete()
    assert _status("verify_log") == 1 and "chain breaks" in capsys.readouterr().out


def test_a_chain_worked_out_anew_after_a_forgery_no_longer_has_the_printed_head(signed, unguarded, capsys):
    AuditEvent.objects.filter(code="version.frozen").delete()
    log.LogSeal.objects.all().delete()
    log.seal()
    assert _status("verify_log") == 1 and "no longer has" in capsys.readouterr().out


def test_a_kept_file_that_was_changed_is_found(signed, unguarded, capsys):
    Artefact.objects.filter(pk=signed.snapshot_id).update(content=bytes(signed.snapshot.content) + b" ")
    assert _status("verify_log") == 1 and signed.snapshot_id in capsys.readouterr().out
