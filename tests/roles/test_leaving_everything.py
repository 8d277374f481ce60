"""Somebody who holds one of everything leaves: in one transaction, in a number of questions that is written down (A6; rule 5)."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ismsroles.core import accounts, clock, scope
from ismsroles.core.models import AuditEvent, OutboxMessage
from ismsroles.records.models import Artefact, SignOff, Version
from raci.models import Asset, Risk
from reviews import changes
from reviews.models import Review, TeamAction
from roles.actions import people
from roles.holdings import holdings
from roles.models import Assignment, DelegatedDuty, Delegation, Letter, Team, TeamMember
from tests import factories
from tests.reviews.making import meeting, seated, sit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def max_many(cast):
    """Max approves, sits on the management review team, and holds forty things more."""
    person = factories.person("Max Many", login=True, manager=cast.people.colleague)
    factories.hold(factories.role("Second approver", persona="top_management"), person, approver=cast.top)
    sit(seated(cast).role, person, cast.elsewhere, cast.top)
    _seats(cast, person)
    _delegations(cast, person)
    _teams(cast, person)
    _things(cast, person)
    _to_sign(cast, person)
    factories.assign_perm("represent_area", person.user, cast.home)
    accounts.invite(person.user, actor=cast.ism)
    return person


def _seats(cast, person) -> None:
    """Sixteen roles with a deputy and a letter, four deputy seats, four proposals; one proposal waits for Max to decide."""
    for number in range(24):
        role = factories.role(kind="one")
        if number >= 20:
            _proposed(cast, role, person)
            continue
        mine, theirs = ("deputy", "primary") if number >= 16 else ("primary", "deputy")
        seat = factories.hold(role, person, approver=cast.top, seat=mine)
        factories.hold(role, factories.person(), approver=cast.top, seat=theirs)
        Letter.objects.create(assignment=seat, person=person, snapshot=_kept(cast), issued_at=clock.now())
    _proposed(cast, cast.roles.vacant, cast.people.outsider)


def _proposed(cast, role, person) -> None:
    terms = {"single_holder": True, "starts_on": clock.today(), "proposed_by": cast.ism, "proposed_at": clock.now()}
    Assignment.objects.create(role=role, person=person, proposed_by_person=cast.people.ism, **terms)


def _delegations(cast, person) -> None:
    """Three given and three held, one of each still offered."""
    given = list(Assignment.objects.filter(person=person, seat="primary", role__title__startswith="Role")[:3])
    pairs = [(seat, cast.people.deputy) for seat in given] + [(cast.held.holder, person)] * 3
    for number, (seat, delegate) in enumerate(pairs):
        terms = {"starts_on": clock.today() - 5 * DAY, "ends_on": clock.today() + 90 * DAY}
        who = {"assignment": seat, "role": seat.role, "holder": seat.person, "delegate": delegate}
        made = Delegation.objects.create(
            **who, **terms, every=1, unit="month", delegated_by=seat.person.user, delegated_at=clock.now()
        )
        duty = seat.role.responsibilities.create(text=f"Check list {number} every month")
        DelegatedDuty.objects.create(delegation=made, responsibility=duty, assignment=seat, text=duty.text, **terms)
        if number % 3:
            answer = {"answered_by": delegate.user, "answered_by_person": delegate, "answered_at": clock.now()}
            Delegation.objects.filter(pk=made.pk).update(state="accepted", seen_hash="x", **answer)


def _teams(cast, person) -> None:
    for number in range(3):
        team = Team.objects.create(name=f"Crew {number}")
        joined = {"starts_on": clock.today() - 50 * DAY, "added_by": cast.ism, "added_at": clock.now()}
        TeamMember.objects.create(team=team, person=person, is_lead=number == 0, **joined)


def _things(cast, person) -> None:
    """Four assets owned and one looked after, three risks, two actions of the management review team."""
    for number in range(4):
        Asset.objects.create(name=f"Share {number}", kind="share", owner_person=person)
        Risk.objects.create(reference=f"R-{number}", title="Loss", owner_person=person if number else None)
    Asset.objects.create(name="Cupboard", owner_role=cast.roles.held, custodian_person=person)
    for number in range(2):
        TeamAction.objects.create(
            meeting=meeting(days=-3 - number), number=f"A-{number}", text="Do it", owner=person, due_on=clock.today()
        )


def _to_sign(cast, person) -> None:
    kept = _kept(cast)
    version = Version.objects.create(
        kind="roles-document", number="1.0", title="Roles and Responsibilities", summary="The first.", snapshot=kept, draft=kept,
        frozen_at=clock.now(), frozen_by=cast.ism, frozen_by_name="Ismail Keeper", frozen_by_key="person:ism",
    )  # fmt: skip
    Version.objects.update(state="frozen")
    place = {"person_key": "person:max", "preparer_key": "person:ism", "name": "Max Many", "role": "Approver"}
    SignOff.objects.create(version=version, user=person.user, **place)
    Version.objects.update(state="sent", sent_at=clock.now())


def _kept(cast) -> Artefact:
    values = {"media_type": "application/json", "content": b"{}", "created_at": clock.now()}
    return Artefact.objects.get_or_create(sha256="0" * 64, defaults=values)[0]


def leaves(cast, person, days: int = 30):
    return people.record_last_day(person, clock.today() + days * DAY, actor=cast.ism, reason="New job")


def test_max_holds_more_than_forty_things_of_every_kind(max_many):
    held = [one for one in holdings([max_many.pk], clock.today(), None) if one.person == max_many.pk]
    assert {one.kind for one in held} >= {"assignment", "delegation", "ownership", "team action", "signature"}
    proposals = Assignment.objects.pending().filter(person=max_many).count()
    assert len(held) + proposals + max_many.memberships.count() >= 40


@pytest.mark.parametrize("days", [-1, 0, 30])
def test_who_holds_one_of_everything_leaves_in_one_transaction_and_at_most_25_queries(cast, max_many, days):
    with scope.opened(), CaptureQueriesContext(connection) as asked:
        leaves(cast, max_many, days)
    said = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(said) <= 25, "\n".join(f"{number} {sql[:120]}" for number, sql in enumerate(said, 1))


def test_everything_ends_on_the_last_day_or_is_named_to_whoever_records_it(cast, max_many):
    left, day = leaves(cast, max_many), clock.today() + 30 * DAY
    assert set(Assignment.objects.approved().filter(person=max_many).values_list("ends_on", flat=True)) == {day}
    assert set(TeamMember.objects.filter(person=max_many).values_list("ends_on", flat=True)) == {day}
    assert {(one.state, min(one.ends_on, day)) for one in Delegation.objects.all()} == {
        ("withdrawn", day),
        ("accepted", day),
    }
    assert set(DelegatedDuty.objects.filter(lives=True).values_list("ends_on", flat=True)) == {day}
    named = " ".join(one.sentence for one in left.outcomes if one.is_open)
    for thing in ("Share 3", "Cupboard", "R-1 Loss", "A-0 “Do it”", "Roles and Responsibilities, 1.0", "Crew 0"):
        assert thing in named


def test_whoever_is_gone_looks_after_no_area_and_that_is_said(cast, max_many):
    left = leaves(cast, max_many, -1)
    assert not max_many.user.has_perm("represent_area", cast.home)
    assert any("No longer looks after the people of Operations" in one.sentence for one in left.outcomes)
    assert AuditEvent.objects.filter(code="person.representative_ended").count() == 1


def test_the_last_of_it_failing_undoes_all_of_it(cast, max_many, monkeypatch):
    def fails(*_given, **_named):
        raise RuntimeError("The disk is full.")

    before = AuditEvent.objects.count(), OutboxMessage.objects.count()
    monkeypatch.setattr(OutboxMessage.objects, "bulk_create", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        leaves(cast, max_many)
    assert (AuditEvent.objects.count(), OutboxMessage.objects.count()) == before
    assert not Assignment.objects.filter(person=max_many, cut_by_leaving=True).exists()


def test_a_review_of_each_thing_is_opened_once_by_the_message_of_that_transaction(cast, max_many, deliver):
    leaves(cast, max_many)
    message = OutboxMessage.objects.get(kind="reviews.changed")
    payload = dict(message.payload)
    deliver()
    changes.after_change(payload)  # delivered again, as after a crash
    seats = Assignment.objects.approved().filter(person=max_many)
    reviews = Review.objects.filter(kind="on_change", state="open")
    assert set(reviews.filter(subject_kind="role").values_list("subject_id", flat=True)) == {a.role_id for a in seats}
    assert (reviews.filter(subject_kind="asset").count(), reviews.filter(subject_kind="risk").count()) == (4, 3)
    assert reviews.count() == len({(one.subject_kind, one.subject_id) for one in reviews})
