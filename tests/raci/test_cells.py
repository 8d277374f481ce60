"""Letters are written at once, and nothing that somebody else wrote is overwritten (M1)."""

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from raci.actions.cells import CellsChanged, Wanted, set_cells, set_letters
from raci.letters import read_letters
from raci.models import SETS, Allocation, canonical_letters
from tests.raci import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell(cast):
    return making.activity(), cast.roles.held


def test_a_letter_is_saved_with_its_history_and_its_event(cast, cell):
    set_letters(*cell, "RA", actor=cast.ism)
    assert making.letters(*cell) == "RA" and Allocation.history.get().history_user == cast.ism
    event = AuditEvent.objects.get(code="allocation.changed")
    assert event.sentence == f"Ismail Keeper changed who does what in {cell[0]}: Incident manager from – to R/A."


def test_the_version_of_the_row_counts_each_change(cast, cell):
    assert set_cells([Wanted(cell[0].pk, cell[1].pk, "R")], actor=cast.ism) == {cell[0].pk: 1}
    set_letters(*cell, "A", actor=cast.ism)
    cell[0].refresh_from_db()
    assert cell[0].version == 2


def test_who_comes_second_is_told_what_stands_there_and_overwrites_nothing(cast, cell):
    set_letters(*cell, "A", actor=cast.ism, was="")
    with pytest.raises(CellsChanged) as refused:
        set_letters(*cell, "C", actor=cast.ism, was="")
    assert making.letters(*cell) == "A" and refused.value.changes[0][1:] == ("–", "A")


def test_another_cell_of_the_same_row_is_no_conflict(cast, cell):
    set_letters(*cell, "A", actor=cast.ism, was="")
    set_letters(cell[0], cast.roles.vacant, "R", actor=cast.ism, was="")
    assert making.letters(cell[0], cast.roles.vacant) == "R"


def test_a_block_of_which_one_cell_was_changed_is_not_written_at_all(cast, cell):
    set_letters(*cell, "A", actor=cast.ism)
    both = [Wanted(cell[0].pk, cell[1].pk, "C", "R"), Wanted(cell[0].pk, cast.roles.top.pk, "I", "")]
    with pytest.raises(CellsChanged):
        set_cells(both, actor=cast.ism)
    assert making.letters(cell[0], cast.roles.top) == ""


def test_a_cleared_cell_keeps_its_past(cast, cell):
    set_letters(*cell, "RA", actor=cast.ism)
    set_letters(*cell, "", actor=cast.ism, was="RA")
    assert [row.letters for row in Allocation.history.all()] == ["", "RA"]
    assert not Allocation.objects.filled().exists()


def test_taking_a_change_back_is_said_as_such(cast, cell):
    set_letters(*cell, "A", actor=cast.ism)
    set_cells([Wanted(cell[0].pk, cell[1].pk, "", "A")], actor=cast.ism, undo=True)
    assert AuditEvent.objects.filter(code="allocation.undone").count() == 1


@pytest.mark.parametrize("letters", ["AR", "RR", "X", "ra", "RASCIX"])
def test_letters_that_are_none_are_refused_by_the_action_and_by_the_database(cast, cell, letters):
    with pytest.raises(Invalid):
        set_letters(*cell, letters, actor=cast.ism)
    with pytest.raises(DatabaseError), transaction.atomic():
        Allocation.objects.create(activity=cell[0], role=cell[1], letters=letters)


@pytest.mark.parametrize("persona", ["administrator", "top", "representative", "holder", "auditor", "colleague"])
def test_nobody_but_the_information_security_manager_writes_letters(cast, cell, persona):
    with pytest.raises(NotAllowed):
        set_letters(*cell, "A", actor=getattr(cast, persona))
    assert making.letters(*cell) == ""


def test_a_retired_activity_takes_no_letters(cast, cell):
    activity = making.activity(retired=True)
    with pytest.raises(WrongState):
        set_letters(activity, cell[1], "A", actor=cast.ism)


def test_one_cell_and_fifty_cost_the_same_number_of_statements(cast, django_assert_max_num_queries):
    many = [making.activity() for _number in range(50)]
    with django_assert_max_num_queries(20):
        set_cells([Wanted(each.pk, cast.roles.held.pk, "R", "") for each in many], actor=cast.ism)


@given(st.text(alphabet="RASCI", max_size=8))
def test_letters_have_one_order(text):
    assert canonical_letters(text) in SETS and canonical_letters(canonical_letters(text)) == canonical_letters(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [("A/R", "RA"), ("r, a", "RA"), ("R+A", "RA"), ("RA", "RA"), ("Responsible and accountable", "RA"), ("-", ""), (" ", ""),
     ("i", "I"), ("Supports", "S"), ("X", None), ("R?", None), ("(C)", "C")],
)  # fmt: skip
def test_what_people_write_into_cells_is_read_as_letters(text, read):
    assert read_letters(text) == read
