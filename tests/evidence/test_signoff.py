"""Top management signs the document in the browser (coverage D2; design rules 1, 2, 10, 14)."""

import re

import pytest
from django.urls import reverse

from evidence import actions
from ismsroles.core import homes
from ismsroles.core.errors import Invalid, NotAllowed
from ismsroles.notices.models import Message
from ismsroles.records.actions import sign as sign_directly
from ismsroles.records.models import SignOff, Version
from roles.models import Assignment, Person
from tests import factories

pytestmark = pytest.mark.django_db


def _seen(browser, version) -> str:
    page = browser.get(reverse("version-sign", args=[version.pk])).content.decode()
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


def _sign(browser, version, *, seen: str = "", password: str = factories.PASSWORD):
    answers = {"seen": seen or _seen(browser, version), "password": password}
    return browser.post(reverse("version-sign", args=[version.pk]), answers)


def test_top_management_reads_enters_the_password_and_signs(sent, as_user, deliver):
    assert _sign(as_user("top"), sent).status_code == 302
    deliver()
    sent.refresh_from_db()
    assert sent.state == "published" and SignOff.objects.get().name == "Tora Top"


def test_looking_at_the_page_signs_nothing(sent, as_user):
    browser = as_user("top")
    browser.get(reverse("version-sign", args=[sent.pk]))
    browser.head(reverse("version-sign", args=[sent.pk]))
    assert SignOff.objects.get().state == "waiting"


def test_a_wrong_password_is_said_and_signs_nothing(sent, as_user):
    for password in ("", "wrong", factories.PASSWORD.upper()):
        assert _sign(as_user("top"), sent, password=password).status_code == 422
    assert SignOff.objects.get().state == "waiting"


def test_the_sixth_try_within_five_minutes_is_refused(sent, as_user):
    browser = as_user("top")
    seen = _seen(browser, sent)
    tries = [_sign(browser, sent, seen=seen, password="wrong").status_code for _ in range(5)]
    assert tries == [422] * 5 and _sign(browser, sent, seen=seen).status_code == 429


def test_without_the_seal_of_the_page_nothing_is_signed(sent, as_user):
    assert _sign(as_user("top"), sent, seen="made-up").status_code == 409
    assert SignOff.objects.get().state == "waiting"


def test_the_seal_of_an_earlier_version_does_not_sign_a_later_one(sent, cast, as_user, deliver):
    from ismsroles.records import actions as records

    browser = as_user("top")
    old = _seen(browser, sent)
    records.recall(sent, actor=cast.ism, reason="A mistake")
    later = actions.prepare_version("1.1", "Again", actor=cast.ism)
    deliver()
    actions.send_version(Version.objects.get(pk=later.pk), approvers=[cast.top], actor=cast.ism)
    assert _sign(browser, later, seen=old).status_code == 409


def test_who_sees_the_version_but_is_not_named_cannot_sign(sent, as_user):
    for who in ("ism", "administrator", "auditor"):
        assert as_user(who).get(reverse("version-sign", args=[sent.pk])).status_code == 403
        assert _sign(as_user(who), sent, seen="x").status_code == 403


def test_for_staff_there_is_nothing_to_sign(sent, as_user):
    for who in ("holder", "colleague", "representative"):
        assert as_user(who).get(reverse("version-sign", args=[sent.pk])).status_code == 404


def test_who_is_no_longer_top_management_cannot_sign(sent, cast, as_user):
    seen = _seen(as_user("top"), sent)
    Assignment.objects.filter(pk=cast.held.top.pk).update(ends_on=cast.held.top.starts_on)
    assert _sign(as_user("top"), sent, seen=seen).status_code in (403, 404)
    assert SignOff.objects.get().state == "waiting"


def test_a_login_that_was_given_to_somebody_else_does_not_sign_for_the_first(sent, cast):
    director = factories.role("Director", persona="top_management")
    other = factories.person("New Owner")
    factories.hold(director, other, approver=cast.top)
    Person.objects.filter(pk=cast.people.top.pk).update(user=None)
    Person.objects.filter(pk=other.pk).update(user=cast.top)
    seen = {"seen_snapshot": sent.snapshot_id, "seen_draft": sent.draft_id}
    with pytest.raises(NotAllowed):
        sign_directly(sent, actor=cast.top, password=factories.PASSWORD, **seen)


def test_only_top_management_of_today_can_be_named(prepared, cast):
    with pytest.raises(Invalid, match="not entitled to sign"):
        actions.send_version(prepared, approvers=[cast.holder], actor=cast.ism)


def test_the_page_names_who_cannot_be_chosen_and_why(prepared, cast, as_user):
    factories.hold(
        factories.role("Finance director", persona="top_management"), cast.people.outsider, approver=cast.top
    )
    page = as_user("ism").get(reverse("version-send", args=[prepared.pk])).content.decode()
    assert "Tora Top" in page and "Otto Outsider" in page and "has no login yet" in page


def test_somebody_who_was_not_offered_cannot_be_sent_by_hand(prepared, cast, as_user):
    answer = as_user("ism").post(reverse("version-send", args=[prepared.pk]), {"approvers": [cast.holder.pk]})
    assert answer.status_code == 422 and not SignOff.objects.exists()


def test_somebody_ticked_as_approver_and_reviewer_is_named_and_nothing_is_sent(prepared, cast, as_user):
    second = factories.person("Sten Second", login=True)
    factories.hold(factories.role("Finance director", persona="top_management"), second, approver=cast.top)
    ticked = {"approvers": [cast.top.pk], "reviewers": [cast.top.pk, second.user.pk]}
    answer = as_user("ism").post(reverse("version-send", args=[prepared.pk]), ticked)
    assert answer.status_code == 422 and "Ticked twice: Tora Top" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_each_signer_gets_one_mail_that_acts_on_nothing(sent, cast, as_user):
    message = Message.objects.get(code="version.waits")
    assert message.address == cast.top.email
    as_user("top").get(message.url)
    assert SignOff.objects.get().state == "waiting"


def test_who_has_a_version_to_sign_starts_there(sent, cast):
    assert homes.home_of(cast.top) == reverse("document")


def test_not_signing_needs_a_reason_and_the_preparer_reads_it(sent, as_user):
    browser, address = as_user("top"), reverse("version-refuse", args=[sent.pk])
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "The continuity manager is missing"}).status_code == 302
    assert "The continuity manager is missing" in as_user("ism").get(sent.get_absolute_url()).content.decode()


def test_only_who_prepares_recalls(sent, as_user):
    address = reverse("version-recall", args=[sent.pk])
    assert as_user("top").post(address, {"reason": "No"}).status_code == 403
    assert as_user("ism").post(address, {"reason": "A mistake"}).status_code == 302
    assert _sign(as_user("top"), sent, seen="x").status_code in (403, 409)


def test_signing_twice_is_said_and_changes_nothing(signed, as_user):
    assert (
        "You have signed this version" in as_user("top").get(reverse("version-sign", args=[signed.pk])).content.decode()
    )
