"""Performance gaps: expected, noted, followed up, closed with evidence; seen by three people and nobody else (A10; rule 15)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from competence.actions.performance import add_expectation, close_gap, follow_up, note_gap
from competence.actions.reminding import remind
from competence.models import PerformanceGap
from competence.states import PERFORMANCE
from evidence import snapshot
from ismsroles.core import clock, findings
from ismsroles.core.access import visible_to
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent, OutboxMessage
from ismsroles.notices.models import Message
from roles.models import Person

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch"
MAY_KNOW = ("ism", "holder", "colleague")
MAY_NOT = ("administrator", "top", "representative", "deputy", "auditor")


@pytest.fixture
def managed(cast):
    """Cole manages Hana, though he works in another area."""
    Person.objects.filter(pk=cast.people.holder.pk).update(manager=cast.people.colleague)
    cast.people.holder.refresh_from_db()
    return cast


@pytest.fixture
def gap(managed):
    said = {"seen": f"{CANARY} seen", "feedback": f"{CANARY} said"}
    return note_gap(managed.people.holder, actor=managed.colleague, role=managed.roles.held, **said)


def test_manager_person_and_information_security_manager_see_it_and_nobody_else(managed, gap):
    sees = {who: visible_to(getattr(managed, who), PerformanceGap).exists() for who in (*MAY_KNOW, *MAY_NOT)}
    assert sees == {who: who in MAY_KNOW for who in sees}


@pytest.mark.parametrize("who", [*MAY_NOT, "holder"])
def test_nobody_else_notes_a_gap_and_nobody_about_themself(managed, who):
    with pytest.raises(NotAllowed):
        note_gap(managed.people.holder, actor=getattr(managed, who), role=managed.roles.held, seen="x")


def test_the_information_security_managers_own_gap_is_for_their_manager(managed):
    with pytest.raises(NotAllowed):
        note_gap(managed.people.ism, actor=managed.ism, role=managed.roles.ism, seen="x")


def test_the_database_refuses_a_gap_about_oneself(managed, gap):
    with pytest.raises(DatabaseError), transaction.atomic():
        PerformanceGap.objects.create(
            person=managed.people.ism, role=managed.roles.ism, seen="x", noted_by=managed.ism,
            noted_by_person=managed.people.ism, noted_on=clock.today(),
        )  # fmt: skip


def test_it_is_closed_only_with_an_action_and_what_shows_that_it_helped(managed, gap):
    with pytest.raises(Invalid):
        close_gap(gap, actor=managed.ism, outcome="Fine now.")
    follow_up(gap, actor=managed.colleague, action="A rota.")
    with pytest.raises(Invalid):
        close_gap(gap, actor=managed.ism, outcome=" ")
    file = SimpleUploadedFile("rota.pdf", b"%PDF-1.7")
    assert close_gap(gap, actor=managed.ism, outcome="No call missed for 30 days.", file=file).state == "closed"


@pytest.mark.parametrize("state", sorted(PERFORMANCE.states))
@pytest.mark.parametrize("verb", sorted(PERFORMANCE.verbs))
def test_a_closed_gap_stays_closed(managed, gap, state, verb):
    follow_up(gap, actor=managed.ism, action="A rota.")
    if state == "closed":
        close_gap(gap, actor=managed.ism, outcome="Fine now.")
    do = {
        "change": lambda: follow_up(gap, actor=managed.ism, action="Other"),
        "close": lambda: close_gap(gap, actor=managed.ism, outcome="x"),
    }
    if PERFORMANCE.allows(state, verb):
        assert do[verb]().state == PERFORMANCE.moves[state, verb]
    else:
        with pytest.raises(WrongState):
            do[verb]()


def test_an_expectation_of_another_role_is_refused(managed):
    other = add_expectation(managed.roles.ism, actor=managed.ism, text="Reports each month.")
    with pytest.raises(Invalid):
        note_gap(managed.people.holder, actor=managed.ism, role=managed.roles.held, seen="x", expectation=other)


def test_a_new_manager_sees_it_and_the_old_one_no_more(managed, gap):
    Person.objects.filter(pk=managed.people.holder.pk).update(manager=managed.people.deputy)
    assert (
        not visible_to(managed.colleague, PerformanceGap).exists()
        and visible_to(managed.deputy, PerformanceGap).exists()
    )


# What was planted; pages, exports and mails are read as every persona in tests/test_canary.py -----------------------------------


def planted(managed, gap) -> PerformanceGap:
    follow_up(gap, actor=managed.colleague, action=f"{CANARY} rota")
    return close_gap(
        gap, actor=managed.colleague, outcome=f"{CANARY} fine", file=SimpleUploadedFile(f"{CANARY}.pdf", b"%PDF-1.7")
    )


@pytest.mark.parametrize("persona", MAY_KNOW)
def test_the_three_who_may_know_read_it(managed, gap, as_user, persona):
    row = planted(managed, gap)
    page = as_user(persona).get(row.get_absolute_url())
    assert page.status_code == 200 and page.content.decode().count(CANARY) >= 4


def test_no_mail_event_finding_or_document_carries_it(managed, gap):
    planted(managed, gap)
    remind()
    texts = [str(row.payload) for row in OutboxMessage.objects.all()]
    texts += [f"{row.subject}{row.params}" for row in Message.objects.all()]
    texts += [f"{row.sentence}{row.params}{row.reason}{row.subject_label}" for row in AuditEvent.objects.all()]
    texts += [one.sentence + one.detail for one in findings.current()]
    texts.append(snapshot.build("1.0", "x").decode())
    assert not [text for text in texts if CANARY in text]
    about = AuditEvent.objects.filter(code__startswith="performance.")
    assert about.count() == 3 and not [row for row in about if "Hana" in row.sentence + str(row.params)]
