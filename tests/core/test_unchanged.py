"""Parts of pages that are kept: shown only as long as nothing under them has changed."""

import threading

import pytest
from django.db import connection, transaction

from ismsroles.core import history, unchanged
from roles.models import Area
from tests import factories, waiting

pytestmark = pytest.mark.django_db(transaction=True)


def part() -> list[str]:
    """The names of all areas, kept."""
    return unchanged.part(
        "areas", unchanged.state_of([Area]), lambda: sorted(Area.objects.values_list("name", flat=True))
    )


def test_a_kept_part_is_made_once_while_nothing_changes():
    factories.area("Finance")
    waiting.until_nobody_writes(lambda: part() is part())


def test_a_change_is_shown_at_once():
    area = factories.area("Finance")
    assert part() == ["Finance"]
    area.name = "Treasury"
    history.save(area, actor=None)
    assert part() == ["Treasury"]


def test_what_was_read_inside_a_transaction_is_never_kept():
    factories.area("Finance")
    with transaction.atomic():
        assert unchanged.state_of([Area]) is None
        factories.area("Never written")
        assert "Never written" in part()
        transaction.set_rollback(True)
    assert part() == ["Finance"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite has one writer at a time")
def test_while_a_change_is_under_way_nothing_is_kept():
    """Its number is older than those of changes that were committed meanwhile: a state could hide it."""
    begun, end, told = threading.Event(), threading.Event(), []

    def other() -> None:
        with transaction.atomic():
            factories.area("Slow")
            begun.set()
            end.wait(10)
        connection.close()

    slow = threading.Thread(target=other)
    slow.start()
    begun.wait(10)
    factories.area("Quick")
    told.append(part())
    assert unchanged.state_of([Area]) is None
    end.set()
    slow.join()
    assert told == [["Quick"]] and part() == ["Quick", "Slow"]
