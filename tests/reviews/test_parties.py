"""Interested parties outside: what each was given, when, by whom, and links that end (K2)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.records.models import Version
from raci.actions import links
from raci.models import ReadingLink
from reviews.actions import parties as actions
from reviews.models import Given, Party
from tests.access_world import version

pytestmark = pytest.mark.django_db


@pytest.fixture
def party(cast) -> Party:
    return actions.add_party(actor=cast.ism, name="Harbour Bank", kind="customer")


@pytest.fixture
def signed(cast) -> Version:
    return version(cast, "3.0", "published")


def link(cast, party, signed, days: int = 30) -> tuple[Given, str]:
    return actions.give_link(party, actor=cast.ism, version=signed, ends_on=clock.today() + timedelta(days=days))


def opened(secret: str, name: str = "published-link"):
    cache.clear()
    return Client().get(reverse(name, args=[secret]))


def test_a_link_opens_the_one_version_and_nothing_else(cast, party, signed):
    secret = link(cast, party, signed)[1]
    page = opened(secret).content.decode()
    assert "3.0" in page and signed.final_id in page and "Hana Holder" not in page
    file = opened(secret, "published-link-file")
    assert file.content == bytes(signed.final.content) and file["Cache-Control"] == "no-store"


def test_it_ends_by_itself_and_can_be_revoked(cast, party, signed):
    given, secret = link(cast, party, signed, days=5)
    with clock.at(clock.now() + timedelta(days=6)):
        assert opened(secret).status_code == opened(secret, "published-link-file").status_code == 404
    links.revoke_link(given.link, actor=cast.ism)
    assert opened(secret).status_code == opened(secret, "published-link-file").status_code == 404


def test_whoever_is_taken_off_the_list_reads_nothing_more(cast, party, signed):
    secret = link(cast, party, signed)[1]
    actions.retire_party(party, actor=cast.ism, reason="The contract ended.")
    assert opened(secret).status_code == 404 and Given.objects.count() == 1
    with pytest.raises(WrongState):
        link(cast, party, signed)


def test_the_secret_is_shown_once_and_kept_nowhere(cast, party, signed, as_user):
    day = (clock.today() + timedelta(days=9)).isoformat()
    address = reverse("party-link", args=[party.pk])
    page = as_user("ism").post(address, {"version": signed.pk, "ends_on": day}).content.decode()
    secret = page.split("/published/by-link/")[1].split("/")[0]
    assert opened(secret).status_code == 200
    assert secret not in str([*ReadingLink.objects.values(), *Given.objects.values(), *AuditEvent.objects.values()])


def test_a_copy_is_recorded_with_its_fingerprint_day_and_who(cast, party, signed, as_user):
    sent = {"version": signed.pk, "given_on": clock.today().isoformat(), "note": "By courier, 42"}
    assert as_user("ism").post(reverse("party-copy", args=[party.pk]), sent).status_code == 302
    row = Given.objects.get()
    assert (row.sha256, row.given_by, row.way, row.note) == (signed.final_id, cast.ism, "copy", "By courier, 42")
    with pytest.raises(DatabaseError), transaction.atomic():
        Given.objects.update(note="Another")


def test_only_what_was_signed_leaves_the_house_and_never_in_advance(cast, party, signed):
    with pytest.raises(Invalid):
        actions.record_copy(party, actor=cast.ism, version=version(cast, "4.0", "sent"), given_on=clock.today())
    with pytest.raises(Invalid):
        actions.record_copy(party, actor=cast.ism, version=signed, given_on=clock.today() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.record_copy(party, actor=cast.top, version=signed, given_on=clock.today())


def test_an_old_version_outside_is_a_finding_until_the_new_one_is_given(cast, party, signed):
    actions.record_copy(party, actor=cast.ism, version=signed, given_on=clock.today())
    Version.objects.filter(pk=signed.pk).update(state="superseded")
    newer = version(cast, "4.0", "published")
    assert [one.rule for one in findings.current() if one.rule == "K2.outside"]
    link(cast, party, newer)
    assert not [one.rule for one in findings.current() if one.rule == "K2.outside"]
