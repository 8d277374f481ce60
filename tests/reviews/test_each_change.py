"""Each line of the table of changes, one by one: what somebody does, which review opens, who does it, by when (V2, V4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from raci.actions import owners
from reviews import reviewable, sweep
from reviews.actions import audits
from reviews.actions import changes as declared
from reviews.actions.team import write_charter
from reviews.changes import CHANGES
from reviews.lapses import LAPSES
from reviews.models import Review
from reviews.printed import table
from roles.actions import (
    areas,
    assignments,
    chart,
    exceptions,
    guidance,
    people,
    register,
    separation,
    separation_exceptions,
)
from roles.models import AuthorisationLevel, Policy
from roles.shown import shown
from tests import factories
from tests.competence import world as small
from tests.raci.test_guards import published
from tests.reviews.making import seated
from tests.roles.test_separation_exceptions import approve, ask

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DONE: dict[str, Callable] = {}  # the first event of a line → what somebody does; gives back what is to be reviewed


def does(code: str) -> Callable:
    def keep(function: Callable) -> Callable:
        DONE[code] = function
        return function

    return keep


@does("person.leaves")
def leaves(cast):
    people.record_last_day(cast.people.holder, clock.today() + 40 * DAY, actor=cast.ism)
    return cast.roles.held


@does("asset.owner_leaves")
def owner_leaves(cast):
    asset = owners.add_asset(actor=cast.ism, name="Payroll", kind="data_set", owner_person=cast.people.colleague)
    people.record_last_day(cast.people.colleague, clock.today() + 40 * DAY, actor=cast.ism)
    return asset


@does("person.moved")
def moves(cast):
    people.change_person(cast.people.holder, actor=cast.ism, area=cast.elsewhere)
    return cast.roles.held


@does("assignment.approved")
def joins(cast):
    role, today = cast.roles.vacant, clock.today()
    made = assignments.propose_assignment(
        role=role, person=cast.people.colleague, actor=cast.ism, starts_on=today, reason="Fits"
    )
    made = type(made).objects.get(pk=made.pk)
    assignments.approve_assignment(made, actor=cast.top, seen_hash=fingerprint(shown(made)))
    return role


@does("assignment.ended")
def ends(cast):
    assignments.end_assignment(cast.held.holder, actor=cast.ism, last_day=clock.today(), reason="Another task")
    return cast.roles.held


@does("role.changed")
def changes_role(cast):
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Another purpose that can be tested.")
    return cast.roles.held


@does("role.retired")
def retires_role(cast):
    row = published(cast)
    register.retire_role(cast.roles.vacant, actor=cast.ism, reason="Not needed")
    return row.published.publication


@does("area.added")
def adds_area(cast):
    areas.add_area(actor=cast.ism, name="Laboratory")
    return


@does("asset.added")
def adds_service(cast):
    return owners.add_asset(actor=cast.ism, name="Mail service", kind="cloud", owner_role=cast.roles.held)


@does("chart.restructured")
def restructures(cast):
    chart.record_restructure(actor=cast.ism, day=clock.today(), what="Two teams become one.", areas=[cast.home])
    return cast.roles.held


@does("change.declared")
def declares(cast):
    declared.declare_change(
        actor=cast.top, kind="acquisition", day=clock.today(), what="A laboratory joins us.", areas=[cast.home]
    )
    return cast.roles.held


@does("policy.added")
def adds_policy(cast):
    return guidance.add(
        Policy, actor=cast.ism, title="Access policy", version="1.0", dated=clock.today(), owner=cast.roles.top
    )


@does("level.changed")
def changes_level(cast):
    row = factories.level(cast.roles.held)
    return guidance.change(AuthorisationLevel.objects.get(pk=row.pk), actor=cast.ism, what="Something else")


def excepted(cast, **values):
    """Hana's role and the vacant one are kept apart, and she has an exception."""
    roles = [cast.roles.held, cast.roles.vacant]
    rule = separation.add_rule(actor=cast.ism, effect="block", why="Nobody judges their own work.", roles=roles)
    return approve(ask(cast, rule, **values), cast.top)


