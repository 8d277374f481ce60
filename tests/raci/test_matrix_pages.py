"""The pages of the matrix: what they show to whom, how they are narrowed, and that they never answer with a fault."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ismsroles.core.models import AuditEvent
from raci.actions import ordering
from raci.models import Activity, ActivityGroup, Allocation
from raci.queries.picture import picture
from roles.models import Role
from tests import factories
from tests.raci import making
from tests.raci.test_publishing import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast):
    access = making.group("Access", position=1)
    first = making.activity(
        "Access reviews", group=access, position=1, letters={cast.roles.held: "RA", cast.roles.top: "I"}
    )
    second = making.activity("Patching", group=making.group("Operations", position=2), letters={cast.roles.ism: "A"})
    return first, second


def cells(client, *wanted, **more):
    return client.post("/matrix/cells/", {"cells": json.dumps(wanted), **more})


def one(row, role, now, was="") -> dict:
    return {"activity": row.pk, "role": role.pk, "now": now, "was": was}


def text(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_cell_of_the_matrix_is_in_the_page(cast, as_user, rows):
    shown = text(as_user("ism"), "/matrix/")
    grid = shown[shown.index("<table") : shown.index("<tfoot")]
    assert grid.count("<td") == 2 * (Role.objects.active().count() + 1)
    for part in ("Access reviews", "Patching", '<b class="lr">R</b><span class="unseen">/</span><b class="la">A</b>'):
        assert part in shown


def test_staff_see_what_is_published_and_nothing_of_the_draft(cast, as_user, rows):
    assert "Nothing is published yet" in text(as_user("colleague"), "/matrix/")
    put(cast, rows[0].group)
    shown = text(as_user("colleague"), "/matrix/")
    assert "Access reviews" in shown and "Patching" not in shown and "data-cells" not in shown


def test_the_matrix_is_narrowed_by_words_process_role_area_person_letter_and_findings(cast, as_user, rows):
    asked = {
        "q=patch": "Patching", f"group={rows[0].group_id}": "Access reviews", f"role={cast.roles.held.pk}": "Access reviews",
        f"area={cast.home.pk}": "Access reviews", f"person={cast.people.ism.pk}": "Patching", "letter=I": "Access reviews",
        "show=faults": "Patching",
    }  # fmt: skip
    for query, only in asked.items():
        shown = text(as_user("ism"), f"/matrix/?{query}")
        assert [title for title in ("Access reviews", "Patching") if f">{title}</a>" in shown] == [only], query


@pytest.mark.parametrize(
    "query", ["group=x", "role=99999999999999999999", "letter=Q", "person=-1", "show=%00", "q=%00", "area=0&group=1"]
)
def test_a_question_that_makes_no_sense_never_breaks_the_page(cast, as_user, rows, query):
    assert as_user("ism").get(f"/matrix/?{query}").status_code == 200


def test_what_people_wrote_is_escaped(cast, as_user):
    making.activity("<script>alert(1)</script>", group=making.group('"><b>'), letters={factories.role("<i>x</i>"): "A"})
    shown = text(as_user("ism"), "/matrix/")
    assert "<script>alert" not in shown and "<i>x</i>" not in shown and '"><b>' not in shown


def test_a_cell_is_saved_and_the_answer_says_its_version(cast, as_user, rows):
    answer = cells(as_user("ism"), one(rows[0], cast.roles.top, "c", "I"))
    assert answer.status_code == 200 and answer.json()["versions"] == {str(rows[0].pk): 1}
    assert making.letters(rows[0], cast.roles.top) == "C"


def test_who_comes_second_gets_409_with_what_stands_there(cast, as_user, rows):
    answer = cells(as_user("ism"), one(rows[0], cast.roles.top, "C", ""))
    assert answer.status_code == 409 and answer.json()["cells"] == [
        {"activity": rows[0].pk, "role": cast.roles.top.pk, "now": "I"}
    ]
    assert making.letters(rows[0], cast.roles.top) == "I"


@pytest.mark.parametrize(
    "sent",
    ["", "x", "{}", "[1]", "[[]]", '[{"activity": "1", "role": 1, "now": "R"}]', '[{"activity": true, "role": 1}]',
     '[{"activity": 1e400, "role": 1, "now": "R"}]', '[{"activity": 99999999999999999999, "role": 1, "now": "R"}]',
     "[" * 100_000, '[{"activity": 1, "role": 1, "now": "Z"}]', '[{"activity": 1, "role": 1, "now": "R", "was": 5}]'],
)  # fmt: skip
def test_cells_that_make_no_sense_are_refused_and_nothing_is_written(cast, as_user, rows, sent):
    before = Allocation.history.count()
    assert as_user("ism").post("/matrix/cells/", {"cells": sent}).status_code == 422
    assert Allocation.history.count() == before


def test_a_cell_of_nothing_is_refused(cast, as_user):
    assert cells(as_user("ism"), {"activity": 999, "role": 999, "now": "R", "was": ""}).status_code == 409


def test_fields_that_the_page_does_not_send_are_not_written(cast, as_user, rows):
    row = one(rows[0], cast.roles.top, "C", "I") | {"version": 99, "retired": True, "pk": 5}
    cells(as_user("ism"), row, actor=1, reason="x")
    rows[0].refresh_from_db()
    assert rows[0].version == 1 and not rows[0].retired
    assert AuditEvent.objects.get(code="allocation.changed").reason == ""


def test_a_cell_edit_makes_few_queries(cast, as_user, rows):
    client = as_user("ism")
    client.get("/matrix/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        cells(client, one(rows[0], cast.roles.top, "C", "I"))
    assert len(seen) <= 20


def test_the_page_makes_the_same_number_of_queries_at_2_and_at_50_rows(cast, as_user, rows):
    client = as_user("ism")
    counts = []
    for _round in range(2):
        client.get("/matrix/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/matrix/")
        counts.append(len(seen))
        for _number in range(48):
            making.activity(group=rows[0].group, letters={cast.roles.held: "R", cast.roles.ism: "A"})
    assert counts[0] == counts[1] <= 14


def test_all_letters_of_an_activity_are_changed_in_a_plain_form(cast, as_user, rows):
    client, path = as_user("ism"), f"/matrix/activities/{rows[0].pk}/letters/"
    seen = client.get(path).context["form"]["seen"].value()
    answer = client.post(path, {"seen": seen, f"r{cast.roles.held.pk}": ["A"], f"r{cast.roles.ism.pk}": ["R"]})
    assert answer.status_code == 302
    now = {role: making.letters(rows[0], role) for role in (cast.roles.held, cast.roles.ism, cast.roles.top)}
    assert list(now.values()) == ["A", "R", ""]


def test_a_plain_form_that_is_out_of_date_is_refused(cast, as_user, rows):
    client, path = as_user("ism"), f"/matrix/activities/{rows[0].pk}/letters/"
    seen = client.get(path).context["form"]["seen"].value()
    cells(client, one(rows[0], cast.roles.top, "C", "I"))
    answer = client.post(path, {"seen": seen, f"r{cast.roles.held.pk}": ["A"], f"r{cast.roles.top.pk}": ["S"]})
    assert answer.status_code == 409 and making.letters(rows[0], cast.roles.held) == "RA"


def test_rows_processes_and_roles_are_put_into_another_order(cast, as_user, rows):
    client, third = as_user("ism"), making.activity("Joiners", group=rows[0].group, position=9)
    order = {"kind": "rows", "group": rows[0].group_id, "order": f"{third.pk},{rows[0].pk}"}
    assert client.post("/matrix/order/", order).status_code == 200
    assert list(picture().rows)[:2] == [third.pk, rows[0].pk]
    client.post("/matrix/order/", {"kind": "columns", "order": f"{cast.roles.vacant.pk},{cast.roles.held.pk}"})
    assert list(picture().columns)[:2] == [cast.roles.vacant.pk, cast.roles.held.pk]
    ordering.move_group(rows[1].group, -1, actor=cast.ism)
    assert ActivityGroup.objects.first() == rows[1].group


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "rows", "order": "1"}, {"kind": "x", "order": "1"}, {"kind": "columns", "order": "a,b"}]
)
def test_an_order_that_makes_no_sense_is_refused(cast, as_user, rows, sent):
    assert as_user("ism").post("/matrix/order/", sent).status_code == 422


def test_a_retired_activity_leaves_the_matrix_and_comes_back_with_its_letters(cast, as_user, rows):
    client = as_user("ism")
    client.post(f"/matrix/activities/{rows[0].pk}/retire/")
    assert f'id="a{rows[0].pk}"' not in text(client, "/matrix/")
    client.post(f"/matrix/activities/{rows[0].pk}/back/")
    assert (
        f'id="a{rows[0].pk}"' in text(client, "/matrix/") and Activity.objects.get(pk=rows[0].pk).history.count() == 3
    )


def test_a_process_with_activities_is_not_taken_out(cast, as_user, rows):
    answer = as_user("ism").post(f"/matrix/processes/{rows[0].group_id}/retire/")
    assert answer.status_code == 409 and "Access reviews" in answer.content.decode()


def test_a_role_that_takes_part_in_an_activity_cannot_be_retired(cast, as_user, rows):
    making.activity("Joiners", letters={cast.roles.vacant: "C"})
    answer = as_user("ism").post(f"/roles/{cast.roles.vacant.pk}/retire/")
    assert answer.status_code == 409 and "Joiners, as C" in answer.content.decode()


def test_publishing_in_the_browser(cast, as_user, rows):
    client = as_user("ism")
    form = client.get("/matrix/publish/").context["form"]
    sent = {"seen": form["seen"].value(), "note": "First", "groups": [rows[0].group_id]}
    assert client.post("/matrix/publish/", sent).status_code == 302
    assert "Access reviews" in text(as_user("colleague"), "/matrix/list/?by=role")


def test_a_draft_that_changed_while_it_was_read_is_not_published(cast, as_user, rows):
    client = as_user("ism")
    seen = client.get("/matrix/publish/").context["form"]["seen"].value()
    cells(client, one(rows[0], cast.roles.top, "C", "I"))
    assert client.post("/matrix/publish/", {"seen": seen, "groups": [rows[0].group_id]}).status_code == 409
