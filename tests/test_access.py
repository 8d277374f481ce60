"""Every URL × method × persona has an answer that was written by hand; a URL that is not in the table fails (design rule 13, §9)."""

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.access_table import TABLE
from tests.access_walk import PERSONAS, TO_SIGN_IN, Row, answers, ask, patterns
from tests.access_world import furnish

pytestmark = pytest.mark.django_db
OPEN_TO_EVERY_LOGIN = {"mine", "search", "people-options", "people-offers"}  # they show what the login may see: nothing


def test_every_url_has_a_name_and_stands_in_the_table():
    assert {pattern.name for pattern in patterns()} == {row.name for row in TABLE}


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_url_gives_each_persona_the_answer_in_the_table(cast, as_user, persona: str):
    world, at = furnish(cast), PERSONAS.index(persona)
    expected = {
        (str(row), method): answers(text)[at]
        for row in TABLE
        for method, text in (("get", row.get), ("post", row.post))
    }
    found = {
        (str(row), method): asked(as_user, persona, method, row, world) for row in TABLE for method in ("get", "post")
    }
    assert differing(found, expected) == {}


@pytest.mark.parametrize("persona", ["anonymous", "leaver"])
def test_a_stranger_and_somebody_who_left_are_led_to_the_sign_in(cast, as_user, persona: str):
    world = furnish(cast)
    expected = {str(row): row.stranger.split() or [TO_SIGN_IN, TO_SIGN_IN] for row in TABLE}
    found = {str(row): [asked(as_user, persona, method, row, world) for method in ("get", "post")] for row in TABLE}
    assert differing(found, expected) == {}


def test_an_auditor_whose_engagement_is_over_sees_nothing_of_the_register(cast, as_user):
    world = furnish(cast)
    type(cast.engagement).objects.filter(pk=cast.engagement.pk).update(starts_on="2020-01-01", ends_on="2020-01-02")
    rows = [
        row
        for row in TABLE
        if not row.stranger and not row.name.startswith("account_") and row.name not in OPEN_TO_EVERY_LOGIN
    ]
    seen = [str(row) for row in rows if asked(as_user, "auditor", "get", row, world) == "200"]
    assert seen == []


def asked(as_user, persona: str, method: str, row: Row, world) -> str:
    """One answer; what a POST changed is taken back."""
    cache.clear()
    with transaction.atomic():
        found = ask(as_user(persona), method, row.name, row.args(world))
        transaction.set_rollback(True)
    return found


def differing(found: dict, expected: dict) -> dict:
    """What was answered, and what the table says, where they differ."""
    return {key: (found[key], expected[key]) for key in expected if found[key] != expected[key]}
