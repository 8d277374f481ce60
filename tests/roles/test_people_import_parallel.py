"""Two people, or two clicks, at the same moment: one import has its effect, the other is told (PostgreSQL; SQLite has one writer)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from ismsroles.core.errors import Refusal
from roles.imports import waiting
from roles.models import ImportFile, Person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: writers that run at the same time"),
]
LIST = b"Name;Area\nAnna Lee;Sales\nBo;Sales\n"


def at_once(files, actor):
    """Import each of these at the same moment; what each was told, or how many people it added."""
    start = Barrier(len(files))

    def one(job):
        file, token = job
        try:
            start.wait()
            return waiting.PEOPLE.take(file, token=token, actor=actor).new
        except Refusal as refused:
            return type(refused).__name__
        finally:
            connections.close_all()

    jobs = [(file, waiting.PEOPLE.seen(file, waiting.preview(file), actor=actor)) for file in files]
    with ThreadPoolExecutor(len(jobs)) as pool:
        return sorted(map(str, pool.map(one, jobs)))


def test_two_clicks_on_one_list_have_one_effect(cast):
    file = waiting.keep(LIST, "x.csv", actor=cast.ism)
    assert at_once([file, ImportFile.objects.get(pk=file.pk)], cast.ism) == ["2", "WrongState"]
    assert Person.objects.filter(name="Anna Lee").count() == 1


def test_two_lists_with_the_same_new_people_at_once_add_them_once(cast):
    files = [waiting.keep(LIST, f"{n}.csv", actor=cast.ism) for n in range(4)]
    assert at_once(files, cast.ism) == ["2", "Stale", "Stale", "Stale"]
    assert Person.objects.filter(name="Anna Lee").count() == 1
