"""A mail server that refuses, is slow, or is dead, and a broker that is off: kept and tried again, nothing lost (design §6)."""

import socket
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.db import OperationalError, connection

from ismsroles.celery import app
from ismsroles.core import clock, outbox
from ismsroles.core.models import OutboxMessage
from ismsroles.notices import mail

pytestmark = pytest.mark.django_db


class Server:
    """A real mail server on loopback that counts what it takes by Message-ID; it refuses whom it is told to refuse.

    `breaks`: what it answers to every mail, or "off": it hangs up in the middle of each."""

    def __init__(self, refuses: str = "", breaks: str = "") -> None:
        self.refuses, self.breaks, self.taken = refuses, breaks, Counter()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name)
        if address == self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.breaks == "off":
            server.transport.close()
        if self.breaks:
            return self.breaks
        head = envelope.content.decode().split("Message-ID: ")[1].split("\r\n")[0]
        self.taken[head] += 1
        return "250 OK"


@contextmanager
def running(server: Server, settings):
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def ten_mails(organisation, settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", 0.4
    mail.post_many(mail.Mail(f"p{n}@x.example", "Subject", "Text", f"key-{n}") for n in range(10))


def waits() -> list[timedelta]:
    return [row.due_at - clock.now() for row in OutboxMessage.objects.filter(delivered_at=None).order_by("pk")]


def test_an_address_that_is_refused_keeps_its_own_mail_and_no_other(ten_mails, settings):
    with running(Server(refuses="p3@x.example"), settings) as server:
        assert outbox.deliver_due() == 9 and len(server.taken) == 9
    row = OutboxMessage.objects.get(delivered_at=None)
    assert row.payload["to"] == "p3@x.example" and "550" in row.last_error
    assert timedelta(seconds=25) < waits()[0] <= timedelta(seconds=30)


def test_a_dead_server_is_asked_once_a_round_and_everything_is_kept(ten_mails, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert outbox.deliver_due() == 0
    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0] * 9 + [1]
    with running(Server(), settings) as server, clock.at(clock.now() + timedelta(minutes=1)):
        assert outbox.deliver_due() == 10 and set(server.taken.values()) == {1} and len(server.taken) == 10


def test_a_server_that_never_answers_holds_a_round_up_for_its_time_only(ten_mails, settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        assert outbox.deliver_due() == 0
    assert "Unreachable" in OutboxMessage.objects.get(attempts=1).last_error
    with running(Server(), settings) as server, clock.at(clock.now() + timedelta(minutes=1)):
        assert outbox.deliver_due() == 10 and len(server.taken) == 10


@pytest.mark.parametrize("breaks", ["off", "452 no room, come back later", "554 not today"])
def test_a_server_that_hangs_up_or_refuses_every_mail_gets_all_of_them_later(ten_mails, settings, breaks):
    with running(Server(breaks=breaks), settings) as server:
        assert outbox.deliver_due() == 0 and not server.taken
    assert OutboxMessage.objects.filter(delivered_at=None, leased_until=None).count() == 10
    with running(Server(), settings) as server, clock.at(clock.now() + timedelta(minutes=1)):
        assert outbox.deliver_due() == 10 and set(server.taken.values()) == {1} and len(server.taken) == 10


def test_each_attempt_waits_longer_and_none_is_the_last(ten_mails, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    OutboxMessage.objects.exclude(key="mail:key-0").update(delivered_at=clock.now())
    waited, moment = [], clock.now()
    for _attempt in range(6):
        with clock.at(moment):
            outbox.deliver_due()
            waited.append(waits()[0])
        moment += waited[-1]
    assert waited == [*outbox.AGAIN_AFTER, outbox.AGAIN_AFTER[-1], outbox.AGAIN_AFTER[-1]]


@pytest.fixture
def dead_broker(settings, monkeypatch):
    """Celery is to be told through a port where nobody listens."""
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    monkeypatch.setitem(outbox._broker, "rests_until", 0.0)
    monkeypatch.setattr(outbox, "BROKER_RESTS", 3600)
    was, app.conf.broker_write_url = app.conf.broker_write_url, settings.REDIS_URL
    app.amqp.producer_pool.force_close_all()
    app._pool = app.amqp._producer_pool = None
    yield
    app.conf.broker_write_url, app._pool, app.amqp._producer_pool = was, None, None


def test_with_the_broker_off_a_thousand_changes_lose_no_message_and_it_is_asked_once(
    organisation, dead_broker, settings, mailoutbox, caplog, django_capture_on_commit_callbacks
):
    for number in range(1000):
        with django_capture_on_commit_callbacks(execute=number % 100 == 0):  # a transaction tells once
            mail.post(to=f"p{number}@x.example", subject="Subject", text="Text", key=f"key-{number}")
    assert caplog.text.count("the broker was not reached") == 1
    settings.REDIS_URL = ""
    while outbox.deliver_due():
        pass
    assert len(mailoutbox) == 1000 == len({one.extra_headers["Message-ID"] for one in mailoutbox})


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: its connection is cut")
def test_a_database_that_goes_away_after_a_delivery_does_not_make_it_happen_twice(organisation, monkeypatch):
    delivered = []

    def deliver(payload):
        delivered.append(payload)
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setitem(outbox._handlers, "mail", deliver)
    mail.post(to="a@x.example", subject="Subject", text="Text", key="key")
    outbox.deliver_due()
    outbox.deliver_due()
    assert len(delivered) == 1 and OutboxMessage.objects.get().delivered_at is not None
