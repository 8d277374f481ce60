"""Owners of assets: one each, current ones, none without; who leaves is seen (M4)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ismsroles.core import clock, findings
from ismsroles.core.errors import InUse, Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from raci.actions import owners as actions
from raci.models import Asset
from roles.actions import areas, register
from roles.actions.people import record_last_day
from roles.holdings import holdings
from tests import factories
from tests.roles.asking import AT_MOST, questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def ism(cast, as_user) -> Client:
    return as_user("ism")


def asset(name: str = "Payroll", **values) -> Asset:
    return Asset.objects.create(name=name, **values)


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


def test_an_asset_is_added_with_its_owner_and_the_log_says_who(cast):
    made = actions.add_asset(actor=cast.ism, name="Payroll", kind="cloud", owner_role=cast.roles.held)
    assert made.owner == cast.roles.held
    assert (
        AuditEvent.objects.get(code="asset.added").sentence == "Ismail Keeper added Payroll, owner: Incident manager."
    )
    assert made.history.count() == 1


def test_the_database_refuses_two_owners(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        asset(owner_role=cast.roles.held, owner_person=cast.people.holder)


def test_a_form_with_two_owners_says_choose_one(cast, ism):
    answer = ism.post(
        "/assets/add/", {"name": "A", "kind": "system", "owner_role": cast.roles.held.pk, "owner_person": "Hana Holder"}
    )
    assert answer.status_code == 422 and "not both" in answer.content.decode()
    assert not Asset.objects.exists()


@pytest.mark.parametrize("party", ["owner_person", "custodian_person"])
def test_who_has_left_is_not_made_owner_or_custodian(cast, party):
    with pytest.raises(Invalid, match="not with the organisation"):
        actions.add_asset(actor=cast.ism, name="A", **{party: cast.people.leaver})


def test_what_everybody_holds_answers_for_nothing(cast):
    with pytest.raises(Invalid, match="Everybody holds"):
        actions.add_asset(actor=cast.ism, name="A", owner_role=factories.role("All staff", kind="everyone"))


@pytest.mark.parametrize("persona", ["administrator", "top", "representative", "holder", "auditor", "colleague"])
def test_nobody_but_the_ism_writes_owners(cast, persona):
    with pytest.raises(NotAllowed):
        actions.add_asset(actor=getattr(cast, persona), name="A")


def test_the_same_name_of_the_same_kind_is_one_asset(cast):
    asset("Payroll", kind="cloud")
    with pytest.raises(Invalid, match="already"):
        actions.add_asset(actor=cast.ism, name=" PAYROLL", kind="cloud")
    assert actions.add_asset(actor=cast.ism, name="Payroll", kind="data_set")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example", "no address"])
def test_only_web_addresses_are_linked(cast, link):
    with pytest.raises(Invalid, match="https"):
        actions.add_asset(actor=cast.ism, name="A", link=link)


def test_out_of_use_it_needs_no_owner_and_cannot_be_changed(cast):
    one = asset()
    assert found("M4") == ["Payroll (information asset) has no owner."]
    one = actions.retire_asset(one, actor=cast.ism)
    assert found("M4") == []
    with pytest.raises(WrongState):
        actions.change_asset(one, actor=cast.ism, name="B")
    with pytest.raises(WrongState):
        actions.retire_asset(one, actor=cast.ism)
    assert actions.bring_back_asset(one, actor=cast.ism).retired_on is None
    with pytest.raises(WrongState):
        actions.bring_back_asset(one, actor=cast.ism)


def test_an_asset_is_never_deleted(cast):
    one = asset()
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=one.pk).delete()


def test_a_cloud_service_needs_an_owner_although_it_is_saas(cast):
    asset("CRM", kind="cloud")
    assert found("M4.saas") == ["CRM (cloud service (SaaS)) has no owner."]


def test_many_without_owner_are_one_line_that_leads_to_them(cast, ism):
    for number in range(7):
        asset(f"Share {number}", kind="share")
    (one,) = [each for each in findings.current() if each.rule == "M4"]
    assert one.sentence == "7 shared drives have no owner."
    assert len(ism.get(one.url).context["page_obj"].object_list) == 7


def test_an_owner_who_left_is_found(cast):
    asset(owner_person=cast.people.leaver)
    assert "Lea Leaver, owner of Payroll, left on" in found("M4.left")[0]


def test_a_role_that_nobody_holds_owns_nothing(cast):
    asset(owner_role=cast.roles.vacant)
    assert found("M4.vacant") == ["Payroll belongs to Continuity manager, which nobody holds."]


@pytest.mark.parametrize(("days", "is_found"), [(0, True), (30, True), (31, False)])
def test_an_owner_who_leaves_within_thirty_days_is_found(cast, days, is_found):
    cast.people.outsider.last_day = clock.today() + timedelta(days=days)
    cast.people.outsider.save()
    asset(owner_person=cast.people.outsider)
    assert bool(found("M4.leaves")) is is_found and not found("M4.left")


def test_a_role_whose_only_holder_leaves_is_found_for_what_it_owns(cast):
    record_last_day(cast.people.holder, clock.today() + timedelta(days=10), actor=cast.ism)
    asset(owner_role=cast.roles.held)
    assert "Incident manager, which is vacant after" in found("M4.leaves")[0]


def test_a_custodian_who_left_is_a_note(cast):
    asset(owner_role=cast.roles.held, custodian_person=cast.people.leaver)
    assert found("M4.custodian") == ["Lea Leaver, custodian of Payroll, has left."]


def test_what_a_person_owns_is_among_their_holdings(cast):
    asset("Owned", owner_person=cast.people.holder)
    asset("Kept", owner_person=cast.people.outsider, custodian_person=cast.people.holder)
    asset("Gone", owner_person=cast.people.holder, retired_on=clock.today())
    held = [(h.how, h.label) for h in holdings([cast.people.holder.pk], clock.today(), None) if h.kind == "ownership"]
    assert sorted(held) == [("custodian", "Kept"), ("owner", "Owned")]
    assert len([h for h in holdings(None, clock.today(), None) if h.kind == "ownership"]) == 3


def test_when_an_owner_leaves_the_log_says_what_needs_another(cast):
    asset(owner_person=cast.people.outsider)
    record_last_day(cast.people.outsider, clock.today() + timedelta(days=3), actor=cast.ism)
    assert "owner of Payroll, leaves on" in AuditEvent.objects.get(code="asset.owner_leaves").sentence
    assert found("M4.leaves")


def test_a_role_that_owns_something_is_not_retired(cast):
    asset(owner_role=cast.roles.vacant)
    with pytest.raises(InUse) as refused:
        register.retire_role(cast.roles.vacant, actor=cast.ism)
    assert "Owner of Payroll" in refused.value.users


def test_an_area_with_assets_is_not_removed(cast):
    empty = areas.add_area(actor=cast.ism, name="Empty")
    asset(area=empty)
    with pytest.raises(InUse):
        areas.remove_area(empty, actor=cast.ism)


def test_the_second_of_two_who_change_an_asset_is_told(cast, ism):
    one = asset()
    page = ism.get(f"/assets/{one.pk}/edit/").context["form"]
    seen = page["seen"].initial if hasattr(page["seen"], "initial") else page.fields["seen"].initial
    actions.change_asset(one, actor=cast.ism, owner_role=cast.roles.held)
    with pytest.raises(Stale):
        actions.change_asset(one, actor=cast.ism, note="x", seen=seen)


def test_nothing_but_what_the_form_shows_is_written(cast, ism):
    one = asset()
    ism.post(f"/assets/{one.pk}/edit/", {"name": "B", "kind": "system", "retired_on": "2020-01-01", "name_key": "zzz"})
    one.refresh_from_db()
    assert (one.name, one.retired_on, one.name_key) == ("B", None, "b")


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\u202ename", "x" * 201, ""])
def test_a_name_that_cannot_be_is_refused_in_the_form(cast, ism, text):
    assert ism.post("/assets/add/", {"name": text, "kind": "system"}).status_code == 422


def test_staff_look_up_who_answers_for_what(cast, as_user):
    asset("CRM", owner_role=cast.roles.held)
    page = as_user("colleague").get("/assets/").content.decode()
    assert "CRM" in page and "Hana Holder" in page and "Add an asset" not in page


def test_the_list_asks_as_often_for_fifty_rows_as_for_one(cast, ism):
    asset(owner_role=cast.roles.held)
    before = {url: questions(ism, url) for url in ("/assets/", "/assets/export/", "/assets/?show=gone&q=a")}
    for number in range(50):
        role = factories.role(f"Owner {number}")
        factories.hold(role, factories.person(), approver=cast.top)
        asset(f"A {number}", owner_role=role, custodian_person=cast.people.holder, area=factories.area())
    assert {url: questions(ism, url) for url in before} == before
    assert max(before.values()) <= AT_MOST, before


@pytest.mark.parametrize("sort", ["name", "-name", "area", "-classification", "nonsense", "-"])
def test_any_sort_and_filter_gives_a_page(cast, ism, sort):
    asset(owner_person=cast.people.leaver)
    assert (
        ism.get(
            "/assets/", {"sort": sort, "kind": "nonsense", "area": "x", "page": "9", "show": "?", "q": "a\x00'"}
        ).status_code
        == 200
    )


def test_the_pages_of_one_asset_tell_its_history(cast, ism):
    one = actions.add_asset(actor=cast.ism, name="Payroll")
    actions.change_asset(one, actor=cast.ism, owner_role=cast.roles.held, reason="It was nobody's")
    page = ism.get(f"/assets/{one.pk}/history/").content.decode()
    assert "Incident manager" in page and "It was nobody" in page
    assert "Hana Holder" in ism.get(one.get_absolute_url()).content.decode()
