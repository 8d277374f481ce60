"""What must hold at every URL: headers, cookies, tokens, no change by looking (docs/security.md; ASVS 3.3 to 3.5, 14.3)."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access_table import TABLE
from tests.access_walk import Walk
from tests.access_world import furnish
from tests.factories import PASSWORD
from tests.test_access import LOOKING_LEAVES

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FRAMED_BY_OURSELVES = {"version-pdf"}  # the PDF stands in a frame of our own page


def rows_with_urls(world):
    """Each row of the access table with its address."""
    return [(row, reverse(row.name, args=row.args(world))) for row in TABLE]


def test_every_page_carries_the_security_headers_and_is_kept_by_no_cache(cast, as_user):
    found = Walk(as_user("ism"), furnish(cast)).through(TABLE, "get")
    wrong = {asked: wrong_headers(asked[0].split()[0], answer.headers) for asked, answer in found.items()}
    assert {asked: headers for asked, headers in wrong.items() if headers} == {}


def wrong_headers(name: str, headers) -> dict[str, str]:
    """What a page of somebody signed in says otherwise than it must."""
    wanted = {**HEADERS, "X-Frame-Options": "SAMEORIGIN"} if name in FRAMED_BY_OURSELVES else HEADERS
    wrong = {key: headers.get(key, "") for key in wanted if headers.get(key) != wanted[key]}
    policy, kept = headers.get("Content-Security-Policy", ""), headers.get("Cache-Control", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        wrong["Content-Security-Policy"] = policy
    if "no-store" not in kept and name != "account_logout":
        wrong["Cache-Control"] = kept
    return wrong


def test_asking_for_the_headers_or_the_methods_of_a_page_changes_nothing(cast, as_user):
    """GET is looked at for each persona in tests/test_access.py."""
    found = Walk(as_user("ism"), furnish(cast)).through(TABLE, "head", "options")
    wrote = {asked: answer.wrote - LOOKING_LEAVES for asked, answer in found.items()}
    assert {asked: tables for asked, tables in wrote.items() if tables} == {}


def test_no_cookie_can_be_read_by_a_script_or_travels_to_another_site(cast, client):
    client.get("/account/login/")
    client.post("/account/login/", {"login": cast.ism.email, "password": PASSWORD})
    client.get("/roles/")
    kept = {name: (bool(cookie["httponly"]), cookie["samesite"]) for name, cookie in client.cookies.items()}
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= set(kept)
    assert set(kept.values()) == {(True, "Lax")}


def test_in_production_cookies_are_bound_to_the_host_and_no_proxy_is_believed_unasked():
    asked = [
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "DEBUG",
        "SECURE_PROXY_SSL_HEADER",
    ]
    code = f"from ismsroles import settings as s; print([getattr(s, name, None) for name in {asked}])"
    env = {"PATH": "/usr/bin:/bin", "SECRET_KEY": "x" * 60}
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert ast.literal_eval(told.stdout) == ["__Host-session", True, "__Host-csrf", True, False, None]


def test_signing_in_does_not_tell_whether_an_address_has_a_login(cast):
    answers = [refused_sign_in(address) for address in (cast.colleague.email, "nobody.at.all@testhouse.example")]
    assert answers[0] == answers[1]


def test_asking_for_a_new_password_does_not_tell_whether_an_address_has_a_login(cast):
    url, told = "/account/password/reset/", []
    for address in (cast.colleague.email, "nobody.at.all@testhouse.example"):
        cache.clear()
        answer = Client().post(url, {"email": address})
        told.append((answer.status_code, answer.get("Location")))
    assert told[0] == told[1]


def refused_sign_in(address: str) -> tuple[int, str]:
    """What a wrong password gives, without what is different in every page: the token and the address typed in."""
    cache.clear()
    answer = Client().post("/account/login/", {"login": address, "password": "not the password"})
    page = re.sub(r"\b[A-Za-z0-9]{64}\b", "TOKEN", answer.content.decode())
    return answer.status_code, page.replace(address, "ADDRESS")


def test_every_post_without_the_token_of_a_page_is_refused(cast):
    world, client = furnish(cast), Client(enforce_csrf_checks=True)
    client.force_login(cast.ism, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers = {}
    for row, url in rows_with_urls(world):
        with transaction.atomic():
            answers[str(row)] = client.post(url).status_code
            transaction.set_rollback(True)
    assert {name: status for name, status in answers.items() if status not in (403, 405)} == {}
