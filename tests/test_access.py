"""Every URL × method × persona has an answer that was written by hand; a URL that is not in the table fails (design rule 13, §9)."""

import pytest

from tests.access_table import TABLE
from tests.access_walk import PERSONAS, TO_SIGN_IN, Answer, Walk, answers, patterns
from tests.access_world import furnish

pytestmark = pytest.mark.django_db
# They show what the login may see: nothing but messages to itself.
OPEN_TO_EVERY_LOGIN = {"mine", "search", "people-options", "people-offers", "inbox", "message-preferences"}
# Left out of "looking changes nothing": the session that is read, the line that a download or a sign-in leaves in the log,
# how often the link of the intranet page was read.
LOOKING_LEAVES = {"django_session", "core_auditevent", "account_emailaddress", "raci_readinglink"}
# Whatever else a page says, a list of one kind of thing asks the database at most so often, whoever looks. That it is the same number
# at one and at fifty rows is shown where each list is tested.
AT_MOST = 12
LISTS = {
    "absences", "areas", "assets", "assignments", "approvals", "approver-exceptions", "courses", "delegations", "duties",
    "engagements", "inbox", "letters", "letter-texts", "levels", "links", "log", "logins", "matrix", "matrix-list", "moves",
    "overlaps", "people", "policies", "processes", "published", "questions", "requirements", "restructures", "risks",
    "roles", "roles-export", "separation", "timeline",
    "separation-exceptions", "skills", "training", "unanswered",
}  # fmt: skip


def test_every_url_has_a_name_and_stands_in_the_table():
    named = {row.name for row in TABLE}
    assert {pattern.name for pattern in patterns()} == named and named >= LISTS


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_url_gives_each_persona_the_answer_in_the_table(cast, as_user, persona: str):
    world, at = furnish(cast), PERSONAS.index(persona)
    expected = {
        (str(row), method): answers(text)[at]
        for row in TABLE
        for method, text in (("get", row.get), ("post", row.post))
    }
    found = Walk(as_user(persona), world).through(TABLE, "get", "post")
    assert differing(found, expected) == {}
    assert changed_by_looking(found) == {}
    assert {
        asked: said.questions for asked, said in found.items() if is_list(*asked) and said.questions > AT_MOST
    } == {}


@pytest.mark.parametrize("persona", ["anonymous", "leaver"])
def test_a_stranger_and_somebody_who_left_are_led_to_the_sign_in(cast, as_user, persona: str):
    expected = {}
    for row in TABLE:
        get, post = row.stranger.split() or [TO_SIGN_IN, TO_SIGN_IN]
        expected |= {(str(row), "get"): get, (str(row), "post"): post}
    found = Walk(as_user(persona), furnish(cast)).through(TABLE, "get", "post")
    assert differing(found, expected) == {}
    assert changed_by_looking(found) == {}


def test_an_auditor_whose_engagement_is_over_sees_nothing_of_the_register(cast, as_user):
    world = furnish(cast)
    type(cast.engagement).objects.filter(pk=cast.engagement.pk).update(starts_on="2020-01-01", ends_on="2020-01-02")
    rows = [
        row
        for row in TABLE
        if not row.stranger and not row.name.startswith("account_") and row.name not in OPEN_TO_EVERY_LOGIN
    ]
    found = Walk(as_user("auditor"), world).through(rows, "get")
    assert [asked for asked, answer in found.items() if answer.status == "200"] == []


def is_list(name: str, method: str) -> bool:
    return method == "get" and name in LISTS


def differing(found: dict[tuple[str, str], Answer], expected: dict[tuple[str, str], str]) -> dict:
    """What was answered, and what the table says, where they differ."""
    return {key: (found[key].status, expected[key]) for key in expected if found[key].status != expected[key]}


def changed_by_looking(found: dict[tuple[str, str], Answer]) -> dict:
    """The tables that a GET wrote to: none, for whoever looks."""
    wrote = {key: answer.wrote - LOOKING_LEAVES for key, answer in found.items() if key[1] == "get"}
    return {key: tables for key, tables in wrote.items() if tables}
