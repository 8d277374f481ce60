"""Only rows with exactly one accountable role are published, as they were shown, process by process (design rules 2 and 6)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ismsroles.core import findings
from ismsroles.core.errors import InUse, Invalid, NotAllowed, Stale
from ismsroles.core.models import AuditEvent
from raci.actions.activities import change_activity, retire_activity, retire_group
from raci.actions.cells import set_letters
from raci.actions.publishing import publish, shown
from raci.differences import differences
from raci.models import SETS, ActivityGroup, Publication
from raci.queries.picture import picture
from raci.queries.published import published_rows
from tests.raci import making

pytestmark = pytest.mark.django_db


def put(cast, *groups, actor=None, note=""):
    chosen = groups or ActivityGroup.objects.all()
    seen = {group.pk: shown(picture(), group.pk) for group in chosen}
    return publish([group.pk for group in groups] or None, actor=actor or cast.ism, seen=seen, note=note)


def new() -> list[tuple[str, str, str]]:
    return [(each.kind, each.was, each.now) for each in differences(picture(), published_rows())]


@pytest.fixture
def row(cast):
    return making.activity("Reviews", letters={cast.roles.held: "RA", cast.roles.top: "I"})


def test_what_is_published_is_what_was_drafted(cast, row):
    put(cast, note="First")
    (kept,) = published_rows().values()
    assert kept.letters == {cast.roles.held.pk: "RA", cast.roles.top.pk: "I"} and kept.by == "Ismail Keeper"
    assert new() == [] and AuditEvent.objects.get(code="matrix.published").sentence.endswith(
        "published the matrix: all of it."
    )


def test_a_row_without_exactly_one_accountable_role_is_not_published_and_the_list_says_which(cast, row):
    making.activity("Backups", group=row.group)
    making.activity("Patching", group=row.group, letters={cast.roles.held: "A", cast.roles.top: "A"})
    with pytest.raises(InUse) as refused:
        put(cast)
    assert refused.value.users == [
        "Backups: 0 accountable roles, exactly one is needed.", "Patching: 2 accountable roles, exactly one is needed.",
    ]  # fmt: skip
    assert not Publication.objects.exists()


def test_another_process_may_be_wrong_while_one_is_published(cast, row):
    making.activity("Backups")
    put(cast, row.group)
    assert list(published_rows()) == [row.pk]


def test_what_changed_after_it_was_shown_is_not_published(cast, row):
    seen = {row.group_id: shown(picture(), row.group_id)}
    set_letters(row, cast.roles.top, "C", actor=cast.ism)
    with pytest.raises(Stale):
        publish([row.group_id], actor=cast.ism, seen=seen)


def test_differences_are_told_cell_by_cell_and_word_by_word(cast, row):
    put(cast)
    set_letters(row, cast.roles.top, "", actor=cast.ism)
    set_letters(row, cast.roles.vacant, "C", actor=cast.ism)
    change_activity(row, actor=cast.ism, title="Access reviews")
    assert sorted(new()) == [("changed", "Reviews", "Access reviews"), ("letters", "I", "–"), ("letters", "–", "C")]


def test_a_retired_activity_stays_published_until_its_process_is_published_again(cast, row):
    other = making.activity("Backups", group=row.group, letters={cast.roles.held: "RA"})
    put(cast)
    retire_activity(other, actor=cast.ism)
    assert len(published_rows()) == 2 and [kind for kind, *_rest in new()] == ["removed"]
    put(cast, row.group)
    assert list(published_rows()) == [row.pk]


def test_a_process_that_was_taken_out_leaves_with_the_next_publication(cast, row):
    other = making.activity("Backups", letters={cast.roles.held: "RA"})
    put(cast)
    retire_activity(other, actor=cast.ism)
    retire_group(other.group, actor=cast.ism)
    put(cast)
    assert list(published_rows()) == [row.pk]


def test_an_activity_that_moved_counts_where_it_went(cast, row):
    other = making.activity("Backups", letters={cast.roles.held: "RA"})
    put(cast)
    change_activity(row, actor=cast.ism, group=other.group)
    put(cast, other.group)
    assert published_rows()[row.pk].group == other.group_id and new() == []


def test_nothing_new_is_nothing_to_publish(cast, row):
    put(cast)
    with pytest.raises(Invalid):
        put(cast)


@pytest.mark.parametrize("persona", ["administrator", "top", "representative", "auditor", "colleague"])
def test_only_the_information_security_manager_publishes(cast, row, persona):
    with pytest.raises(NotAllowed):
        put(cast, actor=getattr(cast, persona))


@settings(max_examples=25)
@given(letters=st.lists(st.sampled_from(SETS), min_size=3, max_size=3))
def test_whatever_is_drafted_only_rows_with_one_a_are_ever_published(cast, letters):
    roles = (cast.roles.held, cast.roles.ism, cast.roles.top)
    row = making.activity(letters={role: text for role, text in zip(roles, letters, strict=True) if text})
    count = sum("A" in text for text in letters)
    try:
        put(cast, row.group)
    except InUse:
        assert count != 1
    else:
        assert count == 1 and published_rows()[row.pk].letters == picture().cells[row.pk]


@pytest.mark.parametrize("rows", [2, 40])
def test_publishing_costs_the_same_number_of_statements_however_many_rows(
    cast, row, rows, django_assert_max_num_queries
):
    for _number in range(rows):
        making.activity(group=row.group, letters={cast.roles.held: "A", cast.roles.top: "R"})
    with django_assert_max_num_queries(40):
        put(cast, row.group)


def test_what_is_not_published_is_a_finding(cast, row):
    def found() -> list[str]:
        return [one.sentence for one in findings.current() if one.rule == "M1.draft"]

    assert found() == ["The matrix was never published."]
    put(cast)
    assert found() == []
    set_letters(row, cast.roles.top, "C", actor=cast.ism)
    assert found() == ["1 change of the matrix is not published."]
