"""Doing a review: line by line, bound to what was shown, frozen with it (V3; design rules 2 and 12)."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ismsroles.core import clock
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from ismsroles.notices.models import Message
from reviews import dates, looking, sweep, telling, telling_work
from reviews.actions import doing
from reviews.actions.doing import Answer
from reviews.models import Covered, FollowUp, Record, Remark, Review, Stakeholder
from reviews.states import FOLLOW_UP, REVIEW
from roles.actions import assignments, people, register
from tests import factories
from tests.reviews.world import finished, opened, reviewed

pytestmark = pytest.mark.django_db


def test_who_did_it_and_what_they_saw_is_frozen_under_its_fingerprint(cast):
    record = Record.objects.get(review=reviewed(cast, cast.roles.held))
    content = json.loads(record.content)
    assert record.sha256 == fingerprint(content) and content["by"]["name"] == "Ismail Keeper"
    assert any("Hana Holder" in line["text"] for line in content["lines"])
    assert {line["answer"] for line in content["lines"]} == {"right"}


def test_what_was_frozen_cannot_be_changed_or_deleted(cast):
    record = Record.objects.get(review=reviewed(cast, cast.roles.held))
    for act in (lambda: Record.objects.filter(pk=record.pk).update(content="{}"), record.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_finished_review_stays_as_it_was_done(cast):
    review = reviewed(cast, cast.roles.held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(outcome="retire")


def test_a_later_rename_does_not_change_what_was_frozen(cast):
    review = reviewed(cast, cast.roles.held)
    register.change_role(cast.roles.held, actor=cast.ism, title="Incident lead")
    assert "Incident manager" in Record.objects.get(review=review).content


def test_what_changed_while_it_was_reviewed_is_shown_again_before_it_counts(cast):
    review = opened(cast.roles.held, cast.people.ism)
    seen = looking.at(review, clock.today()).print
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Another purpose that can be tested.")
    with pytest.raises(Stale):
        doing.finish_review(review, actor=cast.ism, seen=seen, answers={}, outcome="right", reason="Fine.")


def test_a_yearly_review_leaves_no_line_out(cast):
    with pytest.raises(Invalid, match="leaves none out"):
        finished(opened(cast.roles.held, cast.people.ism), cast.ism, leave_out=1)


def test_after_a_change_lines_may_be_left_out_but_then_the_year_goes_on(cast):
    review = finished(opened(cast.roles.held, cast.people.ism, kind="on_change"), cast.ism, leave_out=1)
    assert not review.covers_all and not Covered.objects.filter(subject_kind="role").exists()


def test_a_review_after_a_change_that_covers_everything_counts_for_the_year_and_covers_the_yearly_one(cast):
    yearly = opened(cast.roles.held, cast.people.ism)
    review = finished(opened(cast.roles.held, cast.people.ism, kind="on_change"), cast.ism)
    yearly.refresh_from_db()
    assert (yearly.state, yearly.superseded_by) == ("superseded", review)
    assert Covered.objects.get(subject_kind="role", subject_id=cast.roles.held.pk).on == clock.today()


def test_reviewing_a_role_reviews_the_assignments_of_its_holders(cast):
    yearly = opened(cast.held.holder, cast.people.ism)
    reviewed(cast, cast.roles.held)
    yearly.refresh_from_db()
    assert yearly.state == "superseded"
    assert Covered.objects.filter(subject_kind="assignment", subject_id=cast.held.deputy.pk).exists()


def test_what_is_to_be_changed_says_what_has_to_be_done(cast):
    review = opened(cast.roles.held, cast.people.ism)
    looked = looking.at(review, clock.today())
    answers = {seen.line.key: Answer("change") for seen in looked.lines}
    with pytest.raises(Invalid, match="what has to be done"):
        doing.finish_review(review, actor=cast.ism, seen=looked.print, answers=answers, outcome="change", reason="Old.")


def test_the_whole_is_not_right_while_a_line_is_not(cast):
    with pytest.raises(Invalid, match="not still right"):
        finished(opened(cast.roles.held, cast.people.ism), cast.ism, verdict="change", outcome="right")


def test_what_has_to_change_becomes_a_follow_up_with_somebody_and_a_day(cast):
    reviewed(cast, cast.roles.held, verdict="change", owner=cast.people.holder)
    row = FollowUp.objects.get()
    assert (row.owner, row.state) == (cast.people.holder, "open") and row.due_on > clock.today()
    doing.close_follow_up(row, actor=cast.holder, result="Written anew.")
    assert FollowUp.objects.get().state == "done"


def test_a_follow_up_about_who_holds_a_role_becomes_the_proposal(cast):
    review = opened(cast.roles.vacant, cast.people.ism)
    looked = looking.at(review, clock.today())
    answers = {seen.line.key: Answer("right") for seen in looked.lines} | {"vacant": Answer("change", "Find somebody.")}
    doing.finish_review(review, actor=cast.ism, seen=looked.print, answers=answers, outcome="change", reason="Vacant.")
    made = assignments.propose_assignment(
        role=cast.roles.vacant, person=cast.people.colleague, actor=cast.ism, reason="Fits.", starts_on=clock.today()
    )
    row = FollowUp.objects.get()
    assert (row.state, row.assignment) == ("proposed", made)


@pytest.mark.parametrize("who", ["top", "holder", "auditor", "administrator"])
def test_only_the_reviewer_finishes_it(cast, who):
    with pytest.raises(NotAllowed):
        finished(opened(cast.roles.vacant, cast.people.ism), getattr(cast, who))


def test_nobody_reviews_what_is_about_themself(cast):
    with pytest.raises(NotAllowed, match="about you"):
        finished(opened(cast.roles.ism, cast.people.ism), cast.ism)
    with pytest.raises(Invalid, match="about"):
        doing.hand_over(
            opened(cast.roles.held, cast.people.ism), actor=cast.ism, to=cast.people.holder, reason="Knows it."
        )


def test_it_is_handed_only_to_somebody_who_is_here(cast):
    with pytest.raises(Invalid):
        doing.hand_over(opened(cast.roles.held, cast.people.ism), actor=cast.ism, to=cast.people.leaver, reason="No.")


def test_those_who_are_asked_comment_and_the_reviewer_reads_it(cast):
    review = opened(cast.roles.held, cast.people.ism)
    review.stakeholders.create(person=cast.people.holder)
    doing.comment(review, actor=cast.holder, text="The second duty is done by Finance.")
    assert "Finance" in looking.at(review, clock.today()).remarks[0]
    with pytest.raises(NotAllowed):
        doing.comment(review, actor=cast.colleague, text="Me too.")
    assert Remark.objects.count() == 1


def test_the_next_review_shows_what_is_different_since_the_last(cast):
    reviewed(cast, cast.roles.held)
    duty = cast.roles.held.responsibilities.first()
    register.change_responsibility(duty, "Check everything every day", actor=cast.ism, reason="More.")
    looked = looking.at(opened(cast.roles.held, cast.people.ism, due_on=clock.today()), clock.today())
    states = {seen.line.key: seen.state for seen in looked.lines}
    assert states[f"responsibility-{duty.pk}"] == "changed" and set(states.values()) == {"changed", "same"}
    assert any("Check everything every day" in line for line in looked.events)


@pytest.mark.parametrize("verb", sorted(REVIEW.verbs))
@pytest.mark.parametrize("state", ["open", "in_progress", "done", "superseded"])
def test_every_state_and_verb_of_a_review(state, verb):
    allowed = state in ("open", "in_progress") and (verb, state) != ("start", "in_progress")
    assert REVIEW.allows(state, verb) is allowed


@pytest.mark.parametrize(
    ("state", "verb"), [(s, v) for s in ("open", "proposed", "done") for v in ("propose", "close")]
)
def test_every_state_and_verb_of_a_follow_up(state, verb):
    assert FOLLOW_UP.allows(state, verb) is (state == "open" or (state, verb) == ("proposed", "close"))


def test_a_review_is_finished_once(cast):
    review = reviewed(cast, cast.roles.held)
    with pytest.raises(WrongState):
        finished(review, cast.ism)


def test_the_reviewer_who_has_left_is_followed_by_who_may(cast):
    review = opened(cast.roles.vacant, cast.people.leaver)
    sweep.run_due()
    review.refresh_from_db()
    assert review.reviewer == cast.people.ism


def told(person) -> list[str]:
    """The kinds of messages about reviews that stand in the inbox of this person, oldest first."""
    rows = Message.objects.filter(address=person.email, code__startswith="review.")
    return list(rows.order_by("pk").values_list("code", flat=True))


def test_the_reviewer_is_told_once_of_each_step_and_top_management_when_it_is_late(cast):
    review = opened(cast.roles.held, cast.people.ism)
    for days in (0, 0, 4, 11, 11, 19, 30):
        with clock.at(clock.now() + timedelta(days=days)):
            telling.reviews_told()
    review.refresh_from_db()
    assert told(cast.people.ism) == ["review.opened", "review.soon", "review.late", "review.late"]
    assert told(cast.people.top) == ["review.escalated"] and review.told == dates.ESCALATED


def test_only_what_is_overdue_is_mailed_at_once_and_top_management_reads_whose_it_is(cast):
    opened(cast.roles.held, cast.people.ism, due_on=clock.today() - timedelta(days=20))
    telling.reviews_told()
    rows = {row.code: row for row in Message.objects.filter(code__startswith="review.")}
    assert set(rows) == {"review.late", "review.escalated"} and all(row.when == "now" for row in rows.values())
    assert rows["review.escalated"].lines[0].endswith("(Ismail Keeper)")


def test_whom_it_concerns_is_asked_for_a_view_once_and_no_more_when_it_is_done(cast):
    review = opened(cast.roles.held, cast.people.ism)
    Stakeholder.objects.create(review=review, person=cast.people.holder)
    telling.reviews_told()
    doing.hand_over(review, actor=cast.ism, to=cast.people.top, reason="Away.")
    telling.reviews_told()
    assert told(cast.people.holder) == ["review.view"]
    finished(review, cast.top)
    assert not Message.objects.filter(
        code__in=["review.view", "review.opened"], address__in=[cast.holder.email, cast.top.email], done_at=None
    )


def test_who_sees_to_a_follow_up_is_told_and_reminded_each_week(cast):
    reviewed(cast, cast.roles.held, verdict="change", owner=cast.people.top)
    for days in (0, 31, 31, 33, 39):
        with clock.at(clock.now() + timedelta(days=days)):
            telling_work.late_work_told()
    codes = Message.objects.filter(address=cast.top.email, code__in=["review.follow_up", "work.late"]).order_by("pk")
    assert list(codes.values_list("code", flat=True)) == ["review.follow_up", "work.late", "work.late"]


def test_the_review_page_shows_every_line_and_takes_the_answers(cast, as_user):
    review, client = opened(cast.roles.held, cast.people.ism), as_user("ism")
    page = client.get(review.get_absolute_url())
    assert "Hana Holder" in page.content.decode()
    sent = {"seen": page.context["looked"].print, "outcome": "right", "reason": "All as written."}
    sent |= {name: "right" for name in page.context["form"].fields if name.startswith("verdict_")}
    assert client.post(review.get_absolute_url(), sent).status_code == 302
    done = client.get(review.get_absolute_url()).content.decode()
    assert "All as written." in done and Record.objects.get().sha256 in done


def test_the_list_and_the_calendar_cost_the_same_for_many(cast, as_user, django_assert_max_num_queries):
    for _number in range(30):
        opened(factories.role(), cast.people.ism)
    client = as_user("ism")
    for name in ("reviews", "review-calendar", "my-reviews", "review-settings"):
        with django_assert_max_num_queries(75):
            assert client.get(reverse(name)).status_code == 200


def test_spreading_moves_reviews_earlier_and_never_later(cast, as_user):
    for _number in range(12):
        factories.role()
    client, url = as_user("ism"), reverse("review-spread")
    page = client.get(url)
    assert client.post(url, {"seen": page.context["form"].initial["seen"]}).status_code == 302
    from reviews.models import Earlier

    moved = list(Earlier.objects.all())
    assert moved and all(row.due_on < row.period for row in moved)
    sweep.run_due(clock.now() + timedelta(days=200))
    early = Review.objects.filter(kind="periodic", subject_kind="role").first()
    assert early.due_on < early.period


def test_a_spread_that_nobody_was_shown_is_refused(cast, as_user):
    factories.role()
    assert as_user("ism").post(reverse("review-spread"), {"seen": "0" * 64}).status_code == 409


def test_an_interval_is_never_longer_than_a_year(cast, as_user):
    url = reverse("review-setting", args=["role"])
    assert as_user("ism").post(url, {"months": 13}).status_code == 422
    assert as_user("ism").post(url, {"months": 6, "asks": "on"}).status_code == 302
    sweep.run_due(clock.now() + timedelta(days=160))
    assert Review.objects.filter(subject_kind="role").exists()


def test_every_step_of_a_review_is_in_the_log(cast):
    review = opened(cast.roles.held, cast.people.ism)
    doing.start_review(review, actor=cast.ism)
    doing.hand_over(review, actor=cast.ism, to=cast.people.top, reason="Away.")
    finished(review, cast.top)
    codes = set(AuditEvent.objects.filter(subject_type="reviews.review").values_list("code", flat=True))
    assert {"review.started", "review.handed_over", "review.finished"} <= codes


def test_a_leaver_may_still_be_read_in_what_they_reviewed(cast):
    review = reviewed(cast, cast.roles.held)
    people.record_last_day(cast.people.ism, clock.today(), actor=None)
    assert review.completed_by_person.name in Record.objects.get(review=review).content
