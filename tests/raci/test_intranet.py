"""The published matrix on the intranet: read by sign-on or by a link that ends, framed only where it is allowed (K1)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from ismsroles.core import clock, scope
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from raci.actions import links, publishing
from raci.actions.activities import add_activity, add_group
from raci.actions.cells import set_letters
from raci.models import ReadingLink
from raci.queries.picture import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def matrix(cast):
    group = add_group(actor=cast.ism, name="Backup")
    activity = add_activity(actor=cast.ism, group=group, title="Test the restore")
    set_letters(activity, cast.roles.held, "RA", actor=cast.ism)
    with scope.opened():
        publishing.publish(None, actor=cast.ism, seen={group.pk: publishing.shown(picture(), group.pk)}, note="First")
    add_activity(actor=cast.ism, group=group, title="Only drafted")
    return activity


def make(cast, days: int = 30):
    return links.make_link(actor=cast.ism, purpose="Start page", ends_on=clock.today() + timedelta(days=days))


def read(secret: str):
    cache.clear()
    return Client().get(f"/published/by-link/{secret}/")


def test_whoever_has_the_link_reads_what_is_published_and_nothing_more(cast, matrix):
    page = read(make(cast)[1]).content.decode()
    assert "Test the restore" in page and "Hana Holder" in page and "Only drafted" not in page
    assert "@testhouse.example" not in page and "/people/" not in page and "Finance" not in page


def test_staff_read_it_signed_in(matrix, as_user):
    page = as_user("colleague").get("/published/").content.decode()
    assert "Test the restore" in page and "Only drafted" not in page


def test_the_secret_is_shown_once_and_only_its_digest_is_kept(cast, as_user):
    day = (clock.today() + timedelta(days=9)).isoformat()
    page = as_user("ism").post("/published/links/add/", {"purpose": "Start page", "ends_on": day}).content.decode()
    secret = page.split("/published/by-link/")[1].split("/")[0]
    assert read(secret).status_code == 200
    kept = str(
        list(ReadingLink.objects.values()) + list(ReadingLink.history.values()) + list(AuditEvent.objects.values())
    )
    assert secret not in kept and secret not in as_user("ism").get("/published/links/").content.decode()


def test_every_use_is_counted_and_the_first_is_in_the_log(cast):
    link, secret = make(cast)
    read(secret), read(secret)
    link.refresh_from_db()
    assert link.uses == 2 and link.last_used_at and AuditEvent.objects.filter(code="link.first_used").count() == 1


@pytest.mark.parametrize("days", [0, 1, 366])
def test_a_link_works_on_its_last_day_and_not_after(cast, days):
    link, secret = make(cast, days)
    with clock.at(clock.now() + timedelta(days=days)):
        assert read(secret).status_code == 200
    with clock.at(clock.now() + timedelta(days=days + 1)):
        assert read(secret).status_code == 404


@pytest.mark.parametrize("days", [-1, 367, 9999])
def test_a_link_ends_within_a_year(cast, days):
    with pytest.raises(Invalid):
        make(cast, days)


def test_a_revoked_link_is_not_found_from_then_on(cast):
    link, secret = make(cast)
    links.revoke_link(link, actor=cast.ism, reason="Went astray")
    assert read(secret).status_code == 404
    with pytest.raises(WrongState):
        links.revoke_link(link, actor=cast.ism)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingLink.objects.update(revoked_at=None, revoked_by=None)


@pytest.mark.parametrize("secret", ["x", "a" * 500, "%00", "..%2f", "ä", "' or 1=1"])
def test_what_is_no_secret_is_not_found(db, organisation, secret):
    assert read(secret).status_code == 404


@pytest.mark.parametrize("persona", ["administrator", "top", "representative", "holder", "auditor", "colleague"])
def test_only_who_keeps_the_register_makes_and_revokes_links(cast, persona):
    link, _secret = make(cast)
    with pytest.raises(NotAllowed):
        links.make_link(actor=getattr(cast, persona), purpose="x", ends_on=clock.today())
    with pytest.raises(NotAllowed):
        links.revoke_link(link, actor=getattr(cast, persona))


def test_no_site_may_frame_it_until_one_is_allowed(cast):
    answer = read(make(cast)[1])
    assert answer["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@override_settings(EMBED_ORIGINS=["https://intranet.example"])
def test_an_allowed_site_may_frame_this_page_and_no_other(cast, as_user):
    answer = read(make(cast)[1])
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'self' https://intranet.example" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store" and answer["X-Robots-Tag"] == "noindex"
    other = as_user("ism").get("/published/links/")
    assert other["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_guessing_is_slowed_down(db, organisation):
    cache.clear()
    answers = {Client().get("/published/by-link/guess/").status_code for _n in range(25)}
    cache.clear()
    assert answers == {404, 429}


def test_everybody_sees_their_letters_in_plain_words(matrix, as_user):
    page = as_user("holder").get("/mine/").content.decode()
    assert "You answer for" in page and "You carry out" in page and "Test the restore" in page
    assert "Only drafted" not in page and "You answer for" not in as_user("colleague").get("/mine/").content.decode()


def test_the_page_of_a_person_says_what_they_answer_for(cast, matrix, as_user):
    page = as_user("ism").get(f"/people/{cast.people.holder.pk}/").content.decode()
    assert "Answers for" in page and "Test the restore" in page
    assert "Test the restore" in as_user("ism").get(cast.roles.held.get_absolute_url()).content.decode()
