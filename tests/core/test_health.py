"""The scheduler and the deliveries: what ran, what waits, what failed, and another attempt (design §6)."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from ismsroles.celery import app
from ismsroles.core import clock, findings, health, outbox, periodic
from ismsroles.core.errors import NotAllowed, WrongState
from ismsroles.core.models import AuditEvent, OutboxMessage, PeriodicRun
from ismsroles.schedule import ENTRIES, SCHEDULE

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def message(key: str = "one", **values) -> OutboxMessage:
    moment = clock.now()
    values = {"kind": "mail", "payload": {"to": "secret@x.example"}, "created_at": moment, "due_at": moment} | values
    return OutboxMessage.objects.create(key=key, **values)


def printed(name: str, *args: str) -> tuple[str, int]:
    out, status = StringIO(), 0
    try:
        call_command(name, *args, stdout=out, stderr=StringIO())
    except SystemExit as end:
        status = end.code
    return out.getvalue(), status


def rules() -> list[str]:
    return [one.rule for one in findings.current() if one.rule.startswith("OPS")]


def test_every_periodic_entry_has_a_task_that_exists_and_a_reason():
    app.loader.import_default_modules()
    app.autodiscover_tasks(force=True)
    assert {entry.task for entry in ENTRIES} <= set(app.tasks)
    assert all(len(entry.reason) > 30 for entry in ENTRIES) and len(SCHEDULE) == len(ENTRIES)


def test_what_ran_is_noted_with_when_it_runs_next():
    periodic.began("core.tick")
    line = next(line for line in periodic.lines() if line.entry.task == "core.tick")
    assert line.last and line.next == line.last + MINUTE and not line.is_late
    with clock.at(clock.now() + 12 * MINUTE):
        assert next(line for line in periodic.lines() if line.entry.task == "core.tick").is_late


@pytest.mark.parametrize(("minutes", "expected"), [(9, []), (11, ["OPS.silent"])])
def test_a_silent_scheduler_is_a_finding_after_ten_minutes(organisation, minutes, expected):
    periodic.began(periodic.TICK)
    with clock.at(clock.now() + minutes * MINUTE):
        assert rules() == expected


def test_a_scheduler_that_was_never_started_is_found_by_what_waits(organisation):
    assert rules() == []
    message()
    with clock.at(clock.now() + 11 * MINUTE):
        assert rules() == ["OPS.silent"]


def test_what_was_written_long_ago_and_is_due_only_now_makes_no_silence(organisation):
    waiting = message()
    OutboxMessage.objects.filter(pk=waiting.pk).update(created_at=clock.now() - 400 * clock.DAY)
    assert rules() == []


def test_a_task_that_failed_says_so_until_it_runs_well(as_user):
    periodic.began("core.tick")
    periodic.ended("core.tick", "OSError: no")
    assert "OSError: no" in as_user("administrator").get(reverse("health")).content.decode()
    periodic.ended("core.tick", "")
    assert PeriodicRun.objects.get().fault == ""


def test_a_failed_delivery_is_shown_without_what_it_carries_and_can_be_tried_again(cast, as_user, mailoutbox):
    row = message(attempts=3, last_error="Unreachable: refused", due_at=clock.now() + clock.DAY)
    assert "OPS.failed" in rules()
    page = as_user("ism").get(reverse("health")).content.decode()
    assert "Unreachable: refused" in page and "secret@x.example" not in page
    assert as_user("ism").post(reverse("message-retry", args=[row.pk])).status_code == 302
    assert AuditEvent.objects.filter(code="message.retried").count() == 1
    row.refresh_from_db()
    assert row.due_at <= clock.now()


def test_nobody_else_tries_again_and_what_arrived_is_left_alone(cast):
    row = message(attempts=3, last_error="No.")
    with pytest.raises(NotAllowed):
        health.retry(row.pk, actor=cast.top)
    OutboxMessage.objects.update(delivered_at=clock.now())
    with pytest.raises(WrongState):
        health.retry(row.pk, actor=cast.ism)


def test_the_command_lists_what_runs_when_and_says_by_its_status_whether_all_is_well(organisation):
    periodic.began(periodic.TICK)
    text, status = printed("schedule")
    assert status == 0 and "sweep the outbox (60 s)" in text and "not yet" in text
    assert {row["task"] for row in json.loads(printed("schedule", "--format", "json")[0])} == {e.task for e in ENTRIES}
    with clock.at(clock.now() + 11 * MINUTE):
        assert printed("schedule")[1] == 1


def test_the_outbox_is_delivered_by_hand_and_the_status_says_what_is_left(organisation, mailoutbox):
    message(payload={"to": "a@x.example", "subject": "S", "text": "T", "key": "k"})
    assert printed("deliver_outbox") == ("delivered: 1\nwaiting: 0\nfailed so far: 0\n", 0)
    message("two", payload={})
    assert printed("deliver_outbox")[1] == 1 and outbox.deliver_due() == 0


def test_machinery_stands_in_no_document(cast):
    from evidence import snapshot

    message(attempts=3, last_error="No.")
    assert rules() and "does not arrive" not in snapshot.build("1.0", "x").decode()
