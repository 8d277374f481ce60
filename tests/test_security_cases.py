"""Cases of docs/security.md that concern the whole product and not one app: every URL, every foreign key, every line of code."""

import ast
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from roles.models import Assignment, AuthorityServes
from tests.access_table import TABLE
from tests.access_walk import patterns
from tests.access_world import furnish, version
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FRAMED_BY_OURSELVES = {"version-pdf"}  # the PDF stands in a frame of our own page
COMES_AND_GOES = {
    "django_session",
    "core_auditevent",
    "account_emailaddress",
}  # a download and a sign-in leave a line in the log
CODE = [*ROOT.glob("ismsroles/**/*.py"), *ROOT.glob("roles/**/*.py"), *ROOT.glob("evidence/**/*.py")]
# Writes past the history: of what has none, and is guarded by triggers or by a condition in the same statement.
WRITES_PAST_THE_HISTORY = {
    "ismsroles/core/history.py",
    "ismsroles/core/events.py",  # the log itself
    "ismsroles/core/outbox.py",  # messages: claimed by guarded updates
    "ismsroles/core/accounts.py",  # invitations: used once by a guarded update
    "ismsroles/records/actions/rendering.py",  # why a draft could not be made
    "evidence/demo/loading.py",  # the demo sends no mail
    "roles/actions/setup.py",  # the first row of the organisation, whose changes are events
    "roles/imports/waiting.py",  # uploaded lists that wait for a day
}
SPEAKING_SQL = {"cursor", "raw", "RawSQL", "extra", "executescript"}
HARMLESS_CASCADES = {
    "core.Invitation.user",  # a link that was never more than a link
    "account.EmailAddress.user",
    "account.EmailConfirmation.email_address",
    "roles.AuthorityServes.authority",  # which authority serves what: kept in its own history
    "roles.AuthorityServes.responsibility",
}


def rows_with_urls(world):
    """Each row of the access table with its address."""
    return [(row, reverse(row.name, args=row.args(world))) for row in TABLE]


# Case 7 -------------------------------------------------------------------------------------------------------------


def test_one_page_approves_and_it_names_one_proposal():
    calls = [
        (path.name, node.lineno)
        for path in CODE
        if "views" in path.parts or "tasks" in path.stem
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "approve_assignment"
    ]
    routes = [str(pattern.pattern) for pattern in patterns() if pattern.name == "decide"]
    assert [name for name, _line in calls] == ["approvals.py"] and routes == ["approvals/<int:pk>/"]


def test_naming_other_proposals_in_a_decision_approves_only_the_one_that_was_opened(cast, as_user):
    world, client = furnish(cast), as_user("top")
    other = Assignment.objects.get(pk=world.pending.pk)
    other.pk, other.seat, other.person = None, "deputy", cast.people.holder
    other.save()
    shown = client.get(f"/approvals/{world.pending.pk}/").context["token"]
    both = [world.pending.pk, other.pk]
    client.post(
        f"/approvals/{world.pending.pk}/", {"shown": shown, "decision": "approve", "pk": both, "selected": both}
    )
    assert [Assignment.objects.get(pk=pk).state for pk in both] == ["approved", "proposed"]


# Case 11 ------------------------------------------------------------------------------------------------------------


OUTSIDE = ("anonymous", "leaver")
STAFF = ("colleague", "holder", "deputy", "representative")
SIGNED_ONCE = ("published", "superseded")


@pytest.mark.parametrize("state", ["frozen", "sent", "signed", "rejected", "recalled", *SIGNED_ONCE])
def test_by_counting_through_the_numbers_staff_find_signed_versions_only(cast, as_user, state):
    made = version(cast, "1.0", {"rejected": "sent", "recalled": "frozen", "superseded": "published"}.get(state, state))
    type(made).objects.filter(pk=made.pk).update(state=state)
    expected = {who: {302} for who in OUTSIDE} | {who: {200 if state in SIGNED_ONCE else 404} for who in STAFF}
    pages = [reverse(page, args=[made.pk]) for page in ("version", "version-pdf", "version-snapshot")]
    assert {who: {as_user(who).get(url).status_code for url in pages} for who in expected} == expected


@pytest.mark.parametrize("persona", STAFF)
def test_a_number_that_no_version_has_looks_like_one_that_is_hidden(cast, as_user, persona):
    hidden, client = version(cast, "1.0", "sent").pk, as_user(persona)
    answers = [client.get(reverse("version-pdf", args=[number])) for number in (hidden, hidden + 1)]
    assert [one.status_code for one in answers] == [404, 404]
    assert titles(answers[0]) == titles(answers[1])


