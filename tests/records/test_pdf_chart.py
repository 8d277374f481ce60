"""The organisation chart of a record: everybody is on it, nothing stands on anything, whatever the lines are (coverage R8)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ismsroles.records.pdf import chart, ornament, tree

LONG = "Deputy regional head of information security governance and supplier assurance"


def sheets(parents, title="Role"):
    boxes = [chart.Box(key, above, f"{title} {key}", "Somebody") for key, above in parents.items()]
    return chart.organisation_chart(boxes, "#123456", width=257, first=130, other=146)


@st.composite
def reporting_lines(draw):
    """Any lines, circles and unknown superiors included."""
    many = draw(st.integers(1, 60))
    return {n: draw(st.one_of(st.none(), st.integers(0, many + 2))) for n in range(many)}


@settings(max_examples=60)
@given(reporting_lines(), st.sampled_from(["Role", LONG, "Wolkenkratzer" * 12]))
def test_everybody_is_on_the_chart_and_no_sheet_is_too_tall(parents, title):
    made = sheets(parents, title)
    assert {label.box.key for sheet in made for label in sheet.labels} == set(parents)
    assert all(sheet.height <= (146 if sheet.number else 130) for sheet in made)


@settings(max_examples=60)
@given(reporting_lines())
def test_no_box_stands_on_another(parents):
    for sheet in sheets(parents, LONG):
        by_column = {}
        for label in sheet.labels:
            by_column.setdefault(round(label.left), []).append(label.top)
        for tops in by_column.values():
            tops.sort()
            assert all(lower - upper > 7 for upper, lower in zip(tops, tops[1:], strict=False))


@settings(max_examples=60)
@given(reporting_lines())
def test_the_cover_shows_everybody_once(parents):
    drawing = ornament.radial(parents, filled=set(parents), trails={}, ground="#123456", quiet="#345678")
    assert drawing.rsplit('fill="#fff"', 1)[0].rsplit('d="', 1)[1].count("z") == len(parents)


def test_a_branch_that_goes_on_names_the_sheet_where_it_does():
    made = sheets({n: (n - 1) // 6 if n else None for n in range(200)})
    for sheet in made:
        for label in sheet.labels:
            if label.goes_on is not None:
                assert label.box.key in {other.box.key for other in made[label.goes_on].labels}


def test_a_role_with_ninety_inferiors_is_shown_on_several_sheets():
    made = sheets({n: 0 if n else None for n in range(91)})
    assert len(made) > 1 and {label.box.key for sheet in made for label in sheet.labels} == set(range(91))


@pytest.mark.parametrize("parents", [{1: 1}, {1: 2, 2: 1}, {1: 2, 2: 3, 3: 2}, {1: 9}])
def test_a_circle_or_an_unknown_superior_loses_nobody(parents):
    assert set(tree.walk(tree.forest(parents))) == set(parents)
