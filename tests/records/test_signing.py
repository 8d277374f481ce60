"""Who signs, when, and over what (design rules 1, 2 and 10; security cases 1, 3, 6)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ismsroles.core import clock
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.records import actions
from ismsroles.records.actions.signing import TooManyGuesses, WrongPassword
from ismsroles.records.models import SignOff, Version
from tests import factories
from tests.records.conftest import KIND, freeze, send, sign

pytestmark = pytest.mark.django_db
OTHER = "0" * 64


def test_a_signature_binds_snapshot_and_draft(sent, people):
    signed = sign(sent, people.first)
    assert (signed.snapshot_sha256, signed.draft_sha256) == (sent.snapshot_id, sent.draft_id)
    assert signed.state == "signed" and signed.method == "password" and signed.zone == "Europe/London"
    assert signed.statement == "I have read Note, 1.0. First Signer, Signer of notes: approved."


@pytest.mark.parametrize("other", [{"seen_snapshot": OTHER}, {"seen_draft": OTHER}, {"seen_draft": ""}])
def test_who_was_shown_something_else_signs_nothing(sent, people, other):
    with pytest.raises(Stale):
        sign(sent, people.first, **other)
    assert not SignOff.objects.filter(state="signed").exists()


def test_somebody_who_was_not_named_cannot_sign(sent, people):
    with pytest.raises(NotAllowed):
        sign(sent, people.stranger)


def test_nobody_signs_what_was_not_sent(frozen, people):
    with pytest.raises(NotAllowed):
        sign(frozen, people.first)


def test_nobody_signs_twice(sent, people):
    sign(sent, people.first)
    with pytest.raises(WrongState):
        sign(sent, people.first)
    assert AuditEvent.objects.filter(code="version.signed").count() == 1


def test_nobody_signs_what_was_recalled(sent, people):
    actions.recall(sent, actor=people.prep, reason="A mistake")
    with pytest.raises(WrongState):
        sign(sent, people.first)


def test_who_approves_waits_for_who_reviews(frozen, people):
    signers = [actions.Signer.named(people.first, KIND, "reviewed"), actions.Signer.named(people.second, KIND)]
    actions.send(frozen, signers=signers, actor=people.prep)
    with pytest.raises(WrongState, match="First Signer"):
        sign(frozen, people.second)
    sign(frozen, people.first)
    assert sign(frozen, people.second).state == "signed"


def test_a_wrong_password_signs_nothing_and_is_kept_in_the_log(sent, people):
    with pytest.raises(WrongPassword):
        sign(sent, people.first, password="wrong")
    assert not SignOff.objects.filter(state="signed").exists()
    assert AuditEvent.objects.filter(code="version.password_refused", actor=people.first).count() == 1


def test_five_wrong_passwords_close_signing_for_five_minutes_even_with_the_right_one(sent, people):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            sign(sent, people.first, password="wrong")
    with pytest.raises(TooManyGuesses):
        sign(sent, people.first)
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert sign(sent, people.first).state == "signed"


def test_wrong_passwords_of_one_do_not_close_signing_for_another(sent, people):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            sign(sent, people.first, password="wrong")
    assert sign(sent, people.second).state == "signed"


def test_who_lost_what_entitles_them_no_longer_signs(sent, people):
    people.first.is_active = False
    people.first.save()
    with pytest.raises(NotAllowed):
        sign(sent, people.first)


def test_who_prepared_a_version_cannot_be_named_to_approve_it(frozen, people):
    with pytest.raises(Invalid, match="prepared this version"):
        send(frozen, people, people.prep)


def test_who_prepared_a_version_cannot_approve_it_with_a_second_login(frozen, people):
    twin = factories.user("Prep Arer the other")
    with pytest.raises(Invalid, match="prepared this version"):
        send(frozen, people, twin)


def test_the_database_refuses_that_somebody_approves_what_they_prepared(sent):
    key = sent.frozen_by_key
    with pytest.raises(IntegrityError), transaction.atomic():
        row = SignOff(version=sent, user=sent.frozen_by, person_key=key, preparer_key=key, name="P", role="", order=9)
        SignOff.objects.bulk_create([row])


def test_one_person_with_two_logins_signs_once(frozen, people):
    with pytest.raises(Invalid, match="named twice"):
        send(frozen, people, people.first, factories.user("First Signer of another address"))


def test_somebody_must_approve(frozen, people):
    with pytest.raises(Invalid, match="who approves"):
        send(frozen, people, people.first, meaning="reviewed")


def test_only_who_prepares_sends_and_recalls(frozen, people):
    with pytest.raises(NotAllowed):
        actions.send(frozen, signers=[actions.Signer.named(people.first, KIND)], actor=people.first)
    with pytest.raises(NotAllowed):
        actions.recall(frozen, actor=people.stranger, reason="No")


def test_a_refusal_needs_a_reason_and_ends_the_version(sent, people):
    with pytest.raises(Invalid):
        actions.refuse_to_sign(sent, actor=people.first, reason=" ")
    assert actions.refuse_to_sign(sent, actor=people.first, reason="Two roles are missing").state == "rejected"
    with pytest.raises(WrongState):
        sign(sent, people.second)


def test_a_recalled_number_may_be_used_again_and_the_old_version_stays(sent, people):
    actions.recall(sent, actor=people.prep, reason="A mistake")
    freeze(people, "1.0")
    assert list(Version.objects.order_by("pk").values_list("number", "state")) == [
        ("1.0", "recalled"),
        ("1.0", "frozen"),
    ]


def test_there_is_one_version_on_its_way_at_a_time(frozen, people):
    with pytest.raises(Invalid, match="on its way"):
        freeze(people, "1.1")


def test_a_number_is_used_once(published, people):
    with pytest.raises(Invalid, match="taken"):
        freeze(people, "1.0")


def test_the_role_that_is_printed_is_the_one_held_when_signing(sent, people):
    people.first.name = "First Signer-Married"
    people.first.save()
    assert sign(sent, people.first).name == "First Signer-Married"
