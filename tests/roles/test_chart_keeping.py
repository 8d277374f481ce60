"""A role keeps the chart current, and after a restructure its holder confirms it (coverage R8)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core import clock, findings
from ismsroles.core.errors import InUse, Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.notices.models import Message
from roles.actions import areas, register
from roles.actions import chart as actions
from roles.models import Assignment, ChartConfirmation, ChartKeeping, Restructure, Role
from roles.queries import keeping
from tests import factories

pytestmark = pytest.mark.django_db


def restructured(cast, **values) -> Restructure:
    values = {"day": clock.today() - timedelta(days=9), "what": "Two teams became one", "areas": [cast.home], **values}
    return actions.record_restructure(actor=cast.ism, **values)


def confirmed(cast, seen=None, who="holder") -> ChartConfirmation:
    return actions.confirm_chart(
        actor=getattr(cast, who), seen=keeping.content(clock.today()) if seen is None else seen
    )


@pytest.fixture
def kept(cast):
    """Hana's role keeps the chart."""
    actions.name_chart_keeper(cast.roles.held, actor=cast.ism)
    return cast


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


def test_that_no_role_keeps_the_chart_is_a_finding(cast):
    assert found("R8.keeper") == ["No role keeps the organisation chart current."]


def test_that_nobody_holds_the_role_that_keeps_it_is_a_finding(cast):
    actions.name_chart_keeper(cast.roles.vacant, actor=cast.ism)
    assert found("R8.keeper") == [
        "Continuity manager keeps the organisation chart current, and nobody holds that role."
    ]


def test_a_held_role_that_keeps_it_is_no_finding(kept):
    assert found("R8.keeper") == []


def test_only_who_keeps_the_register_names_it(cast):
    with pytest.raises(NotAllowed):
        actions.name_chart_keeper(cast.roles.held, actor=cast.top)


def test_a_role_that_is_not_in_force_cannot_keep_it(cast):
    with pytest.raises(Invalid, match="not in force"):
        actions.name_chart_keeper(factories.role(state="draft"), actor=cast.ism)


def test_another_role_can_take_over_and_the_log_says_which_it_was(kept):
    actions.name_chart_keeper(kept.roles.ism, actor=kept.ism)
    assert ChartKeeping.objects.get().role == kept.roles.ism
    assert "before: Incident manager" in AuditEvent.objects.filter(code="chart.keeper_named").first().sentence


def test_there_is_one_such_role(kept):
    with pytest.raises(DatabaseError), transaction.atomic():
        ChartKeeping.objects.create(role=kept.roles.ism)


