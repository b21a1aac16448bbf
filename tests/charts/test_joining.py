"""Small counts are joined, so that nobody can be told from a published month, nor by taking one figure from another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.charts.joining import at, levels_of, quarter_of


def test_enough_in_every_month_is_told_by_month():
    assert levels_of({"a": {"01": 3, "12": 7}}, {}, 3) == {"a": "month"}


def test_a_month_with_two_is_joined_to_its_quarter():
    assert levels_of({"a": {"01": 2, "03": 1, "07": 5}}, {}, 3) == {"a": "quarter"}


def test_a_quarter_with_two_leaves_only_the_year():
    assert levels_of({"a": {"01": 2, "07": 5}}, {}, 3) == {}


def test_the_one_that_would_be_left_over_keeps_the_others_from_being_told():
    # 5 in January, 4 of them of one kind: the fifth would be found by subtraction
    boxes = {"all": {"01": 5}, "most": {"01": 4}, "one": {"01": 1}}
    assert levels_of(boxes, {"most": "all", "one": "all"}, 3) == {"all": "month"}


def test_a_count_without_month_is_as_small_as_any_other():
    assert levels_of({"a": {"01": 6, "undated": 1}}, {}, 3) == {}


def test_two_editions_are_not_to_be_subtracted_from_one_another():
    before = {"a": ("month", {"01": 5, "02": 3})}
    assert levels_of({"a": {"01": 6, "02": 3}}, {}, 3, before) == {}
    assert levels_of({"a": {"01": 5, "02": 6}}, {}, 3, before) == {"a": "month"}


counts = st.dictionaries(st.sampled_from(["01", "02", "04", "07", "12"]), st.integers(0, 6))


@given(st.lists(st.lists(counts, min_size=1, max_size=3), min_size=1, max_size=4), st.integers(2, 5))
def test_no_sum_or_difference_of_told_figures_is_a_small_count_in_a_month(kinds, least):
    boxes, around = {"all": {}}, {}
    for number, cells in enumerate(kinds):
        boxes[f"k{number}"] = _sum(cells)
        around[f"k{number}"] = "all"
    for number, cells in enumerate(kinds):
        for other, cell in enumerate(cells):
            boxes[f"k{number}-{other}"] = cell
            around[f"k{number}-{other}"] = f"k{number}"
    boxes["all"] = _sum([boxes[f"k{number}"] for number in range(len(kinds))])
    levels = levels_of(boxes, around, least)
    for level in ("month", "quarter"):
        told = [name for name in boxes if levels.get(name) == "month" or (level == "quarter" and name in levels)]
        for outer in told:
            inside = [name for name in told if name != outer and _lies_in(name, outer, around)]
            for size in range(len(inside) + 1):
                for taken in combinations(inside, size):
                    if any(_lies_in(one, other, around) for one in taken for other in taken if one != other):
                        continue  # counted twice
                    for period, number in at(level, boxes[outer]).items():
                        left = number - sum(at(level, boxes[one])[period] for one in taken)
                        assert left == 0 or left >= least


def test_a_quarter_has_three_months():
    assert [quarter_of(f"{month:02}") for month in range(1, 13)] == ["Q1"] * 3 + ["Q2"] * 3 + ["Q3"] * 3 + ["Q4"] * 3


def _sum(cells):
    return {month: sum(cell.get(month, 0) for cell in cells) for month in {one for cell in cells for one in cell}}


def _lies_in(name, outer, around):
    while name in around:
        name = around[name]
        if name == outer:
            return True
    return False
