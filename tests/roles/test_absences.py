"""Absences: while one lasts the deputy acts, never on what concerns either of them (coverage A7; design rule 1, security cases 4 and 5)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from ismsroles.core import clock, findings, outbox
from ismsroles.core.access import may
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from roles import policy
from roles.actions import absences, assignments, register
from roles.models import Absence, Assignment
from roles.queries.assignments import who_may_decide
from roles.shown import shown
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def stand_in(cast):
    """Dov stands in for the chief executive, and Hana for the information security manager."""
    factories.hold(cast.roles.top, cast.people.deputy, approver=cast.top, seat="deputy", proposed_by=cast.ism)
    factories.hold(cast.roles.ism, cast.people.holder, approver=cast.top, seat="deputy")
    return cast


def away(cast, who="top", actor=None, **values) -> Absence:
    terms = {"starts_on": clock.today(), "ends_on": clock.today() + 5 * DAY} | values
    return absences.record_absence(getattr(cast.people, who), actor=actor or getattr(cast, who), **terms)


def proposal(cast, person="colleague", actor="ism") -> Assignment:
    return assignments.propose_assignment(
        role=cast.roles.vacant,
        person=getattr(cast.people, person),
        actor=getattr(cast, actor),
        starts_on=clock.today(),
        reason="Fits",
    )


def approve(made, actor) -> Assignment:
    return assignments.approve_assignment(
        made, actor=actor, seen_hash=fingerprint(shown(Assignment.objects.get(pk=made.pk)))
    )


# Acting --------------------------------------------------------------------------------------------------------------------


def test_a_deputy_has_no_say_while_the_holder_is_there(stand_in):
    assert not policy.standing(stand_in.deputy).is_top_management and not policy.standing(stand_in.holder).is_ism


def test_in_a_recorded_absence_the_deputy_decides_and_the_log_names_both(stand_in):
    made = proposal(stand_in)
    away(stand_in)
    done = approve(made, stand_in.deputy)
    assert done.decided_by_role == "Deputy of Chief executive, for Tora Top" and done.decided_for == stand_in.people.top
    told = AuditEvent.objects.get(code="assignment.approved").sentence
    assert told == "Dov Deputy for Tora Top approved Cole Colleague as holder of Continuity manager."


@pytest.mark.parametrize("days", [-1, 6])
def test_before_the_first_and_after_the_last_day_the_deputy_decides_nothing(stand_in, days):
    made = proposal(stand_in)
    absence = away(stand_in, starts_on=clock.today())
    with clock.at(clock.now() + days * DAY), pytest.raises(NotAllowed):
        approve(made, stand_in.deputy)
    assert absence.state == "recorded"


@pytest.mark.parametrize(("person", "proposer"), [("deputy", "ism"), ("top", "ism")])
def test_a_deputy_decides_nothing_about_themself_or_whom_they_stand_in_for(stand_in, person, proposer):
    made = proposal(stand_in, person, proposer)
    away(stand_in)
    with pytest.raises(NotAllowed):
        approve(made, stand_in.deputy)


def test_a_deputy_does_not_approve_what_the_absent_holder_proposed(stand_in):
    other = factories.person("Another Approver", login=True)
    factories.hold(factories.role("Board", persona="top_management"), other, approver=stand_in.top)
    factories.hold(factories.role("Also keeps it", persona="ism"), stand_in.people.top, approver=other.user)
    made = proposal(stand_in, actor="top")
    away(stand_in)
    with pytest.raises(NotAllowed):
        approve(made, stand_in.deputy)


def test_who_may_decide_names_the_deputy_while_it_lasts(stand_in):
    made = proposal(stand_in)
    before = who_may_decide(made)
    away(stand_in)
    assert (before, who_may_decide(made)) == ([stand_in.people.top], [stand_in.people.top, stand_in.people.deputy])


def test_the_deputy_of_the_ism_keeps_the_register_and_the_log_names_both(stand_in):
    away(stand_in, "ism")
    register.add_role(actor=stand_in.holder, title="New", purpose="Is new.", kind="one")
    assert AuditEvent.objects.get(code="role.added").sentence == "Hana Holder for Ismail Keeper added the role New."


def test_what_the_deputy_does_for_themself_names_only_them(stand_in):
    away(stand_in, "ism")
    assert may(stand_in.holder, "roles.role.keep")
    away(stand_in, "holder")
    assert AuditEvent.objects.filter(code="absence.recorded").first().sentence.startswith("Hana Holder recorded")


def test_a_deputy_of_another_area_does_not_act(stand_in):
    role = factories.role("Approver of Finance", persona="top_management", area=stand_in.elsewhere)
    factories.hold(role, stand_in.people.colleague, approver=stand_in.top, area=stand_in.elsewhere)
    factories.hold(role, stand_in.people.leaver, approver=stand_in.top, seat="deputy", area=stand_in.elsewhere)
    factories.hold(role, stand_in.people.representative, approver=stand_in.top, seat="deputy", area=stand_in.home)
    away(stand_in, "colleague")
    assert not policy.standing(stand_in.representative).is_top_management


# Recording -----------------------------------------------------------------------------------------------------------------


def test_nobody_records_an_absence_that_would_make_themself_act(stand_in):
    stand_in.people.top.manager = stand_in.people.deputy
    stand_in.people.top.save()
    with pytest.raises(NotAllowed, match="stand in"):
        away(stand_in, actor=stand_in.deputy)


def test_an_absence_that_the_deputy_recorded_makes_them_act_for_nobody(stand_in):
    values = {"starts_on": clock.today(), "recorded_by": stand_in.deputy, "recorded_by_person": stand_in.people.deputy}
    Absence.objects.create(person=stand_in.people.top, recorded_at=clock.now(), **values)
    assert not policy.standing(stand_in.deputy).is_top_management


@pytest.mark.parametrize("actor", ["ism", "top"])
def test_the_person_and_who_keeps_the_register_record_it(stand_in, actor):
    assert away(stand_in, actor=getattr(stand_in, actor)).recorded_by == getattr(stand_in, actor)


def test_the_line_manager_records_it(cast):
    cast.people.colleague.manager = cast.people.outsider
    cast.people.colleague.save()
    cast.people.holder.manager = cast.people.colleague
    cast.people.holder.save()
    assert away(cast, "holder", actor=cast.colleague)


@pytest.mark.parametrize("actor", ["administrator", "representative", "auditor", "colleague"])
def test_nobody_else_records_it(cast, actor):
    with pytest.raises(NotAllowed):
        away(cast, "holder", actor=getattr(cast, actor))


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-40, 5), (-9, -2)])
def test_days_that_cannot_be_are_refused(cast, first, last):
    with pytest.raises(Invalid):
        away(cast, "holder", starts_on=clock.today() + first * DAY, ends_on=clock.today() + last * DAY)


def test_nobody_is_away_twice_at_a_time(cast):
    away(cast, "holder")
    with pytest.raises(Invalid, match="already"):
        away(cast, "holder", starts_on=clock.today() + 5 * DAY, ends_on=None)


def test_back_earlier_ends_the_deputys_part(stand_in):
    absence = away(stand_in, starts_on=clock.today() - 3 * DAY)
    absences.end_absence(absence, actor=stand_in.top, last_day=clock.today() - DAY)
    assert not policy.standing(stand_in.deputy).is_top_management


def test_what_has_not_begun_is_taken_back_and_what_is_over_stays(cast):
    coming = away(cast, "holder", starts_on=clock.today() + 2 * DAY)
    assert absences.end_absence(coming, actor=cast.holder, last_day=clock.today()).state == "taken_back"
    with pytest.raises(WrongState):
        absences.end_absence(coming, actor=cast.holder, last_day=clock.today())


def test_the_deputy_is_told(stand_in):
    away(stand_in)
    outbox.deliver_due()
    assert [one.to for one in mail.outbox if "stand in for Tora" in one.subject] == [[stand_in.deputy.email]]


def test_away_with_nobody_to_act_is_a_finding(cast):
    lone = factories.role("Lone")
    factories.hold(lone, cast.people.colleague, approver=cast.top)
    away(cast, "colleague")
    assert [f.sentence for f in findings.current() if f.rule == "A7.away"] == [
        "Cole Colleague is away, and nobody acts as Lone."
    ]


# Database and pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "person_id = {other}",
        "ends_on = '2099-01-01'",
        "ends_on = NULL",
        "recorded_by_person_id = {other}",
        "starts_on = '2020-01-01'",
    ],
)
def test_the_database_keeps_what_was_recorded(cast, change):
    absence = away(cast, "holder")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE roles_absence SET {change.format(other=cast.people.top.pk)} WHERE id = %s", [absence.pk]
        )


@pytest.mark.parametrize("concerned", ["person_id", "proposed_by_person_id"])
def test_the_database_refuses_a_decision_for_whom_it_concerns(stand_in, concerned):
    made = proposal(stand_in)
    sql = f"UPDATE roles_assignment SET state = 'approved', decided_for_id = {concerned} WHERE id = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [made.pk])


@pytest.mark.parametrize(
    ("who", "page", "words"),
    [
        ("deputy", "/mine/", "You act now"),
        ("ism", "role", "Acts now"),
        ("ism", "/absences/", "Dov Deputy"),
        ("auditor", "person", "Away."),
    ],
)
def test_who_is_away_and_who_acts_is_seen(stand_in, as_user, who, page, words):
    away(stand_in)
    url = {"role": stand_in.roles.top.get_absolute_url(), "person": stand_in.people.top.get_absolute_url()}.get(
        page, page
    )
    assert words in as_user(who).get(url).content.decode()
