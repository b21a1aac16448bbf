"""Rules of the form: edition, tables and cells that must be there, the power to make 规章, what stands in a cell."""

from decimal import Decimal

import pytest

from gongkai.report import Finding

from .builders import codes, make_reading, make_report, make_values, only, run


def test_a_report_without_fault_has_no_finding_of_the_form():
    assert codes(make_reading(), family="form") == []
    assert codes(make_report(), family="form") == []


def test_the_2019_form_used_for_2022_is_named_with_both_editions():
    finding = only(run(make_report(edition="2019", year=2022)), "edition-for-year")
    assert finding.severity == "warning"
    assert "2019 版格式" in finding.message
    assert "2021 版格式" in finding.message


@pytest.mark.parametrize(("edition", "year"), [("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2025)])
def test_the_edition_of_its_years_is_right(edition, year):
    assert "edition-for-year" not in codes(make_report(edition=edition, year=year))


def test_blank_cells_of_a_table_make_one_finding():
    values = make_values() | {key: None for key in make_values() if key.startswith("applications.")}
    finding = only(run(make_report(values=values)), "blank-cells")
    assert len(finding.cells) == 175
    assert "175" in finding.message


def test_a_mark_is_not_a_blank_and_is_quoted():
    values = make_values(proactive__licences=None)
    findings = run(make_report(values=values, marks={"proactive.licences": "—"}), family="form")
    assert [finding.code for finding in findings] == ["cell-marks"]
    assert "“—”" in findings[0].message
    assert findings[0].severity == "warning"


def test_a_mark_for_rules_is_only_a_note_where_the_organ_has_no_power_to_make_them():
    values = make_values(proactive__rules__issued=None)
    finding = only(run(make_report(values=values, marks={"proactive.rules.issued": "/"})), "cell-marks")
    assert finding.severity == "note"


def test_a_blank_that_the_reading_doubts_is_not_blamed_on_the_report():
    report = make_report(values=make_values(proactive__licences=None))
    doubt = Finding("unclear", "reading", "warning", "读不清。", "", ("proactive.licences",))
    assert "blank-cells" not in codes(make_reading(report, findings=[doubt]))


def test_negative_and_fractional_counts_are_warnings():
    values = make_values(proactive__penalties=-3, proactive__licences=Decimal("2.5"))
    findings = run(make_report(values=values))
    assert only(findings, "negative-figure").cells == ("proactive.penalties",)
    assert only(findings, "fractional-count").cells == ("proactive.licences",)


def test_a_fraction_in_an_amount_and_a_negative_change_are_right():
    values = make_values("2019", proactive__licences__change=-3, proactive__procurement__amount=Decimal("12.5"))
    assert not {"negative-figure", "fractional-count"} & set(
        codes(make_report(edition="2019", year=2020, values=values))
    )


def test_a_unit_inside_a_cell_is_told_from_a_remark():
    report = make_report(values=make_values(proactive__fees=12, proactive__normative_documents__issued=22))
    raw = {"proactive.fees": "12万元", "proactive.normative_documents.issued": "22（其中修订 16 件）"}
    findings = run(make_reading(report, raw=raw))
    assert only(findings, "unit-in-cell").cells == ("proactive.fees",)
    assert only(findings, "unit-in-cell").severity == "warning"
    assert only(findings, "remark-in-cell").cells == ("proactive.normative_documents.issued",)
    assert only(findings, "remark-in-cell").severity == "note"


@pytest.mark.parametrize("raw", ["12", " 12 ", "１２", "12\n", "+12", "1,200", "[bookmark: _GoBack]12"])
def test_a_cell_with_nothing_but_a_figure_is_right(raw):
    report = make_report(values=make_values(proactive__licences=12))
    assert not {"unit-in-cell", "remark-in-cell"} & set(codes(make_reading(report, raw={"proactive.licences": raw})))


def test_a_row_with_too_few_cells_of_a_grid_is_an_error_that_names_the_cell():
    values = make_values()
    del values["proactive.normative_documents.in_force"]
    finding = only(run(make_reading(make_report(values=values), raw=dict.fromkeys(values, "0"))), "missing-cells")
    assert finding.severity == "error"
    assert finding.cells == ("proactive.normative_documents.in_force",)
    assert "应有 3 格，只有 2 格" in finding.message


def test_a_short_row_that_the_reader_saw_is_an_error_though_its_columns_are_in_doubt():
    values = make_values()
    row = [key for key in values if key.startswith("proactive.normative_documents.")]
    del values[row[2]]
    seen = Finding("row-short", "reading", "warning", "一行只有 2 格。", "", tuple(row))
    finding = only(run(make_reading(make_report(values=values), findings=[seen])), "missing-cells")
    assert finding.severity == "error"
    assert finding.cells == (row[2],)


def test_cells_missing_in_a_text_without_a_grid_are_no_certain_fault():
    values = make_values()
    del values["proactive.compulsion"]
    assert only(run(make_reading(make_report(values=values))), "missing-cells").severity == "warning"
    assert only(run(make_report(values=values)), "missing-cells").severity == "error"


def test_cells_missing_where_the_reading_is_in_doubt_are_no_certain_fault():
    values = {key: 0 for key in make_values() if not key.startswith("remedies.litigation")}
    reading = make_reading(make_report(values=values), raw=dict.fromkeys(values, "0"))
    assert only(run(reading), "missing-cells").severity == "warning"
    values = make_values()
    del values["applications.other.total"]
    doubt = Finding("figures-unplaced", "reading", "warning", "不能确定。", "", ("applications.other.total",))
    reading = make_reading(make_report(values=values), raw=dict.fromkeys(values, "0"), findings=[doubt])
    assert only(run(reading), "missing-cells").severity == "warning"


def test_a_missing_table_is_one_error_not_one_a_cell():
    values = {key: 0 for key in make_values() if not key.startswith("remedies.")}
    findings = run(make_reading(make_report(values=values)), family="form")
    assert [finding.code for finding in findings] == ["missing-table"]
    assert findings[0].severity == "error"
    assert "表四" in findings[0].message


def test_a_table_whose_words_stand_in_the_text_was_not_read():
    values = {key: 0 for key in make_values() if not key.startswith("remedies.")}
    report = make_report(values=values, sections={"remedies": "结果维持结果纠正其他结果尚未审结总计\n00000"})
    finding = only(run(make_reading(report)), "missing-table")
    assert (finding.severity, finding.verdict) == ("warning", "reading")


def test_a_document_of_which_no_table_was_read_is_no_certain_fault():
    finding = only(run(make_reading(make_report(values={}, edition=None))), "missing-table")
    assert finding.severity == "warning"


def test_what_may_follow_the_end_of_a_cut_document_is_not_missing():
    keys = list(make_values())
    cut = keys[: keys.index("applications.disclosed.total")]
    report = make_report(
        values=dict.fromkeys(cut, 0), sections={"problems": "", "other_matters": ""}, introduction="依法编制本报告。"
    )
    reading = make_reading(
        report, headings=[h for h in make_reading().headings if h.section in ("overview", "proactive", "applications")]
    )
    findings = run(reading)
    assert only(findings, "document-cut").verdict == "reading"
    assert "（一）予以公开" in only(findings, "document-cut").message
    later = {
        "missing-table",
        "missing-cells",
        "heading-missing",
        "problems-empty",
        "fees-unmentioned",
        "contact-missing",
    }
    assert not later & {finding.code for finding in findings}


def test_a_hole_before_the_end_of_a_cut_document_is_missing():
    keys = [key for key in make_values() if key.startswith("proactive.")]
    keys.remove("proactive.rules.in_force")
    report = make_report(values=dict.fromkeys(keys, 0), sections={"problems": "", "other_matters": ""})
    assert only(run(make_reading(report)), "missing-cells").cells == ("proactive.rules.in_force",)


def test_other_handling_as_one_row_is_a_warning_and_its_rows_are_not_missing():
    values = {k: 0 for k in make_values() if ".other_uncorrected." not in k and ".other_fee_unpaid." not in k}
    findings = run(make_reading(make_report(values=values)), family="form")
    assert [finding.code for finding in findings] == ["other-handling-merged"]
    assert "其他处理" in findings[0].message


@pytest.mark.parametrize("organ", ["柳河县白水镇人民政府", "江州市东湖区财政局", "柳河县人民政府", "南岗街道办事处"])
def test_rules_of_an_organ_without_the_power_are_an_error(organ):
    report = make_report(organ=organ, values=make_values(proactive__rules__in_force=6))
    finding = only(run(report), "rules-without-power")
    assert finding.severity == "error"
    assert finding.cells == ("proactive.rules.in_force",)
    assert "6" in finding.message


@pytest.mark.parametrize("organ", ["江河省人民政府", "江州市人民政府", "江州市人民政府办公室", "江州市财政局", None])
def test_rules_of_an_organ_that_may_have_the_power_are_no_finding(organ):
    report = make_report(organ=organ, values=make_values(proactive__rules__in_force=6))
    assert "rules-without-power" not in codes(report)


def test_fewer_documents_in_force_than_can_be_is_a_warning():
    base = "proactive__normative_documents__"
    sure = make_values(**{base + "issued": 9, base + "repealed": 2, base + "in_force": 5})
    maybe = make_values(**{base + "issued": 9, base + "repealed": 4, base + "in_force": 5})
    assert only(run(make_report(values=sure)), "in-force-below-new").severity == "warning"
    assert only(run(make_report(values=maybe)), "in-force-below-new").severity == "note"


def test_decisions_that_are_a_running_sum_of_items_are_noted():
    values = make_values("2019")
    values |= {"proactive.licences.previous": 8, "proactive.licences.change": 10, "proactive.licences.decisions": 18}
    assert "decisions-equal-items" in codes(make_report(edition="2019", year=2020, values=values))
