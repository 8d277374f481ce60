"""Sixty-four people edit one matrix at the same moment: nothing is lost, nothing is overwritten unseen (M1)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ismsroles.core.errors import Refusal
from ismsroles.core.models import AuditEvent
from raci.actions.cells import CellsChanged, set_letters
from raci.actions.publishing import publish, shown
from raci.models import Activity, Allocation
from raci.queries.picture import picture
from raci.queries.published import published_rows
from tests import factories
from tests.raci import making

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite has one writer at a time"),
]
PEOPLE = 64


def at_once(calls: list) -> list[object]:
    """What each call gave back or raised, each with a connection of its own, when all begin together."""
    start = Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            start.wait(60)
            return call()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_sixty_four_people_who_write_different_cells_of_one_row_are_all_heard(cast):
    row, roles = making.activity(), [factories.role() for _number in range(PEOPLE)]
    outcomes = at_once([lambda role=role: set_letters(row, role, "C", actor=cast.ism, was="") for role in roles])
    assert outcomes == [None] * PEOPLE
    assert Allocation.objects.filter(activity=row, letters="C").count() == PEOPLE
    assert Activity.objects.get(pk=row.pk).version == PEOPLE
    assert AuditEvent.objects.filter(code="allocation.changed").count() == PEOPLE == Allocation.history.count()


def test_of_sixty_four_people_who_write_the_same_cell_one_is_heard_and_the_others_are_told(cast):
    row, texts = making.activity(), [("R", "A", "S", "C", "I", "RA", "RS", "CI")[n % 8] for n in range(PEOPLE)]
    outcomes = at_once([lambda t=t: set_letters(row, cast.roles.held, t, actor=cast.ism, was="") for t in texts])
    now = making.letters(row, cast.roles.held)
    told = [outcome for outcome in outcomes if isinstance(outcome, CellsChanged)]
    assert len(told) == PEOPLE - texts.count(now) and all(set(each.cells.values()) == {now} for each in told)
    assert Allocation.history.count() == 1 == AuditEvent.objects.filter(code="allocation.changed").count()


def test_who_tries_again_with_what_they_were_told_loses_nothing(cast):
    """Each person adds or takes away a letter of one cell until it is done: every one of the changes is in the history."""
    row, role = making.activity(), cast.roles.held

    def toggle(letter: str) -> int:
        seen = ""
        for tries in range(1, 500):
            now = "".join(one for one in "RASCI" if (one in seen) != (one == letter))
            try:
                set_letters(row, role, now, actor=cast.ism, was=seen)
            except CellsChanged as other:
                (seen,) = other.cells.values()
            else:
                return tries
        raise AssertionError("never heard")

    letters = ["RASCI"[number % 5] for number in range(PEOPLE)]
    at_once([lambda letter=letter: toggle(letter) for letter in letters])
    odd = {letter for letter in "RASCI" if letters.count(letter) % 2}
    told = AuditEvent.objects.filter(code="allocation.changed").order_by("pk").values_list("params", flat=True)
    assert all(before["now"] == after["was"] for before, after in zip(told, told[1:], strict=False))
    assert set(making.letters(row, role)) == odd or len(told) < PEOPLE


def test_while_others_write_only_rows_with_one_accountable_role_are_published(cast):
    roles = [factories.role() for _number in range(PEOPLE - 1)]
    row = making.activity(letters={cast.roles.held: "RA"})
    seen = {row.group_id: shown(picture(), row.group_id)}
    calls = [lambda role=role: set_letters(row, role, "A", actor=cast.ism, was="") for role in roles]
    at_once([*calls, lambda: publish([row.group_id], actor=cast.ism, seen=seen)])
    assert all(sum("A" in text for text in kept.letters.values()) == 1 for kept in published_rows().values())
    assert Allocation.objects.with_letter("A").count() == PEOPLE
