"""Who unites what is kept apart: the judgement as a pure function (coverage A5; design rule 8)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from roles.duties import Duty
from roles.holdings import Holding
from roles.separation import Apart, Leave, colliding_roles, conflicts, first_uncovered, is_covered, united

DAY = date(2026, 3, 1)
AUDITS, OPERATES = 1, 2
by_duty = Apart(1, AUDITS, OPERATES, False, True, "why", "audits × operates")
by_role = Apart(2, 10, 20, True, True, "why", "ten × twenty")


def day(number: int | None) -> date | None:
    return None if number is None else DAY + timedelta(days=number)


def held(
    role: int, first: int | None = 0, last: int | None = None, *, pk: int = 0, how: str = "holder", **more
) -> Holding:
    return Holding(1, "assignment", how, f"Role {role}", "", pk or role, day(first), day(last), role, **more)


DUTIES = [Duty(10, AUDITS, "Audit", "", 100), Duty(20, OPERATES, "Operate", "", 200)]


def test_two_duties_that_a_rule_keeps_apart_conflict_in_one_person():
    assert [c.rule for c in conflicts([held(10), held(20)], DUTIES, [by_duty])] == [by_duty]


def test_two_people_do_not_conflict():
    assert conflicts([held(10), replace(held(20), person=2)], DUTIES, [by_duty, by_role]) == []


def test_a_deputy_and_a_delegate_count_as_a_holder_does():
    for how in ("deputy", "delegate", "member"):
        assert conflicts([held(10), held(20, how=how)], DUTIES, [by_role])


def test_terms_that_share_no_day_never_conflict_and_one_shared_day_is_enough():
    assert conflicts([held(10, 0, 4), held(20, 5, 9)], DUTIES, [by_duty, by_role]) == []
    (found,) = conflicts([held(10, 0, 5), held(20, 5, 9)], DUTIES, [by_role])
    assert (found.first, found.last) == (day(5), day(5))


def test_who_was_given_one_responsibility_has_its_duty_only():
    given_other = held(20, responsibilities=frozenset({999}))
    assert conflicts([held(10), given_other], DUTIES, [by_duty]) == []
    assert conflicts([held(10), replace(given_other, responsibilities=frozenset({200}))], DUTIES, [by_duty])


def test_a_duty_of_the_whole_role_is_not_given_with_one_responsibility():
    matrix = [Duty(10, AUDITS, "Audit", ""), Duty(20, OPERATES, "Operate", "")]
    assert conflicts([held(10), held(20)], matrix, [by_duty])
    assert conflicts([held(10), held(20, responsibilities=frozenset({200}))], matrix, [by_duty]) == []


def test_what_one_role_unites_is_a_fault_of_the_role_not_of_its_holder():
    both = [*DUTIES, Duty(10, OPERATES, "Operate", "", 101)]
    assert conflicts([held(10)], both, [by_duty]) == []
    assert united(both, [by_duty, by_role]) == [(10, by_duty)]


def test_the_picture_shows_each_pair_of_roles_once_with_its_rules():
    assert colliding_roles([10, 20, 30], DUTIES, [by_duty, by_role]) == {frozenset((10, 20)): [by_duty, by_role]}


# Exceptions -------------------------------------------------------------------------------------------------------------------


def conflict(first: int = 0, last: int | None = None):
    return conflicts([held(10, first, last), held(20, first, last)], DUTIES, [by_role])[0]


def leave(first: int, last: int, **more) -> Leave:
    return replace(Leave(1, by_role.rule, day(first), day(last)), **more)


def test_an_exception_covers_its_days_and_says_which_day_it_no_longer_does():
    assert is_covered(conflict(), [leave(0, 10)], DAY)
    assert first_uncovered(conflict(), [leave(0, 10)], DAY) == day(11)
    assert first_uncovered(conflict(0, 10), [leave(0, 10)], DAY) is None


def test_an_exception_for_another_person_or_rule_covers_nothing():
    assert not is_covered(conflict(), [leave(0, 10, person=2), leave(0, 10, rule=1)], DAY)


def test_an_exception_that_begins_later_or_is_over_covers_nothing_today():
    assert not is_covered(conflict(), [leave(1, 10)], DAY)
    assert not is_covered(conflict(-30), [leave(-20, -1)], DAY)


def test_two_exceptions_in_a_row_cover_as_one():
    assert first_uncovered(conflict(0, 20), [leave(11, 20), leave(0, 10)], DAY) is None


# Properties ------------------------------------------------------------------------------------------------------------------

roles = st.sampled_from([10, 20, 30])
numbers = st.integers(-5, 5)
terms = st.tuples(numbers, st.one_of(st.none(), numbers)).filter(lambda t: t[1] is None or t[1] >= t[0])
holdings = st.lists(
    st.builds(
        lambda role, term, pk, person, how: replace(held(role, *term, pk=pk, how=how), person=person),
        roles, terms, st.integers(1, 50), st.integers(1, 2), st.sampled_from(["holder", "deputy", "delegate"]),
    ),
    max_size=6,
)  # fmt: skip
duties = st.lists(
    st.builds(lambda role, tag: Duty(role, tag, "", "", role * 10 + tag), roles, st.integers(1, 3)), max_size=6
)
rules = st.lists(st.sampled_from([by_duty, by_role, Apart(3, 2, 3, False, False, "", "")]), unique=True)


def turned(rule: Apart) -> Apart:
    return replace(rule, a=rule.b, b=rule.a)


def seen(found) -> set:
    return {(c.rule.rule, frozenset((c.one, c.other)), c.first, c.last) for c in found}


@given(holdings, duties, rules)
def test_the_judgement_is_symmetric_whichever_side_of_a_rule_is_written_first(held, duties, rules):
    assert seen(conflicts(held, duties, rules)) == seen(conflicts(held, duties, [turned(rule) for rule in rules]))


@given(holdings, duties, rules, st.randoms(use_true_random=False))
def test_the_judgement_does_not_depend_on_any_order(held, duties, rules, chance):
    was = conflicts(held, duties, rules)
    for rows in (held, duties, rules):
        chance.shuffle(rows)
    assert conflicts(held, duties, rules) == was


@given(holdings, duties, rules)
def test_every_conflict_is_one_persons_on_days_that_both_terms_share(held, duties, rules):
    for found in conflicts(held, duties, rules):
        one, other = found.one, found.other
        assert one.person == other.person and one.role != other.role
        assert found.first >= max(one.starts_on, other.starts_on)
        ends = [last for last in (one.ends_on, other.ends_on) if last]
        assert found.last == (min(ends) if ends else None) and (found.last is None or found.first <= found.last)


@given(holdings, duties, rules)
def test_more_holdings_never_take_a_conflict_away(held, duties, rules):
    assert seen(conflicts(held[:-1], duties, rules)) <= seen(conflicts(held, duties, rules))


leaves = st.lists(st.builds(lambda first, long: leave(first, first + long), numbers, st.integers(0, 8)), max_size=4)


@given(terms, leaves, numbers)
def test_a_day_counts_as_covered_only_if_some_exception_reaches_it(term, leaves, now):
    found, today = conflict(*term), day(now)
    bare = first_uncovered(found, leaves, today)
    end = found.last or day(60)
    starts = max(found.first, today) if end >= today else found.first
    days = [starts + timedelta(days=n) for n in range((end - starts).days + 1)]
    naked = [one for one in days if not any(x.first <= one <= x.last for x in leaves)]
    assert bare == (naked[0] if naked else None) if found.last else bare == naked[0]
