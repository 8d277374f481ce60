"""A login starts by a one-time link, 72 hours, to the person's own address, shown to nobody (design §5; rule 14; security cases 9, 22)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from ismsroles.core import accounts, clock
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.models import AuditEvent, Invitation, User
from roles.actions.people import give_login
from tests import factories

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/]+(/invitation/\S+)")
GOOD = {"password": "a sentence to remember", "again": "a sentence to remember"}


@pytest.fixture
def invited(organisation) -> tuple[User, str]:
    """Kim, and the secret of Kim's link."""
    user = accounts.create_login(email="kim@testhouse.example", name="Kim", actor=None)
    return user, accounts.invite(user, actor=None)


def path(secret: str) -> str:
    return f"/invitation/{secret}/"


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(invited, client, method):
    user, secret = invited
    events = AuditEvent.objects.count()
    assert getattr(client, method)(path(secret)).status_code == 200
    user.refresh_from_db()
    assert (
        not user.has_usable_password() and not Invitation.objects.get().used_at and AuditEvent.objects.count() == events
    )


def test_a_scanner_that_opens_every_mailed_link_leaves_it_working(cast, deliver, mailoutbox, client):
    give_login(cast.people.outsider, actor=cast.ism)
    deliver()
    links = [link for mail in mailoutbox for link in LINK.findall(mail.body)]
    for link in links * 3:
        client.get(link)
        client.head(link)
    assert links and client.post(links[0], GOOD).status_code == 302


def test_the_button_sets_the_password_and_signs_in(invited, client):
    user, secret = invited
    answer = client.post(path(secret), GOOD)
    assert answer.url == "/" and int(client.session["_auth_user_id"]) == user.pk
    assert User.objects.get(pk=user.pk).check_password(GOOD["password"])


def test_the_link_works_once(invited, client):
    _user, secret = invited
    client.post(path(secret), GOOD)
    assert Client().get(path(secret)).status_code == Client().post(path(secret), GOOD).status_code == 409


def test_two_clicks_at_once_have_one_effect(invited):
    _user, secret = invited
    accounts.accept_invitation(secret, password=GOOD["password"])
    with pytest.raises(WrongState):
        accounts.accept_invitation(secret, password="another sentence to remember")


@pytest.mark.parametrize(("hours", "works"), [(0, True), (71.9, True), (72.1, False), (1000, False)])
def test_the_link_works_for_72_hours(invited, hours, works):
    _user, secret = invited
    with clock.at(clock.now() + timedelta(hours=hours)):
        assert (Client().get(path(secret)).status_code == 200) == works


def test_a_new_link_ends_the_one_before(invited, client):
    user, secret = invited
    newer = accounts.invite(user, actor=None)
    assert client.get(path(secret)).status_code == 409 and client.get(path(newer)).status_code == 200


def test_a_closed_login_cannot_be_opened_by_its_link(invited, client):
    user, secret = invited
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.post(path(secret), GOOD).status_code == 409


def test_who_has_left_does_not_come_in_by_an_old_link(cast, client):
    secret = accounts.invite(cast.leaver, actor=cast.ism)
    assert client.post(path(secret), GOOD).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012345", "kim@testhouse.example"])
def test_a_weak_password_is_refused_and_the_link_still_works(invited, password):
    _user, secret = invited
    with pytest.raises(Invalid) as refused:
        accounts.accept_invitation(secret, password=password)
    assert refused.value.field == "password" and accounts.invitation_for(secret)


def test_two_different_passwords_are_refused_at_the_second(invited, client):
    _user, secret = invited
    answer = client.post(path(secret), {**GOOD, "again": "something else entirely"})
    assert answer.status_code == 422 and answer.context["form"].errors["again"]


def test_the_database_holds_no_secret_that_opens_anything(invited):
    _user, secret = invited
    kept = Invitation.objects.get()
    assert secret not in str(vars(kept)) and len(secret) >= 40


def test_the_secret_is_in_no_event(invited):
    _user, secret = invited
    assert not [
        event for event in AuditEvent.objects.all() if secret in str(event.params) + event.reason + event.sentence
    ]


@pytest.mark.parametrize("secret", ["x", "..", "a" * 500, "%00", "<script>"])
def test_a_made_up_link_is_over_and_no_fault(organisation, client, secret):
    assert client.get(f"/invitation/{secret}/").status_code in (404, 409)


def test_the_mail_goes_to_the_persons_own_address_only(cast, deliver, mailoutbox):
    give_login(cast.people.outsider, actor=cast.ism)
    deliver()
    assert [mail.to for mail in mailoutbox] == [[cast.people.outsider.email]]


def test_the_page_of_who_invites_does_not_show_the_link(cast, as_user):
    page = as_user("ism").post(f"/people/{cast.people.outsider.pk}/login/", follow=True).content.decode()
    assert Invitation.objects.exists() and "/invitation/" not in page


def test_an_approvers_new_login_is_an_event_of_its_own(cast):
    cast.people.outsider.refresh_from_db()
    factories.hold(factories.role(persona="top_management"), cast.people.outsider, approver=cast.top)
    give_login(cast.people.outsider, actor=cast.ism)
    assert AuditEvent.objects.filter(code="approver.login_linked").exists()


def test_fields_that_the_page_does_not_have_give_no_rights(invited, client):
    user, secret = invited
    everything = {field.attname: "1" for field in User._meta.concrete_fields}
    client.post(path(secret), {**everything, **GOOD})
    made = User.objects.get(pk=user.pk)
    assert not made.is_administrator and not made.is_superuser and made.email == "kim@testhouse.example"


def test_setting_the_password_anew_ends_other_sessions(cast, client):
    client.force_login(cast.holder, backend="allauth.account.auth_backends.AuthenticationBackend")
    Client().post(path(accounts.invite(cast.holder, actor=cast.ism)), GOOD)
    assert client.get("/mine/").status_code == 302
