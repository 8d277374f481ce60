"""Search: everybody finds what they may see, and no more (K1)."""

from roles.models import Responsibility
from tests import factories


def found(client, words: str) -> dict[str, list[str]]:
    context = client.get("/search/", {"q": words}).context
    return {kind: [str(one) for one in context[kind]] for kind in ("roles", "people", "duties")}


def test_a_role_a_person_and_a_responsibility_are_found_by_a_word(as_user, cast):
    factories.person("Incident Ida")
    assert found(as_user("ism"), "incident") == {
        "roles": ["Incident manager"],
        "people": ["Incident Ida"],
        "duties": ["Check thing 0 of Incident manager every month", "Check thing 1 of Incident manager every month"],
    }


def test_staff_find_a_role_by_its_holder_but_not_the_persons_record(as_user, cast):
    assert found(as_user("colleague"), "hana") == {"roles": ["Incident manager"], "people": [], "duties": []}


def test_a_draft_is_found_only_by_those_who_see_drafts(as_user, cast):
    Responsibility.objects.create(role=factories.role("Wombat keeper", state="draft"), text="Feed the wombat")
    assert found(as_user("colleague"), "wombat") == {"roles": [], "people": [], "duties": []}
    assert found(as_user("ism"), "wombat")["duties"][-1] == "Feed the wombat"


def test_one_letter_finds_nothing_and_asks_for_more(as_user):
    assert "at least two letters" in as_user("ism").get("/search/?q=a").content.decode()


def test_nothing_found_says_what_to_try(as_user):
    assert "Nothing fits “zzzz”" in as_user("ism").get("/search/?q=zzzz").content.decode()


def test_what_was_typed_is_shown_as_text(as_user):
    assert "<b>zz</b>" not in as_user("ism").get("/search/", {"q": "<b>zz</b>"}).content.decode()


def test_a_person_who_has_left_finds_nothing(as_user):
    assert as_user("leaver").get("/search/?q=manager").status_code == 302
