"""Authorisation levels: what may be granted or decided, up to which limit, by which role (coverage R6)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core import clock, findings
from ismsroles.core.errors import InUse, Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from roles.actions import guidance as actions
from roles.actions import guidance_starter, register, starter
from roles.models import Assignment, AuthorisationLevel, Question
from roles.queries import guidance
from roles.starter import guidance as library
from roles.starter import library as roles_library
from roles.states import KEPT
from tests import factories

pytestmark = pytest.mark.django_db


def level(cast, **values) -> AuthorisationLevel:
    values = {"kind": "accept_risk", "what": "A residual risk", "role": cast.roles.held, "limit_kind": "none", **values}
    return actions.add(AuthorisationLevel, actor=cast.ism, **values)


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


@pytest.mark.parametrize("who", ["top", "holder", "representative", "auditor", "colleague", "administrator"])
def test_only_who_keeps_the_register_writes_levels(cast, who):
    with pytest.raises(NotAllowed):
        actions.add(AuthorisationLevel, actor=getattr(cast, who), kind="accept_risk", what="x", role=cast.roles.held)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"limit_kind": "amount", "limit": "up to 5"}, "amount as a number"),
        ({"limit_kind": "level", "limit": "low"}, "level as a number"),
        ({"limit_kind": "level", "limit": "low", "level": 26}, "level as a number"),
        ({"limit_kind": "other"}, "Write the limit"),
        ({"kind": "own"}, "which decision"),
    ],
)
def test_a_limit_that_cannot_be_compared_is_refused(cast, values, words):
    with pytest.raises(Invalid, match=words):
        level(cast, **values)


def test_a_role_that_is_not_in_force_may_decide_nothing(cast):
    with pytest.raises(Invalid, match="not in force"):
        level(cast, role=factories.role(state="draft"))


def test_the_same_level_stands_in_the_register_once(cast):
    level(cast)
    with pytest.raises(Invalid, match="in the register already"):
        level(cast, what="a RESIDUAL risk")


def test_what_does_not_belong_to_the_limit_is_not_kept(cast):
    row = level(cast, limit_kind="level", limit="Medium", level=2, amount=Decimal(5), own_kind="x")
    assert (row.amount, row.own_kind) == (None, "")


@pytest.mark.parametrize("state", ["active", "retired"])
@pytest.mark.parametrize("verb", ["retire", "bring_back"])
def test_each_move_is_legal_or_refused(cast, state, verb):
    row = level(cast)
    if state == "retired":
        actions.retire(row, actor=cast.ism)
    act = {"retire": actions.retire, "bring_back": actions.bring_back}[verb]
    if KEPT.allows(state, verb):
        assert act(row, actor=cast.ism).state == KEPT.moves[state, verb]
    else:
        with pytest.raises(WrongState):
            act(row, actor=cast.ism)


def test_no_sql_deletes_a_level(cast):
    row = level(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuthorisationLevel.objects.filter(pk=row.pk).delete()


def test_a_role_that_may_decide_something_is_not_retired(cast):
    level(cast, role=cast.roles.vacant)
    with pytest.raises(InUse) as refusal:
        register.retire_role(cast.roles.vacant, actor=cast.ism)
    assert refusal.value.users == ["Authorisation level: A residual risk"]


def test_a_level_that_answers_a_question_is_not_retired(cast):
    row = level(cast)
    actions.add(Question, actor=cast.ism, text="Who accepts?", level=row)
    with pytest.raises(InUse):
        actions.retire(row, actor=cast.ism)


def test_a_change_says_what_was_and_what_is(cast):
    row = level(cast)
    actions.change(row, actor=cast.ism, limit_kind="level", limit="Low", level=1, reason="Too wide")
    assert "limit: – → Low" in AuditEvent.objects.filter(code="level.changed").get().sentence


# May accept ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "asked", "answer"),
    [
        ({"limit_kind": "none"}, {"level": 9}, True),
        ({"limit_kind": "level", "limit": "x", "level": 2}, {"level": 2}, True),
        ({"limit_kind": "level", "limit": "x", "level": 2}, {"level": 3}, False),
        ({"limit_kind": "amount", "limit": "x", "amount": 100}, {"amount": 100}, True),
        ({"limit_kind": "amount", "limit": "x", "amount": 100}, {"amount": Decimal("100.01")}, False),
        ({"limit_kind": "amount", "limit": "x", "amount": 100}, {"level": 1}, False),
        ({"limit_kind": ""}, {"level": 1}, False),
        ({"limit_kind": "other", "limit": "with care"}, {"level": 1}, False),
        ({"limit_kind": "none", "kind": "grant_access"}, {"level": 1}, False),
    ],
)
def test_up_to_its_limit_a_role_may_accept_a_risk(cast, values, asked, answer):
    level(cast, **values)
    assert guidance.may_accept([cast.roles.held.pk], **asked) is answer
    assert guidance.may_accept([cast.roles.vacant.pk], **asked) is False


def test_a_retired_level_lets_nobody_accept(cast):
    actions.retire(level(cast), actor=cast.ism)
    assert not guidance.may_accept([cast.roles.held.pk], level=1) and not guidance.is_ruled()


# Findings ----------------------------------------------------------------------------------------------------------------------


def test_a_kind_of_decision_without_any_role_is_a_finding(cast):
    assert found("R6.kind") == ["No authorisation level is written down."]
    level(cast)
    assert "No role may do this: approve a supplier." in found("R6.kind") and len(found("R6.kind")) == 5


def test_a_level_whose_role_is_vacant_and_one_without_limit_are_findings(cast):
    level(cast, role=cast.roles.vacant, limit_kind="")
    assert len(found("R6.vacant")) == len(found("R6.limit")) == 1


def test_a_level_is_vacant_from_the_day_after_the_holders_last(cast):
    level(cast)
    assert found("R6.vacant") == []
    with clock.at(clock.now() + timedelta(days=40)):
        Assignment.objects.filter(pk=cast.held.holder.pk).update(ends_on=clock.today() - timedelta(days=1))
        assert len(found("R6.vacant")) == 1


# Starter library -----------------------------------------------------------------------------------------------------------------


def test_starter_roles_bring_their_levels_with_them(cast):
    starter.adopt_roles(list(roles_library()), actor=cast.ism, size="large")
    assert AuthorisationLevel.objects.count() == len(library.levels())
    assert guidance_starter.adopt_levels(actor=cast.ism) == "0 levels"


def test_levels_of_a_role_that_a_small_organisation_does_without_go_to_who_takes_it_over(cast):
    small = ["information_security_manager", "asset_owner", "risk_owner", "system_administrator"]
    starter.adopt_roles(small, actor=cast.ism, size="small")
    row = AuthorisationLevel.objects.get(starter_key="access_privileged")
    assert row.role.starter_key == "system_administrator"


def test_every_kind_of_decision_has_a_starter_level_and_each_role_exists():
    kinds = {kind for kind, _words in AuthorisationLevel.KINDS} - {"own"}
    assert {one.kind for one in library.levels()} == kinds
    assert {one.role for one in library.levels()} <= set(roles_library())


# Pages ---------------------------------------------------------------------------------------------------------------------------


def test_anybody_looks_a_level_up_by_its_kind_or_its_role(cast, as_user):
    level(cast, limit_kind="level", limit="Medium and below", level=2)
    page = as_user("colleague").get("/levels/?q=residual Incident").content.decode()
    assert "Medium and below" in page and "Hana Holder" in page
    assert "No level fits this filter" in as_user("colleague").get("/levels/?q=zebra").content.decode()


def test_a_level_is_written_and_changed_on_its_pages(cast, as_user):
    ism = as_user("ism")
    sent = {"kind": "accept_risk", "what": "Any", "role": cast.roles.held.pk, "limit_kind": "none", "state": "retired"}
    assert ism.post("/levels/add/", sent).status_code == 302
    row = AuthorisationLevel.objects.get()
    assert row.state == "active"
    page = ism.get(f"/levels/{row.pk}/edit/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert ism.post(f"/levels/{row.pk}/edit/", sent | {"what": "Every risk", "seen": seen}).status_code == 302
    assert ism.post(f"/levels/{row.pk}/edit/", sent | {"what": "None", "seen": seen}).status_code == 409


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_list_can_be_exported(cast, as_user, format):
    level(cast, what="=1+1")
    answer = as_user("colleague").get(f"/levels/export/?format={format}")
    assert answer.status_code == 200 and b"\n=1+1" not in answer.content


@pytest.mark.parametrize("path", ["/levels/", "/processes/", "/policies/", "/ask/questions/", "/ask/", "/ask/?q=risk"])
def test_lists_ask_as_many_queries_for_fifty_as_for_one(cast, as_user, path, django_assert_max_num_queries):
    from tests.access_table.guidance import furnish

    furnish(cast)
    colleague = as_user("colleague")
    with django_assert_max_num_queries(60) as few:
        colleague.get(path)
    for number in range(30):
        role = factories.role()
        factories.hold(role, factories.person(), approver=cast.top)
        row = level(cast, role=role, what=f"A risk {number}")
        actions.add(Question, actor=cast.ism, text=f"Question about risk {number}", level=row)
    with django_assert_max_num_queries(len(few)):
        colleague.get(path)
