"""The log and the histories: readable by those who keep and check, complete, never changed (rule 12)."""

from datetime import timedelta

import pytest

from ismsroles.core import clock
from roles.actions import areas, people, register
from roles.queries import history
from tests import factories


def changes(entries) -> list[tuple]:
    return [row for entry in entries for row in entry.rows]


def test_a_change_of_a_role_is_told_field_by_field_with_who_and_why(cast):
    register.change_role(cast.roles.held, actor=cast.ism, reason="Clearer", purpose="Leads.", reports_to=cast.roles.ism)
    entry = history.of_role(cast.roles.held)[0]
    assert (entry.who, entry.reason) == ("Ismail Keeper", "Clearer")
    assert entry.rows == [
        ("Purpose", "Keeps a promise that can be tested.", "Leads."),
        ("Reports to", None, "Information security manager"),
    ]


def test_a_changed_responsibility_shows_its_old_words(cast):
    duty = cast.roles.vacant.responsibilities.get()
    register.change_responsibility(duty, "Test the plan", actor=cast.ism)
    was = "Check thing 0 of Continuity manager every month"
    assert changes(history.of_role(cast.roles.vacant))[0] == ("Responsibility", was, "Test the plan")


def test_a_responsibility_that_moved_is_in_the_history_of_both_roles(cast):
    duty = cast.roles.held.responsibilities.first()
    register.move_responsibility(duty, cast.roles.vacant, actor=cast.ism)
    left = {was: now for _label, was, now in changes(history.of_role(cast.roles.held))}
    assert left[duty.text] == f"{duty.text} (with Continuity manager)"
    assert (f"{duty.text} (with Incident manager)", duty.text) in [
        row[1:] for row in changes(history.of_role(cast.roles.vacant))
    ]


def test_a_removed_authority_and_what_it_served_stay_readable(cast):
    authority = cast.roles.vacant.authorities.get()
    register.remove_authority(authority, actor=cast.ism, reason="Too much")
    rows = changes(history.of_role(cast.roles.vacant))
    assert ("Authority", "Stop thing 0 (up to level 2)", None) in rows
    assert any(label == "What an authority serves" and now is None for label, _was, now in rows)


def test_what_one_gesture_wrote_stands_together(cast):
    before = len(history.of_role(cast.roles.held))
    register.add_authority(cast.roles.held, actor=cast.ism, text="Stop", serves=cast.roles.held.responsibilities.all())
    assert len(history.of_role(cast.roles.held)) == before + 1


def test_the_history_of_a_person_has_what_they_hold(cast):
    people.record_last_day(cast.people.holder, clock.today() + timedelta(days=3), actor=cast.ism, reason="New job")
    rows = changes(history.of_person(cast.people.holder))
    assert ("Last day", None, clock.today() + timedelta(days=3)) in rows
    assert any(label == "Assignment" and was and "no end" in was for label, was, _now in rows)


def test_the_history_of_an_area_says_which_area_it_became_part_of(cast):
    areas.change_area(cast.home, actor=cast.ism, parent=cast.elsewhere, in_scope=False)
    assert changes(history.of_area(cast.home))[:2] == [
        ("Part of", None, "Finance"),
        ("In scope of the ISMS", True, False),
    ]


def test_a_name_of_something_gone_is_its_last_name(cast):
    area = factories.area("Gone soon")
    areas.change_area(cast.home, actor=cast.ism, parent=area)
    areas.change_area(cast.home, actor=cast.ism, parent=None)
    areas.remove_area(area, actor=cast.ism)
    assert ("Part of", None, "Gone soon") in changes(history.of_area(cast.home))


@pytest.mark.parametrize("persona", ["ism", "top", "auditor", "administrator"])
def test_who_keeps_decides_checks_or_runs_reads_histories_and_log(as_user, cast, persona):
    client = as_user(persona)
    pages = [cast.roles.held, cast.people.holder, cast.home]
    for url in ["/log/", *(f"{thing.get_absolute_url()}history/" for thing in pages)]:
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("persona", ["holder", "representative", "colleague"])
def test_nobody_else_reads_them(as_user, cast, persona):
    client = as_user(persona)
    for url in ["/log/", f"/roles/{cast.roles.held.pk}/history/", f"/areas/{cast.home.pk}/history/"]:
        assert client.get(url).status_code == 403, url


def sentences(client, **query) -> list[str]:
    return [event.sentence for event in client.get("/log/", query).context["page_obj"]]


def test_the_log_tells_who_did_what_newest_first(as_user, cast):
    areas.add_area(actor=cast.ism, name="Cloud")
    register.change_role(cast.roles.held, actor=cast.ism, purpose="Leads.")
    told = sentences(as_user("auditor"))[-2:]
    assert told[0].startswith("Ismail Keeper changed the role Incident manager: purpose:")
    assert told[1] == "Ismail Keeper added the area Cloud."


def test_the_log_narrows_to_a_person_a_kind_and_a_day(as_user, cast):
    areas.add_area(actor=cast.ism, name="Cloud")
    people.change_person(cast.people.holder, actor=cast.ism, job_title="Lead")
    client = as_user("auditor")
    assert len(sentences(client, person="Hana Holder")) == 1
    assert sentences(client, kind="area") == ["Ismail Keeper added the area Cloud."]
    assert sentences(client, until=(clock.today() - timedelta(days=1)).isoformat()) == []
    assert len(sentences(client, since=clock.today().isoformat())) >= 2


def test_the_log_is_read_only(as_user):
    assert as_user("ism").post("/log/").status_code == 405
