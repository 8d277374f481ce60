"""The overview names one thing to do now, in the order in which a register begins (D6)."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ism(organisation) -> Client:
    """A register as set-up leaves it: two people, two roles, both held."""
    top, keeper = factories.person("Tora Top", login=True), factories.person("Ismail Keeper", login=True)
    factories.hold(factories.role("Chief executive", persona="top_management"), top)
    role = factories.role("Information security manager", persona="ism", clauses=["5.3 a", "5.3 b"])
    factories.hold(role, keeper, approver=top.user)
    client = Client()
    client.force_login(keeper.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def asked(client: Client) -> str:
    return str(client.get("/overview/").context["step"].action)


def test_first_people_then_roles_then_who_holds_them_then_the_document(ism):
    assert asked(ism) == "Import people"
    people = [factories.person() for _number in range(4)]
    assert asked(ism) == "Starter library"
    vacant = [factories.role() for _number in range(3)]
    assert asked(ism) == "Fill vacant roles"
    top = factories.User.objects.get(name="Tora Top")
    for role, person in zip(vacant, people, strict=False):
        factories.hold(role, person, approver=top)
    assert asked(ism) == "Prepare a version"
