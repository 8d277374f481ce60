"""Owners of risks, and who accepted what remains (M5)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from raci.actions import risks as actions
from raci.models import Risk, RiskAcceptance
from raci.queries import authorised
from tests.roles.asking import AT_MOST, questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk(cast) -> Risk:
    """A risk of the incident manager, who is Hana."""
    return Risk.objects.create(reference="R-14", title="Ransomware", level=2, owner_role=cast.roles.held)


def accept(cast, risk, person=None, **values) -> RiskAcceptance:
    day = clock.today()
    values = {"accepted_on": day, "until": day + timedelta(days=90), "level": 2, "evidence": "Minutes 3", **values}
    return actions.record_acceptance(risk, actor=cast.ism, person=person or cast.people.holder, **values)


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


def test_a_risk_without_owner_is_found(cast):
    actions.add_risk(actor=cast.ism, reference="R-1", title="Flood")
    assert found("M5") == ["The risk R-1 Flood has no owner."]


def test_an_acceptance_by_the_owner_is_in_order(cast, risk):
    accept(cast, risk)
    assert not found("M5.accepted") and not found("M5.expired")


def test_an_acceptance_by_somebody_else_is_recorded_and_reported(cast, risk):
    accept(cast, risk, cast.people.colleague)
    assert found("M5.accepted") == ["Cole Colleague accepted R-14 Ransomware without being its owner."]


def test_who_held_the_owning_role_on_that_day_was_its_owner(cast, risk):
    accept(cast, risk, accepted_on=clock.today() - timedelta(days=250), until=clock.today())
    assert found("M5.accepted"), "Hana has held the role for 200 days only"


@pytest.mark.parametrize(("highest", "is_found"), [(None, False), (1, True), (2, False), (99, False)])
def test_an_acceptance_beyond_the_authorisation_level_is_found(cast, risk, monkeypatch, highest, is_found):
    monkeypatch.setattr(authorised, "steps_by_role", lambda: {cast.roles.held.pk: highest, cast.roles.top.pk: 4})
    accept(cast, risk)
    assert bool(found("M5.authority")) is is_found


def test_where_no_level_is_laid_down_no_authority_is_lacking(cast, risk):
    accept(cast, risk, cast.people.colleague)
    assert not found("M5.authority")


def test_an_acceptance_that_is_over_is_found(cast, risk):
    accept(cast, risk, accepted_on=clock.today() - timedelta(days=50), until=clock.today() - timedelta(days=1))
    assert found("M5.expired") == ["The acceptance of R-14 Ransomware has expired."]
    accept(cast, risk)
    assert not found("M5.expired")


def test_the_last_day_of_an_acceptance_counts(cast, risk):
    accept(cast, risk, accepted_on=clock.today() - timedelta(days=50), until=clock.today())
    assert not found("M5.expired")


def test_a_risk_that_grew_beyond_what_was_accepted_is_found(cast, risk):
    accept(cast, risk)
    actions.change_risk(risk, actor=cast.ism, level=3)
    assert found("M5.expired") == ["R-14 Ransomware was accepted up to medium, and what remains is high."]


def test_who_accepted_and_left_is_found(cast, risk):
    accept(cast, risk, cast.people.leaver, accepted_on=clock.today() - timedelta(days=9))
    assert "Lea Leaver accepted R-14 Ransomware and has left." in found("M5.expired")


def test_an_acceptance_is_never_changed_or_deleted(cast, risk):
    accept(cast, risk)
    for write in (lambda rows: rows.update(level=4), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            write(RiskAcceptance.objects.all())


def test_a_withdrawn_acceptance_stays_written_and_counts_no_more(cast, risk, as_user):
    row = accept(cast, risk, cast.people.colleague)
    actions.withdraw_acceptance(row, actor=cast.ism, reason="It was not his to accept")
    assert not found("M5.accepted") and RiskAcceptance.objects.count() == 2
    with pytest.raises(WrongState):
        actions.withdraw_acceptance(row, actor=cast.ism, reason="Again")
    page = as_user("ism").get(risk.get_absolute_url()).content.decode()
    assert "It was not his to accept" in page


def test_a_withdrawal_needs_a_reason(cast, risk):
    with pytest.raises(Invalid):
        actions.withdraw_acceptance(accept(cast, risk), actor=cast.ism, reason=" ")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"accepted_on": 2}, "accepted_on"),
        ({"until": -1}, None),
        ({"evidence": ""}, None),
        ({"level": 5}, "level"),
        ({"level": 0}, "level"),
        ({"link": "javascript:x"}, "link"),
    ],
)
def test_what_cannot_be_an_acceptance_is_refused(cast, risk, values, field):
    values = {
        name: clock.today() + timedelta(days=value) if name in ("accepted_on", "until") else value
        for name, value in values.items()
    }
    with pytest.raises(Invalid) as refused:
        accept(cast, risk, **values)
    assert refused.value.field == field and not RiskAcceptance.objects.exists()


def test_who_was_not_there_on_the_day_cannot_have_accepted(cast, risk):
    with pytest.raises(Invalid, match="not with the organisation on that day"):
        accept(cast, risk, cast.people.leaver)


def test_a_closed_risk_needs_no_owner_and_stays_as_it_was(cast):
    risk = actions.add_risk(actor=cast.ism, reference="R-1", title="Flood")
    actions.close_risk(risk, actor=cast.ism)
    assert not found("M5")
    for act in (actions.change_risk, actions.close_risk):
        with pytest.raises(WrongState):
            act(risk, actor=cast.ism)
    with pytest.raises(WrongState):
        accept(cast, risk)
    assert actions.reopen_risk(risk, actor=cast.ism).closed_on is None


def test_the_levels_bear_the_organisations_own_names(cast, risk):
    actions.name_levels(actor=cast.ism, names="green\namber\nred")
    assert risk.level_name == "amber"
    with pytest.raises(Invalid):
        actions.add_risk(actor=cast.ism, reference="R-9", title="T", level=4)


@pytest.mark.parametrize("names", ["one", "a\nA", "\n".join("abcdefghij"), "x" * 41 + "\ny", "only"])
def test_a_scale_that_cannot_be_is_refused(cast, names):
    with pytest.raises(Invalid):
        actions.name_levels(actor=cast.ism, names=names)


def test_a_level_in_use_is_not_taken_off_the_scale(cast, risk):
    actions.change_risk(risk, actor=cast.ism, level=4)
    with pytest.raises(Invalid, match="Level 4 is in use"):
        actions.name_levels(actor=cast.ism, names="low\nmedium\nhigh")


@pytest.mark.parametrize("persona", ["top", "representative", "holder", "auditor", "colleague"])
def test_nobody_but_the_ism_records_acceptances(cast, risk, persona):
    with pytest.raises(NotAllowed):
        actions.record_acceptance(
            risk,
            actor=getattr(cast, persona),
            person=cast.people.holder,
            accepted_on=clock.today(),
            until=clock.today(),
            level=1,
        )


def test_staff_see_the_risks_they_answer_for_and_no_others(cast, risk, as_user):
    Risk.objects.create(reference="R-15", title="Secret", owner_role=cast.roles.top)
    assert [str(one) for one in as_user("holder").get("/risks/").context["page_obj"]] == ["R-14 Ransomware"]
    assert list(as_user("colleague").get("/risks/").context["page_obj"]) == []


def test_the_list_asks_as_often_for_fifty_rows_as_for_one(cast, risk, as_user):
    accept(cast, risk)
    ism = as_user("ism")
    before = {url: questions(ism, url) for url in ("/risks/", "/risks/export/", "/risks/?q=r&show=accepted")}
    for number in range(50):
        accept(cast, Risk.objects.create(reference=f"X{number}", title="T", owner_role=cast.roles.held))
    assert {url: questions(ism, url) for url in before} == before
    assert max(before.values()) <= AT_MOST, before


def test_an_acceptance_is_recorded_on_its_page(cast, risk, as_user):
    day = clock.today().isoformat()
    answer = as_user("ism").post(
        f"/risks/{risk.pk}/accept/",
        {
            "person": "Hana Holder",
            "accepted_on": day,
            "until": day,
            "level": "2",
            "evidence": "Minutes",
            "recorded_by": "1",
        },
    )
    assert answer.status_code == 302 and RiskAcceptance.objects.get().recorded_by == cast.ism
