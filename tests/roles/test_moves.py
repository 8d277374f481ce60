"""Who moved and holds roles from before: told, listed, kept with a reason or handed over (A6)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ismsroles.core import clock, findings, scope
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from roles.actions import handover, moves, people
from roles.models import Kept, Move
from roles.queries.moves import open_moves
from tests import factories
from tests.roles.test_people_import_writing import take_in

DAY = timedelta(days=1)


def move(cast, person=None, **values):
    return people.change_person(person or cast.people.holder, actor=cast.ism, **(values or {"area": cast.elsewhere}))


def waiting() -> dict[str, list[str]]:
    return {str(one.move.person): [str(seat.role) for seat in one.seats] for one in open_moves(clock.today())}


def test_who_comes_to_another_area_is_listed_with_the_roles_from_before(cast):
    move(cast)
    assert waiting() == {"Hana Holder": ["Incident manager"]}
    assert AuditEvent.objects.first().sentence == "Hana Holder moved: Area: Operations → Finance."


@pytest.mark.parametrize("values", [{"name": "Hana Renamed"}, {"job_title": "First title"}, {"employer": "Else"}])
def test_another_name_or_a_first_job_title_is_no_move(cast, values):
    move(cast, **values)
    assert waiting() == {}


def test_a_new_line_manager_alone_asks_for_no_decision(cast):
    move(cast, manager=cast.people.top)
    assert not Move.objects.exists()


def test_who_holds_nothing_moves_without_a_decision_and_it_is_told(cast):
    move(cast, cast.people.colleague, area=cast.home)
    assert waiting() == {}
    assert AuditEvent.objects.filter(code="person.moved").exists()


def test_a_list_moves_people_by_the_same_rule(cast):
    take_in(f"E-mail;Name;Area\n{cast.people.holder.email};Hana Holder;Finance\n", cast.ism)
    assert waiting() == {"Hana Holder": ["Incident manager"]}


def broken() -> list[findings.Finding]:
    with scope.opened():
        return [one for one in findings.current() if one.rule == "A6.moved"]


def test_it_is_a_finding_until_the_role_is_kept_with_a_reason(cast, as_user):
    move(cast)
    assert [one.sentence for one in broken()] == ["Hana Holder moved and holds 1 role from before."]
    url = f"/people/moves/{Move.objects.get().pk}/keep/{cast.held.holder.pk}/"
    assert as_user("ism").post(url, {"reason": ""}).status_code == 422
    assert as_user("ism").post(url, {"reason": "Nobody else knows the tool"}).status_code == 302
    assert broken() == []
    assert AuditEvent.objects.get(code="assignment.kept_after_move").reason == "Nobody else knows the tool"


def test_it_is_decided_when_somebody_else_is_proposed(cast):
    move(cast)
    start = clock.today() + DAY
    handover.hand_over(
        cast.people.holder, successors={cast.held.holder.pk: cast.people.deputy}, starts_on=start, reason="x", actor=cast.ism
    )  # fmt: skip
    assert waiting() == {}


def test_the_next_move_asks_again(cast):
    move(cast)
    moves.keep_after_move(Move.objects.get(), cast.held.holder.pk, actor=cast.ism, reason="Stays")
    assert waiting() == {}
    with clock.at(clock.now() + DAY):
        move(cast, area=cast.home)
        assert waiting() == {"Hana Holder": ["Incident manager"]}


def test_roles_given_after_the_move_are_no_question(cast):
    move(cast)
    with clock.at(clock.now() + DAY):
        factories.hold(cast.roles.vacant, cast.people.holder, approver=cast.top)
    assert waiting() == {"Hana Holder": ["Incident manager"]}


def test_keeping_is_for_who_keeps_the_register_once_and_with_a_reason(cast):
    move(cast)
    one = Move.objects.get()
    with pytest.raises(NotAllowed):
        moves.keep_after_move(one, cast.held.holder.pk, actor=cast.top, reason="x")
    with pytest.raises(Invalid):
        moves.keep_after_move(one, cast.held.holder.pk, actor=cast.ism, reason=" ")
    moves.keep_after_move(one, cast.held.holder.pk, actor=cast.ism, reason="x")
    with pytest.raises(WrongState):
        moves.keep_after_move(one, cast.held.holder.pk, actor=cast.ism, reason="x")


def test_what_was_recorded_of_a_move_cannot_be_changed(cast):
    move(cast)
    moves.keep_after_move(Move.objects.get(), cast.held.holder.pk, actor=cast.ism, reason="x")
    for rows, values in [(Move.objects.all(), {"what": "y"}), (Kept.objects.all(), {"reason": "y"})]:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)


def test_the_list_takes_as_many_queries_for_one_move_as_for_thirty(cast):
    def asked(count: int) -> int:
        for _number in range(count):
            person = factories.person(area=cast.home)
            factories.hold(factories.role(kind="many"), person, approver=cast.top)
            move(cast, person)
        with CaptureQueriesContext(connection) as queries:
            assert open_moves(clock.today())
        return len(queries)

    assert asked(1) == asked(10)
