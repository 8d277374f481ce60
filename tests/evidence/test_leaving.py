"""A signature that waits for somebody who leaves is said, and stays a finding (D2; rule 5)."""

from datetime import timedelta

import pytest

from ismsroles.core import clock, findings, scope
from roles.actions.leaving import record_last_day
from roles.holdings import holdings

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    with scope.opened():
        return [one.sentence for one in findings.current() if one.rule == "D2.signer"]


def leaves(cast, days: int):
    return record_last_day(cast.people.top, clock.today() + timedelta(days=days), actor=cast.ism)


def test_who_leaves_before_signing_is_told_to_the_one_who_records_it(cast, sent):
    outcomes = [one.sentence for one in leaves(cast, 40).outcomes if one.is_open]
    assert len(outcomes) == 1
    assert "recall the version" in outcomes[0]


def test_a_version_that_waits_for_a_leaver_is_a_finding_until_it_is_recalled(cast, sent):
    assert broken() == []
    leaves(cast, 10)
    assert "who leaves on" in broken()[0]
    with clock.at(clock.now() + timedelta(days=20)):
        assert "who left on" in broken()[0]
    sent.state = "recalled"
    type(sent).objects.filter(pk=sent.pk).update(state="recalled", closed_reason="Leaves")
    assert broken() == []


def test_a_waiting_signature_is_among_what_somebody_holds(cast, sent):
    held = holdings([cast.people.top.pk], clock.today(), None)
    assert [one.kind for one in held if one.kind == "signature"] == ["signature"]
