"""Processes with the part each role plays, and policies with the roles that put them into effect (coverage R7, R9)."""

import pytest
from django.db import DatabaseError, transaction

from ismsroles.core import clock, findings
from ismsroles.core.errors import InUse, Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from roles.actions import guidance as actions
from roles.actions import guidance_starter, register, starter
from roles.clauses import CLAUSES
from roles.models import Policy, Process, ProcessPart
from roles.starter import guidance as starter_guidance
from roles.starter import library
from tests import factories

pytestmark = pytest.mark.django_db


def process(cast, name="Incident management", **values) -> Process:
    return actions.add(Process, actor=cast.ism, name=name, **values)


def policy(cast, title="Incident policy", **values) -> Policy:
    return actions.add(Policy, actor=cast.ism, title=title, **{"version": "1.0", "dated": clock.today(), **values})


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


@pytest.mark.parametrize("make", [process, policy])
def test_a_role_takes_part_once(cast, make):
    row = make(cast)
    actions.add_part(row, actor=cast.ism, role=cast.roles.held, does="Leads it.")
    with pytest.raises(Invalid, match="has a part in it already"):
        actions.add_part(row, actor=cast.ism, role=cast.roles.held, does="Leads it again.")


@pytest.mark.parametrize("make", [process, policy])
def test_nobody_else_gives_a_role_a_part(cast, make):
    row = make(cast)
    for who in ("top", "representative", "holder", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            actions.add_part(row, actor=getattr(cast, who), role=cast.roles.held, does="Leads it.")


@pytest.mark.parametrize("make", [process, policy])
def test_of_what_is_retired_nothing_is_changed(cast, make):
    row = make(cast)
    part = actions.add_part(row, actor=cast.ism, role=cast.roles.held, does="Leads it.")
    actions.retire(row, actor=cast.ism)
    for act in (lambda: actions.add_part(row, actor=cast.ism, role=cast.roles.ism, does="x"),
                lambda: actions.change_part(part, actor=cast.ism, does="x"),
                lambda: actions.remove_part(part, actor=cast.ism), lambda: actions.change(row, actor=cast.ism)):  # fmt: skip
        with pytest.raises(WrongState):
            act()


def test_a_part_is_changed_and_removed_and_the_history_keeps_both(cast, as_user):
    row = process(cast)
    part = actions.add_part(row, actor=cast.ism, role=cast.roles.held, does="Leads it.")
    actions.change_part(part, actor=cast.ism, does="Directs it.")
    actions.remove_part(part, actor=cast.ism, reason="Merged")
    page = as_user("ism").get(f"/processes/{row.pk}/history/").content.decode()
    assert "Directs it." in page and "Leads it." in page and not ProcessPart.objects.exists()
    assert AuditEvent.objects.filter(code__startswith="process.part_").count() == 3


def test_a_role_with_a_part_is_not_retired(cast):
    actions.add_part(process(cast), actor=cast.ism, role=cast.roles.vacant, does="Leads it.")
    actions.add_part(policy(cast, owner=cast.roles.vacant), actor=cast.ism, role=cast.roles.vacant, does="Follows it.")
    with pytest.raises(InUse) as refusal:
        register.retire_role(cast.roles.vacant, actor=cast.ism)
    assert len(refusal.value.users) == 3


def test_a_process_without_a_role_and_one_whose_roles_are_vacant_are_findings(cast):
    process(cast, "Alone")
    actions.add_part(process(cast, "Vacant"), actor=cast.ism, role=cast.roles.vacant, does="Leads it.")
    actions.add_part(process(cast, "Held"), actor=cast.ism, role=cast.roles.held, does="Leads it.")
    assert found("R7") == ["No role takes part in the process “Alone”."]
    assert found("R7.vacant") == ["Every role that takes part in the process “Vacant” is vacant."]


def test_a_policy_without_owner_or_role_is_a_finding_each(cast):
    policy(cast)
    assert len(found("R9")) == 2
    whole = policy(cast, "Whole", owner=cast.roles.held)
    actions.add_part(whole, actor=cast.ism, role=cast.roles.held, does="Follows it.")
    assert len(found("R9")) == 2


def test_a_role_in_no_process_and_no_policy_is_noted_once_any_are_written(cast):
    assert found("R7.role") == []
    actions.add_part(process(cast), actor=cast.ism, role=cast.roles.held, does="Leads it.")
    assert len(found("R7.role")) == 3 and not any("Incident manager" in one for one in found("R7.role"))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example/", "not a link"])
def test_a_link_that_is_no_web_address_is_refused(cast, as_user, link):
    sent = {"title": "A", "kind": "topic", "version": "1", "dated": "2026-01-01", "link": link}
    assert as_user("ism").post("/policies/add/", sent).status_code == 422
    with pytest.raises(Invalid):
        policy(cast, link=link)


def test_a_policy_names_its_version_date_and_link_on_its_page(cast, as_user):
    row = policy(cast, link="https://wiki.example/p", owner=cast.roles.held)
    page = as_user("colleague").get(f"/policies/{row.pk}/").content.decode()
    assert "version 1.0" in page and "https://wiki.example/p" in page and "Hana Holder" in page


def test_the_role_page_shows_its_processes_policies_and_levels(cast, as_user):
    actions.add_part(process(cast), actor=cast.ism, role=cast.roles.held, does="Leads it.")
    policy(cast, owner=cast.roles.held)
    page = as_user("colleague").get(f"/roles/{cast.roles.held.pk}/").content.decode()
    assert "Leads it." in page and "Incident policy" in page


def test_no_sql_deletes_a_process_or_a_policy(cast):
    for row in (process(cast), policy(cast)):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()


def test_starter_processes_come_with_the_parts_of_roles_that_are_there(cast):
    starter.adopt_roles(list(library()), actor=cast.ism)
    guidance_starter.adopt_processes(actor=cast.ism)
    assert Process.objects.count() == len(starter_guidance.processes())
    assert not found("R7")


def test_starter_processes_name_roles_and_clauses_that_exist():
    for one in starter_guidance.processes():
        assert set(one.parts) <= set(library()) and set(one.clauses) <= set(CLAUSES)


@pytest.mark.parametrize("path", ["/processes/export/", "/policies/export/", "/ask/questions/export/"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_lists_can_be_exported(cast, as_user, path, format):
    actions.add_part(process(cast), actor=cast.ism, role=cast.roles.held, does="Leads it.")
    assert as_user("colleague").get(f"{path}?format={format}").status_code == 200


def test_a_part_is_added_on_its_page_and_a_draft_role_cannot_be_chosen(cast, as_user):
    row, draft = process(cast), factories.role(state="draft")
    ism = as_user("ism")
    assert ism.post(f"/processes/{row.pk}/parts/add/", {"role": draft.pk, "does": "x"}).status_code == 422
    assert (
        ism.post(f"/processes/{row.pk}/parts/add/", {"role": cast.roles.held.pk, "does": "Leads it."}).status_code
        == 302
    )
