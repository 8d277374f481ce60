"""What would be uncovered if somebody left, what rests on one person, and handing it over (A6, A9)."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ismsroles.core import clock, findings, scope
from ismsroles.core.errors import Invalid, NotAllowed
from ismsroles.core.models import AuditEvent
from roles.actions import assignments, people
from roles.actions.handover import hand_over
from roles.models import Assignment, Person
from roles.queries.handover import rows
from roles.queries.what_if import loads, single_roles, what_if_leaves
from tests import factories

DAY = timedelta(days=1)


def gaps(person) -> dict[str, str]:
    with scope.opened():
        return {gap.sentence: gap.severity for gap in what_if_leaves(person, clock.today()).gaps}


def command(name: str, *args: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command(name, *args, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    except CommandError as refused:
        return refused.returncode, str(refused)
    return 0, out.getvalue()


def test_a_role_with_a_deputy_would_be_vacant_and_the_deputy_would_stand_in(cast):
    assert gaps(cast.people.holder) == {"Incident manager would be vacant; Dov Deputy would stand in.": "warn"}


def test_a_role_without_a_deputy_would_stand_empty(cast):
    Assignment.objects.filter(pk=cast.held.deputy.pk).update(ends_on=clock.today() - DAY)
    assert gaps(cast.people.holder) == {"Incident manager would be vacant, and nobody would stand in.": "stop"}


def test_the_leaving_of_the_only_deputy_is_said(cast):
    assert gaps(cast.people.deputy) == {"Incident manager would have no deputy.": "warn"}


def test_who_is_approved_to_follow_covers_the_role(cast):
    factories.hold(
        cast.roles.held,
        cast.people.colleague,
        approver=cast.top,
        starts_on=clock.today() + 5 * DAY,
        single_holder=False,
    )
    assert list(gaps(cast.people.holder).values()) == ["note"]


def test_a_role_held_once_in_each_area_is_uncovered_in_that_area(cast):
    role = factories.role("Asset owner", kind="many")
    for area, person in [(cast.home, cast.people.colleague), (cast.elsewhere, cast.people.outsider)]:
        factories.hold(role, person, approver=cast.top, area=area)
    assert gaps(cast.people.outsider) == {"Asset owner (Finance) would be vacant, and nobody would stand in.": "stop"}


def test_the_only_approver_and_the_only_security_manager_are_said(cast):
    assert gaps(cast.people.top)["Nobody else approves and signs."] == "stop"
    assert gaps(cast.people.ism)["Nobody else keeps this register."] == "stop"


def test_proposals_that_nobody_else_may_decide_are_said(cast):
    assignments.propose_assignment(
        role=cast.roles.vacant, person=cast.people.colleague, actor=cast.ism, starts_on=clock.today()
    )
    assert gaps(cast.people.top)["Nobody else may decide on Cole Colleague for Continuity manager."] == "stop"


def test_people_without_a_line_manager_are_counted(cast):
    Person.objects.filter(pk=cast.people.colleague.pk).update(manager=cast.people.outsider)
    assert gaps(cast.people.outsider) == {"1 person would have no line manager.": "note"}


def test_asking_changes_nothing(cast, as_user):
    ism, before = as_user("ism"), AuditEvent.objects.count()
    ism.get(f"/people/{cast.people.holder.pk}/what-if/")
    command("what_if", "--leaves", cast.people.holder.email)
    assert AuditEvent.objects.count() == before


def test_the_page_says_what_becomes_uncovered_with_the_way_to_mend_it(cast, as_user):
    page = as_user("ism").get(f"/people/{cast.people.holder.pk}/what-if/").content.decode()
    assert "would be vacant; Dov Deputy would stand in" in page
    assert f"/people/{cast.people.holder.pk}/handover/" in page


def test_the_command_answers_in_json_and_says_by_its_status_that_something_is_uncovered(cast):
    status, out = command("what_if", "--leaves", cast.people.holder.email, "--format", "json")
    told, url = json.loads(out), cast.held.holder.get_absolute_url()
    assert (status, told["covered"], told["gaps"][0]["stands_in"]) == (1, False, ["Dov Deputy"])
    assert told["holds"] == [{"kind": "assignment", "how": "holder", "what": "Incident manager", "url": url}]


def test_the_command_ends_with_0_when_nothing_would_be_uncovered(cast):
    assert command("what_if", "--leaves", f"id:{cast.people.outsider.pk}")[0] == 0


def test_a_command_about_nobody_or_about_two_people_does_nothing(cast):
    factories.person("Nora Number", external_id=str(cast.people.holder.pk))
    assert command("what_if", "--leaves", "nobody@testhouse.example")[0] == 2
    status, said = command("leaver", str(cast.people.holder.pk), "--last-day", "2030-01-01")
    assert (status, "may mean two people" in said) == (2, True)
    assert not Person.objects.filter(last_day__year=2030).exists()


def test_the_command_leaver_records_the_last_day_and_says_what_ends(cast):
    person = factories.person("Nora Number", external_id="N-7")
    factories.hold(cast.roles.vacant, person, approver=cast.top)
    status, said = command("leaver", "N-7", "--last-day", "2030-01-31", "--reason", "New job")
    assert (status, "Holder of Continuity manager until 31 Jan 2030." in said) == (0, True)
    assert str(Person.objects.get(pk=person.pk).last_day) == "2030-01-31"
    assert command("leaver", "N-7", "--stays")[0] == 0
    assert Assignment.objects.get(person=person).ends_on is None


@pytest.mark.parametrize("day", ["yesterday", "2001-01-01", "9999-12-31", "2026-02-30"])
def test_the_command_leaver_refuses_a_day_that_cannot_be_with_status_2(cast, day):
    assert command("leaver", cast.people.holder.email, "--last-day", day)[0] == 2
    assert Person.objects.get(pk=cast.people.holder.pk).last_day is None


def test_the_command_leaver_has_the_rights_of_its_actor(cast):
    args = ("leaver", cast.people.holder.email, "--last-day", "2030-01-31", "--actor")
    assert command(*args, cast.colleague.email)[0] == 2
    assert command(*args, cast.ism.email)[0] == 0


def test_what_rests_on_one_person_is_listed_by_role_and_by_person(cast, as_user):
    with scope.opened():
        assert {one.label for one in single_roles(clock.today())} == {
            "Chief executive",
            "Information security manager",
        }
        assert [str(load.person) for load in loads(clock.today()) if load.alone] == ["Ismail Keeper", "Tora Top"]
    for query in ("", "?show=people"):
        assert "Ismail Keeper" in as_user("top").get(f"/people/single-points/{query}").content.decode()


def broken(rule: str) -> list[str]:
    with scope.opened():
        return [finding.sentence for finding in findings.current() if finding.rule == rule]


def test_whoever_holds_more_than_five_roles_is_a_finding(cast):
    for _number in range(5):
        factories.hold(factories.role(kind="many"), cast.people.holder, approver=cast.top)
    assert broken("A9.many") == ["Hana Holder holds 6 roles."]
    assert len(broken("A9.one-person")) == 5


def test_a_proposal_that_nobody_may_decide_is_a_finding(cast):
    assert broken("A3.stuck") == []
    assignments.propose_assignment(
        role=cast.roles.vacant, person=cast.people.top, actor=cast.ism, starts_on=clock.today()
    )
    assert broken("A3.stuck") == ["Nobody may decide on Tora Top for Continuity manager."]


# Handing over -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def leaver(cast):
    """Hana, who leaves in ten days; Dov is her deputy, Ismail works beside her."""
    return people.record_last_day(cast.people.holder, clock.today() + 10 * DAY, actor=cast.ism)


def test_the_deputy_is_proposed_first_and_then_who_works_beside(cast, leaver):
    row = rows(leaver, clock.today())[0]
    assert [(str(person), why) for person, why in row.candidates][:2] == [
        ("Dov Deputy", "deputy"),
        ("Ismail Keeper", "same team"),
    ]


def test_successors_begin_the_day_after_the_last_day_and_the_deputy_may_be_one(cast, leaver, as_user):
    page = as_user("ism").get(f"/people/{leaver.pk}/handover/")
    given = {
        "starts_on": page.context["form"].initial["starts_on"],
        "reason": "Knows it all",
        f"seat_{cast.held.holder.pk}": "Dov Deputy",
    }
    assert as_user("ism").post(f"/people/{leaver.pk}/handover/", given).status_code == 302
    made = Assignment.objects.get(state="proposed")
    assert (made.person, made.starts_on, made.seat) == (cast.people.deputy, clock.today() + 11 * DAY, "primary")
    assert AuditEvent.objects.filter(code="person.handed_over").exists()


def test_all_successors_are_proposed_or_none(cast, leaver):
    other = factories.hold(cast.roles.vacant, leaver, approver=cast.top, ends_on=leaver.last_day)
    chosen = {cast.held.holder.pk: cast.people.deputy, other.pk: cast.people.leaver}
    with pytest.raises(Invalid) as refused:
        hand_over(leaver, successors=chosen, starts_on=leaver.last_day + DAY, reason="Both", actor=cast.ism)
    assert refused.value.field == f"seat_{other.pk}"
    assert not Assignment.objects.filter(state="proposed").exists()


def test_what_cannot_be_handed_over_says_why(cast, leaver):
    hand_over(
        leaver,
        successors={cast.held.holder.pk: cast.people.deputy},
        starts_on=leaver.last_day + DAY,
        reason="x",
        actor=cast.ism,
    )
    assert rows(leaver, clock.today())[0].hurdle.startswith("Dov Deputy is proposed from")


def test_a_seat_of_many_that_is_handed_over_by_who_stays_ends_the_day_before(cast):
    seat = factories.hold(factories.role(kind="many"), cast.people.holder, approver=cast.top)
    start = clock.today() + 3 * DAY
    hand_over(
        cast.people.holder, successors={seat.pk: cast.people.colleague}, starts_on=start, reason="x", actor=cast.ism
    )
    seat.refresh_from_db()
    cast.held.holder.refresh_from_db()
    assert (seat.ends_on, cast.held.holder.ends_on) == (start - DAY, None)


def test_a_representative_hands_over_within_the_area_only(cast, leaver):
    def to(person):
        start, chosen = leaver.last_day + DAY, {cast.held.holder.pk: person}
        return hand_over(leaver, successors=chosen, starts_on=start, reason="x", actor=cast.representative)

    with pytest.raises(NotAllowed):
        to(cast.people.colleague)
    assert to(cast.people.deputy)[0].proposed_by == cast.representative


def test_nothing_chosen_is_said(cast, leaver, as_user):
    answer = as_user("ism").post(f"/people/{leaver.pk}/handover/", {"starts_on": "2030-01-01", "reason": "x"})
    assert answer.status_code == 422
    assert "Nothing is chosen yet" in answer.content.decode()
