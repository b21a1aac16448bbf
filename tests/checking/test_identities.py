"""The rules of the identities: one finding for each contradiction, with both sides, the cell and the repair."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from benchmarks.repair import random_report, spoil

from gongkai.checking.identities import blank_determined, repair_of, witnesses
from gongkai.checking.rules import RULES, Subject
from gongkai.reading.reading import Evidence, Reading
from gongkai.reading.stated import Stated
from gongkai.report import Finding, Report, load_form
from gongkai.report.identities import violations

FORM = load_form("2021")
LABELS = Path(__file__).parents[3] / "shared" / "reports" / "labels"


def subject(values: dict[str, object], edition: str = "2021", **more: object) -> Subject:
    report = Report(organ="某市某局", year=2023, edition=edition, values=values)
    return Subject(report, load_form(edition), **more)


def zeros(**changes: object) -> dict[str, object]:
    """Every cell 0 but the changes; dots of a key are written as double underscores."""
    return dict.fromkeys(FORM.cells, 0) | {key.replace("__", "."): value for key, value in changes.items()}


def findings(case: Subject) -> list[Finding]:
    return [finding for rule in RULES.values() if rule.family == "identity" for finding in rule.check(case)]


def crossing(total: int) -> dict[str, object]:
    """67 applications, of which 64 were granted and 3 handled otherwise; the total of the latter prints ``total``."""
    return zeros(
        applications__received__natural_person=67,
        applications__received__total=67,
        applications__disclosed__natural_person=64,
        applications__disclosed__total=64,
        applications__other__natural_person=3,
        applications__other__total=total,
        applications__total__natural_person=67,
        applications__total__total=67,
    )


def test_every_kind_of_identity_of_every_edition_is_a_rule():
    codes = {identity.code for edition in ("2019", "2021") for identity in load_form(edition).identities}
    assert codes == {"row-sum", "column-sum", "column-balance", "remedies-sum"}
    assert all(RULES[code].family == "identity" and RULES[code].severity == "error" for code in codes)


def test_a_report_that_adds_up_has_no_finding():
    assert findings(subject(crossing(3))) == []


def test_an_unknown_edition_is_left_alone():
    assert findings(Subject(Report(values={"applications.other.total": 5}), None)) == []


def test_one_wrong_cell_is_one_finding_with_both_sides_and_the_repair():
    (finding,) = findings(subject(crossing(13)))
    assert (finding.code, finding.severity, finding.verdict) == ("row-sum", "error", "report")
    assert finding.cells[0] == "applications.other.total"
    assert finding.repair == {"applications.other.total": 3}
    assert finding.alternatives == ()
    assert finding.where.section == 3
    for said in (
        "“（六）其他处理3.其他”总计填报 13",
        "之和为 3",
        "相差 10",
        "“（七）总计”总计填报 67",
        "之和为 77",
        "改为 3",
    ):
        assert said in finding.message
    assert "表三“总计”列" in finding.basis


def test_independent_contradictions_are_findings_of_their_own():
    values = crossing(13) | {"remedies.reconsideration.total": 2}
    assert [finding.code for finding in findings(subject(values))] == ["row-sum", "remedies-sum"]


def test_a_carried_over_column_that_does_not_balance_names_the_column():
    """One column and its row fail: the figure of 结转下年度 where they cross."""
    values = crossing(3) | {"applications.carried_over.natural_person": 4}
    (finding,) = findings(subject(values))
    assert finding.repair == {"applications.carried_over.natural_person": 0}
    assert "“自然人”一列第一项加第二项之和为 67，第三项加第四项之和为 71，相差 4" in finding.message


def test_equally_small_repairs_are_alternatives():
    (finding,) = findings(subject(zeros(remedies__reconsideration__total=2)))
    assert finding.repair is None
    assert len(finding.alternatives) == 5
    assert "改法有 5 种" in finding.message


def stated(value: int, *cells: str, **more: object) -> Stated:
    return Stated("overview", f"某句 {value} 件。", value, 3, 4, cells=cells, **more)


def test_an_exact_figure_of_the_narrative_decides():
    told = (stated(1, "remedies.reconsideration.other"), stated(2, "remedies.reconsideration.pending"))
    values = zeros(remedies__reconsideration__other=1, remedies__reconsideration__total=3)
    (finding,) = findings(subject(values, stated=told))
    assert finding.repair == {"remedies.reconsideration.pending": 2}
    assert "正文" in finding.message


@pytest.mark.parametrize("more", [{"approximate": "about"}, {"readings": (("applications.received.total",),)}])
def test_an_approximate_or_ambiguous_figure_is_no_witness(more):
    assert witnesses(FORM, [stated(2, "remedies.reconsideration.pending", **more)], None) == {}


def test_two_sentences_that_contradict_each_other_are_no_witness():
    cell = "remedies.reconsideration.total"
    assert witnesses(FORM, [stated(2, cell), stated(3, cell)], None) == {}


def test_what_last_year_carried_over_decides_what_this_year_carried_in():
    """1 too much in two rows and two columns: without last year's report either pair of crossing cells may be wrong."""
    values: dict[str, object] = dict.fromkeys(FORM.cells, 0)
    for row, figure in {"received": 2, "carried_in": 2, "disclosed": 4, "total": 4}.items():
        both = {f"applications.{row}.natural_person": figure, f"applications.{row}.enterprise": figure}
        values |= both | {f"applications.{row}.total": 2 * figure}
    values |= {"applications.received.natural_person": 3, "applications.carried_in.enterprise": 3}
    (open_finding,) = findings(subject(values))
    assert len(open_finding.alternatives) == 2
    before = Report(year=2022, edition="2021", values={"applications.carried_over.enterprise": 2})
    (finding,) = findings(subject(values, previous=before))
    assert finding.repair == {"applications.received.natural_person": 2, "applications.carried_in.enterprise": 2}
    assert "上年年度报告" in finding.message


