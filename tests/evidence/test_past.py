"""Any past date: the register, its findings and its document as on a day, and what differs between two (issue, "any past date")."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence import past
from ismsroles.core import clock, history
from ismsroles.core.errors import Invalid
from ismsroles.core.past import standing_at
from roles.models import Assignment, Responsibility, Role
from tests import factories
from tests.evidence.world import prepare, send, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(cast):
    """Ten days after the world of the test was made."""
    with clock.at(clock.now() + timedelta(days=10)):
        yield cast


def _then() -> past.Then:
    return past.on(clock.today() - timedelta(days=1))


def _titles(register) -> set[str]:
    return {role["title"] for role in register["roles"]}


def _rename(role: Role, title: str, actor) -> None:
    role.title = title
    history.save(role, actor=actor)


def test_a_role_has_the_title_that_it_had(later):
    _rename(later.roles.held, "Crisis manager", later.ism)
    assert "Incident manager" in _titles(_then().register) and "Crisis manager" in _titles(
        past.on(clock.today()).register
    )


def test_what_was_removed_since_is_there_and_what_was_added_is_not(later):
    gone = Responsibility.objects.filter(role=later.roles.held).first()
    gone.authorityserves_set.all().delete() if hasattr(gone, "authorityserves_set") else None
    fresh = history.save(
        Responsibility(role=later.roles.held, text="Brand new duty of today", position=7), actor=later.ism
    )
    held = next(role for role in _then().register["roles"] if role["id"] == later.roles.held.pk)
    assert gone.text in {duty["text"] for duty in held["responsibilities"]}
    assert fresh.text not in {duty["text"] for duty in held["responsibilities"]}


def test_findings_are_those_of_that_day(later):
    with clock.at(clock.now() - timedelta(days=5)):
        role = Role(title="Emergency planner", purpose="Plans.", state="active", kind="one")
        history.save(role, actor=later.ism)
    holder = factories.hold(role, later.people.colleague, approver=later.top, starts_on=clock.today())
    assert holder.is_current(clock.today())
    assert any("Emergency planner" in one.sentence for one in _then().found if one.rule == "A6.vacant")
    assert not any(
        "Emergency planner" in one.sentence for one in past.on(clock.today()).found if one.rule == "A6.vacant"
    )


def test_before_the_first_entry_there_is_nothing(later):
    assert past.on(clock.today() - timedelta(days=4000)).register["roles"] == []


def test_the_future_is_refused(later):
    with pytest.raises(Invalid):
        past.on(clock.today() + timedelta(days=1))


def test_nothing_can_be_written_from_the_past(later):
    with standing_at(clock.now() - timedelta(days=1)):
        Role.objects.update(title="Forged")
        Assignment.objects.all().delete()
    assert not Role.objects.filter(title="Forged").exists() and Assignment.objects.exists()


def test_after_an_error_in_the_past_today_is_back(later):
    with pytest.raises(RuntimeError), standing_at(clock.now() - timedelta(days=1)):
        raise RuntimeError
    assert Role.objects.count() == Role.objects.using("default").count() > 0


def test_two_days_differ_in_words_and_side_by_side(later):
    _rename(later.roles.held, "Crisis manager", later.ism)
    rows = past.differences(past.side(clock.today() - timedelta(days=1), ""), past.side(None, ""))
    assert [(row.kind, row.was, row.now) for row in rows] == [("changed", "Incident manager", "Crisis manager")]


def test_the_same_day_twice_does_not_differ(later):
    assert past.differences(past.side(None, ""), past.side(None, "")) == []


def test_two_versions_are_compared_by_what_they_say(cast, as_user):
    sign(cast, send(cast, prepare(cast)))
    _rename(cast.roles.held, "Crisis manager", cast.ism)
    sign(cast, send(cast, prepare(cast, "1.1", "Renamed")))
    page = as_user("auditor").get(reverse("compare"), {"first": "1.0", "second": "1.1"}).content.decode()
    assert "Crisis manager" in page and "1 difference" in page


def test_the_page_is_marked_and_offers_nothing_that_changes(later, as_user):
    day = clock.today() - timedelta(days=1)
    page = as_user("auditor").get(reverse("past"), {"on": day.isoformat()}).content.decode()
    main = page[page.index("<main") :]
    assert "You see the register as on" in main and "Hana Holder" in main and 'method="post"' not in main


@pytest.mark.parametrize("query", [{"on": "x"}, {"on": "9999-12-31"}, {"on": "0001-01-01"}])
def test_a_day_that_makes_no_sense_is_said(later, as_user, query):
    assert as_user("ism").get(reverse("past"), query).status_code in (200, 422)


@pytest.mark.parametrize(
    "query", [{}, {"first": "7.7"}, {"first_day": "x"}, {"first_day": "9999-12-31"}, {"second": "1"}]
)
def test_a_comparison_that_makes_no_sense_is_said(later, as_user, query):
    assert as_user("ism").get(reverse("compare"), query).status_code in (200, 422)


def test_a_past_day_costs_the_same_with_few_and_with_many_rows(later, as_user):
    browser, day = as_user("auditor"), clock.today() - timedelta(days=1)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("past"), {"on": day.isoformat()}).status_code == 200
        return len(captured)

    with clock.at(clock.now() - timedelta(days=5)):
        for number in (50, 51):
            factories.hold(factories.role(f"Role {number}"), factories.person(), approver=later.top)
    queries()
    before = queries()
    for number in range(20):
        factories.hold(factories.role(f"Role {number}"), factories.person(), approver=later.top)
    assert queries() == before


def test_the_document_of_a_past_day_is_marked_as_a_reconstruction(later, tmp_path):
    _rename(later.roles.held, "Crisis manager", later.ism)
    day = clock.today() - timedelta(days=1)
    content = past.document(day, "1.0").decode()
    assert (
        "Reconstruction of the register" in content
        and "Incident manager" in content
        and "Crisis manager" not in content
    )
    out = tmp_path / "then.pdf"
    call_command("render_document", "--on", day.isoformat(), "--language", "en", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "words",
    [("--on", "yesterday"), ("--language", "xx"), ("--on", "2025-03-31", "--version", "1.0"), ("--on", "9999-01-01")],
)
def test_what_cannot_be_reconstructed_is_said(later, tmp_path, words):
    with pytest.raises((CommandError, SystemExit)):
        call_command("render_document", *words, "--out", str(tmp_path / "x.pdf"))


def test_the_management_review_team_is_that_of_the_day(later, as_user):
    from reviews.models import Charter

    with clock.at(clock.now() - timedelta(days=3)):
        board = factories.role("Management review team", kind="body")
        history.save(Charter(role=board, chair_role=later.roles.top), actor=later.ism)
        factories.hold(board, later.people.holder, approver=later.top, area=later.home)
    page = as_user("auditor").get(reverse("past"), {"on": (clock.today() - timedelta(days=1)).isoformat()})
    assert "Operations: Hana Holder" in " ".join(page.content.decode().split())
    page = as_user("auditor").get(reverse("past"), {"on": (clock.today() - timedelta(days=5)).isoformat()})
    assert 'id="mrt"' not in page.content.decode()
