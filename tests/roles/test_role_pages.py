"""The page of a role and everything written on it (R1–R4, rule 7)."""

from datetime import timedelta

import pytest

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent
from roles.models import Authority, Responsibility, Role
from roles.starter import for_size
from tests import factories

ROLE = {"title": "Risk owner", "purpose": "Answers for a risk.", "kind": "many", "persona": "", "clauses": ["6.1"]}


def test_a_role_begins_as_a_draft_and_says_what_comes_next(as_user, cast):
    answer = as_user("ism").post("/roles/add/", ROLE, follow=True)
    role = Role.objects.get(title="Risk owner")
    assert (role.state, role.clauses) == ("draft", ["6.1"])
    assert "write what this role must do" in answer.content.decode()


def test_a_second_role_of_the_same_title_is_refused(as_user, cast):
    answer = as_user("ism").post("/roles/add/", {**ROLE, "title": "incident MANAGER"})
    assert answer.status_code == 422
    assert "There is a role with this title already" in answer.content.decode()


def test_an_unknown_clause_is_refused(as_user, cast):
    assert as_user("ism").post("/roles/add/", {**ROLE, "clauses": ["99.9"]}).status_code == 422


def test_a_role_without_responsibility_cannot_be_put_in_force(as_user, cast):
    role = factories.role("Empty", state="draft", duties=0)
    answer = as_user("ism").post(f"/roles/{role.pk}/activate/")
    assert answer.status_code == 422
    assert "at least one responsibility" in answer.content.decode()


def test_a_draft_is_put_in_force_by_post_only(as_user, cast):
    role, client = factories.role("Ready", state="draft"), as_user("ism")
    client.get(f"/roles/{role.pk}/activate/")
    assert Role.objects.get(pk=role.pk).state == "draft"
    client.post(f"/roles/{role.pk}/activate/")
    assert Role.objects.get(pk=role.pk).state == "active"


def test_a_role_that_is_held_is_not_retired_and_the_page_says_by_whom(as_user, cast):
    client, url = as_user("ism"), f"/roles/{cast.roles.held.pk}/retire/"
    assert "Hana Holder" in client.get(url).content.decode()
    answer = client.post(url)
    assert answer.status_code == 409
    assert "Hana Holder" in answer.content.decode()


def test_a_role_is_retired_with_its_reason_and_comes_back_as_a_draft(as_user, cast):
    client, role = as_user("ism"), cast.roles.vacant
    client.post(f"/roles/{role.pk}/retire/", {"reason": "Merged"})
    assert AuditEvent.objects.filter(code="role.retired", reason="Merged").exists()
    client.post(f"/roles/{role.pk}/back/")
    assert Role.objects.get(pk=role.pk).state == "draft"


def test_retiring_twice_says_that_it_was_done_already(as_user, cast):
    client, url = as_user("ism"), f"/roles/{cast.roles.vacant.pk}/retire/"
    client.post(url)
    assert client.post(url).status_code == 409


def test_what_a_held_role_opens_cannot_be_changed_under_its_holder(as_user, cast):
    answer = as_user("ism").post(
        f"/roles/{cast.roles.held.pk}/edit/", {**ROLE, "kind": "one", "persona": "top_management"}
    )
    assert answer.status_code == 409
    assert Role.objects.get(pk=cast.roles.held.pk).persona == ""


def test_responsibilities_and_authorities_stand_side_by_side(as_user, cast):
    page = as_user("colleague").get(cast.roles.held.get_absolute_url()).content.decode()
    assert "Check thing 0 of Incident manager every month" in page
    assert "up to level 2" in page


def test_a_responsibility_without_authority_is_called_wrong_with_the_way_to_mend_it(as_user, cast):
    duty = Responsibility.objects.create(role=cast.roles.held, text="See to lessons learned")
    page = as_user("ism").get(cast.roles.held.get_absolute_url())
    fault = next(fault for fault in page.context["faults"] if "no authority" in fault["sentence"])
    assert fault["url"] == f"/roles/{cast.roles.held.pk}/authorities/add/?serves={duty.pk}"


def test_the_form_behind_that_link_has_the_responsibility_ticked(as_user, cast):
    duty = cast.roles.held.responsibilities.first()
    form = as_user("ism").get(f"/roles/{cast.roles.held.pk}/authorities/add/?serves={duty.pk}").context["form"]
    assert form["serves"].value() == [str(duty.pk)]


