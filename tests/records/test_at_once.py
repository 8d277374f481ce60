"""Two at the same moment, each with a connection of its own: one effect (security case 29), and a log that still holds (case 16)."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from ismsroles.core import events, log
from ismsroles.core.errors import Refusal
from ismsroles.core.models import AuditEvent
from ismsroles.records.models import SignOff
from tests.records.conftest import sign

pytestmark = pytest.mark.django_db(transaction=True)


def _until_free(act):
    """The test database of SQLite lives in memory and does not wait for the other writer; a real one does."""
    for _ in range(200):
        try:
            return act()
        except OperationalError:
            time.sleep(0.02)
    raise TimeoutError


def _signs(version, user) -> str:
    try:
        _until_free(lambda: sign(version, user))
        return "signed"
    except Refusal:
        return "refused"
    finally:
        connection.close()


def test_one_person_who_signs_twice_at_once_signs_once(sent, people):
    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(lambda _n: _signs(sent, people.first), range(2)))
    assert outcomes == ["refused", "signed"] and AuditEvent.objects.filter(code="version.signed").count() == 1


def test_two_people_who_sign_at_once_complete_the_version_once(sent, people):
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda user: _signs(sent, user), [people.first, people.second]))
    sent.refresh_from_db()
    assert outcomes == ["signed", "signed"] and sent.state == "signed"
    assert SignOff.objects.filter(state="signed").count() == 2
    assert AuditEvent.objects.filter(code="version.completed").count() == 1


def _guesses(version, user, password: str) -> str:
    try:
        _until_free(lambda: sign(version, user, password=password))
        return "signed"
    except Refusal as refusal:
        return type(refusal).__name__
    finally:
        connection.close()


def test_twelve_passwords_guessed_at_once_are_five_guesses(sent, people):
    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(lambda n: _guesses(sent, people.first, f"guess {n}"), range(12)))
    assert sorted(outcomes) == ["TooManyGuesses"] * 7 + ["WrongPassword"] * 5
    assert AuditEvent.objects.filter(code="version.password_refused").count() == 5


def test_an_event_that_is_committed_late_does_not_break_the_chain(people):
    written, sealing = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            events.record("login.signed_in", actor=people.first, subject=people.first)
            written.set()
            sealing.wait(5)
            time.sleep(0.3)
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    written.wait(5)
    sealing.set()
    _until_free(lambda: (events.record("login.signed_out", actor=people.second, subject=people.second), log.seal()))
    writer.join()
    log.seal()
    assert log.faults() == []