@does("separation.exception_ended")
def ends_exception(cast):
    made = excepted(cast)
    separation_exceptions.end_exception(made, actor=cast.ism, last_day=clock.today(), reason="No longer needed")
    return cast.roles.held


@does("exception.ended")
def ends_exception_for_the_only_approver(cast):
    made = factories.exception(cast.top.person, by=cast.ism)
    exceptions.end_exception(made, actor=cast.ism, reason="There is a second approver")


@does("team.charter_changed")
def changes_the_team(cast):
    charter = seated(cast)
    return write_charter(actor=cast.ism, role=charter.role, quorum_percent=75)


@does("anomaly.reported")
def reports(cast):
    declared.report_anomaly(
        actor=cast.colleague, what="Nobody answered the alarm.", happened_on=clock.today(), role=cast.roles.held
    )
    return cast.roles.held


@does("role_audit.nonconformity")
def finds_a_nonconformity(cast):
    day = clock.today()
    audit = audits.plan_audit(actor=cast.ism, title="Audit", starts_on=day, ends_on=day, auditor=cast.people.colleague)
    found = {"result": "minor", "seen": "One letter is missing.", "action": "Write it.", "owner": cast.people.holder}
    audits.answer_question(audit.questions.first(), actor=cast.colleague, due_on=day + 9 * DAY, **found)


@does("competence.lapsed")
def lapses(cast):
    skill, yesterday = small.skill(), clock.today() - DAY
    small.need(cast.roles.held, skill, 2)
    small.shows(cast.people.holder, skill, 3, valid_until=yesterday, assessed_on=yesterday - 100 * DAY)
    return cast.held.holder


@does("training.overdue")
def misses_training(cast):
    skill = small.skill()
    small.need(cast.roles.held, skill, 2)
    small.plan(cast.people.holder, skill, cast.people.ism, due_on=clock.today() - DAY)
    return cast.held.holder


@does("separation.exception_over")
def exception_runs_out(cast):
    yesterday = clock.today() - DAY
    with clock.at(clock.now() - 20 * DAY):
        excepted(cast, ends_on=yesterday)
    return cast.roles.held


@pytest.mark.parametrize("line", [*CHANGES, *LAPSES], ids=lambda line: getattr(line, "code", "") or line.codes[0])
def test_what_happens_opens_its_review_with_its_reviewer_and_its_day(cast, deliver, line):
    code = getattr(line, "code", "") or line.codes[0]
    subject = DONE[code](cast)
    deliver()
    sweep.run_due()
    rows = Review.objects.filter(kind="on_change", triggers__code=code, subject_kind__in=line.kinds)
    row = (
        rows.get(subject_kind="whole")
        if subject is None
        else rows.get(subject_id=subject.pk, subject_kind=kind_key(subject))
    )
    event = AuditEvent.objects.filter(code=code).last()
    began = event.at.astimezone(clock.zone()).date() if event else clock.today() - DAY
    assert row.due_on == began + timedelta(days=line.days)
    assert row.reviewer in (cast.people.ism, cast.people.top) and not is_about(row)


def kind_key(subject) -> str:
    return reviewable.by_label(subject._meta.label_lower).key


def is_about(row: Review) -> bool:
    kind = reviewable.kind_of(row.subject_kind)
    found = list(kind.standing(clock.today()).filter(pk=row.subject_id))
    return row.reviewer_id in kind.concerned(found, clock.today()).get(row.subject_id, ())


def test_each_line_of_the_table_is_done_once_here_and_stands_in_the_docs():
    lines = {getattr(line, "code", "") or line.codes[0]: str(line.what) for line in [*CHANGES, *LAPSES]}
    assert set(DONE) == set(lines) and all(what in table() for what in lines.values())
