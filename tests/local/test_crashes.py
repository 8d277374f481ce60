"""Workers, beats, the broker and PostgreSQL are killed with -9 while changes are made: nothing is lost (design §6)."""

import pytest

from tests import postgres
from tests.crashes.run import run


@pytest.mark.slow
@pytest.mark.skipif(
    postgres.programs() is None, reason="there is no PostgreSQL on this machine: apt install postgresql"
)
def test_ten_kills_lose_nothing_open_no_review_twice_and_double_no_more_mails_than_there_were_kills():
    """Eight beats and four workers; the set of reviews is exactly the expected one."""
    found = run(120, 10, seed="CI")
    assert found.holds and found.kills.total() == 10, str(found)
    assert found.mails >= 120, str(found)
