"""The smallest repair: proven smallest, every alternative, independent groups, witnesses, blanks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations

import pytest
from benchmarks.repair import TARGETS, outcome, plain_model, random_report, run, spoil
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.report import load_form
from gongkai.report.identities import violations
from gongkai.report.repair import Repair, smallest_repair
from gongkai.report.repair import repair as orchestration
from gongkai.report.repair.ranking import independent_groups, surprise

FORM = load_form("2021")


def zeros(**changes: object) -> dict[str, object]:
    """Every cell 0 but the changes; dots of a key are written as double underscores."""
    return dict.fromkeys(FORM.cells, 0) | {key.replace("__", "."): value for key, value in changes.items()}


def remedies(upheld: object, corrected: object, other: object, pending: object, total: object) -> dict[str, object]:
    """A report of zeros but for 行政复议."""
    kinds = {"upheld": upheld, "corrected": corrected, "other": other, "pending": pending, "total": total}
    return zeros(**{f"remedies__reconsideration__{key}": value for key, value in kinds.items()})


def shorter(figures: Mapping[str, int]) -> dict[str, int]:
    """Without the table and row of 行政复议."""
    return {key.removeprefix("remedies.reconsideration."): value for key, value in figures.items()}


def spoilt(seed: int, count: int, form=FORM) -> tuple[dict[str, int], set[str]]:
    rng = random.Random(seed)
    return spoil(random_report(form, rng), count, rng)


# ── what a repair is ────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(0, 10_000))
def test_a_consistent_report_needs_no_repair(seed):
    assert smallest_repair(FORM, random_report(FORM, random.Random(seed))) == Repair()


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5), st.sampled_from(["2021", "2019"]))
def test_whatever_is_chosen_every_identity_holds_and_no_figure_is_negative(seed, count, edition):
    form = load_form(edition)
    values, _ = spoilt(seed, count, form)
    repair = smallest_repair(form, values)
    for figures in repair.alternatives(limit=200):
        assert violations(form, {**values, **figures}) == ()
        assert all(isinstance(value, int) and value >= 0 for value in figures.values())
        assert all(values[cell] != value for cell, value in figures.items())
        assert len(figures) == repair.size


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_no_more_figures_are_changed_than_were_made_wrong(seed, count):
    values, wrong = spoilt(seed, count)
    repair = smallest_repair(FORM, values)
    assert repair.size <= len(wrong)
    assert repair.proven


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10_000), st.integers(1, 5), st.sampled_from([0, 0, 10, 60]))
def test_the_plain_model_of_the_whole_form_finds_none_smaller(seed, count, blanks):
    """An independent model, also with figures left blank at random."""
    values: dict[str, int | None] = dict(spoilt(seed, count)[0])
    for cell in random.Random(seed).sample(sorted(values), blanks):
        values[cell] = None
    size, _ = plain_model(FORM, values)
    assert smallest_repair(FORM, values).size == size


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_all_the_smallest_sets_of_a_row_are_found(figures):
    """Against trying every set of the five cells of 行政复议 with every value up to the largest possible sum."""
    total = figures[4]
    names = ("upheld", "corrected", "other", "pending", "total")
    expected: set[frozenset[str]] = set()
    for size in range(6):
        for cells in combinations(range(5), size):
            parts_kept = sum(figures[n] for n in range(4) if n not in cells)
            parts_free = [n for n in cells if n < 4]
            # The rest can be anything from 0, but must differ from what is printed: else the set would be smaller.
            if 4 in cells:
                fits = parts_kept != total or size == 0 or bool(parts_free)
            else:
                fits = (total >= parts_kept) if parts_free else total == parts_kept
            if fits:
                expected.add(frozenset(names[n] for n in cells))
        if expected:
            break
    repair = smallest_repair(FORM, remedies(*figures))
    if not repair.groups:
        assert expected == {frozenset()}
    else:
        assert {frozenset(shorter(choice.figures)) for choice in repair.groups[0].choices} == expected


@pytest.mark.parametrize("count", [1, 2, 3])
def test_figures_changed_at_random_are_found_as_often_as_promised(count):
    assert run(count, 60, seed=7, plain_trials=0).share >= TARGETS[count]


def test_the_same_report_gives_the_same_repair():
    values, _ = spoilt(5, 3)
    assert smallest_repair(FORM, values) == smallest_repair(FORM, dict(reversed(values.items())))


# ── localisation ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_row_and_a_column_that_fail_point_at_the_cell_where_they_cross():
    values = zeros(
        applications__received__natural_person=67,
        applications__received__total=67,
        applications__disclosed__natural_person=64,
        applications__disclosed__total=64,
        applications__other__natural_person=3,
        applications__other__total=13,
        applications__total__natural_person=67,
        applications__total__total=67,
    )
    (group,) = smallest_repair(FORM, values).groups
    assert group.repair == {"applications.other.total": 3}
    assert group.decided == "only"
    assert {(one.identity.code, one.left, one.right) for one in group.violations} == {
        ("row-sum", 13, 3),
        ("column-sum", 67, 77),
    }


def test_a_figure_that_would_become_negative_is_not_changed():
    """10 + 1 above a total of 2: only the 10 and the total can give way, 1 would have to become -8."""
    (group,) = smallest_repair(FORM, remedies(10, 1, 0, 0, 2)).groups
    assert {frozenset(shorter(choice.figures).items()) for choice in group.choices} == {
        frozenset({("total", 11)}),
        frozenset({("upheld", 1)}),
    }
    assert group.decided == ""
    assert group.repair is None


def test_errors_without_a_common_identity_are_groups_of_their_own():
    values = zeros(
        remedies__reconsideration__total=4,
        remedies__litigation_direct__total=2,
        applications__disclosed__enterprise=1,
    )
    repair = smallest_repair(FORM, values)
    assert [group.size for group in repair.groups] == [1, 1, 1]
    assert [len(group.choices) for group in repair.groups] == [1, 5, 5]
    assert len(repair.alternatives()) == 25


def test_two_independent_errors_within_table_three_are_two_groups():
    values = zeros(applications__disclosed__enterprise=1, applications__declined_repeat__natural_person=7)
    repair = smallest_repair(FORM, values)
    assert [group.repair for group in repair.groups] == [
        {"applications.declined_repeat.natural_person": 0},
        {"applications.disclosed.enterprise": 0},
    ]


def test_errors_of_the_same_size_may_cross_and_then_belong_together():
    """1 too much at (a, x) and (b, y) looks the same as 1 too much at (a, y) and (b, x), where there is one to take."""
    crossing = [
        f"applications.{row}.{column}"
        for row in ("disclosed", "declined_repeat")
        for column in ("natural_person", "enterprise")
    ]
    values = dict.fromkeys(FORM.cells, 0) | dict.fromkeys(crossing, 1)
    values |= {f"applications.{row}.total": 2 for row in ("disclosed", "declined_repeat")}
    for row in ("received", "total"):
        values |= {f"applications.{row}.{column}": 2 for column in ("natural_person", "enterprise")}
        values |= {f"applications.{row}.total": 4}
    assert violations(FORM, values) == ()
    first, second, third, fourth = crossing
    (group,) = smallest_repair(FORM, {**values, first: 2, fourth: 2}).groups
    assert [dict(choice.figures) for choice in group.choices] == [{first: 1, fourth: 1}, {second: 0, third: 0}]


def test_the_number_of_groups_follows_from_the_sets():
    """{a, b} x {c} is two groups; {a, c}, {b, d} is one."""
    a, b, c, d = 1, 2, 4, 8
    assert independent_groups([a | c, b | c], []) == [a | b, c]
    assert independent_groups([a | c, b | d], []) == [a | b | c | d]
    assert independent_groups([a | c], [a | c]) == [a | c]


# ── which of the equally small ones ─────────────────────────────────────────────────────────────────────────────

TOTAL = ("remedies.reconsideration.total",)
UPHELD = ("remedies.reconsideration.upheld",)


def test_without_a_witness_one_has_to_choose():
    (group,) = smallest_repair(FORM, remedies(5, 1, 0, 0, 7)).groups
    assert len(group.choices) == 5
    assert group.repair is None


def test_a_witness_decides_between_equally_small_repairs():
    (group,) = smallest_repair(FORM, remedies(5, 1, 0, 0, 7), {TOTAL: 6}).groups
    assert (group.repair, group.decided) == ({"remedies.reconsideration.total": 6}, "witness")


def test_a_witness_for_what_is_printed_puts_other_cells_first():
    (group,) = smallest_repair(FORM, remedies(5, 1, 0, 0, 7), {TOTAL: 7}).groups
    assert group.decided == ""
    assert shorter(group.choices[-1].figures) == {"total": 6}


def test_a_witness_of_a_sum_of_cells_counts_too():
    both = ("remedies.litigation_direct.total", "remedies.litigation_after_reconsideration.total")
    values = zeros(
        remedies__litigation_direct__upheld=4,
        remedies__litigation_direct__pending=1,
        remedies__litigation_direct__total=9,
        remedies__litigation_after_reconsideration__upheld=1,
        remedies__litigation_after_reconsideration__total=1,
    )
    (group,) = smallest_repair(FORM, values, {both: 6}).groups
    assert group.repair == {"remedies.litigation_direct.total": 5}


def test_a_total_left_at_zero_is_filled_in_rather_than_its_only_part_struck_out():
    (group,) = smallest_repair(FORM, remedies(5, 0, 0, 0, 0)).groups
    assert len(group.choices) == 2
    assert (group.repair, group.decided) == ({"remedies.reconsideration.total": 5}, "unfilled")


def test_a_witness_outweighs_a_total_left_at_zero():
    (group,) = smallest_repair(FORM, remedies(5, 0, 0, 0, 0), {UPHELD: 0, TOTAL: 0}).groups
    assert (group.repair, group.decided) == ({"remedies.reconsideration.upheld": 0}, "witness")


def test_a_slip_of_digits_is_likelier_than_another_number_and_a_total_likelier_than_a_part():
    assert surprise(21, 12, False) < surprise(21, 30, False)
    assert surprise(110, 10, False) < surprise(110, 20, False) + 1
    assert surprise(7, 19, True) < surprise(7, 19, False)


# ── blanks, marks, merged rows, figures that are no counts ──────────────────────────────────────────────────────


def test_a_blank_total_is_proposed_and_nothing_is_changed():
    repair = smallest_repair(FORM, remedies(3, 2, 0, 0, None))
    assert (repair.groups, repair.proposals) == ((), {"remedies.reconsideration.total": 5})


def test_blanks_that_are_0_are_not_proposed():
    assert smallest_repair(FORM, remedies(0, 0, None, None, 0)) == Repair()


def test_a_blank_part_is_proposed_where_no_other_cell_can_make_up_the_sum():
    assert smallest_repair(FORM, remedies(3, None, 0, 0, 5)).proposals == {"remedies.reconsideration.corrected": 2}


def test_where_either_of_two_blanks_can_make_up_the_sum_none_is_proposed():
    repair = smallest_repair(FORM, remedies(3, None, None, 0, 5))
    assert (repair.groups, repair.proposals) == ((), {})
    (gap,) = repair.undetermined
    assert (gap.left, gap.right) == (5, 3)


def test_a_column_of_blank_totals_is_filled_in_from_the_rows():
    values: dict[str, object] = dict(random_report(FORM, random.Random(3)))
    rows = [row.key for row in FORM.table("applications").blocks[0].rows if row.result]
    blanked = {f"applications.{row}.total": values[f"applications.{row}.total"] for row in rows}
    repair = smallest_repair(FORM, {**values, **dict.fromkeys(blanked)})
    assert repair.groups == ()
    assert repair.proposals == {cell: value for cell, value in blanked.items() if value}


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 2), st.integers(1, 40))
def test_repair_and_proposals_leave_no_identity_broken(seed, count, blanks):
    values: dict[str, int | None] = dict(spoilt(seed, count)[0])
    for cell in random.Random(seed).sample(sorted(values), blanks):
        values[cell] = None
    repair = smallest_repair(FORM, values)
    assume(repair.decided and not repair.undetermined)
    for figures in repair.alternatives():
        full = {cell: value or 0 for cell, value in {**values, **repair.proposals, **figures}.items()}
        assert violations(FORM, full) == ()


def test_identities_that_hold_one_by_one_may_contradict_each_other_through_a_blank():
    """The blank total of a row would have to be 4 for its row and 0 for its column."""
    values = zeros(
        applications__disclosed__natural_person=4,
        applications__disclosed__total=None,
        applications__total__natural_person=4,
        applications__received__natural_person=4,
    )
    assert {one.identity.scope for one in violations(FORM, values)} == {"received", "total"}
    repair = smallest_repair(FORM, values)
    assert repair.size == 2
    assert repair.alternatives()[0] == {"applications.received.total": 4, "applications.total.total": 4}
    assert repair.proposals == {"applications.disclosed.total": 4}


def test_a_row_merged_into_another_is_not_asked_to_make_up_a_sum():
    lost = ("other_uncorrected", "other_fee_unpaid")
    values = {
        key: value for key, value in zeros(applications__other__research=2).items() if key.split(".")[1] not in lost
    }
    (group,) = smallest_repair(FORM, values).groups
    assert group.repair == {"applications.other.research": 0}


@pytest.mark.parametrize("printed", [-2, Decimal("1.5")])
def test_a_figure_that_is_no_count_has_to_change(printed):
    (group,) = smallest_repair(FORM, remedies(3, printed, 0, 0, 4)).groups
    assert group.repair == {"remedies.reconsideration.corrected": 1}


# ── reports that contradict themselves all over ─────────────────────────────────────────────────────────────────


def test_the_model_takes_over_where_the_search_grows_too_large(monkeypatch):
    values, wrong = spoilt(11, 3)
    searched = smallest_repair(FORM, values)
    monkeypatch.setattr(orchestration, "_BRANCHES", 0)
    modelled = smallest_repair(FORM, values)
    assert (modelled.size, modelled.proven) == (searched.size, True)
    assert outcome(modelled, wrong) != "missed"
    assert violations(FORM, {**values, **modelled.alternatives()[0]}) == ()


def test_a_report_that_is_wrong_as_a_whole_still_gets_a_repair_that_holds():
    values, wrong = spoilt(4, 60)
    repair = smallest_repair(FORM, values)
    assert 0 < repair.size <= len(wrong)
    assert violations(FORM, {**values, **repair.alternatives()[0]}) == ()
    assert all(group.cut and not group.decided for group in repair.groups if not group.proven)
