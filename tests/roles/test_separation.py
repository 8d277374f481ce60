"""Segregation of duties refuses, asks for a reason, and is judged again at the decision (coverage A5; design rule 8)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ismsroles.core import clock
from ismsroles.core.errors import Invalid, Stale
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from roles import checks
from roles.actions import assignments, separation
from roles.actions.delegations import offer_delegation
from roles.actions.register import remove_responsibility
from roles.actions.starter import adopt_roles
from roles.conflicts import refuse_conflicts
from roles.holdings import Holding
from roles.models import Assignment, DutyTag, Responsibility, ResponsibilityDuty, Role, SeparationRule
from roles.queries.separation import as_holding
from roles.shown import shown
from roles.starter import SIZES, for_size, library
from roles.starter import separation as starter
from tests import factories

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def apart(cast, one=None, other=None, *, effect="block") -> SeparationRule:
    """Hana's role and the vacant one are kept apart."""
    roles = [one or cast.roles.held, other or cast.roles.vacant]
    return separation.add_rule(actor=cast.ism, effect=effect, why="Nobody judges their own work.", roles=roles)


def propose(cast, person=None, **terms) -> Assignment:
    terms = {"starts_on": clock.today(), "reason": "Fits", "role": cast.roles.vacant, **terms}
    return assignments.propose_assignment(person=person or cast.people.holder, actor=cast.ism, **terms)


def approve(cast, made: Assignment, seen: str = "") -> Assignment:
    return assignments.approve_assignment(made, actor=cast.top, seen_hash=seen or fingerprint(shown(made)))


# Blocking ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["holder", "deputy"])
def test_a_blocking_rule_refuses_a_proposal_of_who_holds_or_deputises_the_other(cast, person):
    apart(cast)
    with pytest.raises(Invalid, match="Nobody judges their own work") as refused:
        propose(cast, getattr(cast.people, person))
    assert refused.value.field == "person"
    assert not Assignment.objects.pending().exists()


def test_a_blocking_rule_stops_nobody_who_holds_only_one_of_the_two(cast):
    apart(cast)
    assert propose(cast, cast.people.colleague).state == "proposed"


def test_terms_that_share_no_day_are_no_conflict(cast):
    Assignment.objects.filter(pk=cast.held.holder.pk).update(ends_on=clock.today() + WEEK)
    apart(cast)
    with pytest.raises(Invalid):
        propose(cast, starts_on=clock.today() + WEEK)
    assert propose(cast, starts_on=clock.today() + WEEK + timedelta(days=1)).state == "proposed"


def test_a_rule_that_came_after_the_proposal_refuses_the_approval(cast):
    made = propose(cast)
    apart(cast)
    with pytest.raises(Invalid, match="Nobody judges"):
        approve(cast, made)
    assert Assignment.objects.get(pk=made.pk).state == "proposed"


def test_of_two_proposals_that_exclude_each_other_one_can_be_approved(cast):
    role = factories.role("Auditor")
    apart(cast, role)
    one, other = propose(cast, cast.people.colleague), propose(cast, cast.people.colleague, role=role)
    approve(cast, one)
    with pytest.raises(Invalid):
        approve(cast, other)


def test_a_retired_rule_refuses_nothing(cast):
    separation.retire_rule(apart(cast), actor=cast.ism, reason="No longer needed")
    assert propose(cast).state == "proposed"


def test_a_conflict_that_came_up_while_reading_is_shown_instead_of_decided(cast):
    made = propose(cast, conflict_reason="Small team")
    seen = fingerprint(shown(made))
    apart(cast, effect="warn")
    with pytest.raises(Stale):
        approve(cast, made, seen)


# Warning ----------------------------------------------------------------------------------------------------------------------


def test_a_warning_rule_needs_a_written_reason_from_the_proposer(cast):
    apart(cast, effect="warn")
    with pytest.raises(Invalid, match="Write why nevertheless") as refused:
        propose(cast)
    assert refused.value.field == "conflict_reason"
    made = propose(cast, conflict_reason="Four eyes on each report")
    assert made.conflict_reason == "Four eyes on each report"


def test_the_approver_is_shown_the_conflict_and_the_reason(cast, as_user):
    apart(cast, effect="warn")
    made = propose(cast, conflict_reason="Four eyes on each report")
    page = as_user("top").get(f"/approvals/{made.pk}/").content.decode()
    assert "Four eyes on each report" in page and "Nobody judges their own work." in page
    assert shown(made)["Why nevertheless"] == "Four eyes on each report"
    assert approve(cast, made).state == "approved"


def test_a_warning_that_came_after_the_proposal_still_needs_its_reason(cast):
    made = propose(cast)
    apart(cast, effect="warn")
    with pytest.raises(Invalid, match="Write why nevertheless"):
        approve(cast, made)


# Duties ----------------------------------------------------------------------------------------------------------------------


def marked(cast, role: Role, name: str) -> DutyTag:
    tag = DutyTag.objects.filter(name=name).first() or separation.add_duty(
        actor=cast.ism, name=name, meaning="Said so."
    )
    separation.mark_responsibility(role.responsibilities.first(), [tag], actor=cast.ism)
    return tag


def test_a_rule_between_duties_follows_the_duty_to_whichever_role_carries_it(cast):
    audits, operates = marked(cast, cast.roles.vacant, "audits"), marked(cast, cast.roles.held, "operates")
    separation.add_rule(actor=cast.ism, effect="block", why="Own work.", duties=[operates, audits])
    with pytest.raises(Invalid, match="Own work"):
        propose(cast)
    separation.mark_responsibility(cast.roles.vacant.responsibilities.first(), [], actor=cast.ism)
    assert propose(cast).state == "proposed"


