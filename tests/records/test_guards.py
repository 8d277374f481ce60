"""What the database itself refuses of records, whoever writes (design rule 9; security cases 14, 15, 17)."""

import pytest
from django.db import DatabaseError, connection, transaction

from ismsroles.core import guards
from ismsroles.records.models import SignOff, Version

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE records_artefact SET media_type = 'x'",
    "DELETE FROM records_artefact",
    "DELETE FROM records_version",
    "DELETE FROM records_signoff",
    "DELETE FROM core_auditevent",
    "UPDATE core_auditevent SET reason = 'x'",
    "DELETE FROM core_logseal",
    "UPDATE core_logseal SET digest = 'x'",
    "UPDATE records_version SET number = '9.9'",
    "UPDATE records_version SET title = 'Other'",
    "UPDATE records_version SET summary = 'Other'",
    "UPDATE records_version SET frozen_by_name = 'Other'",
    "UPDATE records_version SET frozen_by_key = 'Other'",
    "UPDATE records_version SET log_head = 'other'",
    "UPDATE records_version SET final_id = draft_id",
    "UPDATE records_version SET draft_id = snapshot_id",
    "UPDATE records_version SET snapshot_id = draft_id",
    "UPDATE records_version SET signoffs_record_id = draft_id",
    "UPDATE records_version SET published_at = frozen_at",
    "UPDATE records_version SET sent_at = published_at",
    "UPDATE records_version SET state = 'sent'",
    "UPDATE records_version SET state = 'recalled'",
    "UPDATE records_signoff SET name = 'Other'",
    "UPDATE records_signoff SET role = 'Other'",
    "UPDATE records_signoff SET meaning = 'reviewed'",
    "UPDATE records_signoff SET person_key = 'other'",
    "UPDATE records_signoff SET statement = 'Other'",
    "UPDATE records_signoff SET draft_sha256 = 'other'",
    "UPDATE records_signoff SET state = 'waiting'",
    'UPDATE records_signoff SET "order" = 7',
]


@pytest.mark.parametrize("sql", CHANGES)
def test_what_was_signed_cannot_be_changed_with_sql(published, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("column", ["user_id", "person_key", "meaning", "version_id"])
def test_who_signs_is_settled_when_it_is_sent(sent, people, column):
    other = {"user_id": people.stranger.pk, "person_key": "other", "meaning": "reviewed", "version_id": 0}[column]
    with pytest.raises(DatabaseError), transaction.atomic():
        SignOff.objects.update(**{column: other})


def test_nobody_writes_a_signature_straight_into_the_table(sent, people):
    row = SignOff(
        version=sent, user=people.stranger, person_key="s", preparer_key="p", name="S", role="", order=9, state="signed"
    )
    row.at, row.snapshot_sha256, row.draft_sha256 = sent.sent_at, sent.snapshot_id, sent.draft_id
    with pytest.raises(DatabaseError), transaction.atomic():
        SignOff.objects.bulk_create([row])


def test_nobody_writes_a_version_in_force_straight_into_the_table(published):
    row = Version.objects.get(pk=published.pk)
    row.pk, row.number, row.state = None, "9.9", "sent"
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.bulk_create([row])


def test_every_guard_of_records_is_installed(db):
    assert {name for name in guards.expected() if name.startswith("records_")} <= guards.installed()
