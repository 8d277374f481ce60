"""The role that the product uses on PostgreSQL may not change what is evidence, whatever the triggers say (security case 15)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from evidence import actions as evidence
from ismsroles.core import clock, guards, log, outbox, rights
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from ismsroles.records import actions as records
from ismsroles.records.models import Version
from roles.actions import assignments, people, register
from roles.shown import shown
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite knows no roles"),
]
ROLE = "product_of_this_test"


@pytest.fixture
def as_product(cast):
    """From here on the connection may do what the product's role may; all of it is taken back after the test."""
    rights.grant(ROLE, "of-its-own")
    guards.lift()  # so that it is the right that refuses, not the trigger
    run(f"SET LOCAL ROLE {ROLE}")
    yield cast
    run("RESET ROLE")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def refused(sql: str) -> bool:
    try:
        with transaction.atomic():
            run(sql)
    except DatabaseError as error:
        return getattr(error.__cause__, "sqlstate", "") == "42501"  # insufficient privilege, nothing else
    return False


def tables() -> set[str]:
    return guards.written_once()


def test_there_are_tables_to_protect():
    assert {"core_auditevent", "core_logseal", "records_artefact", "roles_historicalassignment"} <= tables()


@pytest.mark.parametrize("verb", ['UPDATE "{}" SET id = id', 'DELETE FROM "{}"', 'TRUNCATE "{}" CASCADE'])
def test_no_log_history_or_signed_content_can_be_changed_deleted_or_emptied(as_product, verb):
    column = {"records_artefact": "sha256 = sha256"}
    statements = [verb.format(t).replace("id = id", column.get(t, f"{key_of(t)} = {key_of(t)}")) for t in tables()]
    assert [one for one in statements if not refused(one)] == []


def key_of(table: str) -> str:
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table)


def test_what_is_named_in_evidence_cannot_be_deleted(as_product):
    assert [t for t in guards.kept() if not refused(f'DELETE FROM "{t}"')] == []


def test_no_table_at_all_can_be_emptied_at_a_stroke_or_altered(as_product):
    with connection.cursor() as cursor:
        every = connection.introspection.table_names(cursor)
    ways = (
        'TRUNCATE "{}" CASCADE',
        'ALTER TABLE "{}" DISABLE TRIGGER ALL',
        'DROP TABLE "{}" CASCADE',
        'ALTER TABLE "{}" ADD COLUMN x int',
    )
    assert [t for t in every for way in ways if not refused(way.format(t))] == []


def test_no_trigger_can_be_taken_away_and_no_guard_rewritten(as_product):
    run("RESET ROLE")
    guards.reinstall()
    run(f"SET LOCAL ROLE {ROLE}")
    name = "core_auditevent_no_update"
    assert refused(f'DROP TRIGGER "{name}" ON core_auditevent') and refused(
        "ALTER TABLE core_auditevent DISABLE TRIGGER ALL"
    )
    assert refused(
        "CREATE OR REPLACE FUNCTION isms_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    )
    assert refused("SET session_replication_role = replica")  # the other way round every trigger


def test_the_products_ordinary_work_goes_on(as_product, as_user):
    cast = as_product
    made = assignments.propose_assignment(
        role=cast.roles.vacant, person=cast.people.colleague, actor=cast.ism, starts_on=clock.today(), reason="Fits"
    )
    assignments.approve_assignment(made, actor=cast.top, seen_hash=fingerprint(shown(made)))
    assignments.end_assignment(made, actor=cast.ism, last_day=clock.today(), reason="Over")
    person = people.add_person(actor=cast.ism, name="New Person", email="new@testhouse.example")
    people.give_login(person, actor=cast.administrator)
    people.record_last_day(person, clock.today() + timedelta(days=9), actor=cast.ism)
    register.remove_responsibility(cast.roles.held.responsibilities.first(), actor=cast.ism)
    assert as_user("ism").get("/").status_code == 302 and AuditEvent.objects.count() > 8


def test_a_document_is_frozen_signed_and_sealed_and_the_log_holds(as_product):
    cast = as_product
    version = evidence.prepare_version("1.0", "First", actor=cast.ism)
    outbox.deliver_due()
    version = evidence.send_version(Version.objects.get(pk=version.pk), approvers=[cast.top], actor=cast.ism)
    seen = {"seen_snapshot": version.snapshot_id, "seen_draft": version.draft_id}
    records.sign(version, actor=cast.top, password=factories.PASSWORD, **seen)
    outbox.deliver_due()
    assert Version.objects.get(pk=version.pk).state == "published" and log.faults() == []


def test_a_role_that_may_do_everything_is_not_taken_for_the_products(db):
    run("CREATE ROLE mighty_of_this_test SUPERUSER")
    with pytest.raises(ValueError, match="may do everything"):
        rights.grant("mighty_of_this_test")
