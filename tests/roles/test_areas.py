"""Areas: written, changed, refused while something needs them (A1, rule 7)."""

from datetime import timedelta

from guardian.shortcuts import assign_perm

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent
from roles.models import Area
from tests import factories


def test_an_area_is_added_with_its_event(as_user, cast):
    answer = as_user("ism").post("/areas/add/", {"name": "Şirket", "parent": cast.home.pk, "in_scope": "on"})
    area = Area.objects.get(name="Şirket")
    assert answer.url == area.get_absolute_url()
    assert AuditEvent.objects.filter(code="area.added", subject_id=str(area.pk)).count() == 1


def test_two_areas_of_one_name_are_refused_at_the_field(as_user, cast):
    answer = as_user("ism").post("/areas/add/", {"name": "Operations"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]


def test_an_area_cannot_become_part_of_its_own_part(as_user, cast):
    part = factories.area("Cloud", parent=cast.home)
    answer = as_user("ism").post(f"/areas/{cast.home.pk}/edit/", {"name": "Operations", "parent": part.pk})
    assert answer.status_code == 422
    assert "cannot be part of itself" in answer.content.decode()


def test_an_area_in_use_is_not_removed_and_the_page_says_what_needs_it(as_user, cast):
    client, url = as_user("ism"), f"/areas/{cast.home.pk}/remove/"
    assert "Person: Hana Holder" in client.get(url).content.decode()
    answer = client.post(url)
    assert answer.status_code == 409
    assert "Role: Incident manager" in answer.content.decode()
    assert Area.objects.filter(pk=cast.home.pk).exists()


def test_an_area_that_somebody_looks_after_is_not_removed(as_user, cast):
    area = factories.area("Looked after")
    assign_perm("represent_area", cast.representative, area)
    answer = as_user("ism").post(f"/areas/{area.pk}/remove/")
    assert "Representative: Reka Representative" in answer.content.decode()
    assert Area.objects.filter(pk=area.pk).exists()


def test_an_area_that_nothing_needs_is_removed_and_stays_in_the_history(as_user, cast):
    area = factories.area("Nobody")
    assert as_user("ism").post(f"/areas/{area.pk}/remove/").url == "/areas/"
    assert not Area.objects.filter(pk=area.pk).exists()
    assert Area.history.filter(id=area.pk, history_type="-").exists()


def test_the_list_puts_parts_under_the_area_they_belong_to(as_user, cast):
    part = factories.area("Aaa part of finance", parent=cast.elsewhere)
    names = [(area.name, area.depth) for area in as_user("colleague").get("/areas/").context["areas"]]
    assert names.index((part.name, 1)) == names.index(("Finance", 0)) + 1


def test_the_list_counts_who_is_there_today_and_the_roles_in_force(as_user, cast):
    area = factories.area("Counted")
    for last_day in (None, None, clock.today() - timedelta(days=1)):
        factories.person(area=area, last_day=last_day)
    for state in ("active", "active", "active", "draft"):
        factories.role(area=area, state=state)
    shown = next(one for one in as_user("ism").get("/areas/").context["areas"] if one == area)
    assert (shown.people_count, shown.role_count) == (2, 3)


def test_staff_read_areas_but_do_not_write_them(as_user, cast):
    client = as_user("colleague")
    assert client.get(f"/areas/{cast.home.pk}/").status_code == 200
    for url in ["/areas/add/", f"/areas/{cast.home.pk}/edit/", f"/areas/{cast.home.pk}/remove/"]:
        assert client.get(url).status_code == 403, url
        assert client.post(url, {"name": "X"}).status_code == 403, url