def titles(answer) -> list[bytes]:
    """The headings of a page."""
    return re.findall(rb"<h1[^>]*>.*?</h1>", answer.content, re.S)


# Case 14 ------------------------------------------------------------------------------------------------------------


def test_deleting_a_person_role_user_version_or_assignment_takes_no_evidence_with_it():
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }
    grants = {name for name in cascading if "ObjectPermission" in name or name == "auth.Permission.content_type"}
    assert cascading - grants == HARMLESS_CASCADES


def test_what_serves_what_stays_in_the_history_when_an_authority_goes(cast, as_user):
    power = AuthorityServes.objects.filter(authority__role=cast.roles.held).first().authority
    as_user("ism").post(f"/authorities/{power.pk}/remove/", {"reason": "Moved."})
    kept = AuthorityServes.history.filter(authority_id=power.pk, history_type="-")
    assert kept.count() == 1 and kept.first().history_user == cast.ism


# Cases 15 and 17 ----------------------------------------------------------------------------------------------------


def test_there_is_no_administration_site_that_writes_past_the_rules():
    routes = [str(pattern.pattern) for pattern in patterns()]
    assert "django.contrib.admin" not in settings.INSTALLED_APPS and not any("admin" in route for route in routes)


def test_nothing_is_written_past_the_history():
    written = {
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if "migrations" not in path.parts and isinstance(node, ast.Call) and writes_rows(node)
    }
    assert written == WRITES_PAST_THE_HISTORY


def writes_rows(call: ast.Call) -> bool:
    """A call that changes rows without asking the history: of a queryset or a manager, not of `history` and not of a dictionary."""
    called = call.func
    if not isinstance(called, ast.Attribute) or getattr(called.value, "id", "") == "history":
        return False
    if called.attr in {"bulk_create", "bulk_update", "delete", "update_or_create", "get_or_create"}:
        return not (called.attr == "delete" and call.args)
    return called.attr == "update" and bool(call.keywords)


def test_no_sql_is_written_by_hand_but_to_read_to_lock_and_to_guard():
    speaking = {
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SPEAKING_SQL
    }
    assert speaking == {
        "ismsroles/core/guards.py",
        "ismsroles/core/log.py",
        "ismsroles/core/views.py",
        "evidence/actions/versions.py",
    }


# Every URL (ASVS 3.4, 3.5.1, 3.5.3) ----------------------------------------------------------------------------------


def test_every_page_carries_the_security_headers(cast, as_user):
    world, client = furnish(cast), as_user("ism")
    missing = []
    for row, url in rows_with_urls(world):
        answer = client.get(url)
        wanted = {**HEADERS, "X-Frame-Options": "SAMEORIGIN"} if row.name in FRAMED_BY_OURSELVES else HEADERS
        found = {name: answer.get(name) for name in wanted}
        policy = answer.get("Content-Security-Policy", "")
        if found != wanted or "default-src 'none'" not in policy or "unsafe" in policy:
            missing.append(
                (str(row), {name: value for name, value in found.items() if value != wanted[name]}, policy[:40])
            )
    assert missing == []


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


def test_no_page_of_somebody_signed_in_is_kept_by_caches(cast, as_user):
    world, client = furnish(cast), as_user("ism")
    kept = {
        url: client.get(url).get("Cache-Control", "")
        for row, url in rows_with_urls(world)
        if row.name != "account_logout"
    }
    assert {url: header for url, header in kept.items() if "no-store" not in header} == {}


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


def test_looking_at_any_page_changes_nothing(cast, as_user):
    world, changed = furnish(cast), []
    for persona in ("ism", "top", "administrator"):
        cache.clear()
        client, before = as_user(persona), digests()
        for row, url in rows_with_urls(world):
            for method in (client.get, client.head, client.options):
                method(url)
            if (now := digests()) != before:
                changed.append((persona, str(row), [name for name in now if now[name] != before.get(name)]))
                before = now
    assert changed == []


def digests() -> dict[str, str]:
    """What every table holds, in short; but sessions and the log, which says who downloaded what."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in COMES_AND_GOES]
        return {name: digest(cursor, name) for name in names}


def digest(cursor, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the name comes from the database
    return hashlib.sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