def test_a_report_of_another_year_is_no_witness():
    older = Report(year=2019, edition="2019", values={"applications.carried_over.total": 1})
    told = zeros(applications__carried_in__total=1)
    assert repair_of(subject(told, previous=older)) == repair_of(subject(told))


def test_a_column_of_blank_totals_is_one_warning_with_all_its_cells():
    values: dict[str, object] = dict(random_report(FORM, random.Random(3)))
    rows = [row.key for row in FORM.table("applications").blocks[0].rows if row.result]
    blank = {f"applications.{row}.total": values[f"applications.{row}.total"] for row in rows}
    (finding,) = findings(subject({**values, **dict.fromkeys(blank)}))
    assert (finding.code, finding.severity) == ("blank-determined", "warning")
    assert finding.repair == {cell: value for cell, value in blank.items() if value}
    assert set(finding.cells) == set(finding.repair)


def test_a_figure_that_could_not_be_read_is_not_called_blank():
    values = crossing(3) | {"applications.disclosed.total": None}
    doubt = Finding("doubtful", "reading", "warning", "。", "。", ("applications.disclosed.total",))
    (finding,) = findings(subject(values, reading=Reading(Report(values=values), findings=(doubt,))))
    assert (finding.verdict, finding.repair) == ("reading", {"applications.disclosed.total": 64})


def test_blanks_of_which_it_is_not_clear_which_is_wanting_are_a_warning_without_repair():
    values = zeros(remedies__reconsideration__upheld=3, remedies__reconsideration__total=5)
    values |= {"remedies.reconsideration.corrected": None, "remedies.reconsideration.other": None}
    (finding,) = blank_determined(subject(values))
    assert finding.repair is None
    assert set(finding.cells) == {"remedies.reconsideration.corrected", "remedies.reconsideration.other"}
    assert "填报 5" in finding.message
    assert "之和为 3" in finding.message


def test_a_report_that_fills_in_totals_only_contradicts_nothing():
    totals = {"received": 5, "disclosed": 5, "total": 5}
    values = {cell: None for cell in FORM.cells if cell.startswith("applications.")}
    values |= {f"applications.{row}.total": value for row, value in totals.items()}
    assert findings(subject(values)) == []


def test_a_figure_that_the_reading_doubts_is_not_blamed_on_the_publication():
    values = crossing(13)
    doubt = Finding("doubtful", "reading", "warning", "。", "。", ("applications.other.total",))
    place = {"applications.other.total": Evidence("13", page=2, table=2, row=23, column=7)}
    reading = Reading(Report(values=values), evidence=place, findings=(doubt,))
    (finding,) = findings(subject(values, reading=reading))
    assert (finding.verdict, finding.severity) == ("reading", "warning")
    assert (finding.where.page, finding.where.table, finding.where.row, finding.where.column) == (2, 2, 23, 7)


@pytest.mark.parametrize("seed", range(30))
def test_the_repairs_of_all_findings_together_make_every_identity_hold(seed):
    rng = random.Random(seed)
    values, _ = spoil(random_report(FORM, rng), 1 + seed % 4, rng)
    repaired: dict[str, object] = dict(values)
    for finding in findings(subject(values)):
        repaired |= finding.repair or finding.alternatives[-1]
    assert violations(FORM, repaired) == ()


@pytest.mark.skipif(not LABELS.is_dir(), reason="the real reports are not there")
@pytest.mark.parametrize("path", sorted(LABELS.glob("*.json")), ids=lambda path: path.stem)
def test_real_reports_have_the_errors_of_their_labels_and_no_others(path):
    label = json.loads(path.read_text("utf-8"))
    got = findings(subject(label["values"], label.get("edition") or "2021"))
    errors = [finding.repair for finding in got if finding.severity == "error"]
    expected = [error["repair"] for error in label.get("errors", []) if error["family"] == "identity"]
    assert errors == expected


def test_a_table_that_breaks_off_is_not_blamed_for_sums_that_may_have_followed():
    rows = [("received", 2, 1, 2), ("carried_in", 0, 0, 0), ("disclosed", 1, 1, 3)]
    columns = [cell.column.key for cell in FORM.cells.values() if cell.row.key == "received"]
    values = {
        f"applications.{row}.{column}": {"natural_person": person, "enterprise": firm, "total": total}.get(column, 0)
        for row, person, firm, total in rows
        for column in columns
    }
    case = subject(values, reading=Reading(Report()))
    found = [finding for rule in RULES.values() if rule.family == "identity" for finding in rule.check(case)]
    assert [(finding.code, finding.severity) for finding in found] == [("row-sum", "error"), ("row-sum", "warning")]
    assert found[1].verdict == "reading"  # its last figure may be torn off
    assert not any(cell.startswith("applications.total") for finding in found for cell in finding.cells)
