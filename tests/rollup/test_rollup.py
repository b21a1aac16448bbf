"""Sums of reports: each part once, as declared, and what is missing stays visible."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.checking import check
from gongkai.report.form import load_form
from gongkai.report.report import Report
from gongkai.rollup import Part, differences, roll_up

FORM = load_form("2021")
ZERO = dict.fromkeys(FORM.cells, 0)


def _part(kind="department", **cells):
    return Part("某局", kind, ZERO | {key.replace("__", "."): number for key, number in cells.items()})


def test_figures_of_the_parts_are_added_and_each_is_kept():
    found = roll_up(
        {
            "a": _part(applications__received__total=3),
            "b": _part("township", applications__received__total=4),
            "own": _part("own", applications__received__total=5),
        },
        FORM,
    )
    assert found.values["applications.received.total"] == 12
    assert found.by_cell["applications.received.total"] == {"a": 3, "b": 4, "own": 5}


def test_fees_are_added_exactly():
    found = roll_up({"a": _part(proactive__fees=Decimal("0.1")), "b": _part(proactive__fees=Decimal("0.2"))}, FORM)
    assert found.values["proactive.fees"] == Decimal("0.3")


def test_rules_that_a_department_prints_are_not_added():
    found = roll_up(
        {"a": _part(proactive__rules__in_force=6), "city": _part("government", proactive__rules__in_force=2)}, FORM
    )
    assert found.values["proactive.rules.in_force"] == 2


def test_a_part_that_has_not_filed_is_missing_and_the_sum_is_not_whole():
    found = roll_up({"a": _part(), "b": Part("乙局", "department", None)}, FORM)
    assert found.missing == ("b",)
    assert not found.whole


def test_a_blank_cell_adds_nothing_and_is_told():
    found = roll_up({"a": _part(applications__received__total=None), "b": _part(applications__received__total=2)}, FORM)
    assert found.values["applications.received.total"] == 2
    assert found.blank["applications.received.total"] == ("a",)


def test_where_no_part_gives_a_figure_there_is_none():
    assert roll_up({"a": Part("甲局", "department", None)}, FORM).values["applications.received.total"] is None


def test_facts_of_the_year_are_added_and_the_governments_meetings_are_its_own():
    parts = {
        "a": Part("甲局", "department", ZERO, {"trainings": 2, "meetings": 3, "appraisal": "良好"}),
        "own": Part("区政府", "own", ZERO, {"trainings": 1, "meetings": 4}),
    }
    assert roll_up(parts, FORM).facts == {"trainings": 3, "meetings": 4}


@pytest.mark.parametrize(
    ("silent", "told"),
    [
        ({}, {"overdue": 0, "on_time": 5, "trainings": 2}),  # nothing was finished there
        ({"applications__total__total": 82}, {"trainings": 2}),
        ({"applications__total__total": None}, {"trainings": 2}),
    ],
)
def test_how_applications_were_handled_is_told_of_all_only_where_all_tell_it(silent, told):
    values = ZERO | {"applications.total.total": 5}
    parts = {
        "a": Part("甲局", "department", values, {"overdue": 0, "on_time": 5, "trainings": 2}),
        "own": Part("区政府", "own", {}),
        "file": _part(**silent),
    }
    assert roll_up(parts, FORM).facts == told


def test_a_total_that_differs_names_both_numbers_and_the_cells():
    summed = roll_up({"a": _part(applications__received__total=90, applications__received__natural_person=90)}, FORM)
    printed = ZERO | {"applications.received.total": 100, "applications.received.natural_person": 90}
    (found,) = differences(printed, summed, FORM)
    assert (found.code, found.severity) == ("total-differs-from-parts", "error")
    assert found.cells == ("applications.received.total",)
    assert "填报 100，合计 90，相差 10" in found.message


def test_while_a_part_is_missing_only_a_total_below_the_sum_is_told_as_a_warning():
    summed = roll_up(
        {"a": _part(proactive__licences=7, proactive__penalties=2), "b": Part("乙局", "department", None)}, FORM
    )
    found = differences(ZERO | {"proactive.licences": 5, "proactive.penalties": 9}, summed, FORM)
    assert [(one.code, one.severity, one.cells) for one in found] == [
        ("parts-missing", "warning", ()),
        ("total-differs-from-parts", "warning", ("proactive.licences",)),
    ]
    assert "乙局" in found[0].message


def test_a_total_that_is_left_blank_while_the_parts_have_figures_differs():
    summed = roll_up({"a": _part(proactive__licences=7)}, FORM)
    (found,) = differences(ZERO | {"proactive.licences": None}, summed, FORM)
    assert "没有填，合计 7" in found.message


def _sound(draw):
    """A report in which every identity holds: the outcomes of an inner column are drawn, all else follows."""
    values = dict(ZERO)
    people = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organisation")
    rows = [key.split(".")[1] for key in FORM.cells if key.startswith("applications.") and key.endswith(".total")]
    outcomes = [row for row in rows if row not in ("received", "carried_in", "total", "carried_over")]
    for column in people:
        for row in draw(st.lists(st.sampled_from(outcomes), max_size=4)):
            values[f"applications.{row}.{column}"] += 1
        values[f"applications.total.{column}"] = sum(values[f"applications.{row}.{column}"] for row in outcomes)
        values[f"applications.carried_over.{column}"] = draw(st.integers(0, 3))
        done = values[f"applications.total.{column}"] + values[f"applications.carried_over.{column}"]
        values[f"applications.carried_in.{column}"] = draw(st.integers(0, done))
        values[f"applications.received.{column}"] = done - values[f"applications.carried_in.{column}"]
    for row in rows:
        values[f"applications.{row}.total"] = sum(values[f"applications.{row}.{column}"] for column in people)
    return values


sound = st.composite(_sound)()


@given(st.lists(sound, min_size=1, max_size=6))
def test_the_sum_of_sound_reports_is_sound_and_differs_from_its_parts_nowhere(reports):
    found = roll_up({str(n): Part(f"第{n}局", "department", one) for n, one in enumerate(reports)}, FORM)
    report = Report(edition="2021", year=2025, values=found.values)
    broken = {one.code for one in check(report) if one.severity == "error" and one.cells}
    assert broken == set()
    assert differences(found.values, found, FORM) == ()


@given(st.lists(sound, min_size=2, max_size=6))
def test_adding_up_district_by_district_gives_the_same_as_all_at_once(reports):
    parts = {str(n): Part(f"第{n}局", "department", one) for n, one in enumerate(reports)}
    keys = sorted(parts)
    half = len(keys) // 2
    districts = {
        side: Part(side, "government", roll_up({key: parts[key] for key in some}, FORM).values)
        for side, some in (("east", keys[:half]), ("west", keys[half:]))
    }
    everything = {key: number for key, number in roll_up(parts, FORM).values.items() if number is not None}
    again = roll_up(districts, FORM).values
    assert {key: again[key] for key in everything} == everything
