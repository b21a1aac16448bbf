"""What is shown behind a figure adds up to it, and nothing small is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.charts.behind import CountedRemedy, behind_figures, joined, read_behind, write_behind
from gongkai.charts.rules import parse_small_counts
from gongkai.law import LawError, outcomes
from gongkai.law.case.counting import CountedCase, rows_between
from gongkai.report.form import load_form

FORM = load_form("2021")
KINDS = ["natural_person", "enterprise", "research"]
OUTCOMES = [one.code for one in outcomes().terms][:5]


def _behind(cases, values, **more):
    given = {"remedies": [], "undated": {}, "answer_days": [], "least": 3} | more
    return behind_figures(FORM, 2025, values, cases=cases, **given)


def _case(received, decided=None, kind="natural_person", outcome="disclosed"):
    return CountedCase(received, kind, decided, outcome if decided else "")


def _tables(cases):
    """Counted by hand, one by one."""
    values = dict.fromkeys(FORM.cells, 0)
    for case in cases:
        came, went = rows_between(case, date(2025, 1, 1), date(2025, 12, 31))
        rows = [came, went] if went == "carried_over" else [came, went, "total"]
        for row in rows:
            for column in (case.applicant_kind, "total"):
                values[f"applications.{row}.{column}"] += 1
    return values


def test_six_that_were_answered_in_two_months_are_told_by_month():
    cases = [_case(date(2025, 3, 1), date(2025, 3, 20))] * 3 + [_case(date(2025, 3, 1), date(2025, 4, 20))] * 3
    shown = _behind(cases, _tables(cases)).cells
    assert shown["applications.disclosed.natural_person"].periods == {"03": 3, "04": 3}
    assert shown["applications.received.natural_person"].periods == {"03": 6}
    assert shown["applications.disclosed.natural_person"].rest == 0


def test_one_applicant_of_a_kind_is_told_for_the_year_only():
    cases = [_case(date(2025, 3, 1), date(2025, 3, 20))] * 5 + [_case(date(2025, 8, 1), date(2025, 8, 20), "research")]
    shown = _behind(cases, _tables(cases)).cells
    assert (shown["applications.received.research"].periods, shown["applications.received.research"].rest) == ({}, 1)
    assert shown["applications.received.total"].periods == {}  # or else the sixth would be known to be of August


def test_a_figure_that_the_records_do_not_give_has_nothing_behind_it():
    cases = [_case(date(2025, 3, 1), date(2025, 3, 20))] * 5
    shown = _behind(
        cases, _tables(cases) | {"applications.received.total": 6, "applications.received.natural_person": 6}
    )
    assert "applications.received.total" in shown.differing and "applications.received.total" not in shown.cells
    assert shown.cells["applications.disclosed.total"].periods == {"03": 5}


def test_opening_balances_are_told_without_a_month():
    cases = [_case(date(2025, 6, 1), date(2025, 6, 20))] * 4
    keys = [
        f"applications.{row}.{column}"
        for row in ("received", "disclosed", "total")
        for column in ("natural_person", "total")
    ]
    values = _tables(cases)
    undated = dict.fromkeys(keys, 3)
    shown = _behind(cases, values | {key: values[key] + 3 for key in keys}, undated=undated).cells
    assert all((shown[key].periods, shown[key].rest) == ({"06": 4}, 3) for key in keys)


def test_what_is_carried_over_is_told_by_the_month_in_which_it_came():
    cases = [_case(date(2025, 12, 20))] * 4 + [_case(date(2024, 12, 20))] * 3
    shown = _behind(cases, _tables(cases)).cells
    assert shown["applications.carried_over.total"].periods == {"12": 4}
    assert shown["applications.carried_over.total"].rest == 3  # came the year before
    assert (shown["applications.carried_in.total"].periods, shown["applications.carried_in.total"].rest) == ({}, 3)


def test_remedies_are_told_by_the_month_in_which_they_ended_and_those_that_go_on_for_the_year():
    remedies = [CountedRemedy("reconsideration", "upheld", date(2025, 5, 2))] * 3
    remedies.append(CountedRemedy("reconsideration", "upheld", date(2026, 1, 4)))
    values = dict.fromkeys(FORM.cells, 0)
    values |= {
        "remedies.reconsideration.upheld": 3,
        "remedies.reconsideration.pending": 1,
        "remedies.reconsideration.total": 4,
    }
    shown = _behind([], values, remedies=remedies).cells
    assert (
        shown["remedies.reconsideration.total"].periods == {"05": 3}
        and shown["remedies.reconsideration.total"].rest == 1
    )
    assert (shown["remedies.reconsideration.pending"].periods, shown["remedies.reconsideration.pending"].rest) == (
        {},
        1,
    )


def test_few_answers_are_joined_with_their_neighbours():
    assert joined([3, 4, 5, 7, 18, 18, 19, 20], 3) == ((0, 10, 4), (11, 15, 0), (16, 20, 4), (21, 40, 0), (41, None, 0))
    assert joined([3, 30], 3) == ()
    assert [one[2] for one in joined([1, 2, 3, 50], 3)] == [3 + 1]


days = st.dates(date(2024, 10, 1), date(2025, 12, 31))
a_case = st.builds(
    lambda received, took, kind, outcome: _case(
        received, None if received + timedelta(took) < date(2025, 1, 1) else received + timedelta(took), kind, outcome
    ),
    days, st.integers(0, 200), st.sampled_from(KINDS), st.sampled_from(OUTCOMES),
)  # fmt: skip


@given(st.lists(a_case, max_size=60))
def test_what_is_behind_a_figure_adds_up_to_it(cases):
    values = _tables(cases)
    behind = _behind(cases, values)
    assert behind.differing == ()
    assert behind.cells.keys() == {key for key, value in values.items() if value}
    for key, spread in behind.cells.items():
        assert sum(spread.periods.values()) + spread.rest == values[key]
        assert all(number > 0 for number in spread.periods.values()) and spread.rest >= 0
    assert read_behind(write_behind(behind)) == behind


def test_a_setting_that_would_tell_single_counts_is_refused():
    with pytest.raises(LawError, match="不小于 2"):
        parse_small_counts('[small_counts]\nleast = 1\nmark = "infer"\nbasis = "x"', "x.toml")