def test_the_role_that_keeps_it_cannot_be_retired(kept):
    Assignment.objects.filter(role=kept.roles.held).update(ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(InUse) as refusal:
        register.retire_role(kept.roles.held, actor=kept.ism)
    assert refusal.value.users == ["It keeps the organisation chart current"]


def test_a_restructure_asks_the_holder_and_opens_a_finding(kept):
    restructured(kept)
    asked = Message.objects.filter(code="chart.asked")
    assert [message.address for message in asked] == ["hana.holder@testhouse.example"]
    assert len(found("R8")) == 1


def test_a_restructure_that_is_still_to_come_is_refused(kept):
    with pytest.raises(Invalid, match="still to come"):
        restructured(kept, day=clock.today() + timedelta(days=1))


def test_the_holder_confirms_and_the_finding_is_gone(kept):
    row = restructured(kept)
    made = confirmed(kept)
    row.refresh_from_db()
    assert row.state == "confirmed" and row.confirmation == made and found("R8") == []
    assert (made.name, made.role) == ("Hana Holder", "Incident manager")


@pytest.mark.parametrize("who", ["ism", "top", "deputy", "administrator", "representative", "colleague", "auditor"])
def test_nobody_but_the_holder_confirms(kept, who):
    restructured(kept)
    with pytest.raises(NotAllowed):
        confirmed(kept, who=who)


def test_what_is_confirmed_is_what_was_shown(kept):
    seen = keeping.content(clock.today())
    Role.objects.filter(pk=kept.roles.held.pk).update(reports_to=kept.roles.top)
    with pytest.raises(Stale) as refusal:
        confirmed(kept, seen)
    assert refusal.value.changes[0][0] == "Incident manager" and not ChartConfirmation.objects.exists()


def test_a_changed_line_manager_also_asks_to_look_again(kept):
    seen = keeping.content(clock.today())
    type(kept.people.holder).objects.filter(pk=kept.people.holder.pk).update(manager=kept.people.top)
    with pytest.raises(Stale):
        confirmed(kept, seen)


def test_a_restructure_recorded_meanwhile_is_not_confirmed_unseen(kept):
    seen = keeping.content(clock.today())
    restructured(kept)
    with pytest.raises(Stale):
        confirmed(kept, seen)


def test_a_mistaken_record_is_withdrawn_once(kept):
    row = restructured(kept)
    actions.withdraw_restructure(row, actor=kept.ism, reason="Wrong day")
    assert found("R8") == []
    with pytest.raises(WrongState):
        actions.withdraw_restructure(row, actor=kept.ism, reason="Again")


def test_a_confirmed_restructure_stays(kept):
    row = restructured(kept)
    confirmed(kept)
    with pytest.raises(WrongState):
        actions.withdraw_restructure(row, actor=kept.ism, reason="Too late")


@pytest.mark.parametrize("change", [{"what": "Other"}, {"day": "2020-01-01"}, {"state": "confirmed"}])
def test_no_sql_rewrites_a_restructure(kept, change):
    row = restructured(kept)
    with pytest.raises(DatabaseError), transaction.atomic():
        Restructure.objects.filter(pk=row.pk).update(**change)


def test_no_sql_rewrites_a_confirmation(kept):
    made = confirmed(kept)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChartConfirmation.objects.filter(pk=made.pk).update(name="Somebody Else")


def test_an_area_that_a_restructure_names_stays(cast, kept):
    area = factories.area("Night shift")
    restructured(kept, areas=[area])
    with pytest.raises(InUse) as refusal:
        areas.remove_area(area, actor=kept.ism)
    assert refusal.value.users[0].startswith("Restructure: ")


def test_the_pages_lead_from_the_chart_to_the_confirmation(kept, as_user):
    restructured(kept)
    hana = as_user("holder")
    assert "confirm the chart" in hana.get("/chart/").content.decode()
    page = hana.get("/chart/confirm/").content.decode()
    token = page.split('name="shown" value="')[1].split('"')[0]
    answer = hana.post("/chart/confirm/", {"shown": token, "remark": "Looked at each."}, follow=True)
    assert "Confirmed by Hana Holder" in answer.content.decode()
    assert "Kept current by Hana Holder, Incident manager." in hana.get("/chart/").content.decode()


def test_a_token_of_somebody_else_confirms_nothing(kept, as_user):
    page = as_user("holder").get("/chart/confirm/").content.decode()
    token = page.split('name="shown" value="')[1].split('"')[0]
    factories.hold(kept.roles.top, kept.people.colleague, approver=kept.top, seat="deputy")
    actions.name_chart_keeper(kept.roles.ism, actor=kept.ism)
    assert as_user("ism").post("/chart/confirm/", {"shown": token}).status_code == 409
    assert not ChartConfirmation.objects.exists()


def test_the_form_cannot_set_what_the_action_decides(kept, as_user):
    sent = {"day": clock.today().isoformat(), "what": "A move", "state": "confirmed", "recorded_by": kept.top.pk}
    assert as_user("ism").post("/chart/restructures/add/", sent).status_code == 302
    row = Restructure.objects.get()
    assert (row.state, row.recorded_by) == ("open", kept.ism)


def test_the_list_asks_as_many_queries_for_fifty_as_for_one(kept, as_user, django_assert_max_num_queries):
    restructured(kept)
    ism = as_user("ism")
    with django_assert_max_num_queries(60) as few:
        ism.get("/chart/restructures/")
    for _number in range(50):
        restructured(kept)
    with django_assert_max_num_queries(len(few)):
        ism.get("/chart/restructures/")


def test_the_deputy_confirms_while_the_holder_is_away_and_the_record_names_both(kept):
    from roles.actions import absences

    with pytest.raises(NotAllowed):
        confirmed(kept, who="deputy")
    absences.record_absence(kept.people.holder, actor=kept.holder, starts_on=clock.today())
    made = confirmed(kept, who="deputy")
    assert (made.name, made.role) == ("Dov Deputy", "Deputy of Incident manager, for Hana Holder")
    assert "for Hana Holder" in AuditEvent.objects.get(code="chart.confirmed").sentence
