"""Signing in, staying signed in, and being signed out (rule 5; ASVS 6 and 7)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from ismsroles import settings as product
from ismsroles.core import accounts, clock
from ismsroles.core.models import AuditEvent
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in_and_gives_a_new_session(cast, client):
    client.get(LOGIN)
    before = client.session.session_key
    sign_in(client, cast.colleague.email)
    assert signed_in(client) and client.session.session_key != before


def test_an_address_in_other_capitals_is_the_same_login(cast, client):
    sign_in(client, cast.colleague.email.upper())
    assert signed_in(client)


def test_five_wrong_passwords_lock_the_login_even_for_the_right_one(cast, client):
    for _attempt in range(5):
        sign_in(client, cast.colleague.email, "not the password")
    sign_in(client, cast.colleague.email)
    assert not signed_in(client)


def test_a_refused_sign_in_is_in_the_log(cast, client):
    sign_in(client, cast.colleague.email, "not the password")
    assert AuditEvent.objects.filter(code="login.refused", params__email=cast.colleague.email).exists()


def test_an_unknown_address_reads_the_same_as_a_wrong_password(cast, client):
    known = sign_in(client, cast.colleague.email, "not the password").content.decode()
    unknown = sign_in(Client(), "nobody@testhouse.example", "not the password").content.decode()
    assert ("do not belong together" in known or "not correct" in known) == (
        "do not belong together" in unknown or "not correct" in unknown
    )


def test_a_session_ends_after_half_an_hour_without_a_request(as_user):
    client = as_user("colleague")
    client.get("/healthz")
    with clock.at(clock.now() + timedelta(minutes=31)):
        client.get("/healthz")
    assert not signed_in(client)


def test_a_session_ends_after_twelve_hours_however_busy(as_user):
    client, began = as_user("colleague"), clock.now()
    for minutes in range(0, 12 * 60 + 20, 20):
        with clock.at(began + timedelta(minutes=minutes)):
            client.get("/healthz")
    assert not signed_in(client)


def test_somebody_who_has_left_is_out_at_the_next_request(cast, as_user):
    client = as_user("colleague")
    client.get("/healthz")
    person = cast.people.colleague
    person.last_day = clock.today() - timedelta(days=1)
    person.save()
    client.get("/healthz")
    assert not signed_in(client)


def test_a_closed_login_is_out_at_the_next_request(cast, as_user):
    client = as_user("colleague")
    cast.colleague.is_active = False
    cast.colleague.save()
    assert client.get("/account/password/change/").status_code == 302


@pytest.mark.parametrize("path", ["signup/", "email/", "password/set/", "confirm-email/"])
def test_nobody_signs_up_or_changes_their_address_by_themselves(as_user, path):
    assert as_user("colleague").get(f"/account/{path}").status_code == 404


def test_a_reset_link_goes_through_the_outbox_to_the_own_address_only(cast, client, deliver, mailoutbox):
    client.post("/account/password/reset/", {"email": cast.colleague.email})
    deliver()
    assert [mail.to for mail in mailoutbox] == [[cast.colleague.email]]


def test_a_page_of_a_signed_in_person_is_not_kept_by_caches(as_user):
    assert "no-store" in as_user("colleague").get("/account/password/change/")["Cache-Control"]


@pytest.mark.parametrize(
    "header", ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"]
)
def test_every_answer_carries_the_security_headers(client, db, header):
    assert client.get(LOGIN).has_header(header)


def test_scripts_and_styles_come_from_us_only(client, db):
    policy = client.get(LOGIN)["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy


def test_passwords_are_kept_with_argon2():
    assert product.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher") and settings.AUTH_USER_MODEL == "core.User"


def test_one_address_cannot_have_two_logins(cast):
    with pytest.raises(accounts.Invalid):
        accounts.create_login(email=f" {cast.colleague.email.upper()} ", name="Twin", actor=cast.administrator)
