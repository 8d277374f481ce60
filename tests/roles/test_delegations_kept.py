"""Which state of a delegation follows which, what the database keeps, and where it is seen (coverage A8; design rule 9)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ismsroles.core import clock
from ismsroles.core.errors import WrongState
from roles.models import DelegatedDuty, Delegation
from roles.states import DELEGATION
from tests import factories
from tests.roles.delegating import answer, answer_direct, check, end, offer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made(cast) -> Delegation:
    return answer(offer(cast), cast.colleague)


NO = None
WRITTEN = {
    ("offered", "accept"): "accepted", ("offered", "decline"): "declined", ("offered", "end"): "withdrawn", ("offered", "check"): NO,
    ("accepted", "accept"): NO, ("accepted", "decline"): NO, ("accepted", "end"): "accepted", ("accepted", "check"): "accepted",
    ("declined", "accept"): NO, ("declined", "decline"): NO, ("declined", "end"): NO, ("declined", "check"): NO,
    ("withdrawn", "accept"): NO, ("withdrawn", "decline"): NO, ("withdrawn", "end"): NO, ("withdrawn", "check"): NO,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "after"), WRITTEN.items(), ids=map(" ".join, WRITTEN))
def test_a_delegation_moves_only_as_written(cast, pair, after):
    made = offer(cast)
    {"accepted": lambda: answer(made, cast.colleague), "declined": lambda: answer(made, cast.colleague, "decline"),
     "withdrawn": lambda: end(made, cast.holder), "offered": lambda: None}[pair[0]]()  # fmt: skip
    made = Delegation.objects.get(pk=made.pk)
    act = {"check": lambda: check(made, cast.holder), "end": lambda: end(made, cast.holder)}.get(
        pair[1], lambda: answer(made, cast.colleague, pair[1])
    )
    if after is NO:
        with pytest.raises(WrongState):
            act()
    else:
        act()
    assert Delegation.objects.get(pk=made.pk).state == after or after is NO
    assert DELEGATION.states == {"offered", "accepted", "declined", "withdrawn"}


WRONG = [
    "UPDATE roles_delegation SET delegate_id = holder_id",
    "UPDATE roles_delegation SET delegate_id = {top}",
    "UPDATE roles_delegation SET ends_on = '2099-01-01'",
    "UPDATE roles_delegation SET state = 'offered'",
    "UPDATE roles_delegation SET answered_by_person_id = holder_id",
    "UPDATE roles_delegation SET every = 0",
    "UPDATE roles_delegatedduty SET ends_on = '2099-01-01'",
    "UPDATE roles_delegationcheck SET result = 'ok'",
    "DELETE FROM roles_delegationcheck",
    "DELETE FROM roles_delegation",
    'INSERT INTO roles_delegationcheck (delegation_id, "on", looked_at, result, follow_up, checked_by_id, checked_by_person_id, '
    'delegate_id, recorded_at) SELECT delegation_id, "on", looked_at, result, follow_up, checked_by_id, delegate_id, delegate_id, '
    "recorded_at FROM roles_delegationcheck",
]


@pytest.mark.parametrize("statement", WRONG)
def test_the_database_keeps_what_was_agreed_and_checked(cast, made, statement):
    check(made, cast.holder, result="not_ok", follow_up="x")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(top=cast.people.top.pk))


def test_the_database_refuses_a_second_delegate_for_the_same_time(cast, made):
    other = DelegatedDuty.objects.get()
    second = offer(cast, delegate=cast.people.deputy, responsibilities=[cast.roles.held.responsibilities.last()])
    other.pk, other.delegation = None, second
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("holder", "/mine/"),
        ("colleague", "/mine/"),
        ("auditor", "role"),
        ("ism", "person"),
        ("deputy", "/delegations/"),
    ],
)
def test_who_answers_and_who_does_it_is_seen_everywhere(cast, as_user, made, who, page):
    url = {"role": cast.roles.held.get_absolute_url(), "person": cast.people.colleague.get_absolute_url()}.get(
        page, page
    )
    text = as_user(who).get(url).content.decode()
    assert made.get_absolute_url() in text and ("Cole Colleague" in text or "Hana Holder" in text)


def test_the_list_and_the_role_ask_as_many_questions_for_many_as_for_one(
    cast, as_user, made, django_assert_max_num_queries
):
    browser = as_user("ism")

    def asked() -> list[int]:
        counts = []
        for url in ("/delegations/", cast.roles.held.get_absolute_url()):
            browser.get(url)
            with django_assert_max_num_queries(80) as found:
                assert browser.get(url).status_code == 200
            counts.append(len(found))
        return counts

    before = asked()
    for number in range(15):
        held = factories.hold(factories.role(), cast.people.holder, approver=cast.top)
        answer_direct(offer(cast, assignment=held, delegate=factories.person(f"Delegate {number}")))
    assert asked() == before


def test_a_form_sets_nothing_but_what_it_asks(cast, as_user):
    duty = cast.roles.held.responsibilities.first()
    answers = {"responsibilities": [duty.pk], "delegate": cast.people.colleague.email, "starts_on": clock.today().isoformat(),
               "ends_on": clock.today().isoformat(), "every": "1", "unit": "week", "state": "accepted",
               "holder": cast.people.top.pk}  # fmt: skip
    assert as_user("holder").post(f"/assignments/{cast.held.holder.pk}/delegate/", answers).status_code == 302
    made = Delegation.objects.get()
    assert (made.state, made.holder) == ("offered", cast.people.holder)
