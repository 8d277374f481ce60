"""Whatever field a request adds to a form, nothing else is written than without it (security case 18; ASVS 15.3.3).

Every POST of the access table is sent twice as somebody who may: as its page has it, and with every other field of every model
of the product added. Both must leave the same database behind."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from ismsroles.core import clock
from tests import factories
from tests.access_table import TABLE
from tests.access_walk import PERSONAS, answers
from tests.access_world import furnish
from tests.forms_on_pages import filled

pytestmark = pytest.mark.django_db
OURS = ("core", "records", "notices", "roles", "raci", "competence", "reviews", "evidence")
NEVER_ON_A_FORM = {
    "decided_by", "decided_by_person", "decided_at", "proposed_by", "proposed_by_person", "recorded_by", "is_administrator",
    "is_superuser", "is_staff", "is_active", "is_founding", "is_succession", "exception", "seen_hash", "user", "user_id", "state",
}  # fmt: skip
# Different each time by chance alone.
BY_CHANCE = {
    "salt",
    "personal_digest",
    "digest",
    "password",
    "correlation",
    "run",  # which sweep opened a review
    "uid",  # of a calendar entry
    "session_key",
    "session_data",
    "proposal",
    "expire_date",
    "payload",
    "log_head",
}
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def product_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in OURS]


@pytest.fixture
def poison(cast) -> dict[str, str]:
    """A value that would be taken for each field of each model."""
    person = factories.person("Poisoned Person", login=True)
    user = person.user
    found: dict[str, str] = {}
    for model in product_models():
        for field in model._meta.concrete_fields:
            found[field.name] = found[field.attname] = value_of(field, user, person)
    return found | {"is_administrator": "on", "is_superuser": "on", "groups": "1", "user_permissions": "1"}


def value_of(field: models.Field, user, person) -> str:
    """Legal where it can be: a right state, somebody's number, a day."""
    if field.is_relation:
        return str({"user": user.pk, "person": person.pk}.get(field.related_model._meta.model_name, 1))
    if field.name == "state":
        return "approved" if "approved" in dict(field.choices or []) else "published"
    if field.choices:
        return str(field.choices[-1][0])
    kinds = {models.BooleanField: "on", models.DateTimeField: "2001-02-03T04:05", models.DateField: "2001-02-03"}
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), "77377")


def who_may(row) -> str:
    """The first persona whom the table lets post."""
    given = dict(zip(PERSONAS, answers(row.post), strict=True))
    return next((who for who in ("ism", *PERSONAS) if given[who] in ("302", "422", "200", "409")), "")


def written() -> dict[str, str]:
    """Each table as it is now, without what is different each time by chance."""
    found = {}
    with connection.cursor() as cursor:
        for model in [*product_models()]:
            table = model._meta.db_table
            names = [f.column for f in model._meta.concrete_fields if f.name not in BY_CHANCE]
            listed = ", ".join(connection.ops.quote_name(name) for name in names)
            cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(table)}")
            found[table] = hashlib.sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
    return found


def signed_in(session: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def after(session: str, url: str, fields: dict) -> tuple[int, dict[str, str]]:
    """What a POST answers and leaves behind; taken back again."""
    cache.clear()
    with transaction.atomic():
        status = signed_in(session).post(url, fields).status_code
        left = written()
        transaction.set_rollback(True)
    return status, left


def test_no_form_writes_a_field_that_its_page_does_not_have(cast, as_user, poison):
    faults, accepted, asked = [], 0, 0
    with clock.at(MOMENT):
        world = furnish(cast)
        sessions = {who: as_user(who).cookies[settings.SESSION_COOKIE_NAME].value for who in PERSONAS}
        for row in TABLE:
            persona = who_may(row)
            if not persona or row.name.startswith("account_"):
                continue
            url, session = reverse(row.name, args=row.args(world)), sessions[persona]
            page = signed_in(session).get(url)
            own = filled(page.content.decode()) if page.status_code == 200 and not page.streaming else {}
            clean, poisoned = after(session, url, own), after(session, url, {**poison, **own})
            asked, accepted = asked + 1, accepted + (clean[0] == 302)
            if clean[0] != poisoned[0] or clean[1] != poisoned[1]:
                tables = [table for table in clean[1] if clean[1][table] != poisoned[1][table]]
                faults.append((str(row), persona, clean[0], poisoned[0], tables))
            if offered := NEVER_ON_A_FORM & set(own):
                faults.append((str(row), "offers", offered))
    assert faults == []
    assert accepted >= asked // 2, f"only {accepted} of {asked} forms could be filled in"
