"""A kind of document that is only for tests: plain bytes, rendered at once, so that the rules of records can be looked at alone."""

from types import SimpleNamespace

import pytest

from ismsroles.core import access
from ismsroles.records import actions, kinds
from ismsroles.records.kinds import Identity
from tests import factories

KIND = "test-note"


def draft(snapshot: bytes) -> bytes:
    """A draft is the snapshot in an envelope; a snapshot that says “break” cannot be rendered."""
    if b"break" in snapshot:
        raise RuntimeError("the renderer broke at /secret/path")
    return b"%PDF-1.7 draft stream\n" + snapshot + b"\nendstream"


def final(snapshot: bytes, signoffs: bytes, head: str) -> bytes:
    """The final file carries all that determines it."""
    return b"%PDF-1.7 final stream\n" + snapshot + b"\nendstream stream\n" + signoffs + b"\nendstream " + head.encode()


def identity(user) -> Identity:
    """Two logins whose names begin alike are one person."""
    return Identity(f"person:{user.name.split()[0]}", user.name, "Signer of notes")


kinds.register(
    kinds.Kind(KIND, draft, final, "test renderer", lambda user: user.is_active, identity=identity, is_sealed=False)
)


@access.policy(f"{KIND}.prepare")
def _prepare(user, _obj) -> bool:
    return user.name.startswith("Prep")


@pytest.fixture
def people(organisation) -> SimpleNamespace:
    """Who prepares, who signs, and a stranger."""
    names = {"prep": "Prep Arer", "first": "First Signer", "second": "Second Signer", "stranger": "Strange Person"}
    return SimpleNamespace(**{key: factories.user(name) for key, name in names.items()})


def freeze(people, number: str = "1.0", snapshot: bytes = b'{"a":1}'):
    """A version whose draft was rendered."""
    version = actions.freeze(
        kind=KIND, number=number, title="Note", summary="First", snapshot=snapshot, actor=people.prep
    )
    actions.render_draft(version.pk)
    version.refresh_from_db()
    return version


def send(version, people, *users, meaning: str = "approved"):
    """Sent to these logins."""
    signers = [actions.Signer.named(user, KIND, meaning) for user in users]
    return actions.send(version, signers=signers, actor=people.prep)


def sign(version, user, **other):
    """Signed as shown, unless told otherwise."""
    seen = {"seen_snapshot": version.snapshot_id, "seen_draft": version.draft_id, "password": factories.PASSWORD}
    return actions.sign(version, actor=user, **{**seen, **other})


@pytest.fixture
def frozen(people):
    """A version with its draft."""
    return freeze(people)


@pytest.fixture
def sent(frozen, people):
    """A version that waits for two signatures."""
    return send(frozen, people, people.first, people.second)


@pytest.fixture
def published(sent, people, deliver):
    """A version in force."""
    sign(sent, people.first)
    sign(sent, people.second)
    deliver()
    sent.refresh_from_db()
    return sent