def test_a_role_whose_holder_leaves_says_when_it_becomes_vacant(as_user, cast):
    cast.people.holder.last_day = clock.today() + timedelta(days=9)
    cast.people.holder.save()
    faults = as_user("ism").get(cast.roles.held.get_absolute_url()).context["faults"]
    assert any("becomes vacant after" in fault["sentence"] for fault in faults)


def test_staff_do_not_get_the_buttons_of_who_keeps_the_register(as_user, cast):
    page = as_user("colleague").get(cast.roles.held.get_absolute_url()).content.decode()
    assert "/edit/" not in page
    assert "Propose" not in page


def test_a_responsibility_is_written_changed_moved_and_removed(as_user, cast):
    client, role, other = as_user("ism"), cast.roles.held, cast.roles.vacant
    client.post(f"/roles/{role.pk}/responsibilities/add/", {"text": "Judge each event"})
    duty = Responsibility.objects.get(text="Judge each event")
    client.post(f"/responsibilities/{duty.pk}/edit/", {"text": "Judge each event in an hour", "reason": "Review"})
    client.post(f"/responsibilities/{duty.pk}/move/", {"role": other.pk})
    assert str(other.responsibilities.get(pk=duty.pk)) == "Judge each event in an hour"
    client.post(f"/responsibilities/{duty.pk}/remove/", {"reason": "Not needed"})
    assert not Responsibility.objects.filter(pk=duty.pk).exists()


@pytest.mark.parametrize("gesture", ["move", "remove"])
def test_the_last_responsibility_of_a_role_in_force_stays(as_user, cast, gesture):
    duty = cast.roles.vacant.responsibilities.get()
    answer = as_user("ism").post(f"/responsibilities/{duty.pk}/{gesture}/", {"role": cast.roles.held.pk})
    assert answer.status_code == 409
    assert cast.roles.vacant.responsibilities.count() == 1


def test_an_authority_is_written_with_its_limit_and_what_it_serves(as_user, cast):
    client, role = as_user("ism"), cast.roles.held
    duty = role.responsibilities.first()
    client.post(
        f"/roles/{role.pk}/authorities/add/",
        {"text": "Spend", "limit_kind": "amount", "limit": "€ 8,000", "serves": [duty.pk]},
    )
    authority = Authority.objects.get(text="Spend")
    assert list(authority.serves.all()) == [duty]
    client.post(
        f"/authorities/{authority.pk}/edit/",
        {"text": "Spend", "limit_kind": "amount", "limit": "€ 9,000", "serves": []},
    )
    assert str(Authority.objects.get(pk=authority.pk)) == "Spend (€ 9,000)"
    client.post(f"/authorities/{authority.pk}/remove/")
    assert not Authority.objects.filter(pk=authority.pk).exists()


def test_a_kind_of_limit_without_a_limit_is_refused_with_a_sentence(as_user, cast):
    answer = as_user("ism").post(
        f"/roles/{cast.roles.held.pk}/authorities/add/", {"text": "Spend", "limit_kind": "amount"}
    )
    assert answer.status_code == 422
    assert "Write the limit" in answer.content.decode()


def test_an_authority_cannot_serve_another_roles_responsibility(as_user, cast):
    foreign = cast.roles.vacant.responsibilities.get()
    answer = as_user("ism").post(
        f"/roles/{cast.roles.held.pk}/authorities/add/", {"text": "Spend", "serves": [foreign.pk]}
    )
    assert answer.status_code == 422


def test_the_starter_library_offers_by_size_and_says_what_is_there(as_user, cast):
    page = as_user("ism").get("/starter/?size=small")
    offers = {offer.starter.title: offer.there for offer in page.context["offers"]}
    assert len(offers) == len(for_size("small"))
    assert offers["Incident manager"] == cast.roles.held


def test_ticked_starter_roles_are_adopted_and_a_second_time_nothing_is_added(as_user, cast):
    client, keys = as_user("ism"), [role.key for role in for_size("small")][:3]
    client.post("/starter/", {"keys": keys, "size": "small", "activate": "on"})
    count = Role.objects.count()
    assert Role.objects.filter(starter_key__in=keys, state="active").exists()
    answer = client.post("/starter/", {"keys": keys, "size": "small"}, follow=True)
    assert Role.objects.count() == count
    assert "there already" in answer.content.decode()


def test_adopting_nothing_says_what_to_do(as_user, cast):
    answer = as_user("ism").post("/starter/", {"size": "small"})
    assert answer.status_code == 422
    assert "Tick the roles that you want" in answer.content.decode()
