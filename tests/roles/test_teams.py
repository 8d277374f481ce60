"""Teams: a role held by a team, each member approved and counted as a holder is (coverage A2; decision 17; design rules 1 to 5 and 8)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ismsroles.core import clock, findings
from ismsroles.core.errors import InUse, Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint
from roles.actions import assignments, people, separation, teams
from roles.holdings import holdings
from roles.models import Assignment, Letter, Team, TeamMember
from roles.queries import teams as queries
from roles.queries.separation import standing
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def crew(cast):
    """Hana leads the night watch, Dov and Otto belong to it."""
    cast.crew = teams.add_team(actor=cast.ism, name="Night watch", purpose="Looks at alarms", area=cast.home)
    join(cast, "holder", leads=True)
    join(cast, "deputy")
    join(cast, "outsider")
    return cast


def join(cast, who, **values):
    given = {"starts_on": clock.today(), "reason": "Knows the systems."} | values
    return teams.join_team(cast.crew, person=getattr(cast.people, who), actor=cast.ism, **given)


def propose(cast, role="vacant", **values):
    given = {"starts_on": clock.today(), "reason": "They watch anyway."} | values
    return teams.propose_team(cast.crew, role=getattr(cast.roles, role), actor=cast.ism, **given)


def decide(made, actor, verb="approve", reason=""):
    rows = queries.in_order(Assignment.objects.filter(pk__in=[one.pk for one in made]))
    seen = fingerprint(queries.shown_together(rows))
    return teams.decide_team(rows, verb=verb, actor=actor, seen_hash=seen, reason=reason)


def own(cast, who) -> Assignment:
    return Assignment.objects.filter(team=cast.crew, person=getattr(cast.people, who)).latest("pk")


# Proposing and deciding ----------------------------------------------------------------------------------------------------


def test_the_lead_is_proposed_as_holder_and_everybody_else_as_team_member(crew):
    made = propose(crew)
    assert sorted((one.person.name, one.seat, one.state) for one in made) == [
        ("Dov Deputy", "member", "proposed"),
        ("Hana Holder", "primary", "proposed"),
        ("Otto Outsider", "member", "proposed"),
    ]


def test_one_decision_approves_everybody_of_the_team_each_with_their_own_letter(crew):
    decide(propose(crew), crew.top)
    assert set(Assignment.objects.filter(team=crew.crew).values_list("state", flat=True)) == {"approved"}
    assert Letter.objects.filter(assignment__team=crew.crew).count() == 3


def test_a_rejection_of_the_team_has_a_reason_and_rejects_everybody(crew):
    made = propose(crew)
    with pytest.raises(Invalid):
        decide(made, crew.top, "reject")
    decide(made, crew.top, "reject", "Too few.")
    assert set(Assignment.objects.filter(team=crew.crew).values_list("state", flat=True)) == {"rejected"}


def test_who_proposed_the_team_does_not_decide_on_it(crew):
    with pytest.raises(NotAllowed):
        decide(propose(crew), crew.ism)


def test_an_approver_in_the_team_decides_on_the_others_and_never_on_themself(crew):
    join(crew, "top")
    made = propose(crew)
    with pytest.raises(NotAllowed):
        decide(made, crew.top)
    decide([one for one in made if one.person != crew.people.top], crew.top)
    assert own(crew, "top").state == "proposed" and own(crew, "deputy").state == "approved"


def test_what_changed_since_it_was_shown_is_not_decided(crew):
    made = propose(crew)
    seen = fingerprint(queries.shown_together(queries.in_order(Assignment.objects.filter(team=crew.crew))))
    crew.people.deputy.job_title = "Night guard"
    crew.people.deputy.save()
    with pytest.raises(Stale):
        teams.decide_team(made, verb="approve", actor=crew.top, seen_hash=seen)


def test_a_team_without_a_lead_or_with_nobody_but_the_lead_is_not_proposed(cast):
    cast.crew = teams.add_team(actor=cast.ism, name="Empty")
    join(cast, "deputy")
    with pytest.raises(Invalid, match="no lead"):
        propose(cast)
    teams.leave_team(TeamMember.objects.get(), actor=cast.ism, last_day=clock.today() - DAY, reason="Wrong person")
    join(cast, "holder", leads=True)
    with pytest.raises(Invalid, match="nobody but its lead"):
        propose(cast)


def test_a_one_holder_role_held_by_a_team_has_one_holder_the_lead(crew):
    decide(propose(crew), crew.top)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.hold(crew.roles.vacant, crew.people.colleague, approver=crew.top, starts_on=clock.today())


def test_only_who_keeps_the_register_keeps_teams(crew):
    with pytest.raises(NotAllowed):
        teams.add_team(actor=crew.holder, name="Mine")
    with pytest.raises(NotAllowed):
        teams.join_team(crew.crew, person=crew.people.colleague, actor=crew.top, starts_on=clock.today())


# Each member is counted ----------------------------------------------------------------------------------------------------


def test_each_member_holds_the_role_as_far_as_conflicts_and_competence_go(crew):
    decide(propose(crew), crew.top)
    held = {(one.person, one.how) for one in holdings(None, clock.today(), None) if one.role == crew.roles.vacant.pk}
    assert held == {
        (crew.people.holder.pk, "holder"),
        (crew.people.deputy.pk, "member"),
        (crew.people.outsider.pk, "member"),
    }


def apart(cast, effect="block"):
    separation.add_rule(
        actor=cast.ism, effect=effect, why="Who watches does not manage.", roles=[cast.roles.held, cast.roles.vacant]
    )


def test_a_member_whom_a_rule_keeps_apart_stops_the_proposal(crew):
    apart(crew)
    with pytest.raises(Invalid):
        propose(crew)
    assert not Assignment.objects.filter(team=crew.crew).exists()


def test_who_joins_a_team_that_holds_a_role_is_checked_for_conflicts_as_a_holder_is(cast):
    cast.crew = teams.add_team(actor=cast.ism, name="Night watch")
    join(cast, "outsider", leads=True)
    join(cast, "colleague")
    decide(propose(cast), cast.top)
    apart(cast)
    with pytest.raises(Invalid):
        join(cast, "holder")
    assert not TeamMember.objects.filter(person=cast.people.holder).exists() and not standing(clock.today())


def test_who_joins_is_proposed_for_what_the_team_holds_and_holds_nothing_before_the_approval(crew):
    decide(propose(crew), crew.top)
    join(crew, "colleague")
    assert own(crew, "colleague").state == "proposed"
    assert ("Cole Colleague", "member") not in [(a.person.name, a.seat) for a in Assignment.objects.approved()]
    decide([own(crew, "colleague")], crew.top)
    assert own(crew, "colleague").is_current(clock.today())


# Coming and going ----------------------------------------------------------------------------------------------------------


def test_who_leaves_the_team_holds_its_role_until_that_day(crew):
    decide(propose(crew), crew.top)
    member = TeamMember.objects.get(person=crew.people.deputy)
    teams.leave_team(member, actor=crew.ism, last_day=clock.today() + 3 * DAY, reason="Moves on")
    assert own(crew, "deputy").ends_on == clock.today() + 3 * DAY
    assert own(crew, "outsider").ends_on is None


def test_who_leaves_before_the_decision_is_proposed_no_more(crew):
    propose(crew)
    teams.leave_team(
        TeamMember.objects.get(person=crew.people.deputy), actor=crew.ism, last_day=clock.today(), reason="No time"
    )
    assert own(crew, "deputy").state == "withdrawn"


def test_another_lead_becomes_the_holder_and_the_lead_before_a_member_once_approved(crew):
    decide(propose(crew), crew.top)
    tomorrow = clock.today() + DAY
    join(crew, "deputy", leads=True, starts_on=tomorrow)
    made = list(Assignment.objects.pending().filter(team=crew.crew))
    assert {(one.person, one.seat) for one in made} == {(crew.people.deputy, "primary"), (crew.people.holder, "member")}
    decide(made, crew.top)
    with clock.at(clock.now() + DAY):
        now = Assignment.objects.current(clock.today()).filter(team=crew.crew)
        assert {(one.person.name, one.seat) for one in now} == {
            ("Dov Deputy", "primary"),
            ("Hana Holder", "member"),
            ("Otto Outsider", "member"),
        }


def test_the_team_stops_holding_a_role_for_all_of_its_members_at_once(crew):
    decide(propose(crew), crew.top)
    teams.end_holding(
        crew.crew, role=crew.roles.vacant, area=None, actor=crew.ism, last_day=clock.today(), reason="Reorganised"
    )
    assert set(Assignment.objects.filter(team=crew.crew).values_list("ends_on", flat=True)) == {clock.today()}


def test_a_team_that_holds_something_is_not_closed(crew):
    decide(propose(crew), crew.top)
    with pytest.raises(InUse):
        teams.close_team(crew.crew, actor=crew.ism)


def test_a_closed_team_takes_nobody(crew):
    teams.close_team(crew.crew, actor=crew.ism)
    with pytest.raises(WrongState):
        join(crew, "colleague")
    assert not queries.listed(Team.objects.all(), clock.today() + DAY)[0].present


def test_a_leaver_leaves_the_team_and_what_it_holds_and_comes_back_when_they_stay(crew):
    decide(propose(crew), crew.top)
    people.record_last_day(crew.people.holder, clock.today() + 2 * DAY, actor=crew.ism)
    member = TeamMember.objects.get(person=crew.people.holder)
    assert member.ends_on == own(crew, "holder").ends_on == clock.today() + 2 * DAY
    people.record_last_day(crew.people.holder, None, actor=crew.ism)
    member.refresh_from_db()
    assert member.ends_on is None and own(crew, "holder").ends_on is None


def test_nobody_belongs_twice_and_there_is_one_lead_at_a_time_whoever_writes(crew):
    values = {"team": crew.crew, "starts_on": clock.today(), "added_by": crew.ism, "added_at": clock.now()}
    for person, leads in ((crew.people.deputy, False), (crew.people.colleague, True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            TeamMember.objects.create(person=person, is_lead=leads, **values)


# What is wrong, and what is read -------------------------------------------------------------------------------------------


def found(rule: str) -> list[str]:
    return [one.sentence for one in findings.current() if one.rule == rule]


def test_a_lead_who_left_and_a_member_whom_nobody_approved_are_found(crew):
    decide(propose(crew), crew.top)
    join(crew, "colleague")
    decide([own(crew, "colleague")], crew.top, "reject", "Not yet.")
    people.record_last_day(crew.people.holder, clock.today(), actor=crew.ism)
    with clock.at(clock.now() + DAY):
        assert found("A2.lead") == ["The team Night watch has no lead."]
        assert found("A2.member-unapproved") == [
            "Cole Colleague belongs to the team Night watch and is not approved for Continuity manager."
        ]


def test_a_team_of_one_is_found(cast):
    cast.crew = teams.add_team(actor=cast.ism, name="Lonely")
    join(cast, "holder", leads=True)
    assert found("A2.members") == ["The team Lonely has nobody but Hana Holder."]


def test_every_change_of_a_team_is_told(crew):
    decide(propose(crew), crew.top)
    told = AuditEvent.objects.filter(subject_type="roles.team").order_by("pk").values_list("code", flat=True)
    assert list(told) == [
        "team.added",
        "team.lead_named",
        "team.joined",
        "team.joined",
        "team.proposed",
        "team.approved",
    ]


def test_the_document_names_the_team_its_lead_and_its_members(crew):
    from evidence.parts import teams as part

    decide(propose(crew), crew.top)
    (row,) = part.read(clock.today())
    assert (row["team"], row["lead"]) == ("Night watch", "Hana Holder")
    assert [one["name"] for one in row["members"]] == ["Dov Deputy", "Otto Outsider"]
    assert [one["detail"] for one in part.changes(None, [row])] == [
        "Dov Deputy came into the team Night watch",
        "Otto Outsider came into the team Night watch",
    ]


# Pages ---------------------------------------------------------------------------------------------------------------------


def test_top_management_decides_on_the_whole_team_in_the_browser(crew, as_user):
    made = propose(crew)
    top, url = as_user("top"), reverse("work-team-decide", args=[made[0].proposal])
    page = top.get(url)
    assert b"Approve all 3" in page.content
    answer = top.post(url, {"shown": page.context["token"], "decision": "approve", "reason": ""})
    assert answer.status_code == 302 and own(crew, "deputy").state == "approved"


def test_a_member_reads_at_home_that_they_belong_and_who_answers(crew, as_user):
    decide(propose(crew), crew.top)
    page = as_user("deputy").get(reverse("mine")).content.decode()
    assert "You belong to the team Night watch." in page and "Hana Holder" in page


def test_the_list_of_teams_asks_as_much_for_one_as_for_many(crew, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = as_user("ism"), reverse("work-teams")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for number in range(20):
        made = teams.add_team(actor=crew.ism, name=f"Team {number}")
        teams.join_team(made, person=crew.people.deputy, actor=crew.ism, starts_on=clock.today())
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(one)


def test_withdrawing_one_member_leaves_the_others_proposed(crew):
    made = propose(crew)
    assignments.withdraw_assignment(made[1], actor=crew.ism)
    assert Assignment.objects.pending().filter(team=crew.crew).count() == 2
