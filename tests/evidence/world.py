"""Versions of the real document, for the tests of this folder: `prepared`, `sent`, `signed`."""

import pytest

from evidence import actions
from ismsroles.core import outbox
from ismsroles.records import actions as records
from ismsroles.records.models import Version
from tests import factories
from tests.made_once import made_once


def prepare(cast, number: str = "1.0", summary: str = "The first version.") -> Version:
    """Frozen by the information security manager, its draft rendered."""
    version = actions.prepare_version(number, summary, actor=cast.ism)
    outbox.deliver_due()
    return Version.objects.get(pk=version.pk)


def send(cast, version: Version) -> Version:
    """Sent to top management."""
    return actions.send_version(version, approvers=[cast.top], actor=cast.ism)


def sign(cast, version: Version) -> Version:
    """Signed, rendered and in force."""
    seen = {"seen_snapshot": version.snapshot_id, "seen_draft": version.draft_id}
    records.sign(version, actor=cast.top, password=factories.PASSWORD, **seen)
    outbox.deliver_due()
    return Version.objects.get(pk=version.pk)


# Each is rendered once a process: a test has one of them, never two.


@pytest.fixture
def prepared(cast) -> Version:
    """A frozen draft."""
    return made_once("prepared", lambda: prepare(cast))


@pytest.fixture
def sent(cast) -> Version:
    """A version that waits for top management."""
    return made_once("sent", lambda: send(cast, prepare(cast)))


@pytest.fixture
def signed(cast) -> Version:
    """A version in force."""
    return made_once("signed", lambda: sign(cast, send(cast, prepare(cast))))
