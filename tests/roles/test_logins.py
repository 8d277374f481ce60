"""The administrator closes and reopens logins; no power to decide follows (design §5; ASVS 7.4.2)."""

import pytest

from ismsroles.core import accounts
from ismsroles.core.errors import NotAllowed, WrongState
from ismsroles.core.models import AuditEvent, User
from tests import factories

pytestmark = pytest.mark.django_db


def close(cast, who="holder", actor="administrator") -> User:
    return accounts.close_login(getattr(cast, who), actor=getattr(cast, actor))


def test_whoever_is_signed_in_is_out_at_the_next_request(cast, as_user):
    client = as_user("holder")
    assert client.get("/mine/").status_code == 200
    close(cast)
    assert "/account/login" in client.get("/mine/").url


def test_a_closed_login_does_not_come_in_and_comes_in_again_once_reopened(cast, client):
    close(cast)
    answers = {"login": cast.holder.email, "password": factories.PASSWORD}
    client.post("/account/login/", answers)
    assert "/account/login" in client.get("/mine/").url
    accounts.reopen_login(cast.holder, actor=cast.administrator)
    client.post("/account/login/", answers)
    assert client.get("/mine/").status_code == 200


def test_an_open_invitation_stops_working(cast):
    secret = accounts.invite(cast.holder, actor=cast.administrator)
    close(cast)
    with pytest.raises(WrongState):
        accounts.invitation_for(secret)


def test_both_are_events(cast):
    close(cast)
    accounts.reopen_login(cast.holder, actor=cast.administrator)
    sentences = [event.sentence for event in AuditEvent.objects.filter(code__in=["login.closed", "login.reopened"])]
    assert any("closed the login of Hana Holder" in one for one in sentences) and any(
        "again" in one for one in sentences
    )


def test_nobody_closes_their_own_login(cast):
    with pytest.raises(NotAllowed):
        close(cast, "administrator")


def test_the_last_administrators_login_is_not_closed(cast):
    second = factories.user("Second Administrator", administrator=True)
    accounts.close_login(second, actor=cast.administrator)
    accounts.reopen_login(second, actor=cast.administrator)
    accounts.close_login(cast.administrator, actor=second)
    with pytest.raises(NotAllowed):
        accounts.close_login(second, actor=cast.administrator)


@pytest.mark.parametrize("who", ["ism", "top", "representative", "holder", "auditor", "colleague"])
def test_only_administrators_close_and_reopen(cast, who):
    with pytest.raises(NotAllowed):
        close(cast, "deputy", actor=who)
    with pytest.raises(NotAllowed):
        accounts.reopen_login(cast.deputy, actor=getattr(cast, who))


def test_closing_twice_and_reopening_what_is_open_is_said(cast):
    with pytest.raises(WrongState, match="is open"):
        accounts.reopen_login(cast.holder, actor=cast.administrator)
    close(cast)
    with pytest.raises(WrongState, match="closed already"):
        close(cast)


def test_a_leaver_does_not_come_in_with_a_reopened_login(cast, as_user):
    close(cast, "leaver")
    accounts.reopen_login(cast.leaver, actor=cast.administrator)
    assert as_user("leaver").get("/roles/").status_code != 200


def test_the_list_says_who_can_sign_in_and_what_follows_for_them(cast, as_user):
    close(cast)
    page = as_user("administrator").get("/logins/").content.decode()
    for words in (
        "Hana Holder",
        "Closed",
        "keeps the register",
        "approves",
        "represents an area",
        "administers",
        "your own",
        "never",
    ):
        assert words in page


@pytest.mark.parametrize("query", ["?show=closed", "?show=nonsense", "?q=%00", "?page=999", "?q=Hana&show=open"])
def test_any_filter_is_answered(cast, as_user, query):
    assert as_user("administrator").get(f"/logins/{query}").status_code == 200


def test_the_list_costs_the_same_with_few_and_with_fifty(cast, as_user, django_assert_max_num_queries):
    for number in range(45):
        factories.person(f"Somebody {number}", login=True)
    client = as_user("administrator")
    with django_assert_max_num_queries(12):
        client.get("/logins/")


def test_closing_and_reopening_on_the_page(cast, as_user):
    client = as_user("administrator")
    assert client.post(f"/logins/{cast.holder.pk}/close/", follow=True).status_code == 200
    assert not User.objects.get(pk=cast.holder.pk).is_active
    client.post(f"/logins/{cast.holder.pk}/reopen/")
    assert User.objects.get(pk=cast.holder.pk).is_active
