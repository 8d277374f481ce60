"""Every state × verb of roles and assignments, by hand: what is not listed as a move is refused (coverage A3, R1)."""

import pytest
from django.db import IntegrityError, connection, transaction

from ismsroles.core import clock
from ismsroles.core.errors import Refusal, WrongState
from ismsroles.core.shown import fingerprint
from ismsroles.records.actions import keep
from roles.actions import assignments, letters, register
from roles.models import Assignment, Letter, Responsibility, Role
from roles.shown import shown
from roles.states import ASSIGNMENT, LETTER, ROLE

pytestmark = pytest.mark.django_db

NO = None
ROLES = {
    ("draft", "activate"): "active",
    ("draft", "retire"): "retired",
    ("draft", "bring_back"): NO,
    ("active", "activate"): NO,
    ("active", "retire"): "retired",
    ("active", "bring_back"): NO,
    ("retired", "activate"): NO,
    ("retired", "retire"): NO,
    ("retired", "bring_back"): "draft",
}
ASSIGNMENTS = {
    ("proposed", "approve"): "approved",
    ("proposed", "reject"): "rejected",
    ("proposed", "withdraw"): "withdrawn",
    ("proposed", "end"): NO,
    ("proposed", "decline"): NO,
    ("approved", "approve"): NO,
    ("approved", "reject"): NO,
    ("approved", "withdraw"): NO,
    ("approved", "end"): "approved",
    ("approved", "decline"): "declined",
    ("rejected", "approve"): NO,
    ("rejected", "reject"): NO,
    ("rejected", "withdraw"): NO,
    ("rejected", "end"): NO,
    ("rejected", "decline"): NO,
    ("withdrawn", "approve"): NO,
    ("withdrawn", "reject"): NO,
    ("withdrawn", "withdraw"): NO,
    ("withdrawn", "end"): NO,
    ("withdrawn", "decline"): NO,
    ("declined", "approve"): NO,
    ("declined", "reject"): NO,
    ("declined", "withdraw"): NO,
    ("declined", "end"): NO,
    ("declined", "decline"): NO,
}
LETTERS = {
    ("appointed", "accept"): "accepted",
    ("appointed", "decline"): "declined",
    ("appointed", "record"): "accepted",
    ("accepted", "accept"): NO,
    ("accepted", "decline"): NO,
    ("accepted", "record"): NO,
    ("declined", "accept"): NO,
    ("declined", "decline"): NO,
    ("declined", "record"): NO,
}
TABLES = [(ROLE, ROLES), (ASSIGNMENT, ASSIGNMENTS), (LETTER, LETTERS)]


@pytest.mark.parametrize(("table", "written"), TABLES, ids=["role", "assignment", "letter"])
def test_the_table_written_by_hand_names_every_state_with_every_verb(table, written):
    assert set(written) == {(state, verb) for state in table.states for verb in table.verbs}


@pytest.mark.parametrize(("pair", "after"), ROLES.items(), ids=map(" ".join, ROLES))
def test_a_role_moves_only_as_written(cast, pair, after):
    role = Role.objects.create(title="Tested", purpose="Is tested.", state=pair[0])
    Responsibility.objects.create(role=role, text="Test it every month")
    verb = {"activate": register.activate_role, "retire": register.retire_role, "bring_back": register.bring_back_role}
    _expect(lambda: verb[pair[1]](role, actor=cast.ism), role, after or pair[0], refused=after is NO)


@pytest.mark.parametrize(("pair", "after"), ASSIGNMENTS.items(), ids=map(" ".join, ASSIGNMENTS))
def test_an_assignment_moves_only_as_written(cast, pair, after):
    made = _assignment(cast, pair[0])
    _expect(lambda: _do(pair[1], made, cast), made, after or pair[0], refused=after is NO)


@pytest.mark.parametrize(("pair", "after"), LETTERS.items(), ids=map(" ".join, LETTERS))
def test_a_letter_moves_only_as_written(cast, pair, after):
    made = _letter(cast)
    if pair[0] != "appointed":
        _answer({"accepted": "record", "declined": "decline"}[pair[0]], made, cast)
    _expect(lambda: _answer(pair[1], made, cast), made, after or pair[0], refused=after is NO)


@pytest.mark.parametrize(("pair", "after"), ASSIGNMENTS.items(), ids=map(" ".join, ASSIGNMENTS))
def test_the_database_lets_no_statement_move_an_assignment_otherwise(cast, pair, after):
    made, targets = _assignment(cast, pair[0]), {state for state in ASSIGNMENTS.values() if state}
    legal = {after for (state, _verb), after in ASSIGNMENTS.items() if state == pair[0]} | {pair[0]}
    for state in targets - legal:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE roles_assignment SET state = %s WHERE id = %s", [state, made.pk])


def _expect(act, row, after, *, refused):
    if refused:
        with pytest.raises(WrongState):
            act()
    else:
        act()
    assert type(row).objects.get(pk=row.pk).state == after


def _assignment(cast, state) -> Assignment:
    decided = {"decided_by": cast.top, "decided_by_person": cast.people.top, "decided_at": clock.now()}
    values = decided if state in ("approved", "rejected") else {}
    return Assignment.objects.create(
        role=cast.roles.vacant, person=cast.people.colleague, starts_on=clock.today(), single_holder=True, state=state,
        decision_reason="Not now", proposed_by=cast.ism, proposed_by_person=cast.people.ism, proposed_at=clock.now(), **values,
    )  # fmt: skip


def _letter(cast, made=None) -> Letter:
    letter = letters.issue(made or cast.held.holder, actor=cast.top)
    letter.pdf = keep(b"%PDF-1.7", "application/pdf")
    letter.save()
    return letter


def _answer(verb, letter, cast):
    if verb == "record":
        return letters.record_acceptance(letter, actor=cast.ism, signed_on=clock.today(), reference="Contract 7")
    act = {"accept": letters.accept_letter, "decline": letters.decline_letter}[verb]
    return act(letter, actor=letter.person.user, seen_sha256=letter.pdf_id, reason="No time")


def _do(verb, made, cast):
    seen = fingerprint(shown(made))
    if verb == "decline":
        return _answer(verb, _letter(cast, made), cast)
    if verb == "approve":
        return assignments.approve_assignment(made, actor=cast.top, seen_hash=seen)
    if verb == "reject":
        return assignments.reject_assignment(made, actor=cast.top, seen_hash=seen, reason="No")
    if verb == "withdraw":
        return assignments.withdraw_assignment(made, actor=cast.ism)
    return assignments.end_assignment(made, actor=cast.ism, last_day=clock.today(), reason="Over")


def test_what_is_refused_is_told_in_words_a_person_reads(cast):
    made = _assignment(cast, "rejected")
    with pytest.raises(Refusal, match="rejected"):
        _do("approve", made, cast)
