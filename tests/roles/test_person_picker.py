"""Choosing a person: found among any number, with what is known before one chooses (coverage A2, A5)."""

from datetime import timedelta

import pytest

from ismsroles.core import clock, history
from roles.actions import people, separation
from roles.models import Person
from roles.models.words import PersonWord
from roles.words import asked, words_in
from tests import factories
from tests.roles.asking import questions


def test_every_word_of_name_address_and_title_is_a_way_to_a_person():
    assert words_in("Siobhán O'Neil", "s.oneil@house.example", "Risk owner")[:4] == ["siobhan", "o", "neil", "oneil"]
    assert {"house", "example", "risk", "owner"} <= set(words_in("", "s.oneil@house.example", "Risk owner"))


def test_a_name_without_spaces_is_found_from_each_sign():
    assert {"王若溪", "若溪", "溪"} <= set(words_in("王若溪"))


def test_what_is_typed_is_cut_into_beginnings_of_words():
    assert asked("  Żółw   fir ") == ["zołw", "fir"] or asked("  Żółw   fir ") == ["zolw", "fir"]


@pytest.mark.django_db
class TestFinding:
    """What is typed leads to people, in the order of their names."""

    def found(self, text: str) -> list[str]:
        return [str(person) for person in Person.objects.suggested(text, 20)]

    def test_each_part_begins_some_word_in_any_order(self, cast):
        factories.person("Anna Berg", job_title="Auditor")
        factories.person("Anna Holm", job_title="Welder")
        assert self.found("aud ann") == ["Anna Berg"] and self.found("nna") == []
        assert self.found("anna") == ["Anna Berg", "Anna Holm"]

    def test_a_new_name_is_found_at_once_and_the_old_one_no_more(self, cast):
        person = factories.person("Anna Berg", email="x1@house.example")
        people.change_person(person, actor=cast.ism, name="Anna Stone")
        assert self.found("stone") == ["Anna Stone"] and self.found("berg") == []

    def test_people_made_or_renamed_many_at_once_are_found_too(self, cast):
        rows = [Person(name=f"Quilla {number}", email=f"q{number}@house.example") for number in range(3)]
        for row in rows:
            row.derive_keys()
        made = history.bulk_create(rows, Person, actor=cast.ism)
        made[0].name = "Ximena 0"
        made[0].derive_keys()
        history.bulk_update(made[:1], Person, ["name", "name_key"], actor=cast.ism)
        assert self.found("quilla") == ["Quilla 1", "Quilla 2"] and self.found("xim") == ["Ximena 0"]

    def test_saving_a_person_without_another_name_writes_no_words(self, cast, django_assert_num_queries):
        person = Person.objects.get(pk=cast.people.holder.pk)
        before = set(PersonWord.objects.values_list("pk", flat=True))
        person.last_day = clock.today() + timedelta(days=50)
        person.save()
        assert set(PersonWord.objects.values_list("pk", flat=True)) == before

    @pytest.mark.parametrize("text", ["'; DROP TABLE x", "%", "\x00", "_", "😀", "a" * 500, "\\", "((("])
    def test_nothing_that_can_be_typed_breaks_it(self, cast, as_user, text):
        assert as_user("ism").get("/people/offers/", {"q": text}).status_code == 200
        assert (
            as_user("ism").get("/assignments/propose/people/", {"q": text, "role": text, "starts_on": text}).status_code
            == 200
        )


@pytest.mark.django_db
class TestOffering:
    """What is known of each person before choosing."""

    def offer(self, browser, **asked_for) -> str:
        return browser.get("/people/offers/", asked_for).content.decode()

    def test_it_says_who_comes_from_outside_and_what_each_holds(self, cast, as_user):
        page = self.offer(as_user("ism"), q="otto")
        assert "from outside: Advice Ltd" in page and "holds nothing else" in page
        assert "holds Incident manager" in self.offer(as_user("ism"), q="hana")

    def test_it_says_what_stands_against_the_role_that_is_filled(self, cast, as_user):
        roles = [cast.roles.held, cast.roles.vacant]
        separation.add_rule(actor=cast.ism, effect="block", why="Own work.", roles=roles)
        against = "conflicts with Incident manager"
        assert against in self.offer(as_user("ism"), q="hana", role=cast.roles.vacant.pk)
        assert against not in self.offer(as_user("ism"), q="hana", role=cast.roles.ism.pk)
        assert "conflicts with deputy of Incident manager" in self.offer(
            as_user("ism"), q="dov", role=cast.roles.vacant.pk
        )

    def test_a_representative_is_offered_people_of_their_area_only(self, cast, as_user):
        assert "Hana" in self.offer(as_user("representative"), q="h") and "Cole" not in self.offer(
            as_user("representative"), q="c"
        )

    def test_it_asks_the_database_as_often_for_one_person_as_for_twenty(self, cast, as_user):
        browser, url = as_user("ism"), f"/people/offers/?q=person&role={cast.roles.vacant.pk}"
        separation.add_rule(actor=cast.ism, effect="block", why="Own work.", roles=[cast.roles.held, cast.roles.vacant])
        factories.hold(cast.roles.held, factories.person(), approver=cast.top, seat="deputy")
        before = questions(browser, url)
        for _n in range(20):
            factories.hold(cast.roles.held, factories.person(), approver=cast.top, seat="deputy")
        assert questions(browser, url) == before

    def test_the_form_to_propose_holds_no_list_of_people(self, cast, as_user):
        page = as_user("ism").get("/assignments/propose/").content.decode()
        assert 'data-people="/people/offers/"' in page and "Cole Colleague" not in page

    def test_without_script_a_page_helps_to_search_and_leads_back(self, cast, as_user):
        page = (
            as_user("ism")
            .get("/assignments/propose/people/", {"q": "cole", "role": cast.roles.vacant.pk})
            .content.decode()
        )
        assert (
            f"/assignments/propose/?person={cast.people.colleague.pk}&amp;role={cast.roles.vacant.pk}&amp;seat=primary"
            in page
        )

    def test_it_says_which_competence_is_missing_to_whoever_may_read_that(self, cast, as_user):
        from tests.competence import world

        skill = world.skill("Crisis talk")
        world.need(cast.roles.vacant, skill, 3)
        page = self.offer(as_user("ism"), q="hana", role=cast.roles.vacant.pk)
        assert "lacks Crisis talk" in page
        assert "lacks" not in self.offer(as_user("top"), q="hana", role=cast.roles.vacant.pk)

    def test_a_holder_who_delegates_is_offered_everybody_and_told_of_conflicts_of_these_duties(self, cast, as_user):
        page = self.offer(as_user("holder"), q="cole", delegation=cast.held.holder.pk)
        assert "Cole Colleague" in page
        assert "Cole Colleague" not in self.offer(as_user("colleague"), q="hana", delegation=cast.held.holder.pk)

    def test_it_stands_in_every_form_in_which_somebody_is_chosen_for_something_held(self, cast, as_user):
        addresses = [
            f"/assignments/{cast.held.holder.pk}/delegate/",
            f"/people/{cast.people.holder.pk}/handover/",
            "/separation/exceptions/request/",
            "/assets/add/",
            "/risks/add/",
        ]
        for address in addresses:
            who = "holder" if "delegate" in address else "ism"
            assert 'data-people="/people/offers/"' in as_user(who).get(address).content.decode(), address
