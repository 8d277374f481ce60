"""My responsibilities (coverage K1, K6) and each persona's start page (design §8)."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from ismsroles.core import clock, homes
from roles.actions import assignments
from roles.models import Responsibility
from tests import factories
from tests.roles.asking import questions

pytestmark = pytest.mark.django_db


def page(as_user, persona: str) -> str:
    answer = as_user(persona).get("/mine/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_holder_reads_what_to_do_and_what_may_be_decided(cast, as_user):
    text = page(as_user, "holder")
    for duty in cast.roles.held.responsibilities.all():
        assert escape(duty.text) in text
    assert "You may: Stop thing 0 (up to level 2)" in " ".join(text.split())


def test_a_holder_reads_who_stands_in(cast, as_user):
    assert "Your deputy: <bdi>Dov Deputy</bdi>." in " ".join(page(as_user, "holder").split())


def test_a_holder_without_deputy_reads_that_nobody_stands_in(cast, as_user):
    assert "Nobody stands in for you yet." in page(as_user, "ism")


def test_a_deputy_reads_for_whom_they_stand_in(cast, as_user):
    text = " ".join(page(as_user, "deputy").split())
    assert "You stand in for <bdi>Hana Holder</bdi>." in text


def test_somebody_without_a_role_reads_what_comes_next(cast, as_user):
    assert "You hold no role of your own" in page(as_user, "colleague")


@pytest.mark.parametrize("persona", ["administrator", "auditor"])
def test_a_login_that_is_nobody_in_the_register_reads_so(cast, as_user, persona):
    assert "You are not in the register of people" in page(as_user, persona)


def test_what_everybody_does_is_on_everybodys_page(cast, as_user):
    role = factories.role("All staff", kind="everyone", authorities=False)
    Responsibility.objects.create(role=role, text="Report anything odd within the hour")
    for persona in ("holder", "colleague", "top"):
        assert "Report anything odd within the hour" in page(as_user, persona)


def test_everybody_sees_who_does_the_rest(cast, as_user):
    text = " ".join(page(as_user, "colleague").split())
    for name in ("Hana Holder", "Tora Top", "Ismail Keeper", "Continuity manager"):
        assert name in text
    assert "Vacant" in text


def test_a_proposal_about_me_is_on_my_page_and_on_nobody_elses(cast, as_user):
    role = factories.role("Secret plan")
    assignments.propose_assignment(
        role=role, person=cast.people.colleague, actor=cast.ism, starts_on=clock.today(), reason="Quiet"
    )
    assert "You are proposed as holder" in page(as_user, "colleague")
    assert "proposed as" not in page(as_user, "holder")


def test_a_role_that_begins_later_is_announced(cast, as_user):
    start = clock.today() + timedelta(days=40)
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, starts_on=start)
    assert "You are holder from" in page(as_user, "colleague")


def test_a_role_that_is_over_is_not_among_mine(cast, as_user):
    assignments.end_assignment(
        cast.held.holder, actor=cast.ism, last_day=clock.today() - timedelta(days=1), reason="Over"
    )
    text = page(as_user, "holder")
    assert "You hold no role of your own" in text and "What changed for you" in text


def test_what_waits_for_my_decision_is_the_next_step(cast, as_user):
    assignments.propose_assignment(
        role=cast.roles.vacant, person=cast.people.colleague, actor=cast.ism, starts_on=clock.today(), reason="Able"
    )
    assert "1 proposal waits for your decision." in page(as_user, "top")


def test_the_page_asks_the_database_as_much_for_fifty_roles_as_for_one(cast, as_user):
    browser = as_user("holder")
    one = questions(browser, "/mine/")
    for number in range(50):
        role = factories.role(f"Role number {number}", duties=2)
        factories.hold(role, cast.people.holder, approver=cast.top)
        factories.hold(role, cast.people.deputy, approver=cast.top, seat="deputy")
    assert one == questions(browser, "/mine/") <= 27


def test_names_stay_what_they_are_and_never_become_markup(cast, as_user):
    factories.hold(cast.roles.vacant, factories.person("<script>alert(1)</script> O'Neil", email=""), approver=cast.top)
    text = page(as_user, "colleague")
    assert "<script>alert" not in text and escape("<script>alert(1)</script> O'Neil") in text


# Start pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("persona", "start"), [("top", "/approvals/"), ("holder", "/mine/"), ("colleague", "/mine/")])
def test_each_persona_has_a_start_page_of_their_own(cast, as_user, persona, start):
    assert as_user(persona).get("/").url == start


def test_the_manager_and_the_administrator_begin_at_the_same_page(cast, as_user):
    assert as_user("ism").get("/").url == as_user("administrator").get("/").url


def test_who_is_not_signed_in_begins_at_the_sign_in(cast, client):
    assert client.get("/").url.startswith("/account/login/")


def test_a_start_page_of_an_app_that_is_switched_off_is_left_out(cast, as_user):
    homes.register(1, lambda user: True, "no-such-page")
    assert as_user("holder").get("/").url == "/mine/"
