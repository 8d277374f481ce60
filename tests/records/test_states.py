"""Every state × verb of versions and sign-offs, against a table that was written by hand."""

import pytest

from ismsroles.core.errors import WrongState
from ismsroles.records.states import SIGNOFF, VERSION

ALLOWED_VERSION = """
preparing  draft_rendered  frozen
preparing  recall          recalled
frozen     send            sent
frozen     recall          recalled
sent       complete        signed
sent       reject          rejected
sent       recall          recalled
signed     publish         published
published  supersede       superseded
"""
ALLOWED_SIGNOFF = """
waiting  sign    signed
waiting  reject  rejected
"""
VERSION_STATES = ["preparing", "frozen", "sent", "signed", "published", "superseded", "rejected", "recalled"]
VERSION_VERBS = ["draft_rendered", "send", "complete", "publish", "supersede", "reject", "recall"]
SIGNOFF_STATES = ["waiting", "signed", "rejected"]
SIGNOFF_VERBS = ["sign", "reject"]


def _table(text: str) -> dict[tuple[str, str], str]:
    return {(state, verb): to for state, verb, to in (line.split() for line in text.strip().splitlines())}


@pytest.mark.parametrize("verb", VERSION_VERBS)
@pytest.mark.parametrize("state", VERSION_STATES)
def test_a_version_moves_only_as_written(state, verb):
    _moves(VERSION, _table(ALLOWED_VERSION), state, verb)


@pytest.mark.parametrize("verb", SIGNOFF_VERBS)
@pytest.mark.parametrize("state", SIGNOFF_STATES)
def test_a_sign_off_moves_only_as_written(state, verb):
    _moves(SIGNOFF, _table(ALLOWED_SIGNOFF), state, verb)


def test_no_state_and_no_verb_was_forgotten():
    assert {*VERSION_STATES} == VERSION.states and {*VERSION_VERBS} == VERSION.verbs
    assert {*SIGNOFF_STATES} == SIGNOFF.states and {*SIGNOFF_VERBS} == SIGNOFF.verbs


def _moves(table, allowed, state, verb):
    if (state, verb) in allowed:
        assert table.move(state, verb) == allowed[state, verb]
    else:
        with pytest.raises(WrongState):
            table.move(state, verb)
