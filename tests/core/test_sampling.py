"""Samples that an auditor can repeat (D4, V5)."""

from hypothesis import given
from hypothesis import strategies as st

from ismsroles.core.sampling import fresh_seed, sample

KEYS = st.lists(st.integers(0, 10_000), unique=True, max_size=60)


@given(KEYS, st.integers(0, 70), st.text(max_size=20))
def test_the_same_seed_picks_the_same_ones_in_whatever_order_the_list_comes(keys, size, seed):
    assert sample(keys, size, seed) == sample(sorted(keys, reverse=True), size, seed)


@given(KEYS, st.integers(0, 70), st.text(max_size=20))
def test_a_sample_has_no_doubles_and_nobody_from_elsewhere(keys, size, seed):
    picked = sample(keys, size, seed)
    assert len(picked) == min(size, len(keys)) == len(set(picked)) and set(picked) <= set(keys)


def test_another_seed_picks_others():
    assert sample(range(1000), 10, "a") != sample(range(1000), 10, "b") and fresh_seed() != fresh_seed()


def test_who_leaves_the_list_changes_nothing_between_the_others():
    picked = sample(range(100), 10, "x")
    without = [key for key in range(100) if key != picked[0]]
    assert sample(without, 9, "x") == picked[1:]
