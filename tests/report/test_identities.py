"""Which identities hold, and what a cell without a figure may stand for."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from benchmarks.repair import random_report
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report import load_form
from gongkai.report.identities import is_count, merged_away, violations

FORM = load_form("2021")


def zeros(**changes: object) -> dict[str, object]:
    """Every cell 0 but the changes; dots of a key are written as double underscores."""
    return dict.fromkeys(FORM.cells, 0) | {key.replace("__", "."): value for key, value in changes.items()}


def broken(values: dict[str, object], form=FORM) -> list[tuple[str, str]]:
    return [(one.identity.code, one.identity.scope) for one in violations(form, values)]


@pytest.mark.parametrize(("edition", "count"), [("2021", 42), ("2019", 40)])
def test_each_edition_has_a_balance_and_a_sum_for_7_columns_a_sum_for_each_row_and_3_groups_of_remedies(edition, count):
    """7 + 7 + 3 and one for each row of table 三: 25 in the 2021 edition, 23 in that of 2019."""
    assert len(load_form(edition).identities) == count


@given(st.integers(0, 10_000), st.sampled_from(["2021", "2019"]))
def test_a_report_made_of_sums_breaks_nothing(seed, edition):
    form = load_form(edition)
    assert violations(form, random_report(form, random.Random(seed))) == ()


def test_a_violation_tells_both_sides_and_their_difference():
    values = zeros(remedies__reconsideration__upheld=10, remedies__reconsideration__corrected=1)
    (one,) = violations(FORM, values)
    assert (one.identity.code, one.identity.scope) == ("remedies-sum", "reconsideration")
    assert (one.left, one.right, one.difference) == (0, 11, -11)


def test_a_wrong_result_breaks_its_row_and_its_column():
    assert broken(zeros(applications__disclosed__enterprise=4)) == [
        ("column-sum", "enterprise"),
        ("row-sum", "disclosed"),
    ]


def test_a_blank_part_can_make_up_what_a_sum_lacks_but_not_what_it_has_too_much():
    assert broken(zeros(remedies__reconsideration__total=3, remedies__reconsideration__other=None)) == []
    values = zeros(remedies__reconsideration__upheld=3, remedies__reconsideration__other=None)
    assert broken(values) == [("remedies-sum", "reconsideration")]


def test_a_blank_total_can_be_any_sum():
    assert broken(zeros(remedies__reconsideration__upheld=3, remedies__reconsideration__total=None)) == []


def test_a_cell_that_the_document_lacks_is_as_free_as_a_blank_one():
    values = zeros(remedies__reconsideration__upheld=3)
    del values["remedies.reconsideration.total"]
    assert broken(values) == []


def merged_report(**changes: object) -> dict[str, object]:
    """A report that prints （六）其他处理 as one row."""
    lost = ("other_uncorrected", "other_fee_unpaid")
    return {key: value for key, value in zeros(**changes).items() if key.split(".")[1] not in lost}


def test_rows_merged_into_another_hold_nothing():
    values = merged_report(applications__total__natural_person=2)
    gone = merged_away(FORM, values)
    assert gone == {key for key in FORM.cells if key.split(".")[1] in ("other_uncorrected", "other_fee_unpaid")}
    assert ("column-sum", "natural_person") in broken(values)


def test_rows_lost_with_the_rest_of_a_page_are_free():
    values = {key: value for key, value in zeros(applications__total__natural_person=2).items() if ".other" not in key}
    assert merged_away(FORM, values) == frozenset()
    assert ("column-sum", "natural_person") not in broken(values)


@pytest.mark.parametrize(
    ("value", "count"), [(0, True), (12, True), (Decimal("3"), True), (-1, False), (Decimal("0.5"), False)]
)
def test_counts_are_whole_and_not_negative(value, count):
    assert is_count(value) is count
