"""The pages of assignments: what they show, to whom, at what cost, and what they refuse (A2, A3; security cases 10, 18, 20, 22)."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from ismsroles.core import clock
from roles.actions import assignments as actions
from roles.models import Assignment
from tests import factories
from tests.roles.asking import AT_MOST, questions

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def propose(cast, **values) -> Assignment:
    values = {
        "role": cast.roles.vacant,
        "person": cast.people.colleague,
        "starts_on": clock.today(),
        "reason": "Able",
        **values,
    }
    return actions.propose_assignment(actor=cast.ism, **values)


def answers(cast, **changed) -> dict[str, object]:
    given = {
        "role": cast.roles.vacant.pk, "person": cast.people.colleague.email, "seat": "primary", "filled_as": "internal",
        "starts_on": clock.today().isoformat(), "ends_on": "", "reason": "Knows the work", "deputy": "", "area": "",
    }  # fmt: skip
    return {**given, **changed}


# The list --------------------------------------------------------------------------------------------------------------


def test_the_list_begins_with_what_is_in_force(cast, as_user):
    propose(cast)
    rows = as_user("ism").get("/assignments/").context["page_obj"].object_list
    assert {row.person.name for row in rows} == {"Tora Top", "Ismail Keeper", "Hana Holder", "Dov Deputy"}


@pytest.mark.parametrize(
    ("show", "expected"), [("waiting", 1), ("coming", 1), ("ending", 1), ("over", 1), ("refused", 1), ("all", 8)]
)
def test_each_chip_counts_what_its_list_shows(cast, as_user, show, expected):
    today = clock.today()
    propose(cast)
    actions.withdraw_assignment(propose(cast, role=factories.role("Withdrawn")), actor=cast.ism)
    factories.hold(factories.role("Coming"), cast.people.colleague, approver=cast.top, starts_on=today + DAY)
    factories.hold(factories.role("Over"), cast.people.colleague, approver=cast.top, ends_on=today - DAY)
    actions.end_assignment(cast.held.holder, actor=cast.ism, last_day=today + DAY, reason="Moves")
    context = as_user("ism").get(f"/assignments/?show={show}").context
    counted = [chip.count for chip in context["chips"] if chip.on]
    assert counted == [len(context["page_obj"].object_list)] == [expected]


@pytest.mark.parametrize("persona", ["holder", "colleague"])
def test_staff_see_who_holds_what_but_no_proposals_of_others(cast, as_user, persona):
    propose(cast, person=cast.people.outsider)
    page = as_user(persona).get("/assignments/?show=all").content.decode()
    assert "Hana Holder" in page and "Otto Outsider" not in page


def test_the_list_asks_the_database_as_much_for_fifty_as_for_one(cast, as_user):
    browser = as_user("ism")
    paths = [
        "/assignments/",
        "/assignments/?show=waiting",
        "/assignments/?q=manager",
        "/assignments/?show=all&sort=-person",
    ]
    propose(cast)
    before = [questions(browser, path) for path in paths]
    for number in range(50):
        role, person = factories.role(f"Role number {number}"), factories.person(area=cast.home)
        factories.hold(role, person, approver=cast.top)
        propose(cast, role=factories.role(f"Open role {number}"))
    assert [questions(browser, path) for path in paths] == before and max(before) <= AT_MOST, before


NONSENSE = [
    "sort=x",
    "page=-1",
    "page=x",
    "role=0",
    "role=abc",
    "person=99999999999999999999",
    "q=%00",
    "area=x",
    "show=%27--",
]


@pytest.mark.parametrize("query", NONSENSE)
def test_a_filter_that_makes_no_sense_is_no_fault(cast, as_user, query):
    assert as_user("ism").get(f"/assignments/?{query}").status_code == 200


def test_the_list_can_be_taken_along_as_text_and_as_a_workbook(cast, as_user):
    factories.hold(
        cast.roles.vacant, factories.person("=cmd|' /C calc'!A0", email="", external_id="1"), approver=cast.top
    )
    text = as_user("ism").get("/assignments/?export=csv").content.decode("utf-8-sig")
    book = load_workbook(BytesIO(as_user("ism").get("/assignments/?export=xlsx").content))
    lines, rows = list(csv.reader(StringIO(text))), list(book.active.values)
    assert len(lines) == len(rows) == 6 and "'=cmd|' /C calc'!A0" in [line[3] for line in lines]


def test_staff_take_along_only_what_they_see(cast, as_user):
    propose(cast, person=cast.people.outsider)
    assert "Otto Outsider" not in as_user("colleague").get("/assignments/?show=all&export=csv").content.decode()


# One ---------------------------------------------------------------------------------------------------------------------


def test_the_page_says_who_proposed_who_decided_and_when(cast, as_user):
    page = as_user("auditor").get(f"/assignments/{cast.held.holder.pk}/").content.decode()
    assert "Proposer" in page and "Tora Top" in page and "In force" in page


def test_a_proposal_is_invisible_to_colleagues(cast, as_user):
    made = propose(cast, person=cast.people.outsider)
    assert as_user("colleague").get(f"/assignments/{made.pk}/").status_code == 404
    assert as_user("ism").get(f"/assignments/{made.pk}/").status_code == 200


@pytest.mark.parametrize("persona", ["holder", "colleague", "auditor", "top"])
def test_who_only_reads_finds_no_button_that_changes(cast, as_user, persona):
    page = as_user(persona).get(f"/assignments/{cast.held.deputy.pk}/").content.decode()
    assert "/end/" not in page and "/withdraw/" not in page


def test_the_page_asks_a_bounded_number_of_questions(cast, as_user):
    assert questions(as_user("ism"), f"/assignments/{cast.held.holder.pk}/") <= 15


# Proposing -----------------------------------------------------------------------------------------------------------------


def test_the_form_sends_a_proposal(cast, as_user):
    answer = as_user("ism").post("/assignments/propose/", answers(cast, deputy=cast.people.deputy.email))
    made = Assignment.objects.pending().get(seat="primary")
    assert answer.url == f"/assignments/{made.pk}/" and Assignment.objects.pending().filter(seat="deputy").exists()


def test_the_link_fills_in_role_and_person(cast, as_user):
    page = as_user("ism").get(f"/assignments/propose/?role={cast.roles.vacant.pk}&person={cast.people.outsider.pk}")
    assert (
        page.context["form"]["filled_as"].value() == "external"
        and "otto.outsider@testhouse.example" in page.content.decode()
    )


@pytest.mark.parametrize("query", ["role=999999", "role=x", "person=-1", "role=&person=", "role=%00"])
def test_a_link_that_names_nothing_shows_an_empty_form(cast, as_user, query):
    assert as_user("ism").get(f"/assignments/propose/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": ""}, "role"),
        ({"role": "999999"}, "role"),
        ({"person": "Nobody At All"}, "person"),
        ({"person": "lea.leaver@testhouse.example"}, "person"),
        ({"starts_on": "31 February"}, "starts_on"),
        ({"ends_on": "2001-01-01"}, "ends_on"),
        ({"seat": "king"}, "seat"),
        ({"filled_as": "magic"}, "filled_as"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"deputy": "cole.colleague@testhouse.example"}, "deputy"),
    ],
)
def test_an_answer_that_cannot_be_is_told_at_its_field(cast, as_user, changed, field):
    answer = as_user("ism").post("/assignments/propose/", answers(cast, **changed))
    assert answer.status_code == 422 and answer.context["form"].errors.get(field), answer.context["form"].errors
    assert not Assignment.objects.pending().exists()


def test_a_control_character_in_the_reason_is_told(cast, as_user):
    answer = as_user("ism").post("/assignments/propose/", answers(cast, reason="a\x07b"))
    assert answer.status_code == 422 and "cannot be seen or printed" in answer.content.decode()


def test_fields_that_the_form_does_not_have_change_nothing(cast, as_user):
    everything = {field.attname: "1" for field in Assignment._meta.concrete_fields} | {
        "state": "approved",
        "is_founding": "on",
    }
    as_user("ism").post("/assignments/propose/", {**everything, **answers(cast)})
    made = Assignment.objects.pending().get()
    assert (made.state, made.is_founding, made.decided_by, made.proposed_by, made.seen_hash) == (
        "proposed",
        False,
        None,
        cast.ism,
        "",
    )


def test_checking_writes_nothing_and_says_what_was_found(cast, as_user):
    for path, more in (("/assignments/propose/", {"look": "1"}), ("/assignments/propose/checks/", {})):
        page = as_user("ism").post(path, answers(cast, role=cast.roles.held.pk, **more)).content.decode()
        assert "Cole Colleague follows Hana Holder" in page and "Waits for Tora Top." in page
    assert not Assignment.objects.pending().exists()


def test_checking_says_what_stands_in_the_way(cast, as_user):
    given = answers(cast, role=cast.roles.held.pk, person=cast.people.holder.email)
    assert "never the holder" in as_user("ism").post("/assignments/propose/checks/", given).content.decode()


def test_a_representative_chooses_among_the_people_of_the_area(cast, as_user):
    assert as_user("representative").post("/assignments/propose/", answers(cast)).status_code == 422
    own = answers(cast, person=cast.people.holder.email)
    assert as_user("representative").post("/assignments/propose/", own).status_code == 302


@pytest.mark.parametrize("persona", ["holder", "deputy", "colleague", "auditor", "top", "administrator"])
@pytest.mark.parametrize(
    "path", ["/assignments/propose/", "/assignments/propose/many/", "/assignments/propose/checks/"]
)
def test_who_may_not_propose_is_told_so(cast, as_user, persona, path):
    assert as_user(persona).post(path, answers(cast)).status_code == 403
    assert not Assignment.objects.pending().exists()


def many(roles, people, **changed) -> dict[str, object]:
    lines = {f"person_{role.pk}": person.email for role, person in zip(roles, people, strict=True)}
    return {**lines, "starts_on": clock.today().isoformat(), "reason": "All at once", **changed}


def test_several_roles_are_filled_at_once_and_empty_lines_left_out(cast, as_user):
    roles = [factories.role(f"Line {number}") for number in range(3)]
    query = "&".join(f"role={role.pk}" for role in roles)
    given = many(roles[:2], [cast.people.colleague, cast.people.outsider])
    assert as_user("ism").post(f"/assignments/propose/many/?{query}", given).status_code == 302
    assert {(a.role.title, a.filled_as) for a in Assignment.objects.pending()} == {
        ("Line 0", "internal"),
        ("Line 1", "external"),
    }


def test_when_one_line_cannot_be_none_is_proposed_and_the_line_says_why(cast, as_user):
    roles = [factories.role("Line one"), cast.roles.held]
    query = "&".join(f"role={role.pk}" for role in roles)
    answer = as_user("ism").post(
        f"/assignments/propose/many/?{query}", many(roles, [cast.people.colleague, cast.people.holder])
    )
    assert answer.status_code == 422 and answer.context["form"].errors[f"person_{cast.roles.held.pk}"]
    assert not Assignment.objects.pending().exists()


def test_without_a_choice_all_vacant_roles_are_offered(cast, as_user):
    page = as_user("ism").get("/assignments/propose/many/")
    assert [role.title for role in page.context["roles"]] == ["Continuity manager"]


def test_no_line_filled_in_is_told(cast, as_user):
    answer = as_user("ism").post(
        "/assignments/propose/many/", {"starts_on": clock.today().isoformat(), "reason": "None"}
    )
    assert answer.status_code == 422 and "No person is chosen yet" in answer.content.decode()


# Withdrawing and ending ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["withdraw", "end"])
def test_the_question_before_it_changes_nothing(cast, as_user, verb):
    made = propose(cast) if verb == "withdraw" else cast.held.holder
    page = as_user("ism").get(f"/assignments/{made.pk}/{verb}/")
    assert page.status_code == 200 and "What will happen" in page.content.decode()
    assert Assignment.objects.get(pk=made.pk).state == made.state


def test_ending_says_who_is_left(cast, as_user):
    page = as_user("ism").get(f"/assignments/{cast.held.holder.pk}/end/").content.decode()
    assert "Dov Deputy stands in until somebody follows" in page


def test_ending_by_the_form(cast, as_user):
    answer = as_user("ism").post(
        f"/assignments/{cast.held.holder.pk}/end/", {"last_day": clock.today().isoformat(), "reason": "Moves on"}
    )
    assert answer.status_code == 302 and Assignment.objects.get(pk=cast.held.holder.pk).ends_on == clock.today()


def test_ending_needs_a_reason_at_its_field(cast, as_user):
    answer = as_user("ism").post(
        f"/assignments/{cast.held.holder.pk}/end/", {"last_day": clock.today().isoformat(), "reason": ""}
    )
    assert answer.status_code == 422 and answer.context["form"].errors["reason"]


@pytest.mark.parametrize("persona", ["holder", "representative", "colleague", "top", "auditor"])
def test_who_may_not_end_it_is_told_so(cast, as_user, persona):
    path = f"/assignments/{cast.held.holder.pk}/end/"
    assert as_user(persona).post(path, {"last_day": clock.today().isoformat(), "reason": "Out"}).status_code == 403


def test_what_waits_can_be_withdrawn_by_the_form(cast, as_user):
    made = propose(cast)
    as_user("ism").post(f"/assignments/{made.pk}/withdraw/", {"reason": "Too early"})
    assert Assignment.objects.get(pk=made.pk).state == "withdrawn"
