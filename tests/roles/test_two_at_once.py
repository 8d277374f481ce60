"""Two people change the same thing: the second is told what it is now, and nothing is overwritten unseen (security case 29)."""

import re

import pytest
from django.urls import reverse

from ismsroles.core.errors import WrongState
from roles.actions import register
from tests.forms_on_pages import filled

pytestmark = pytest.mark.django_db
EDITED = [
    "role-edit",
    "person-edit",
    "area-edit",
    "responsibility-edit",
    "authority-edit",
    "organisation",
    "engagement-edit",
]


def subject(cast, name: str):
    return {
        "role-edit": cast.roles.held,
        "person-edit": cast.people.holder,
        "area-edit": cast.home,
        "responsibility-edit": cast.roles.held.responsibilities.first(),
        "authority-edit": cast.roles.held.authorities.first(),
        "engagement-edit": cast.engagement,
    }.get(name)


def answers(page) -> dict:
    """What the form would send back unchanged."""
    form = page.context["form"]
    values = {one.html_name: one.value() for one in form}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


@pytest.mark.parametrize("name", EDITED)
def test_a_form_that_shows_what_has_changed_since_is_not_saved(cast, as_user, name):
    one, client = subject(cast, name), as_user("ism")
    url = reverse(name, args=[one.pk] if one else [])
    first = client.get(url)
    sent = answers(first)
    word = next(field for field in ("title", "name", "text") if field in sent)
    assert client.post(url, {**sent, word: f"{sent[word]} one"}).status_code == 302
    late = client.post(url, {**sent, word: f"{sent[word]} two"})
    assert late.status_code == 409 and f"{sent[word]} one" in late.content.decode().replace("&#x27;", "'")


def test_a_form_that_nobody_was_shown_is_not_saved(cast, as_user):
    url = reverse("area-edit", args=[cast.home.pk])
    assert as_user("ism").post(url, {"name": "Else", "seen": "made up"}).status_code == 409


def test_what_a_retired_role_was_stays_as_it_was(cast):
    role = register.retire_role(cast.roles.vacant, actor=cast.ism)
    with pytest.raises(WrongState):
        register.change_role(role, actor=cast.ism, title="Another title")
    with pytest.raises(WrongState):
        register.add_responsibility(role, "Do more every day", actor=cast.ism)


@pytest.mark.parametrize(
    "name", ["role-edit", "person-edit", "area-edit", "organisation", "responsibility-edit", "authority-edit"]
)
def test_each_page_that_changes_carries_how_it_was_when_it_was_shown(cast, as_user, name):
    args = {
        "role-edit": cast.roles.held, "person-edit": cast.people.holder, "area-edit": cast.home, "organisation": None,
        "responsibility-edit": cast.roles.held.responsibilities.first(), "authority-edit": cast.roles.held.authorities.first(),
    }[name]  # fmt: skip
    page = as_user("ism").get(reverse(name, args=[args.pk] if args else [])).content.decode()
    assert re.search(r'name="seen" value="[^"]+"|value="[^"]+" name="seen"', page), name


def test_the_organisations_page_can_be_saved_as_it_is_shown(cast, as_user):
    page = as_user("ism").get(reverse("organisation")).content.decode()
    assert as_user("ism").post(reverse("organisation"), filled(page)).status_code == 302
