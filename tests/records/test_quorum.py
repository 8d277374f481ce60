"""N of M approvers, and their order: settled when a version is sent, kept with the signatures (D2)."""

import json

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core.errors import Invalid, WrongState
from ismsroles.records import actions
from ismsroles.records.actions import Signer
from ismsroles.records.models import Version
from tests import factories
from tests.records.conftest import KIND, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def third(people):
    return factories.user("Third Signer")


def _send(version, people, *users, **rule):
    signers = [Signer.named(user, KIND) for user in users]
    return actions.send(version, signers=signers, actor=people.prep, **rule)


def _state(version) -> str:
    version.refresh_from_db()
    return version.state


def test_two_of_three_are_enough_and_the_record_says_so(frozen, people, third, deliver):
    version = _send(frozen, people, people.first, people.second, third, needed=2)
    sign(version, third)
    assert _state(version) == "sent"
    sign(version, people.first)
    deliver()
    assert _state(version) == "published"
    rows = json.loads(bytes(version.signoffs_record.content))
    assert [row["name"] for row in rows] == ["First Signer", "Third Signer"]
    assert {row["rule"] for row in rows} == {"2 of 3 had to approve"}


def test_who_was_not_needed_any_more_signs_no_more(frozen, people, third):
    version = _send(frozen, people, people.first, people.second, needed=1)
    sign(version, people.first)
    with pytest.raises(WrongState):
        sign(version, people.second)


def test_all_of_them_is_the_rule_when_none_is_said(frozen, people):
    version = _send(frozen, people, people.first, people.second)
    sign(version, people.first)
    assert _state(version) == "sent"


def test_reviews_are_needed_whatever_the_number_of_approvals(frozen, people, third):
    signers = [
        Signer.named(third, KIND, "reviewed"),
        *(Signer.named(one, KIND) for one in (people.first, people.second)),
    ]
    version = actions.send(frozen, signers=signers, actor=people.prep, needed=1)
    with pytest.raises(WrongState, match="Third Signer"):
        sign(version, people.first)


@pytest.mark.parametrize("needed", [0, -1, 3, 99])
def test_a_number_that_cannot_be_reached_is_refused(frozen, people, needed):
    with pytest.raises(Invalid):
        _send(frozen, people, people.first, people.second, needed=needed)


def test_in_turn_each_waits_for_the_one_before(frozen, people):
    version = _send(frozen, people, people.first, people.second, in_turn=True)
    with pytest.raises(WrongState, match="First Signer"):
        sign(version, people.second)
    sign(version, people.first)
    sign(version, people.second)
    assert _state(version) == "signed"


def test_not_signing_stops_it_even_when_others_would_be_enough(frozen, people, third):
    version = _send(frozen, people, people.first, people.second, third, needed=2)
    actions.refuse_to_sign(version, actor=third, reason="Wrong limits")
    assert _state(version) == "rejected"


def test_the_rule_cannot_be_eased_after_sending(frozen, people):
    version = _send(frozen, people, people.first, people.second)
    for change in ({"needed": 1}, {"in_turn": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**change)
