"""Audits of the documented roles: independent, repeatable, followed up until verified (V5)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from reviews.actions import audits
from reviews.checklist import POINTS
from reviews.models import Corrective, Review, RoleAudit
from reviews.states import AUDIT, CORRECTIVE
from tests import factories

pytestmark = pytest.mark.django_db


def planned(cast, **values) -> RoleAudit:
    day = clock.today()
    values = {"title": "Audit of roles", "starts_on": day, "ends_on": day, "auditor": cast.people.colleague, **values}
    return audits.plan_audit(actor=cast.ism, **values)


def nonconforming(cast, audit: RoleAudit) -> Corrective:
    found = {"result": "minor", "seen": "One role has no letter.", "action": "Write it.", "owner": cast.people.holder}
    audits.answer_question(
        audit.questions.first(), actor=cast.colleague, due_on=clock.today() + timedelta(days=9), **found
    )
    return Corrective.objects.get()


def test_the_ten_points_of_the_checklist_are_asked(cast):
    assert [one.key for one in planned(cast).questions.all()] == [point.key for point in POINTS] and len(POINTS) == 10


def test_the_sample_is_random_and_can_be_drawn_again(cast):
    for _number in range(20):
        factories.hold(factories.role(), factories.person(), approver=cast.top)
    one, same, other = (planned(cast, seed=seed) for seed in (7, 7, 8))
    drawn = [list(each.sample.values_list("person", flat=True)) for each in (one, same, other)]
    assert drawn[0] == drawn[1] != drawn[2] and len(drawn[0]) == 5
    assert drawn[0] == audits.drawn(one.seed, one.population, 5)


def test_the_auditor_is_not_drawn(cast):
    assert cast.people.holder.pk not in planned(cast, auditor=cast.people.holder, sample_size=50).population


@pytest.mark.parametrize("who", ["ism", "leaver"])
def test_the_internal_auditor_is_neither_the_ism_nor_gone(cast, who):
    with pytest.raises(Invalid):
        planned(cast, auditor=getattr(cast.people, who))


def test_an_external_audit_names_its_auditor_and_the_ism_records_it(cast):
    audit = planned(cast, kind="external", auditor=None, auditor_name="Ann Assessor, Certifiers Ltd")
    audits.answer_question(audit.questions.first(), actor=cast.ism, result="conforming", seen="Report, page 3.")
    assert audit.by.startswith("Ann")


def test_only_the_auditor_writes_results(cast):
    with pytest.raises(NotAllowed):
        audits.answer_question(planned(cast).questions.first(), actor=cast.ism, result="conforming", seen="All.")


def test_a_nonconformity_needs_an_action_with_somebody_and_a_day_and_opens_a_review(cast, deliver):
    audit = planned(cast)
    with pytest.raises(Invalid, match="corrective action"):
        audits.answer_question(audit.questions.first(), actor=cast.colleague, result="major", seen="Nothing there.")
    nonconforming(cast, audit)
    deliver()
    assert Review.objects.get(subject_kind="whole").triggers.get().code == "role_audit.nonconformity"


def test_a_corrective_action_is_open_until_somebody_else_has_verified_it(cast):
    action = nonconforming(cast, planned(cast))
    audits.finish_action(action, actor=cast.holder, result="Written.")
    with pytest.raises(NotAllowed):
        audits.verify_action(action, actor=cast.holder, works=True, note="Seen.")
    audits.verify_action(action, actor=cast.colleague, works=False, note="Not signed.")
    audits.finish_action(action, actor=cast.holder, result="Signed.")
    audits.verify_action(action, actor=cast.colleague, works=True, note="Letter seen.")
    assert Corrective.objects.get().state == "verified"


def test_the_database_lets_nobody_verify_their_own(cast):
    action = nonconforming(cast, planned(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Corrective.objects.filter(pk=action.pk).update(verified_by_person=action.owner)


def test_an_audit_closes_when_every_question_is_answered(cast):
    audit = planned(cast)
    questions = list(audit.questions.all())
    for question in questions[1:]:
        audits.answer_question(question, actor=cast.colleague, result="conforming", seen="Seen.")
    with pytest.raises(Invalid, match="no result"):
        audits.close_audit(audit, actor=cast.colleague, conclusion="Good.")
    audits.answer_question(questions[0], actor=cast.colleague, result="opportunity", seen="Seen.")
    assert audits.close_audit(audit, actor=cast.colleague, conclusion="Good.").state == "done"
    with pytest.raises(WrongState):
        audits.cancel_audit(audit, actor=cast.ism, reason="No.")


def test_an_overdue_corrective_action_and_a_year_without_audit_are_found(cast):
    with clock.at(clock.now() + timedelta(days=400)):
        assert any(one.rule == "V5.none" for one in findings.current())
    nonconforming(cast, planned(cast))
    with clock.at(clock.now() + timedelta(days=20)):
        assert any(one.rule == "V5.action" for one in findings.current())


@pytest.mark.parametrize("verb", ["answer", "close", "cancel"])
@pytest.mark.parametrize("state", ["planned", "in_progress", "done", "cancelled"])
def test_every_state_and_verb_of_an_audit(state, verb):
    allowed = state == "in_progress" or (state == "planned" and verb in ("answer", "cancel"))
    assert AUDIT.allows(state, verb) is allowed


@pytest.mark.parametrize("verb", ["finish", "verify", "reopen"])
@pytest.mark.parametrize("state", ["open", "done", "verified"])
def test_every_state_and_verb_of_a_corrective_action(state, verb):
    assert CORRECTIVE.allows(state, verb) is (
        (state, verb) == ("open", "finish") or (state == "done" and verb != "finish")
    )
