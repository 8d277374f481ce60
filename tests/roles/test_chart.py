"""The organisation chart shows everybody once, what is vacant, and what a reader may see (coverage R8)."""

import re
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse

from ismsroles.core import clock
from roles import drawing
from roles.models import Person, Role
from roles.nested import nested
from roles.queries import chart
from tests import factories

pytestmark = pytest.mark.django_db


def seen(cast, kind="roles", who="ism", **asked) -> chart.Chart:
    return chart.read(kind, getattr(cast, who), clock.today(), chart.Asked(**asked))


def linked(cast) -> None:
    """Everything under the chief executive."""
    others = Role.objects.exclude(pk=cast.roles.top.pk)
    others.update(reports_to=cast.roles.top)
    Role.objects.filter(pk=cast.roles.held.pk).update(reports_to=cast.roles.ism)


def many(number: int, width: int = 6) -> None:
    """People in a tree, `width` under each."""
    made = [factories.person() for _ in range(number)]
    for place, person in enumerate(made[1:]):
        person.manager = made[place // width]
    Person.objects.bulk_update(made, ["manager"])


def test_each_role_in_force_has_one_box_with_its_holder(cast):
    linked(cast)
    boxes = {box.title: box for box in seen(cast).boxes.values()}
    assert boxes["Incident manager"].who == "Hana Holder" and boxes["Incident manager"].where == "Operations"
    assert boxes["Continuity manager"].who == "Vacant" and boxes["Continuity manager"].kind == "vacant"


def test_a_draft_and_a_retired_role_are_not_on_the_chart(cast):
    factories.role("Draft role", state="draft"), factories.role("Old role", state="retired")
    assert not {"Draft role", "Old role"} & {box.title for box in seen(cast).boxes.values()}


def test_whoever_stands_in_for_a_vacant_role_is_named(cast):
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, seat="deputy")
    assert seen(cast).boxes[cast.roles.vacant.pk].who == "Vacant; Cole Colleague stands in"


def test_a_role_held_from_outside_is_drawn_dashed(cast):
    factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top)
    one = seen(cast)
    assert one.boxes[cast.roles.vacant.pk].kind == "outside"
    assert 'stroke-dasharray="2 3"' in drawing.picture(one)


def test_who_has_left_is_not_on_the_chart_of_people(cast):
    names = {box.title for box in seen(cast, "people").boxes.values()}
    assert "Hana Holder" in names and "Lea Leaver" not in names


def test_people_whose_manager_left_stand_at_the_top(cast):
    Person.objects.filter(pk=cast.people.holder.pk).update(manager=cast.people.leaver)
    assert cast.people.holder.pk in seen(cast, "people").trees.roots


def test_a_colleague_may_not_see_everybodys_line_manager(cast, as_user):
    assert as_user("colleague").get("/chart/?of=people").status_code == 403
    assert as_user("colleague").get("/chart/").status_code == 200


def test_a_representative_sees_the_people_of_their_own_area_only(cast):
    names = {box.title for box in seen(cast, "people", "representative").boxes.values()}
    assert "Hana Holder" in names and "Cole Colleague" not in names


def test_the_list_says_the_same_as_the_picture(cast):
    linked(cast)
    one = seen(cast)
    page = nested(one, lambda key: "?")
    for box in one.boxes.values():
        assert box.title in page and box.who in page
    assert page.count("<ul") == page.count("</ul>") and page.count("<li>") + page.count("<li ") == page.count("</li>")


def test_the_picture_is_well_formed_and_its_names_are_whole(cast):
    long = "Wolkenkratzer" * 11 + " <b>&"
    Role.objects.filter(pk=cast.roles.held.pk).update(title=long)
    linked(cast)
    root = ElementTree.fromstring(drawing.picture(seen(cast), label="Chart"))
    assert long.replace(" ", "") in "".join(root.itertext()).replace(" ", "")


def test_no_two_boxes_of_the_picture_touch(organisation, cast):
    many(120)
    places, _wide, _tall = drawing._places(seen(cast, "people", everything=True))
    spots = sorted(places.values())
    for (left, top, tall), (other, below, _tall) in zip(spots, spots[1:], strict=False):
        assert left != other or below >= top + tall


def test_a_large_chart_is_folded_below_the_third_level(cast):
    many(200)
    one = seen(cast, "people")
    assert max(one.depth[key] for key in one.shown) == 2
    assert len(one.shown) < len(one.depth)


def test_a_branch_opens_and_shuts_by_its_link(cast, as_user):
    many(200)
    ism = as_user("ism")
    page = ism.get("/chart/?of=people").content.decode()
    fold = re.search(r'class="fold" href="([^"]+)" data-fold="(\d+)" aria-label="Show', page)
    assert f"open={fold[2]}" in fold[1]
    opened_page = ism.get(fold[1].replace("&amp;", "&")).content.decode()
    assert opened_page.count('class="box') > page.count('class="box')


def test_finding_somebody_opens_the_way_to_them(cast):
    many(200)
    last = Person.objects.order_by("-pk").first()
    one = seen(cast, "people", words=last.name.upper())
    assert last.pk in one.shown and last.pk in one.found


def test_vacant_posts_can_be_asked_for(cast):
    assert list(seen(cast, vacant=True).found) == [cast.roles.vacant.pk]


@pytest.mark.parametrize(
    "query", ["open=x.y.999999999999999999", "at=-1", "of=nonsense", "q=" + "%00" * 3, "all=1&shut=1"]
)
def test_nonsense_in_the_address_is_no_error(cast, as_user, query):
    assert as_user("ism").get(f"/chart/?{query}").status_code == 200


def test_many_roles_without_any_line_are_named_not_drawn(cast):
    linked(cast)
    for number in range(chart.LOOSE + 1):
        factories.role(f"Loose {number}")
    one = seen(cast)
    assert len(one.loose) == chart.LOOSE + 1 and not {box.key for box in one.loose} & set(one.depth)


def test_the_chart_asks_as_many_queries_for_fifty_roles_as_for_one(cast, django_assert_max_num_queries, as_user):
    ism = as_user("ism")
    with django_assert_max_num_queries(60) as few:
        ism.get("/chart/")
    for _number in range(50):
        factories.hold(factories.role(reports_to=cast.roles.top), factories.person(), approver=cast.top)
    with django_assert_max_num_queries(len(few)):
        ism.get("/chart/")


def test_an_empty_register_says_what_to_do(cast, as_user):
    Role.objects.update(state="retired")
    assert "No role is in force yet" in as_user("administrator").get(reverse("chart")).content.decode()


@pytest.mark.parametrize("of", chart.KINDS)
def test_the_command_writes_a_picture(cast, tmp_path, of):
    linked(cast)
    call_command("org_chart", out=tmp_path / "chart.svg", of=of)
    root = ElementTree.parse(tmp_path / "chart.svg").getroot()
    assert root.tag.endswith("svg") and "Hana Holder" in "".join(root.itertext())


def test_the_command_says_so_when_it_cannot_write(cast, tmp_path):
    with pytest.raises(Exception, match="No such file"):
        call_command("org_chart", out=tmp_path / "nowhere" / "chart.svg")


def test_the_way_up_never_hangs_on_a_circle_that_was_there_before(cast):
    box = chart.Box(1, 2, "A", "a"), chart.Box(2, 1, "B", "b")
    one = chart.Chart("roles", {each.key: each for each in box}, chart.Asked(words="a"))
    assert set(one.shown) == {1, 2}
