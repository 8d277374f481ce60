"""The starter library of roles: complete, specific, and right for each size of organisation (R4, R5)."""

import re
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from roles.clauses import CLAUSES
from roles.starter import SIZES, StarterRole, for_size, library, superior_in

ASKED_FOR = {
    "chief_executive", "senior_leadership_team", "management_team", "information_security_leadership",
    "information_security_manager", "management_review_team", "business_continuity_manager", "supplier_manager",
    "asset_owner", "data_owner", "system_owner", "system_administrator", "process_owner_hr", "process_owner_it",
    "process_owner_finance", "process_owner_operations", "risk_owner", "internal_auditor", "incident_manager",
    "data_protection_officer", "ciso", "all_staff",
}  # fmt: skip
VAGUE = re.compile(
    r"\b(as appropriate|appropriate|as needed|as necessary|as required|where (possible|necessary)|support(s|ing)? security|"
    r"regular(ly)?|periodic(ally)?|timely|promptly|adequate(ly)?|sufficient(ly)?|from time to time|best efforts?|"
    r"assists?|helps?|be (aware|involved)|strives?|tries|etc|soon|relevant|ensures?)\b",
    re.IGNORECASE,
)
A_TIME = re.compile(
    r"\b(within|every|each|before|at least|once|twice|daily|monthly|quarter|ahead|by the|by its|until|on the|"
    r"in ten working days|hours|from the moment|whenever|never|within one month)\b",
    re.IGNORECASE,
)
KINDS = {"one", "many", "body", "everyone"}
LIMIT_KINDS = {"amount", "system", "level", "other"}

each_role = pytest.mark.parametrize("role", library().values(), ids=lambda role: role.key)
each_size = pytest.mark.parametrize("size", SIZES)


def sized(size: str) -> dict[str, StarterRole]:
    return {role.key: role for role in for_size(size)}


def near(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.lower(), other.lower(), autojunk=False)
    return matcher.real_quick_ratio() >= 0.85 and matcher.quick_ratio() >= 0.85 and matcher.ratio() >= 0.85


def test_every_role_that_the_guidance_names_is_in_the_library():
    assert set(library()) == ASKED_FOR


@each_role
def test_each_role_says_what_it_is_for(role):
    assert role.title and role.purpose.endswith(".") and role.kind in KINDS and role.clauses
    assert role.persona in {"", "ism", "top_management"} and set(role.sizes) <= set(SIZES)


@each_role
def test_each_role_has_three_responsibilities_and_the_competences_to_carry_them(role):
    assert len(role.responsibilities) >= 3
    assert 3 <= len(role.competences) <= 5


@each_role
def test_each_role_may_decide_something_within_a_stated_limit(role):
    assert role.authorities
    assert all(each.limit and each.limit_kind in LIMIT_KINDS and each.text.endswith(".") for each in role.authorities)


@each_role
def test_every_authority_serves_a_responsibility_and_every_responsibility_is_served(role):
    served = [index for each in role.authorities for index in each.serves]
    assert all(each.serves for each in role.authorities)
    assert set(served) == set(range(len(role.responsibilities)))


@each_role
def test_responsibilities_are_sentences_that_say_when(role):
    for text in role.responsibilities:
        assert text[0].isupper() and text.endswith("."), text
        assert A_TIME.search(text), text


@each_role
def test_no_role_hides_behind_vague_words(role):
    texts = (*role.responsibilities, role.purpose, *(each.text for each in role.authorities))
    assert [text for text in texts if VAGUE.search(text)] == []


def test_no_responsibility_is_given_to_two_roles():
    texts = [text for role in library().values() for text in role.responsibilities]
    assert [pair for pair in combinations(texts, 2) if near(*pair)] == []


@pytest.mark.parametrize(("size", "count"), [("small", 9), ("medium", 18), ("large", 22)])
def test_an_organisation_gets_no_more_titles_than_its_size_needs(size, count):
    assert len(for_size(size)) == count


@each_size
@pytest.mark.parametrize("clause", ["5.3 a", "5.3 b"])
def test_exactly_one_role_holds_5_3_a_and_b_in_every_size(size, clause):
    assert [role.key for role in for_size(size) if clause in role.clauses] == ["information_security_manager"]


@each_size
def test_every_size_has_somebody_to_keep_the_register_and_somebody_to_approve(size):
    assert {"ism", "top_management"} <= {role.persona for role in for_size(size)}


@each_size
def test_superiors_come_first_and_every_line_ends_at_the_chief_executive(size):
    seen = set()
    for role in for_size(size):
        assert role.reports_to in seen or role.key == "chief_executive"
        seen.add(role.key)


def test_a_superior_who_is_not_adopted_is_passed_over():
    manager = library()["information_security_manager"]
    assert superior_in(manager, {"ciso", "chief_executive"}) == "ciso"
    assert superior_in(manager, {"chief_executive"}) == "chief_executive"
    assert superior_in(manager, set()) is None


@each_size
def test_a_role_that_a_size_leaves_out_is_folded_into_one_that_it_has(size):
    kept = sized(size)
    left_out = [role for role in library().values() if role.key not in kept]
    assert all(role.folds[size] in kept and role.carries for role in left_out)


@each_size
def test_nothing_that_must_be_done_is_lost_by_folding(size):
    kept = sized(size)
    for role in library().values():
        if role.key not in kept:
            heir = kept[role.folds[size]]
            assert {role.responsibilities[index] for index in role.carries} <= set(heir.responsibilities)
            assert set(role.clauses) <= set(heir.clauses)


@each_size
def test_folded_duties_keep_the_authority_to_carry_them_out(size):
    for role in for_size(size):
        served = {index for each in role.authorities for index in each.serves}
        assert served == set(range(len(role.responsibilities))), role.key


def test_a_size_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="tiny"):
        for_size("tiny")


def test_every_clause_that_the_library_names_is_one_of_the_standard():
    assert {code for role in library().values() for code in role.clauses} <= set(CLAUSES)


def test_all_93_controls_and_both_halves_of_5_3_can_be_chosen():
    assert len([code for code in CLAUSES if code.startswith("A.")]) == 93
    assert {"5.3 a", "5.3 b"} <= set(CLAUSES)
