"""Gaps are worked out: what is needed minus what counts (C3). Pure, so properties can be looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence import gaps as pure
from competence.gaps import Need, Shown, judge, key, pack, unpack, verdicts, worst

levels = st.integers(0, 4)
kinds = st.sampled_from(["certificate", "training", "experience"])
ages = st.sampled_from([pure.VALID, pure.EXPIRES_SOON, pure.EXPIRED])
assessments = st.builds(Shown, levels, kinds, st.booleans(), ages)
needs = st.builds(Need, st.just(1), st.just(1), st.integers(1, 4), st.booleans(), st.sampled_from(["", "certificate"]))
MUST = Need(1, 1, 2, True)
WISH = Need(1, 1, 2, False)


def seen(level: int, own: bool = False, age: int = pure.VALID, kind: str = "experience") -> Shown:
    return Shown(level, kind, own, age)


@pytest.mark.parametrize(
    ("need", "shown", "state"),
    [
        (MUST, [], "unknown"),
        (MUST, [seen(2)], "met"),
        (MUST, [seen(4)], "met"),
        (MUST, [seen(1)], "low"),
        (MUST, [seen(0)], "far"),
        (MUST, [seen(2, age=pure.EXPIRED)], "expired"),
        (MUST, [seen(2, age=pure.EXPIRES_SOON)], "soon"),
        (MUST, [seen(4, own=True)], "own"),
        (MUST, [seen(1, own=True)], "unknown"),
        (WISH, [seen(2, own=True)], "met"),
        (MUST, [seen(1), seen(2)], "met"),
        (MUST, [seen(2), seen(1)], "low"),
        (MUST, [seen(2), seen(4, age=pure.EXPIRED)], "expired"),
        (MUST._replace(proof="certificate"), [seen(4)], "unknown"),
        (MUST._replace(proof="certificate"), [seen(2, kind="certificate"), seen(0)], "met"),
    ],
)
def test_the_newest_assessment_that_is_fit_for_the_need_decides(need, shown, state):
    assert judge(need, shown)[0] == state


@given(needs, st.lists(assessments, max_size=6))
def test_a_need_is_met_only_by_a_valid_assessment_of_its_level(need, shown):
    state, level = judge(need, shown)
    fit = [one for one in shown if (not need.proof or one.evidence == need.proof) and not (need.must and one.own)]
    met = bool(fit) and fit[-1].level >= need.level and fit[-1].age != pure.EXPIRED
    assert (state not in pure.GAPS) == met
    assert level == (fit[-1].level if fit else None)


@given(needs, st.lists(assessments, max_size=6))
def test_what_somebody_thinks_of_themself_never_closes_what_a_role_must_have(need, shown):
    must, claim = need._replace(must=True), Shown(4, need.proof or "training", True)
    before, after = judge(must, shown)[0], judge(must, [*shown, claim])[0]
    assert (before in pure.GAPS) == (after in pure.GAPS)


@given(needs, st.lists(assessments, max_size=5), assessments)
def test_a_newer_higher_valid_level_never_makes_it_worse(need, shown, one):
    better = one._replace(level=4, age=pure.VALID, own=False, evidence=need.proof or "training")
    assert judge(need, [*shown, better])[0] == "met"


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=12), st.lists(needs, max_size=4))
def test_everybody_has_one_verdict_for_each_need_of_each_role_they_act_in(held, wanted):
    by_role = {1: wanted, 2: wanted[:1]}
    found = verdicts(set(held), by_role, {})
    assert len(found) == sum(len(by_role.get(role, ())) for _person, role in set(held))
    assert all(one.is_gap for one in found)


def test_of_two_roles_the_worse_is_shown_and_a_must_before_a_wish():
    harder = Need(2, 1, 4, False)
    found = worst(verdicts([(7, 1), (7, 2)], {1: [MUST], 2: [harder]}, {key(7, 1): pack([seen(2)])}))
    assert found[7, 1].need is harder and found[7, 1].state == "far"
    both = worst(verdicts([(7, 1), (7, 2)], {1: [MUST], 2: [harder]}, {}))
    assert both[7, 1].need is MUST


@given(st.lists(assessments, max_size=8))
def test_a_history_packed_into_a_number_is_the_same_history(shown):
    assert unpack(pack(shown)) == shown


@given(needs, st.lists(assessments, max_size=4))
def test_asking_for_gaps_only_leaves_out_what_is_met_and_nothing_else(need, shown):
    given_ = [(7, 1)], {1: [need]}, {key(7, 1): pack(shown)}
    assert verdicts(*given_, only_gaps=True) == [one for one in verdicts(*given_) if one.is_gap]
