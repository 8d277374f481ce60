"""Each kind of thing that is reviewed can be found, named, opened and read line by line (V1)."""

import pytest

from ismsroles.core import clock
from reviews import reviewable, reviewers
from reviews.queries import year
from reviews.reviewable import kinds
from roles.models import Process

pytestmark = pytest.mark.django_db
KEYS = [
    "role", "assignment", "asset", "risk", "exception", "approver_exception", "delegation", "level", "policy", "chart", "matrix",
    "whole", "team",
]  # fmt: skip


def test_all_that_the_clause_asks_for_is_reviewed():
    assert set(KEYS) <= {kind.key for kind in kinds()}


@pytest.mark.parametrize("key", KEYS)
def test_a_kind_answers_its_questions_about_many_rows_at_once(cast, key):
    Process.objects.create(name="Incident management")
    kind, day = reviewable.kind_of(key), clock.today()
    rows = list(kind.standing(day))
    found = reviewers.offices(day)
    who = reviewers.chosen(kind, rows, found)
    reviewers.asked(kind, rows, found, who)
    for row in rows:
        lines = list(kind.lines(row, day))
        assert kind.named(row) and kind.url(row) and lines and len({line.key for line in lines}) == len(lines)


def test_nobody_reviews_themself_in_the_whole_year(cast):
    for one in year.coming(clock.today()):
        kind = reviewable.kind_of(one.kind)
        rows = list(kind.standing(clock.today()).filter(pk=one.subject))
        assert one.reviewer not in kind.concerned(rows, clock.today()).get(one.subject, ())
