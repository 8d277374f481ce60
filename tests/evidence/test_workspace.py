"""The auditor's workspace: items with live evidence and gaps, notes, requests, interviews, the map of clauses (D4, D8, D9)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.actions import remarks
from evidence.models import Remark
from evidence.workspace import interviews
from evidence.workspace.checklist import checklist
from evidence.workspace.clauses import by_role, clause_map
from evidence.workspace.items import LISTINGS, REST, gaps, items
from evidence.workspace.live import live
from ismsroles.core import clock, findings, scope
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent
from raci.models import Asset, Risk
from roles.models import Policy, Process, Question, Responsibility
from tests import factories

pytestmark = pytest.mark.django_db


def _gaps(key: str) -> set[str]:
    scope.forget()
    return {found.sentence for found in gaps(items()[key], findings.current())}


def _same_words(cast):
    for title in ("One", "Other"):
        Responsibility.objects.create(
            role=factories.role(title),
            text="Approve privileged access to the payroll database each quarter",
            position=9,
        )


def _untrained(cast):
    from competence.models import Requirement, Skill

    skill = Skill.objects.create(name="Forensics")
    Requirement.objects.create(role=cast.roles.held, skill=skill, level=3, starts_on=clock.today())


def _all_with_it(cast):
    from raci.models import Activity, ActivityGroup, Allocation

    group = ActivityGroup.objects.create(name="Running IT", position=1)
    for number in range(12):
        activity = Activity.objects.create(group=group, title=f"Activity {number}", position=number)
        Allocation.objects.create(activity=activity, role=cast.roles.held, letters="A")


def _unheard_team(cast):
    from reviews.models import Charter

    cast.home.in_scope = True
    cast.home.save()
    Charter.objects.create(role=factories.role("Management review team", kind="body"))


def _overdue(cast):
    from reviews.models import Review

    day = clock.today() - timedelta(days=40)
    Review.objects.create(
        kind="periodic", subject_kind="role", subject_id=cast.roles.held.pk, subject_label="Incident manager", period=day, due_on=day,
        opened_at=clock.now(), run=uuid4(), reviewer=cast.people.ism,
    )  # fmt: skip


def _unasked(cast):
    Question.objects.create(
        text="Whom do I tell?",
        state="active",
        responsibility=Responsibility.objects.filter(role=cast.roles.vacant).first(),
    )


def _restructured(cast):
    from roles.models import Restructure

    Restructure.objects.create(
        day=clock.today(), what="Sales came to us", recorded_by=cast.ism, recorded_at=clock.now()
    )


BREAKS = {
    "definitions": lambda cast: factories.role("Unwritten", duties=0),
    "assignment": lambda cast: factories.role("Forgotten"),
    "clarity": _same_words,
    "authority": lambda cast: factories.role("Powerless", authorities=False),
    "communication": lambda cast: factories.role("All staff", kind="everyone"),
    "understanding": _unasked,
    "reviews": _overdue,
    "structure": _restructured,
    "ask-chart": _restructured,
    "ask-document": lambda cast: Policy.objects.create(title="Clear desk", dated=clock.today()),
    "ask-communication": lambda cast: factories.role("All staff", kind="everyone"),
    "ask-verbally": _unasked,
    "mrt": _unheard_team,
    "pit-it": _all_with_it,
    "processes": lambda cast: Process.objects.create(name="Patching"),
    "performance": _untrained,
    "ask-jobs": lambda cast: factories.role("Unwritten", duties=0),
    "ask-risks": lambda cast: Risk.objects.create(reference="R-9", title="Flood", level=2),
    "pit-saas": lambda cast: Asset.objects.create(name="Payroll cloud", kind="cloud"),
    "pit-risks": lambda cast: Risk.objects.create(reference="R-9", title="Flood", level=2),
    "pit-trained": _untrained,
    "pit-written": lambda cast: factories.role("Unwritten", duties=0),
}


@pytest.mark.parametrize("key", BREAKS)
def test_when_the_evidence_of_an_item_breaks_its_gap_is_seen(cast, key):
    later = clock.now() + timedelta(days=60 if "communication" in key else 0)  # there are 30 days to read what is new
    with clock.at(later):
        before = _gaps(key)
    BREAKS[key](cast)
    with clock.at(later):
        assert _gaps(key) - before


def test_every_item_has_a_test_that_breaks_its_evidence():
    assert set(items()) - {REST.key} == set(BREAKS)


@pytest.mark.parametrize("key", ["reviews", "structure", "ask-chart", "ask-document"])
def test_what_was_never_done_is_a_gap_from_the_beginning(cast, key):
    assert _gaps(key)  # no signed version, nobody who keeps the chart


def test_every_rule_stands_under_an_item_and_none_is_hidden(cast):
    found = findings.current()
    shown = [gap for _listing, rows in checklist(clock.today(), found) for row in rows for gap in row.gaps]
    assert {id(one) for one in found} == {id(one) for one in shown}


def test_every_evidence_that_an_item_names_is_known(db):
    there = live(clock.today())
    assert [key for one in items().values() for key in one.evidence if key not in there] == []


def test_the_ten_items_of_the_clause_are_there_in_order(db):
    assert [one.key for one in LISTINGS[0].items][::9] == ["definitions", "structure"] and len(LISTINGS[0].items) == 10
    assert LISTINGS[-1].items == (REST,)


def test_every_link_of_the_workspace_opens_for_the_auditor(cast, as_user):
    browser = as_user("auditor")
    addresses = {one.url.split("#")[0] for one in live(clock.today()).values() if one.url}
    addresses |= {reverse("audit-item", args=[key]) for key in items()} | {
        reverse("clause-map"),
        reverse("audit-interviews"),
    }
    assert {link: code for link in addresses if (code := browser.get(link).status_code) != 200} == {}


def test_a_count_of_performance_gaps_below_five_is_told_to_nobody(cast):
    assert live(clock.today())["performance"].label == "Fewer than five"


def test_a_note_is_its_writers_alone_and_a_request_is_answered_in_place(cast, as_user):
    remarks.write("assignment", kind="note", text="Looks thin to me", actor=cast.auditor)
    asked = remarks.write("assignment", kind="request", text="Show me two letters", actor=cast.auditor)
    remarks.answer(asked, answer="They are in the folder of 2026", actor=cast.ism)
    address = reverse("audit-item", args=["assignment"])
    own, keepers = (as_user(who).get(address).content.decode() for who in ("auditor", "ism"))
    assert "Looks thin to me" in own and "They are in the folder of 2026" in own
    assert "Looks thin to me" not in keepers and "Show me two letters" in keepers


def test_a_note_leaves_no_trace_in_the_log(cast):
    before = AuditEvent.objects.count()
    remarks.write("assignment", kind="note", text="Mine", actor=cast.auditor)
    assert AuditEvent.objects.count() == before


def test_an_unanswered_request_is_a_finding_until_it_is_answered(cast):
    asked = remarks.write("reviews", kind="request", text="Where are the minutes?", actor=cast.auditor)
    assert any("Where are the minutes?" in one for one in _gaps("rest"))
    remarks.answer(asked, answer="Here.", actor=cast.ism)
    assert not any("Where are the minutes?" in one for one in _gaps("rest"))


def test_a_request_is_answered_once_and_never_changed(cast):
    asked = remarks.write("reviews", kind="request", text="Why?", actor=cast.auditor)
    remarks.answer(asked, answer="Because.", actor=cast.ism)
    with pytest.raises(WrongState):
        remarks.answer(asked, answer="Other.", actor=cast.ism)
    with pytest.raises(DatabaseError), transaction.atomic():
        Remark.objects.filter(pk=asked.pk).update(answer="Forged")
    with pytest.raises(DatabaseError), transaction.atomic():
        Remark.objects.filter(pk=asked.pk).update(text="Forged")


@pytest.mark.parametrize("who", ["ism", "top", "administrator", "holder"])
def test_only_auditors_write_remarks(cast, who):
    with pytest.raises(NotAllowed):
        remarks.write("reviews", kind="note", text="x", actor=getattr(cast, who))


def test_an_empty_remark_and_an_unknown_item_are_refused(cast):
    for item, text in (("reviews", "  "), ("nonsense", "x")):
        with pytest.raises(Invalid):
            remarks.write(item, kind="note", text=text, actor=cast.auditor)


def test_interviews_name_people_with_roles_and_what_they_should_know(cast):
    sheets = {one.person.name: one for one in interviews.key_people(clock.today())}
    assert next(iter(sheets)) == "Tora Top"
    assert "Incident manager (deputy)" in sheets["Dov Deputy"].roles
    assert any("Check thing" in line for line in sheets["Hana Holder"].knows)


def test_the_sample_of_an_interview_is_repeated_with_its_seed(cast, as_user):
    pick = as_user("auditor").get
    first, again = (pick(reverse("audit-interviews"), {"size": 3, "seed": "abc"}).context["sampled"] for _n in range(2))
    assert [one.person.pk for one in first] == [one.person.pk for one in again] and len(first) == 3


@pytest.mark.parametrize("query", [{"size": "x"}, {"size": "-1"}, {"size": "9" * 30}, {"seed": "x" * 500}])
def test_nonsense_in_the_sample_is_no_fault(as_user, query):
    assert as_user("auditor").get(reverse("audit-interviews"), query).status_code == 200


def test_the_map_of_clauses_leads_both_ways(cast):
    listed = clause_map(clock.today(), findings.current())
    rows = {row.code: row for row in listed}
    assert [held.role.title for held in rows["5.3 a"].roles] == ["Information security manager"] and rows[
        "5.3 a"
    ].is_held
    assert rows["A.5.9"].items and rows["5.3"].found
    back = {one.held.role.title: [row.code for row in one.served] for one in by_role(listed)}
    assert back == {"Chief executive": ["5.1"], "Information security manager": ["5.3 a", "5.3 b"]}


def test_the_map_on_the_page_names_responsibilities_and_findings(cast, as_user):
    page = as_user("auditor").get(reverse("clause-map")).content.decode()
    assert "1 responsibility" in page and "Continuity manager has been vacant" in page and 'href="#clause-51"' in page


def test_the_workspace_costs_the_same_with_few_and_with_fifty_rows(cast, as_user):
    browser = as_user("auditor")

    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse(name)).status_code == 200
        return len(captured)

    names = ("audit-checklist", "audit-interviews", "clause-map")
    for number in (50, 51):
        factories.hold(factories.role(f"Role {number}"), factories.person(), approver=cast.top)
    before = [queries(name) for name in names]
    before = [queries(name) for name in names]
    for number in range(20):
        factories.hold(factories.role(f"Role {number}"), factories.person(), approver=cast.top)
    assert [queries(name) for name in names] == before
