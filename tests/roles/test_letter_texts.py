"""The organisation's own words of letters: fixed placeholders, no code, no mark-up (coverage A4; ASVS 1.3.7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ismsroles.core.errors import Invalid, NotAllowed, Stale
from roles.actions import letters
from roles.letters import texts
from roles.models import LetterText

GOOD = "Dear {person},\n\nyou are {role} from {starts}.\n\n{responsibilities}\n\n# Also\n\n- one\n- two"


@pytest.mark.parametrize("kind", ["primary", "deputy"])
def test_the_words_that_come_with_the_product_pass_their_own_rules(kind):
    texts.refuse_unfit(texts.default(kind))


@pytest.mark.parametrize(
    "wrong",
    [
        "{salary}",
        "{person.user.password}",
        "{0}",
        "{",
        "}",
        "{{7*7}}",
        "{% now %}",
        "<b>x</b>",
        "{person!r}",
        "{ person }",
        "{responsibilities} now",
    ],
)
def test_a_text_with_code_mark_up_or_an_unknown_placeholder_is_refused(wrong):
    with pytest.raises(Invalid):
        texts.refuse_unfit(texts.Words("Letter", f"{GOOD}\n\n{wrong}"))


@pytest.mark.parametrize("missing", ["person", "role", "responsibilities"])
def test_a_letter_names_the_person_the_role_and_its_responsibilities(missing):
    with pytest.raises(Invalid, match=missing):
        texts.refuse_unfit(texts.Words("Letter", GOOD.replace(f"{{{missing}}}", "x")))


@given(st.text())
def test_a_name_that_looks_like_a_placeholder_stays_a_name(name):
    assert texts.filled("{person} is {role}", {"person": name, "role": "{person}"}) == f"{name} is {{person}}"


def test_paragraphs_headings_lists_and_tables_are_told_apart():
    kinds = [block["kind"] for block in texts.blocks(GOOD, {})]
    assert kinds == ["text", "text", "responsibilities", "heading", "list"]


pytestmark = pytest.mark.django_db


def change(cast, actor="ism", body=GOOD, **values) -> LetterText:
    return letters.change_text("primary", actor=getattr(cast, actor), title="You are {role}", body=body, **values)


def test_the_ism_words_the_letters_and_earlier_words_stay_in_the_history(cast):
    change(cast)
    change(cast, body=GOOD + "\n\nNew.")
    assert [row.body.endswith("New.") for row in LetterText.history.order_by("history_date", "pk")] == [False, True]


@pytest.mark.parametrize("actor", ["top", "administrator", "representative", "holder", "auditor", "colleague"])
def test_nobody_else_words_them(cast, actor):
    with pytest.raises(NotAllowed):
        change(cast, actor)


def test_two_people_do_not_overwrite_each_others_words_unseen(cast):
    seen = texts.print_of("primary")
    change(cast)
    with pytest.raises(Stale):
        change(cast, seen=seen)


def test_the_words_that_come_with_the_product_can_be_taken_back(cast):
    change(cast)
    letters.give_up_text("primary", actor=cast.ism)
    assert texts.in_force("primary") == texts.default("primary")


def test_looking_at_a_text_saves_nothing(cast, as_user):
    page = as_user("ism").post("/letters/texts/primary/", {"title": "You are {role}", "body": GOOD, "preview": "1"})
    assert "You are " in page.content.decode() and not LetterText.objects.exists()


def test_what_is_refused_says_which_placeholders_there_are(cast, as_user):
    page = as_user("ism").post("/letters/texts/primary/", {"title": "x", "body": GOOD + "{salary}", "save": "1"})
    assert page.status_code == 422 and "{reports_to}" in page.content.decode()


def test_a_text_shown_in_the_preview_is_escaped(cast, as_user):
    cast.people.colleague.name = "<script>alert(1)</script>"
    cast.people.colleague.save()
    page = as_user("ism").post("/letters/texts/primary/", {"title": "{person}", "body": GOOD, "preview": "1"})
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("kind", ["primary", "member"])  # somebody has such a seat; nobody has
def test_the_words_are_seen_as_a_pdf_before_they_count(cast, as_user, kind):
    words = texts.default(kind)
    given = {"title": words.title, "body": words.body, "seen": "", "pdf": "1"}
    answer = as_user("ism").post(f"/letters/texts/{kind}/", given)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-1.7")
    assert not LetterText.objects.exists()