def test_a_removed_responsibility_takes_its_marks_with_it_and_keeps_their_history(cast):
    marked(cast, cast.roles.held, "operates")
    remove_responsibility(cast.roles.held.responsibilities.first(), actor=cast.ism)
    assert not ResponsibilityDuty.objects.exists()
    assert ResponsibilityDuty.history.filter(history_type="-", history_user=cast.ism).count() == 1


def test_a_duty_that_is_still_used_is_not_removed(cast):
    tag = marked(cast, cast.roles.held, "operates")
    with pytest.raises(Exception, match="still used"):
        separation.remove_duty(tag, actor=cast.ism)


def test_a_rule_names_two_different_things(cast):
    with pytest.raises(Invalid, match="two different"):
        apart(cast, cast.roles.held, cast.roles.held)


def test_the_same_two_are_not_kept_apart_twice_whichever_is_named_first(cast):
    apart(cast)
    with pytest.raises(Invalid, match="a rule for these two already"):
        apart(cast, cast.roles.vacant, cast.roles.held)


# Whatever else gives a holding -------------------------------------------------------------------------------------------


def test_a_delegation_or_a_place_in_a_team_is_judged_by_the_same_rules(cast):
    apart(cast)
    added = Holding(
        cast.people.holder.pk,
        "delegation",
        "delegate",
        "Continuity manager",
        "",
        1,
        clock.today(),
        None,
        cast.roles.vacant.pk,
    )
    with pytest.raises(Invalid, match="delegate for Continuity manager"):
        refuse_conflicts(cast.people.holder, [added], clock.today())


def test_the_check_takes_the_same_number_of_questions_for_one_rule_and_for_fifty(cast):
    drafted = assignments.draft(cast.roles.vacant, cast.people.holder, cast.ism, assignments.Terms(clock.today()))
    today, added = clock.today(), [as_holding(drafted)]

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            refuse_conflicts(cast.people.holder, added, today)
        return len(queries)

    apart(cast, factories.role("Other"))
    before = asked()
    for number in range(50):
        apart(cast, factories.role(f"Other {number}"))
    assert asked() == before


def test_what_stands_against_a_proposal_is_said_with_the_way_to_an_exception(cast):
    rule = apart(cast)
    drafted = assignments.draft(cast.roles.vacant, cast.people.holder, cast.ism, assignments.Terms(clock.today()))
    (note,) = checks.look(drafted, clock.today())
    assert (
        note.severity == "stop"
        and note.url == f"/separation/exceptions/request/?person={cast.people.holder.pk}&rule={rule.pk}"
    )


# The starter set -------------------------------------------------------------------------------------------------------------


def test_adopting_starter_roles_adopts_their_duties_and_rules(cast):
    adopt_roles(["internal_auditor", "risk_owner"], actor=cast.ism)
    auditor = Role.objects.get(starter_key="internal_auditor")
    tags = set(ResponsibilityDuty.objects.filter(responsibility__role=auditor).values_list("tag__key", flat=True))
    assert tags == {"audits", "verifies_treatment"}
    assert SeparationRule.objects.filter(starter_key="audit_operate", effect="block").exists()
    assert not SeparationRule.objects.filter(starter_key="ism_auditor").exists()  # that role is not adopted yet


def test_adopting_again_changes_nothing_and_brings_no_retired_rule_back(cast):
    adopt_roles(["internal_auditor", "information_security_manager"], actor=cast.ism)
    rule = SeparationRule.objects.get(starter_key="audit_operate")
    separation.retire_rule(rule, actor=cast.ism, reason="Not ours")
    rows = SeparationRule.objects.count(), ResponsibilityDuty.objects.count(), DutyTag.objects.count()
    assert separation.adopt_separation(actor=cast.ism) == 0
    assert rows == (SeparationRule.objects.count(), ResponsibilityDuty.objects.count(), DutyTag.objects.count())
    assert SeparationRule.objects.get(pk=rule.pk).state == "retired"


def test_the_starter_set_can_be_adopted_by_a_register_that_wrote_its_own_roles(cast):
    text = library()["system_administrator"].responsibilities[0]
    row = Responsibility.objects.create(role=cast.roles.held, text=text)
    assert separation.adopt_separation(actor=cast.ism) > 5
    assert [link.tag.key for link in row.duty_links.all()] == ["grants_access"]
    assert AuditEvent.objects.filter(code="separation.adopted").exists()


def test_no_starter_role_of_any_size_unites_what_the_starter_rules_keep_apart():
    texts, pairs = starter.tags_of_texts(), [set(rule.tags) for rule in starter.rules() if rule.tags]
    for size in SIZES:
        for role in for_size(size):
            carried = {tag for text in role.responsibilities for tag in texts.get(text, ())}
            assert not [pair for pair in pairs if pair <= carried], (size, role.key)


def test_every_starter_rule_and_mark_names_what_the_starter_set_knows():
    keys = {tag.key for tag in starter.tags()}
    assert {tag for rule in starter.rules() for tag in rule.tags} <= keys
    assert {role for rule in starter.rules() for role in rule.roles} <= set(library())
    assert {tag for tags in starter.tags_of_texts().values() for tag in tags} <= keys
    assert all(len(rule.tags or rule.roles) == 2 for rule in starter.rules())


def test_a_delegation_that_would_unite_what_is_kept_apart_is_refused(cast):
    apart(cast)
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top)
    duty, day = cast.roles.held.responsibilities.first(), clock.today()
    with pytest.raises(Invalid, match="Nobody judges") as refused:
        offer_delegation(
            cast.held.holder, delegate=cast.people.colleague, responsibilities=[duty], actor=cast.holder, starts_on=day, ends_on=day + WEEK,
            every=1, unit="month",
        )  # fmt: skip
    assert refused.value.field == "delegate"
