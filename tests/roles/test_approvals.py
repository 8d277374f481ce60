"""Deciding on exactly what was shown (coverage A3; design rules 1–4; security cases 1–7)."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from ismsroles.core import clock
from ismsroles.core.errors import Invalid, NotAllowed, Stale
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint, seal
from roles.actions import assignments as actions
from roles.actions import register
from roles.actions.people import change_person, record_last_day
from roles.models import Assignment, Person
from roles.shown import shown
from tests import factories
from tests.roles.asking import questions

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def waiting(cast) -> Assignment:
    """Cole is proposed as continuity manager."""
    return propose(cast)


def propose(cast, person=None, role=None, actor=None, **terms) -> Assignment:
    terms = {"starts_on": clock.today(), "reason": "Knows the work", **terms}
    return actions.propose_assignment(
        role=role or cast.roles.vacant, person=person or cast.people.colleague, actor=actor or cast.ism, **terms
    )


def approve(made: Assignment, actor) -> Assignment:
    return actions.approve_assignment(made, actor=actor, seen_hash=fingerprint(shown(fresh(made))))


def fresh(made: Assignment) -> Assignment:
    return Assignment.objects.get(pk=made.pk)


def token(made: Assignment, user) -> str:
    return seal(shown(fresh(made)), user_id=user.pk, subject=f"assignment:{made.pk}")


def post(browser, made: Assignment, **answers):
    return browser.post(f"/approvals/{made.pk}/", answers)


# Who decides ------------------------------------------------------------------------------------------------------------


def test_an_approval_names_who_as_what_and_when(cast, waiting):
    made = approve(waiting, cast.top)
    assert (made.decided_by, made.decided_by_person, made.decided_by_role) == (
        cast.top,
        cast.people.top,
        "Chief executive",
    )
    assert AuditEvent.objects.first().sentence == "Tora Top approved Cole Colleague as holder of Continuity manager."


@pytest.mark.parametrize(
    "actor", ["ism", "administrator", "representative", "holder", "deputy", "auditor", "leaver", "colleague"]
)
def test_nobody_but_top_management_approves(cast, waiting, actor):
    with pytest.raises(NotAllowed):
        approve(waiting, getattr(cast, actor))


def test_an_approver_does_not_decide_about_themself(cast):
    with pytest.raises(NotAllowed):
        approve(propose(cast, person=cast.people.top), cast.top)


def also_ism(cast) -> None:
    """The approver also keeps the register, as in a small organisation."""
    role = factories.role("Second keeper", persona="ism")
    factories.hold(role, cast.people.top, approver=_second_approver(cast).user)


def _second_approver(cast) -> Person:
    person = factories.person("Sia Second", login=True)
    factories.hold(factories.role("Chair", persona="top_management"), person, approver=cast.top)
    return person


def test_an_approver_does_not_decide_what_they_proposed(cast):
    also_ism(cast)
    made = propose(cast, actor=cast.top)
    with pytest.raises(NotAllowed):
        approve(made, cast.top)


def test_another_approver_decides_what_an_approver_proposed(cast):
    also_ism(cast)
    made = propose(cast, actor=cast.top)
    assert approve(made, Person.objects.get(name="Sia Second").user).state == "approved"


def test_a_new_login_does_not_make_another_person_of_the_proposer(cast):
    also_ism(cast)
    made = propose(cast, actor=cast.top)
    again = factories.user("Tora Again")
    Person.objects.filter(pk=cast.people.top.pk).update(user=again)
    with pytest.raises(NotAllowed):
        approve(made, again)


def test_what_was_proposed_by_a_login_before_it_was_linked_counts_as_the_persons(cast):
    old, person = factories.user("Old Login"), cast.people.top
    row = Assignment.objects.create(
        role=factories.role(),
        person=cast.people.outsider,
        starts_on=clock.today(),
        proposed_by=old,
        proposed_at=clock.now(),
    )
    for login in (old, cast.top):
        person.user = login
        person.save()
    with pytest.raises(NotAllowed):
        approve(row, cast.top)


def test_a_deputy_of_the_approver_does_not_approve(cast, waiting):
    factories.hold(cast.roles.top, cast.people.deputy, approver=cast.top, seat="deputy")
    with pytest.raises(NotAllowed):
        approve(waiting, cast.deputy)


def test_an_approver_who_left_does_not_approve(cast, waiting):
    _second_approver(cast)
    record_last_day(cast.people.top, clock.today() - DAY, actor=cast.ism)
    with pytest.raises(NotAllowed):
        approve(waiting, cast.top)


def test_an_approver_of_one_area_decides_there_and_in_its_parts_only(cast):
    part = factories.area("Workshop", parent=cast.home)
    local = factories.person("Lou Local", login=True)
    factories.hold(factories.role("Site director", persona="top_management", area=cast.home), local, approver=cast.top)
    assert approve(propose(cast, role=factories.role(area=part)), local.user).state == "approved"
    with pytest.raises(NotAllowed):
        approve(propose(cast, role=factories.role(area=cast.elsewhere)), local.user)


@pytest.mark.parametrize(
    "persona", ["ism", "administrator", "representative", "holder", "deputy", "auditor", "colleague"]
)
def test_a_raw_post_of_somebody_else_decides_nothing(cast, as_user, waiting, persona):
    user = getattr(cast, persona)
    post(as_user(persona), waiting, decision="approve", shown=token(waiting, user))
    assert fresh(waiting).state == "proposed"


# What was shown -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_decision_without_the_page_that_was_shown_is_refused(cast, as_user, waiting, decision):
    answer = post(as_user("top"), waiting, decision=decision, reason="No")
    assert answer.status_code == 409 and fresh(waiting).state == "proposed"


def test_the_page_shown_to_somebody_else_does_not_count(cast, as_user, waiting):
    answer = post(as_user("top"), waiting, decision="approve", shown=token(waiting, cast.ism))
    assert answer.status_code == 409 and fresh(waiting).state == "proposed"


def test_the_page_of_another_proposal_does_not_count(cast, as_user, waiting):
    other = propose(cast, role=factories.role("Another"))
    answer = post(as_user("top"), waiting, decision="approve", shown=token(other, cast.top))
    assert answer.status_code == 409 and fresh(waiting).state == "proposed"


def test_a_forged_token_does_not_count(cast, as_user, waiting):
    answer = post(as_user("top"), waiting, decision="approve", shown=token(waiting, cast.top)[:-3] + "abc")
    assert answer.status_code == 409 and fresh(waiting).state == "proposed"


def _renamed(cast):
    change_person(cast.people.colleague, actor=cast.ism, name="Cole Changed")


def _other_job(cast):
    change_person(cast.people.colleague, actor=cast.ism, job_title="Director")


def _other_title(cast):
    register.change_role(cast.roles.vacant, actor=cast.ism, title="Emperor")


def _more_duties(cast):
    register.add_responsibility(cast.roles.vacant, "Carry all the blame every day", actor=cast.ism)


def _more_power(cast):
    register.add_authority(cast.roles.vacant, actor=cast.ism, text="Spend", limit_kind="amount", limit="a million")


def _somebody_sits_there(cast):
    factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, starts_on=clock.today() - 9 * DAY)


def _a_deputy_came(cast):
    factories.hold(cast.roles.vacant, cast.people.deputy, approver=cast.top, seat="deputy")


CHANGES = [_renamed, _other_job, _other_title, _more_duties, _more_power, _somebody_sits_there, _a_deputy_came]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_").replace("_", " "))
def test_what_changed_between_reading_and_deciding_is_shown_and_nothing_is_decided(cast, as_user, waiting, change):
    kept = token(waiting, cast.top)
    change(cast)
    answer = post(as_user("top"), waiting, decision="approve", shown=kept)
    assert answer.status_code == 409 and fresh(waiting).state == "proposed" and answer.context["changes"]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_").replace("_", " "))
def test_the_action_itself_refuses_a_fingerprint_of_something_else(cast, waiting, change):
    seen = fingerprint(shown(fresh(waiting)))
    change(cast)
    for verb in (actions.approve_assignment, actions.reject_assignment):
        with pytest.raises(Stale):
            verb(waiting, actor=cast.top, seen_hash=seen, reason="x")


def test_a_second_click_has_no_second_effect(cast, as_user, waiting):
    kept, browser = token(waiting, cast.top), as_user("top")
    assert post(browser, waiting, decision="approve", shown=kept).status_code == 302
    assert post(browser, waiting, decision="approve", shown=kept).status_code == 409
    assert AuditEvent.objects.filter(code="assignment.approved").count() == 1


def test_what_was_withdrawn_while_reading_is_not_approved(cast, as_user, waiting):
    kept = token(waiting, cast.top)
    actions.withdraw_assignment(waiting, actor=cast.ism)
    assert post(as_user("top"), waiting, decision="approve", shown=kept).status_code == 409


def test_the_record_keeps_the_fingerprint_of_what_was_shown(cast, waiting):
    seen = fingerprint(shown(fresh(waiting)))
    assert approve(waiting, cast.top).seen_hash == seen


# What must still be true ----------------------------------------------------------------------------------------------------


def test_nobody_is_approved_who_left_meanwhile(cast, waiting):
    Person.objects.filter(pk=cast.people.colleague.pk).update(last_day=clock.today() - DAY)
    with pytest.raises(Invalid, match="not with the organisation"):
        approve(waiting, cast.top)


def test_what_stands_in_the_way_is_said_on_the_page(cast, as_user, waiting):
    kept = token(waiting, cast.top)
    Person.objects.filter(pk=cast.people.colleague.pk).update(last_day=clock.today() - DAY)
    answer = post(as_user("top"), waiting, decision="approve", shown=kept)
    assert answer.status_code == 422 and "not with the organisation" in answer.content.decode()


def test_the_one_who_held_it_stops_the_day_before(cast):
    made = propose(cast, role=cast.roles.held, starts_on=clock.today() + 5 * DAY)
    approve(made, cast.top)
    assert fresh(cast.held.holder).ends_on == clock.today() + 4 * DAY
    assert AuditEvent.objects.filter(code="assignment.ended", subject_id=cast.held.holder.pk).exists()


def test_of_two_proposals_for_one_seat_the_second_approval_follows_the_first_or_is_refused(cast):
    first, second = propose(cast), propose(cast, person=cast.people.outsider)
    approve(first, cast.top)
    with pytest.raises(Invalid, match="Cole Colleague holds"):
        approve(second, cast.top)


def test_a_rejection_needs_a_reason_and_says_so_at_the_field(cast, as_user, waiting):
    answer = post(as_user("top"), waiting, decision="reject", reason="  ", shown=token(waiting, cast.top))
    assert answer.status_code == 422 and answer.context["form"].errors["reason"] and fresh(waiting).state == "proposed"


def test_a_rejection_tells_the_proposer_why(cast, as_user, waiting, next_morning, mailoutbox):
    post(as_user("top"), waiting, decision="reject", reason="Too busy already", shown=token(waiting, cast.top))
    next_morning()
    told = [mail for mail in mailoutbox if mail.to == [cast.ism.email]]
    assert fresh(waiting).state == "rejected" and "Too busy already" in told[0].body


def test_who_gets_a_role_is_told(cast, waiting, deliver, mailoutbox):
    approve(waiting, cast.top)
    deliver()
    assert [mail.subject for mail in mailoutbox if mail.to == [cast.people.colleague.email]] == [
        "You are now holder of Continuity manager"
    ]


@pytest.mark.parametrize("method", ["get", "head"])
def test_following_a_mailed_link_decides_nothing(cast, as_user, waiting, method):
    for path in ("/approvals/", f"/approvals/{waiting.pk}/", f"/approvals/{waiting.pk}/?decision=approve"):
        assert getattr(as_user("top"), method)(path).status_code == 200
    assert fresh(waiting).state == "proposed"


# The pages ------------------------------------------------------------------------------------------------------------------


def test_the_inbox_holds_what_this_person_may_decide_and_says_why_not_the_rest(cast, as_user, waiting):
    propose(cast, person=cast.people.top, role=factories.role("About the approver"))
    page = as_user("top").get("/approvals/")
    assert [one.assignment.person.name for one in page.context["own"]] == ["Cole Colleague"]
    assert "It is about you. Nobody may decide it at present" in page.content.decode()


def test_the_manager_sees_for_whom_it_waits(cast, as_user, waiting):
    assert "Waits for Tora Top." in as_user("ism").get("/approvals/").content.decode()


@pytest.mark.parametrize("persona", ["holder", "deputy", "colleague"])
def test_staff_see_no_inbox(cast, as_user, persona):
    assert as_user(persona).get("/approvals/").status_code == 403


def test_the_decision_page_shows_all_that_the_fingerprint_covers(cast, as_user, waiting):
    page = as_user("top").get(f"/approvals/{waiting.pk}/").content.decode()
    for text in ("Cole Colleague", "Continuity manager", "Knows the work", "Ismail Keeper", "vacant"):
        assert text in page
    for duty in cast.roles.vacant.responsibilities.all():
        assert escape(duty.text) in page


def test_who_may_not_decide_reads_why_and_finds_no_button(cast, as_user, waiting):
    page = as_user("ism").get(f"/approvals/{waiting.pk}/").content.decode()
    assert "This is not yours to decide" in page and 'name="decision"' not in page


def test_after_a_decision_the_next_one_opens(cast, as_user, waiting):
    later = propose(cast, role=factories.role("Next one"))
    answer = post(as_user("top"), waiting, decision="approve", shown=token(waiting, cast.top))
    assert answer.url == f"/approvals/{later.pk}/"


def test_what_is_decided_leads_to_its_record(cast, as_user, waiting):
    approve(waiting, cast.top)
    assert as_user("top").get(f"/approvals/{waiting.pk}/").url == f"/assignments/{waiting.pk}/"


def test_fields_that_no_form_has_change_nothing(cast, as_user, waiting):
    everything = {field.attname: "1" for field in Assignment._meta.concrete_fields}
    post(as_user("top"), waiting, **everything, decision="approve", shown=token(waiting, cast.top))
    made = fresh(waiting)
    assert (made.state, made.decided_by, made.is_founding, made.person_id) == (
        "approved",
        cast.top,
        False,
        waiting.person_id,
    )


def test_the_inbox_asks_the_database_as_much_for_one_as_for_fifty(cast, as_user, waiting):
    browser = as_user("top")
    one = questions(browser, "/approvals/")
    for number in range(49):
        propose(cast, role=factories.role(f"Waiting role {number}", authorities=False))
    assert one == questions(browser, "/approvals/") <= 12


def test_deciding_asks_for_the_password_once_more_and_then_does_what_was_asked(cast, waiting, client):
    client.force_login(cast.top, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = f"/approvals/{waiting.pk}/"
    asked = client.post(url, {"decision": "approve", "shown": client.get(url).context["token"]})
    assert "reauthenticate" in asked.url and fresh(waiting).state == "proposed"
    client.post("/account/reauthenticate/", {"password": "not the password", "next": url})
    assert fresh(waiting).state == "proposed"
    client.post("/account/reauthenticate/", {"password": factories.PASSWORD, "next": url})
    assert fresh(waiting).state == "approved"


def test_a_refused_request_is_in_the_log(cast, waiting, as_user):
    as_user("holder").post(f"/roles/{cast.roles.held.pk}/retire/")
    assert AuditEvent.objects.filter(code="access.refused", actor=cast.holder).exists()
