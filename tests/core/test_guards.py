"""What the database itself refuses, and that nothing is missing (design rule 9)."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ismsroles.core import events, guards, log
from ismsroles.core.models import AuditEvent, Organisation

pytestmark = pytest.mark.django_db


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_registered_guard_is_in_the_database():
    assert guards.expected() - guards.installed() == set()


def test_migrating_again_leaves_every_guard_in_place():
    call_command("migrate", verbosity=0)
    assert guards.expected() - guards.installed() == set()


def test_an_audit_event_cannot_be_changed_or_deleted(cast):
    events.record("login.signed_in", actor=cast.ism, subject=cast.ism)
    refused("UPDATE core_auditevent SET code = 'something.else'")
    refused("DELETE FROM core_auditevent")


@pytest.mark.parametrize("table", ["roles_historicalperson", "roles_historicalrole", "roles_historicalassignment"])
def test_history_rows_cannot_be_changed_or_deleted(cast, table):
    refused(f"UPDATE {table} SET history_type = '~'")
    refused(f"DELETE FROM {table}")


def test_an_unregistered_event_raises(cast):
    with pytest.raises(LookupError):
        events.record("nobody.knows", actor=cast.ism, subject=None)


def test_an_event_reads_as_a_sentence_when_its_subject_is_gone(cast):
    event = events.record("area.removed", actor=cast.ism, subject=cast.elsewhere)
    assert AuditEvent.objects.get(pk=event.pk).sentence == "Ismail Keeper removed the area Finance."


def test_the_chain_of_the_log_holds_and_notices_an_alteration(cast):
    events.record("login.signed_in", actor=cast.ism, subject=cast.ism)
    first = log.seal()
    events.record("login.signed_out", actor=cast.ism, subject=cast.ism)
    assert log.seal().previous == first.digest and log.faults() == []
    guards.lift()  # a database administrator takes the triggers away (security case 16)
    AuditEvent.objects.filter(code="login.signed_in").update(actor_name="Somebody Else")
    assert log.faults()


def test_the_organisation_before_the_first_run_has_a_name(db):
    assert Organisation.current().name
