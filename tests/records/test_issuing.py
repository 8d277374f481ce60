"""After the last signature: one final PDF, whatever goes wrong on the way (design rules 9 and 10; security cases 12 and 13)."""

import hashlib
import json

import pytest

from ismsroles.core import log, outbox
from ismsroles.core.errors import NotAllowed, WrongState
from ismsroles.core.models import AuditEvent, LogSeal, OutboxMessage
from ismsroles.records import actions
from ismsroles.records.models import Artefact, Version
from tests.records import conftest
from tests.records.conftest import KIND, freeze, send, sign

pytestmark = pytest.mark.django_db


def test_after_the_last_signature_the_version_is_in_force(published):
    assert published.state == "published" and published.published_at
    assert hashlib.sha256(bytes(published.final.content)).hexdigest() == published.final_id


def test_nothing_is_issued_before_the_last_signature(sent, people, deliver):
    sign(sent, people.first)
    deliver()
    sent.refresh_from_db()
    assert sent.state == "sent" and sent.final is None


def test_the_head_of_the_log_is_in_the_file_and_covers_the_signatures(published):
    seal = LogSeal.objects.get(digest=published.log_head)
    last = AuditEvent.objects.filter(code="version.signed").first()
    assert last.pk <= seal.up_to and published.log_head.encode() in bytes(published.final.content)


def test_the_log_still_holds_after_issuing(published):
    assert log.faults() == []


def test_three_kept_things_determine_the_bytes(published):
    assert actions.render_final_bytes(published) == bytes(published.final.content)


def test_renaming_a_signer_afterwards_changes_no_byte(published, people):
    people.first.name = "Somebody Else"
    people.first.save()
    again = Version.objects.get(pk=published.pk)
    assert actions.render_final_bytes(again) == bytes(again.final.content)
    assert b"Somebody Else" not in bytes(again.final.content)


def test_the_kept_sign_offs_say_who_when_how_and_over_what(published):
    rows = json.loads(bytes(published.signoffs_record.content))
    assert [row["name"] for row in rows] == ["First Signer", "Second Signer"]
    assert set(rows[0]) == {
        "order", "name", "role", "meaning", "statement", "signed_at", "local", "method", "snapshot_sha256",
        "draft_sha256", "renderer",
    }  # fmt: skip


def test_a_crash_between_signing_and_rendering_ends_in_one_final_file(sent, people, deliver, monkeypatch):
    sign(sent, people.first)
    sign(sent, people.second)
    broken = _kind(final=_breaks)
    monkeypatch.setitem(conftest.kinds._kinds, KIND, broken)
    deliver()
    sent.refresh_from_db()
    assert sent.state == "signed" and sent.fault and "secret" not in sent.fault
    monkeypatch.setitem(conftest.kinds._kinds, KIND, _kind())
    OutboxMessage.objects.update(due_at=sent.frozen_at)
    deliver()
    sent.refresh_from_db()
    assert (
        sent.state == "published"
        and sent.fault == ""
        and AuditEvent.objects.filter(code="version.published").count() == 1
    )


def _breaks(*_args):
    raise RuntimeError("out of memory at /secret/path")


def _kind(final=conftest.final):
    return conftest.kinds.Kind(
        KIND, conftest.draft, final, "test renderer", lambda user: True, identity=conftest.identity, is_sealed=False
    )


def test_delivering_a_message_twice_issues_one_file(published):
    before = Artefact.objects.count()
    actions.publish(published.pk)
    outbox._handlers["records.publish"]({"version": published.pk})
    assert Artefact.objects.count() == before and AuditEvent.objects.filter(code="version.published").count() == 1


def test_two_workers_that_render_the_same_version_issue_it_once(sent, people, monkeypatch):
    sign(sent, people.first)
    sign(sent, people.second)

    def meanwhile(snapshot, signoffs, head):
        monkeypatch.setitem(conftest.kinds._kinds, KIND, _kind())
        actions.publish(sent.pk)  # another worker is quicker
        return conftest.final(snapshot, signoffs, head)

    monkeypatch.setitem(conftest.kinds._kinds, KIND, _kind(final=meanwhile))
    actions.publish(sent.pk)
    assert AuditEvent.objects.filter(code="version.published").count() == 1


def test_a_newer_version_supersedes_the_one_before_and_leaves_its_bytes(published, people, deliver):
    before = bytes(published.final.content)
    newer = send(freeze(people, "1.1", b'{"a":2}'), people, people.first)
    sign(newer, people.first)
    deliver()
    published.refresh_from_db()
    assert published.state == "superseded" and bytes(published.final.content) == before
    assert Version.objects.get(state="published").number == "1.1"


def test_a_draft_that_cannot_be_rendered_says_so_and_can_be_asked_for_again(people, deliver):
    version = actions.freeze(kind=KIND, number="1.0", title="N", summary="S", snapshot=b"break", actor=people.prep)
    deliver()
    version.refresh_from_db()
    assert version.state == "preparing" and "RuntimeError" in version.fault and "secret" not in version.fault
    waiting = OutboxMessage.objects.filter(kind="records.draft", delivered_at=None).count()
    actions.try_again(version, actor=people.prep)
    assert OutboxMessage.objects.filter(kind="records.draft", delivered_at=None).count() == waiting + 1


def test_nobody_asks_again_for_a_pdf_that_is_there(published, people):
    with pytest.raises(WrongState):
        actions.try_again(published, actor=people.prep)


def test_only_who_prepares_asks_again(people, deliver):
    version = actions.freeze(kind=KIND, number="1.0", title="N", summary="S", snapshot=b"break", actor=people.prep)
    deliver()
    with pytest.raises(NotAllowed):
        actions.try_again(Version.objects.get(pk=version.pk), actor=people.first)


def test_who_downloads_is_in_the_log_once_an_hour(published, people):
    actions.record_download(published, actor=people.first)
    actions.record_download(published, actor=people.first)
    assert AuditEvent.objects.filter(code="version.downloaded").count() == 1


def test_each_document_of_a_kind_has_its_own_version_on_its_way_and_in_force(people, deliver):
    """Minutes of one meeting neither wait for nor supersede those of another."""
    made = []
    for series in ("spring", "summer"):
        version = actions.freeze(
            kind=KIND, series=series, number="1.0", title="Note", summary="First", snapshot=b"{}", actor=people.prep
        )
        actions.render_draft(version.pk)
        version.refresh_from_db()
        conftest.sign(conftest.send(version, people, people.first), people.first)
        made.append(version)
    deliver()
    assert {Version.objects.get(pk=version.pk).state for version in made} == {"published"}
