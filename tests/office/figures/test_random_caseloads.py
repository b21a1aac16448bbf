"""Tables 三 and 四 of random caseloads: counted as the law counts, in balance, and traceable to the last case."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date

import pytest
from hypothesis import given

from gongkai.checking import check
from gongkai.law import outcome_row
from gongkai.law.case.state import CaseState
from gongkai.ledger import compile_ledger
from gongkai.office.figures.periods import Period, parse_period, year_of
from gongkai.office.figures.tables import figures, figures_report, records_behind
from gongkai.office.interchange.exporting import ledger_of
from gongkai.reading import read
from gongkai.report.form import form_for_year
from gongkai.report.writing import write

from .caseloads import YEARS, Caseload, caseloads, few, recorded, recorded_by_both

pytestmark = pytest.mark.django_db

EARLIER = ("natural_person", date(2019, 5, 15))
"""The one case of 2019 that every organ of `recorded` has: open ever since."""


def counted_by_hand(load: Caseload, period: Period, *, transferred: bool = False) -> Counter[str]:
    """Table 三 and 四 from the states of the cases alone, as domain and form define each row.

    ``transferred``: of the organ to which some of the cases went, which has nothing else.
    """
    form = form_for_year(period.last.year)
    found: Counter[str] = Counter()

    def count(row: str, column: str) -> None:
        found[f"applications.{row}.{column}"] += 1
        found[f"applications.{row}.total"] += 1

    cases = [
        (one.applicant_kind, one.received_on, *first(one))
        for one in load.states(transferred=transferred)
        if one.counted
    ]
    for kind, received, decided, outcome in cases if transferred else [*cases, (*EARLIER, None, "")]:
        if received is None or received > period.last or (decided and decided < period.first):
            continue
        count("received" if received >= period.first else "carried_in", kind)
        if decided is None or decided > period.last:
            count("carried_over", kind)
        else:
            count(outcome_row(outcome, form), kind)
            count("total", kind)
    for one in () if transferred else load.suits:
        if one.joint or one.begun > period.last or (one.closed and one.closed < period.first):
            continue
        column = one.result if one.closed and one.closed <= period.last else "pending"
        found[f"remedies.{one.kind}.{column}"] += 1
        found[f"remedies.{one.kind}.total"] += 1
    return found


def first(state: CaseState) -> tuple[date | None, str]:
    """The decision that counts: the first, where another was ordered."""
    if state.first_decided_on:
        return state.first_decided_on, state.first_outcome
    return state.decided_on, state.outcome


@few
@given(caseloads())
def test_every_cell_is_what_a_count_of_the_states_gives(load):
    with recorded(load) as organ:
        for code in ("2024", "2025", "2026", "2025-Q1", "2026-01", "2025-12-20..2026-01-31"):
            period = parse_period(code)
            live = figures([organ], period, form_for_year(period.last.year))
            assert {key: number for key, number in live.items() if number} == counted_by_hand(load, period)


@few
@given(caseloads())
def test_a_transferred_application_counts_wholly_for_the_organ_that_has_it_now(load):
    with recorded_by_both(load) as (organ, successor):
        for year in YEARS:
            form = form_for_year(year)
            live = figures([successor], year_of(year), form)
            by_hand = counted_by_hand(load, year_of(year), transferred=True)
            assert {key: number for key, number in live.items() if number} == by_hand
            left = figures([organ], year_of(year), form)
            assert figures([organ, successor], year_of(year), form) == {key: live[key] + left[key] for key in live}
            wrong = check(figures_report(successor, [successor], year_of(year)))
            assert [one for one in wrong if one.severity == "error" and set(one.cells) & live.keys()] == []


@few
@given(caseloads())
def test_the_tables_keep_every_identity_when_written_and_read_again(load):
    with recorded(load) as organ:
        for year in YEARS:
            report = figures_report(organ, [organ], year_of(year))
            for ending in ("xlsx", "docx"):
                again = read(f"统计.{ending}", write(report, ending))
                for key, number in report.values.items():
                    assert again.report.values[key] == number
                wrong = [one for one in check(again) if one.cells and any(cell in report.values for cell in one.cells)]
                assert [one for one in wrong if one.severity == "error"] == []


@few
@given(caseloads())
def test_every_figure_is_the_number_of_records_behind_it(load):
    with recorded(load) as organ:
        for year in YEARS:
            form = form_for_year(year)
            for key, number in figures([organ], year_of(year), form).items():
                assert len(records_behind(key, [organ], year_of(year), form)) == number


@few
@given(caseloads(most=3))
def test_the_parts_of_a_year_make_up_the_year(load):
    with recorded(load) as organ:
        for parts in (("Q1", "Q2", "Q3", "Q4"), ("H1", "H2"), tuple(f"{month:02}" for month in range(1, 13))):
            form = form_for_year(2025)
            whole = figures([organ], year_of(2025), form)
            tables = [figures([organ], parse_period(f"2025-{part}"), form) for part in parts]
            for key, number in whole.items():
                table, row, column = key.split(".")
                if table == "remedies" and column != "pending":
                    if column != "total":  # what was going on counts in each part
                        assert sum(one[key] for one in tables) == number
                elif row == "carried_in":
                    assert tables[0][key] == number
                elif row == "carried_over" or column == "pending":
                    assert tables[-1][key] == number
                else:
                    assert sum(one[key] for one in tables) == number
            for before, after in itertools.pairwise(tables):
                for column in ("natural_person", "enterprise", "total"):
                    assert before[f"applications.carried_over.{column}"] == after[f"applications.carried_in.{column}"]


@few
@given(caseloads(most=3), caseloads(most=3))
def test_the_figures_of_several_organs_are_the_sums_of_each(first, second):
    with recorded(first) as one, recorded(second) as other:
        form = form_for_year(2025)
        each = [figures([organ], year_of(2025), form) for organ in (one, other)]
        assert figures([one, other], year_of(2025), form) == {key: each[0][key] + each[1][key] for key in each[0]}


@few
@given(caseloads())
def test_the_exported_ledger_compiles_to_the_live_figures(load):
    with recorded(load) as organ:
        for year in YEARS:
            form = form_for_year(year)
            live = figures([organ], year_of(year), form)
            for data in (ledger_of(organ, year, names=False), ledger_of(organ, None, names=True)):
                made = compile_ledger(data, "青澜市水利局", year)
                assert made.errors == ()
                assert {key: made.report.values[key] for key in live} == live
