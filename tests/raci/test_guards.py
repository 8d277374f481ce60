"""What the database refuses whoever writes (design rules 6 and 9)."""

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core import clock
from raci.models import Activity, Allocation, Publication, PublishedActivity, PublishedGroup
from tests.raci import making

pytestmark = pytest.mark.django_db


def published(cast, **values) -> PublishedActivity:
    activity = making.activity()
    act = Publication.objects.create(whole=True, published_by=cast.ism, published_by_name="I", published_at=clock.now())
    group = PublishedGroup.objects.create(publication=act, group=activity.group, name="Access", position=1)
    values = {"accountable": cast.roles.held, "others": {}, **values}
    return PublishedActivity.objects.create(published=group, activity=activity, title="Reviews", position=1, **values)


def refused(write) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_a_published_row_without_an_accountable_role_has_no_place(cast):
    refused(lambda: published(cast, accountable=None))


def test_a_published_row_with_a_second_accountable_role_is_refused(cast):
    refused(lambda: published(cast, others={str(cast.roles.vacant.pk): "RA"}))


def test_what_was_published_is_neither_changed_nor_deleted(cast):
    row = published(cast)
    refused(lambda: PublishedActivity.objects.filter(pk=row.pk).update(accountable=cast.roles.vacant))
    refused(lambda: PublishedActivity.objects.filter(pk=row.pk)._raw_delete("default"))
    refused(lambda: Publication.objects.update(note="Something else"))


def test_a_published_row_gives_its_letters_with_the_one_a(cast):
    row = published(cast, others={str(cast.roles.held.pk): "R", str(cast.roles.top.pk): "I"})
    assert row.letters == {cast.roles.held.pk: "RA", cast.roles.top.pk: "I"}


def test_cells_and_activities_are_never_deleted_and_a_cell_stays_in_its_place(cast):
    activity = making.activity(letters={cast.roles.held: "A"})
    refused(lambda: Allocation.objects.all()._raw_delete("default"))
    refused(lambda: Activity.objects.all()._raw_delete("default"))
    refused(lambda: Allocation.objects.filter(activity=activity).update(role=cast.roles.top))
    refused(lambda: Allocation.objects.create(activity=activity, role=cast.roles.held, letters="R"))
