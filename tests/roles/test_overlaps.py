"""What is written twice, vaguely, or without authority (coverage R2, R3)."""

import pytest

from ismsroles.core import clock, findings
from ismsroles.core.errors import Invalid, Stale
from roles.actions import register, wording
from roles.models import KeptPair, Responsibility
from roles.queries.wording import overlaps
from roles.starter import SIZES, for_size
from roles.wording import Text, near, vague_in
from tests import factories
from tests.roles.asking import questions

SAID = "Review the access rights of every system each quarter and sign the list."
ALIKE = "Review access rights of every system quarterly; sign the list."


@pytest.fixture
def pair(cast) -> list[Responsibility]:
    """Two roles that answer for nearly the same."""
    roles = cast.roles.held, cast.roles.vacant
    return [
        register.add_responsibility(role, text, actor=cast.ism) for role, text in zip(roles, (SAID, ALIKE), strict=True)
    ]


def found(rule: str) -> list:
    return [one for one in findings.current(clock.today()) if one.rule == rule]


# Pure -------------------------------------------------------------------------------------------------------------------------


def test_the_same_in_other_words_and_another_order_is_alike():
    rows = (
        Text(1, 10, SAID),
        Text(2, 20, "Every quarter sign the list after review of access rights of every system."),
    )
    assert [(row.one, row.other) for row in near(rows)] == [(1, 2)]


def test_two_responsibilities_of_one_role_or_of_another_field_are_not_alike():
    assert near((Text(1, 10, SAID), Text(2, 10, ALIKE))) == ()
    assert near((Text(1, 10, SAID), Text(2, 20, "Restore a sample of files every month and note the time."))) == ()


@pytest.mark.parametrize(
    "text, word",
    [("Support security as appropriate.", "as appropriate"), ("Ensure that backups run.", "ensure"), ("Help with audits", "help with"),
     ("Check logs, rights etc.", "etc*"), ("SUPPORT SECURITY in the branch", "support security")],
)  # fmt: skip
def test_words_that_say_nothing_are_named_with_why_and_what_to_write(text, word):
    named = {one.find: one for one in vague_in(text)}
    assert word in named and named[word].why and named[word].instead


@pytest.mark.parametrize(
    "text", ["Check the assurance report each month.", "Measure etching depth every week.", "Censure nobody."]
)
def test_a_word_within_another_word_is_not_vague(text):
    assert vague_in(text) == []


def test_the_starter_library_says_nothing_twice_and_nothing_vague():
    for size in SIZES:
        roles = for_size(size)
        rows = tuple(
            Text(n * 100 + m, n, text) for n, role in enumerate(roles) for m, text in enumerate(role.responsibilities)
        )
        assert near(rows) == () and not [row.text for row in rows if vague_in(row.text)]


# In the register -----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestPair:
    """Two alike responsibilities until they are resolved."""

    def test_it_is_a_finding_until_somebody_says_why_both_stay(self, cast, pair):
        assert [one.url for one in found("R2.overlap")] == [f"/roles/overlaps/{pair[0].pk}/{pair[1].pk}/"]
        wording.keep_pair(*pair, actor=cast.ism, reason="One prepares, the other signs.")
        assert found("R2.overlap") == []

    def test_it_comes_back_when_one_of_the_two_is_worded_anew(self, cast, pair):
        wording.keep_pair(*pair, actor=cast.ism, reason="One prepares, the other signs.")
        register.change_responsibility(pair[0], SAID + " Then file it.", actor=cast.ism)
        assert len(found("R2.overlap")) == 1 and KeptPair.objects.count() == 1

    def test_merging_leaves_one_with_the_words_that_were_chosen_and_the_duties_of_both(self, cast, pair):
        from roles.actions import separation

        tag = separation.add_duty(actor=cast.ism, name="reviews", meaning="m")
        separation.mark_responsibility(pair[1], [tag], actor=cast.ism)
        made = wording.merge_pair(*pair, actor=cast.ism, into=pair[0], text=SAID + " File it.")
        assert not Responsibility.objects.filter(pk=pair[1].pk).exists()
        assert (made.role, made.text, [link.tag for link in made.duty_links.all()]) == (
            cast.roles.held,
            SAID + " File it.",
            [tag],
        )

    def test_what_changed_while_reading_is_not_judged(self, cast, pair):
        seen = wording.both(*pair)
        register.change_responsibility(pair[1], "Something else altogether now.", actor=cast.ism)
        with pytest.raises(Stale):
            wording.keep_pair(*pair, actor=cast.ism, reason="Fine", seen=seen)

    def test_it_stays_only_for_a_reason(self, cast, pair):
        with pytest.raises(Invalid):
            wording.keep_pair(*pair, actor=cast.ism, reason=" ")

    def test_the_page_shows_both_and_takes_the_judgement(self, cast, pair, as_user):
        url = f"/roles/overlaps/{pair[0].pk}/{pair[1].pk}/"
        page = as_user("ism").get(url).content.decode()
        assert SAID in page and ALIKE in page
        assert (
            as_user("ism")
            .post(url, {"keep": "1", "reason": "One prepares, the other signs.", "seen": wording.both(*pair)})
            .status_code
            == 302
        )
        assert overlaps()[0].kept.kept_by == cast.ism

    def test_a_merge_by_the_page_needs_one_of_the_two(self, cast, pair, as_user):
        url = f"/roles/overlaps/{pair[0].pk}/{pair[1].pk}/"
        answers = {"merge": "1", "into": cast.roles.held.responsibilities.first().pk, "text": SAID}
        assert as_user("ism").post(url, answers).status_code == 422
        assert (
            as_user("ism")
            .post(url, answers | {"into": pair[1].pk, "seen": wording.both(*pair).replace("\n", "\r\n")})
            .status_code
            == 302
        )
        assert Responsibility.objects.get(pk=pair[1].pk).text == SAID

    def test_the_list_asks_the_database_as_often_for_one_pair_as_for_thirty(self, cast, pair, as_user):
        before = questions(as_user("ism"), "/roles/overlaps/")
        for number in range(30):
            Responsibility.objects.create(role=factories.role(), text=f"{SAID} Number {number}.")
        assert questions(as_user("ism"), "/roles/overlaps/") == before


@pytest.mark.django_db
def test_a_vague_responsibility_is_a_finding_that_leads_to_its_words(cast):
    row = register.add_responsibility(cast.roles.held, "Support security as appropriate.", actor=cast.ism)
    assert [one.url for one in found("R2.vague")] == [f"/responsibilities/{row.pk}/edit/"]
