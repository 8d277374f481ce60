"""Policies and processes are signed off by the management review team, bound to their SHA-256 (T4; design rules 1, 2, 10)."""

import hashlib
import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from ismsroles.core import clock, scope
from ismsroles.core.errors import Invalid, NotAllowed
from ismsroles.core.models import AuditEvent
from ismsroles.records import actions as records
from ismsroles.records import kinds
from ismsroles.records.models import Version
from reviews.actions.papers import hand_in, send_paper
from reviews.models import Paper
from roles.actions import guidance
from roles.models import Policy, Process
from tests import factories
from tests.reviews.making import seated

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
LINK = {"link": "https://wiki.testhouse.example/access", "sha256": "a" * 64}


def pdf(name: str = "access.pdf", content: bytes = CONTENT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def policy(cast) -> Policy:
    seated(cast)
    scope.forget()
    return guidance.add(Policy, actor=cast.ism, title="Access policy", version="1", dated=clock.today())


def handed_in(cast, policy, **values) -> Paper:
    values = {"number": "2", "summary": "Shorter.", **values}
    made = hand_in(actor=cast.ism, policy=policy, **({} if "link" in values else {"file": pdf()}), **values)
    records.render_draft(made.version_id)
    made.version.refresh_from_db()
    return made


def sign(version: Version, user) -> None:
    seen = {"seen_snapshot": version.snapshot_id, "seen_draft": version.draft_id}
    records.sign(version, actor=user, password=factories.PASSWORD, **seen)


def test_a_policy_version_goes_through_the_same_sign_off_and_the_register_follows(cast, policy):
    paper = handed_in(cast, policy)
    version = send_paper(paper.version, signers=[cast.top, cast.holder], actor=cast.ism)
    sign(version, cast.holder)
    assert Version.objects.get(pk=version.pk).state == "sent"
    sign(version, cast.top)
    records.publish(version.pk)
    policy.refresh_from_db()
    assert Version.objects.get(pk=version.pk).state == "published" and policy.version == "2"
    assert AuditEvent.objects.filter(code="policy.signed_off", subject_id=str(policy.pk)).exists()


def test_the_fingerprint_is_that_of_the_file_and_stands_in_what_is_signed(cast, policy):
    paper = handed_in(cast, policy)
    assert paper.sha256 == hashlib.sha256(CONTENT).hexdigest() == paper.file.pk
    assert json.loads(bytes(paper.version.snapshot.content))["sha256"] == paper.sha256


def test_of_a_link_the_fingerprint_is_written_down(cast, policy):
    assert handed_in(cast, policy, **LINK).sha256 == "a" * 64
    process = guidance.add(Process, actor=cast.ism, name="Access reviews")
    assert (
        hand_in(actor=cast.ism, process=process, number="1", summary="First.", **LINK).series == f"process-{process.pk}"
    )


@pytest.mark.parametrize(
    "values, field",
    [
        ({"sha256": "a" * 64}, "file"),
        ({"link": "https://a.example/x"}, "sha256"),
        ({"link": "javascript:alert(1)", "sha256": "a" * 64}, "link"),
        ({"link": "https://a.example/x", "sha256": "xyz"}, "sha256"),
        ({"file": pdf(content=b"<html><script>")}, "file"),
        ({"file": pdf(), "sha256": "b" * 64}, "sha256"),
    ],
)
def test_what_has_no_fingerprint_or_is_no_paper_is_refused(cast, policy, values, field):
    if "file" in values:
        values = values | {"file": SimpleUploadedFile("a.pdf", BytesIO(values["file"].read()).getvalue())}
    with pytest.raises(Invalid) as refused, transaction.atomic():
        hand_in(actor=cast.ism, policy=policy, number="2", summary="Shorter.", **values)
    assert refused.value.field == field and not Paper.objects.exists()


def test_it_is_of_a_policy_or_of_a_process_and_not_of_both(cast, policy):
    with pytest.raises(Invalid):
        hand_in(actor=cast.ism, number="2", summary="Shorter.", **LINK)


def test_only_members_sign_and_never_who_handed_it_in(cast, policy):
    paper = handed_in(cast, policy)
    with pytest.raises(NotAllowed):
        hand_in(actor=cast.top, policy=policy, number="3", summary="Mine.", **LINK)
    for user in (cast.colleague, cast.ism):
        with pytest.raises(Invalid), transaction.atomic():
            send_paper(paper.version, signers=[user], actor=cast.ism)


def test_what_was_handed_in_never_changes(cast, policy):
    paper = handed_in(cast, policy)
    for act in (
        lambda: Paper.objects.filter(pk=paper.pk).update(sha256="c" * 64),
        lambda: Paper.objects.filter(pk=paper.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_drafts_are_for_the_team_and_what_is_signed_is_for_everybody(cast, policy, as_user):
    paper = handed_in(cast, policy)
    urls = (f"/document/{paper.version_id}/", f"/team/papers/{paper.pk}/file")
    assert [as_user("colleague").get(url).status_code for url in urls] == [404, 404]
    assert [as_user("holder").get(url).status_code for url in urls] == [200, 200]
    send_paper(paper.version, signers=[cast.top], actor=cast.ism)
    sign(paper.version, cast.top)
    records.publish(paper.version_id)
    assert [as_user("colleague").get(url).status_code for url in urls] == [200, 200]
    assert kinds.get("policy-version").for_everybody  # so a campaign asks everybody to acknowledge it


def test_it_is_handed_in_and_sent_from_click_to_click(cast, policy, as_user):
    client = as_user("ism")
    answer = client.post(
        "/team/papers/add/", {"policy": policy.pk, "number": "2", "summary": "Shorter.", "file": pdf()}
    )
    paper = Paper.objects.get()
    assert answer.url == f"/document/{paper.version_id}/"
    records.render_draft(paper.version_id)
    assert client.post(f"/team/papers/{paper.version_id}/send/", {"signers": [cast.top.pk]}).status_code == 302
    assert as_user("top").get(f"/document/{paper.version_id}/sign/").status_code == 200
