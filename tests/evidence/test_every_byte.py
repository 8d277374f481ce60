"""One changed byte in PDF, content or log is always noticed: 200 changes here, 10,000 in `make soak` (FLIPS)."""

import os
import random
import re

import pytest
from django.db import connection

from ismsroles.core import guards, log
from ismsroles.core.models import AuditEvent, LogSeal
from ismsroles.records.seal import checking
from ismsroles.records.verify import verify

FLIPS = int(os.environ.get("FLIPS", "200"))
pytestmark = pytest.mark.django_db


def _changed(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ chance.randrange(1, 256)]) + content[at + 1 :]


def test_in_the_pdf_without_the_register(signed):
    content, chance = bytes(signed.final.content), random.Random(1)
    for _turn in range(FLIPS):
        assert checking.offline(_changed(content, chance), [signed.sealed_with_id]).state == "altered"


def test_in_the_kind_of_key_that_the_certificate_names(signed):
    content = bytes(signed.final.content)
    at = (
        content.lower().rindex(b"2a864886f70d010101") + 17
    )  # rsaEncryption: changed, it is a kind of key that nobody knows
    broken = content[:at] + b"F" + content[at + 1 :]
    assert checking.offline(broken, [signed.sealed_with_id]).state == "altered"


def test_in_the_pdf_with_the_register(signed):
    content, chance = bytes(signed.final.content), random.Random(2)
    for _turn in range(FLIPS // 10):  # compared by the SHA-256 of all bytes: each is as good as any other
        assert not verify(_changed(content, chance)).is_genuine


def test_in_the_content_and_in_the_sign_offs(signed):
    chance = random.Random(3)
    for turn in range(FLIPS):
        part = signed.signoffs_record if turn % 2 else signed.snapshot
        assert not verify(_changed(bytes(part.content), chance)).is_genuine


@pytest.fixture
def unguarded(db):
    """As a database administrator who took the triggers away."""
    guards.lift()
    yield
    guards.reinstall()


EVENT = "at code actor_name subject_type subject_id subject_label params reason correlation salt personal_digest"
COLUMNS = {AuditEvent: EVENT.split(), LogSeal: ["made_at", "up_to", "previous", "digest"]}


def test_in_the_log(signed, unguarded):
    """Any column of any event or seal, written past the product; then put back."""
    log.seal()
    assert log.faults() == []
    chance = random.Random(4)
    for _turn in range(max(FLIPS // 4, 1)):
        model = chance.choice(list(COLUMNS))
        row, column = chance.choice(list(model.objects.all())), chance.choice(COLUMNS[model])
        before = _read(model, column, row.pk)
        if before in ("", b""):
            continue
        _write(model, column, row.pk, _other(before, chance))
        assert log.faults() != [], (model.__name__, column)
        _write(model, column, row.pk, before)
    assert log.faults() == []


def _read(model, column: str, pk: int):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE id = %s', [pk])  # noqa: S608
        return cursor.fetchone()[0]


def _write(model, column: str, pk: int, value) -> None:
    cast = "::jsonb" if column == "params" and connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{column}" = %s{cast} WHERE id = %s', [value, pk])  # noqa: S608


def _other(before, chance: random.Random):
    """The same with one letter, digit or microsecond changed."""
    from datetime import datetime, timedelta
    from uuid import UUID

    if isinstance(before, int):
        return before + 1_000_000 + chance.randrange(1000)
    if isinstance(before, datetime):
        return before + timedelta(microseconds=chance.randrange(1, 999))
    if isinstance(before, UUID):
        return UUID(int=before.int ^ (1 << chance.randrange(128)))
    if before == "{}":
        return '{"x": 1}'
    inside = re.search(r'"([^"\\]+)"', before) if before.startswith("{") else None
    letters = [n for n, letter in enumerate(before) if letter.isalnum() and (not inside or n in range(*inside.span(1)))]
    if not letters:
        return before + "x"
    at = chance.choice(letters)
    return before[:at] + ("1" if before[at] != "1" else "2") + before[at + 1 :]
