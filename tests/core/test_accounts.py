"""Logins: one address, one login, however it is written (design §5; security case 6)."""

import pytest
from django.db import IntegrityError, transaction

from ismsroles.core import accounts
from ismsroles.core.errors import Invalid
from ismsroles.core.models import AuditEvent, User
from tests import factories

pytestmark = pytest.mark.django_db
TWINS = ["KIM@testhouse.example", " kim@testhouse.example ", "ｋｉｍ@testhouse.example", "kim@TESTHOUSE.EXAMPLE"]


@pytest.mark.parametrize("twin", TWINS)
def test_a_second_login_of_the_same_address_is_refused_however_it_is_written(organisation, twin):
    accounts.create_login(email="kim@testhouse.example", name="Kim", actor=None)
    with pytest.raises(Invalid, match="One address, one login"):
        accounts.create_login(email=twin, name="Kim again", actor=None)


@pytest.mark.parametrize("twin", TWINS)
def test_the_database_takes_no_second_login_of_the_same_address(organisation, twin):
    factories.user("Kim", email="kim@testhouse.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(twin, None, name="Kim again")


def test_a_login_without_an_address_is_refused_at_the_address(organisation):
    with pytest.raises(Invalid) as refused:
        accounts.create_login(email="", name="Kim", actor=None)
    assert refused.value.field == "email"


def test_a_new_login_has_no_password_and_no_rights(organisation):
    user = accounts.create_login(email="kim@testhouse.example", name="Kim", actor=None)
    assert not user.has_usable_password() and not user.is_administrator and not user.is_superuser


def test_making_a_login_leaves_an_event_that_names_its_maker(cast):
    accounts.create_login(email="kim@testhouse.example", name="Kim", actor=cast.ism)
    assert AuditEvent.objects.first().sentence == "Ismail Keeper made a login for Kim (kim@testhouse.example)."


def test_one_signs_in_with_any_writing_of_the_address(organisation, client):
    factories.user("Kim", email="kim@testhouse.example")
    answer = client.post("/account/login/", {"login": "KIM@Testhouse.Example", "password": factories.PASSWORD})
    assert answer.status_code == 302 and answer.url == "/"


def test_nobody_signs_up(organisation, client):
    client.post(
        "/account/signup/",
        {"email": "new@testhouse.example", "password1": factories.PASSWORD, "password2": factories.PASSWORD},
    )
    assert not User.objects.exists()


def test_the_product_says_that_it_is_up_to_anybody(organisation, client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_question_whether_it_is_up_takes_no_other_method(organisation, client, method):
    assert getattr(client, method)("/healthz").status_code == 405
