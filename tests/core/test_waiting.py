"""Lists that people upload wait in one way, whatever they hold (rule 2, security case 19)."""

from datetime import timedelta

import pytest
from django.apps import apps

from ismsroles.core import clock, waiting
from ismsroles.core.errors import NotAllowed, Stale, WrongState
from ismsroles.core.tabular import Fault, Row, Sheet, Table
from raci.models import WaitingFile
from roles.imports.waiting import PEOPLE, keep, preview
from roles.models import ImportFile, Person

pytestmark = pytest.mark.django_db
LIST = b"Name;E-mail\nNew One;new.one@x.example\n"


def test_a_list_is_taken_in_once_and_only_by_who_saw_it(cast):
    file = keep(LIST, "people.csv", actor=cast.ism)
    token = PEOPLE.seen(file, preview(file), actor=cast.ism)
    with pytest.raises(Stale):
        PEOPLE.take(file, token=PEOPLE.seen(file, preview(file), actor=cast.administrator), actor=cast.ism)
    PEOPLE.take(file, token=token, actor=cast.ism)
    with pytest.raises(WrongState):
        PEOPLE.take(file, token=token, actor=cast.ism)
    assert Person.objects.filter(name="New One").count() == 1


def test_a_list_that_reads_otherwise_now_is_refused_with_the_counts(cast):
    file = keep(LIST, "people.csv", actor=cast.ism)
    token = PEOPLE.seen(file, preview(file), actor=cast.ism)
    PEOPLE.take(keep(LIST, "same.csv", actor=cast.ism), token=_seen_last(cast), actor=cast.ism)
    with pytest.raises(Stale) as refused:
        PEOPLE.take(file, token=token, actor=cast.ism)
    assert ("New", "1", "0") in refused.value.changes


def _seen_last(cast) -> str:
    last = ImportFile.objects.order_by("pk").last()
    return PEOPLE.seen(last, preview(last), actor=cast.ism)


def test_who_may_not_import_keeps_nothing(cast):
    with pytest.raises(NotAllowed):
        keep(LIST, "people.csv", actor=cast.top)
    assert not ImportFile.objects.exists()


def test_cells_come_back_as_they_were_read():
    row = Row(7, ["a", "ü\x00"], (Fault(1, "odd"),))
    kept = ImportFile()
    kept.hold(Table(["x", "y"], [row], ["a note"]))
    assert kept.table == Table(["x", "y"], [row], ["a note"]) and kept.rows == 1
    sheet = WaitingFile()
    sheet.hold(Sheet([row]))
    assert sheet.sheet == Sheet([row], [])


def test_one_task_forgets_lists_of_every_kind_after_a_day(cast):
    kinds = [model for model in apps.get_models() if issubclass(model, waiting.WaitingList)]
    for kind in kinds:
        row = kind(uploaded_by=cast.ism, name="x.csv")
        row.hold(Table(["Name"], [Row(2, ["A"])]))
        row.save()
    assert len(kinds) == 3 and waiting.forget_stale() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        assert waiting.forget_stale() == 3
