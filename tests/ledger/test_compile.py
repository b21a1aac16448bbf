"""What counts where: table by table, counted by hand."""

from datetime import date
from decimal import Decimal

from gongkai.ledger import RowRef

from .builders import application, compiled, errors, figures

SHEET = "依申请公开"


def test_a_blank_ledger_compiles_to_a_report_of_noughts():
    report = compiled().report
    assert set(report.values) == set(report.form.cells)
    assert set(report.values.values()) == {0}
    assert (report.organ, report.year, report.edition) == ("青澜市水利局", 2025, "2021")


def test_an_application_counts_where_it_came_from_and_where_it_went():
    done = compiled(
        applications=[
            application("1", date(2025, 1, 1), "natural_person", date(2025, 1, 20), "disclosed"),
            application("2", date(2025, 12, 31), "enterprise"),
            application("3", date(2024, 12, 31), "natural_person", date(2025, 1, 2), "declined_petition"),
            application("4", date(2024, 12, 30), "legal_service"),
            application("5", date(2025, 12, 1), "research", date(2026, 1, 5), "disclosed"),
        ]
    )
    assert figures(done) == {
        "applications.received.natural_person": 1,
        "applications.received.enterprise": 1,
        "applications.received.research": 1,
        "applications.carried_in.natural_person": 1,
        "applications.carried_in.legal_service": 1,
        "applications.disclosed.natural_person": 1,
        "applications.declined_petition.natural_person": 1,
        "applications.total.natural_person": 2,
        "applications.carried_over.enterprise": 1,
        "applications.carried_over.legal_service": 1,
        "applications.carried_over.research": 1,
    }
    assert done.report.values["applications.total.total"] == 2
    assert done.report.values["applications.received.total"] == 3


def test_every_figure_traces_to_its_rows():
    done = compiled(
        applications=[
            application("1", date(2025, 1, 1), "natural_person", date(2025, 1, 20), "disclosed"),
            application("2", date(2025, 2, 1), "enterprise", date(2025, 2, 20), "disclosed"),
        ],
        decisions=[{"period": "上半年", "licences": 3}, {"period": "下半年", "licences": 4}],
    )
    assert done.trace["applications.disclosed.enterprise"] == (RowRef(SHEET, 5),)
    assert done.trace["applications.disclosed.total"] == (RowRef(SHEET, 4), RowRef(SHEET, 5))
    assert done.trace["applications.declined_repeat.total"] == ()
    assert done.trace["proactive.licences"] == (RowRef("决定数量和收费", 4), RowRef("决定数量和收费", 5))
    assert set(done.trace) == set(done.report.values)


def test_rows_of_other_years_are_left_out_and_said_so():
    done = compiled(
        applications=[
            application("1", date(2024, 3, 1), finished=date(2024, 3, 9), outcome="disclosed"),
            application("2", date(2026, 1, 4)),
            application("3", date(2025, 1, 4)),
        ]
    )
    assert figures(done) == {
        "applications.received.natural_person": 1,
        "applications.carried_over.natural_person": 1,
    }
    assert "工作表“依申请公开”：有 2 行（第 4—5 行）不属于 2025 年度，没有计入。" in [one.text for one in done.problems]


def test_mistakes_in_rows_of_other_years_do_not_stand_in_the_way():
    done = compiled(applications=[application("1", date(2024, 3, 1), finished=date(2024, 2, 9), outcome="disclosed")])
    assert done.report is not None


def test_a_case_counts_by_its_result_in_the_year_it_ends_and_else_as_pending():
    done = compiled(
        remedies=[
            {"kind": "reconsideration", "begun": date(2024, 11, 1), "closed": date(2025, 1, 9), "result": "upheld"},
            {"kind": "reconsideration", "begun": date(2025, 11, 1), "result": "pending"},
            {"kind": "litigation_direct", "begun": date(2025, 11, 1)},
            {
                "kind": "litigation_direct",
                "begun": date(2025, 11, 1),
                "closed": date(2026, 2, 1),
                "result": "corrected",
            },
            {
                "kind": "litigation_after_reconsideration",
                "begun": date(2024, 5, 1),
                "closed": date(2024, 9, 1),
                "result": "other",
            },
        ]
    )
    assert figures(done) == {
        "remedies.reconsideration.upheld": 1,
        "remedies.reconsideration.pending": 1,
        "remedies.reconsideration.total": 2,
        "remedies.litigation_direct.pending": 2,
        "remedies.litigation_direct.total": 2,
    }


def test_a_reconsideration_organ_sued_jointly_does_not_count_the_case():
    """国办公开办函〔2016〕201号: only the organ that took the original action counts it."""
    case = {"kind": "litigation_after_reconsideration", "begun": date(2025, 5, 1), "closed": date(2025, 9, 1)}
    done = compiled(
        remedies=[{**case, "result": "upheld", "joint": "yes"}, {**case, "result": "upheld", "joint": "no"}]
    )
    assert done.report.values["remedies.litigation_after_reconsideration.total"] == 1
    assert any("由原行为机关计数" in one.reason for one in done.problems)


def test_documents_are_issued_repealed_and_in_force():
    """Expiry is not repeal, and the last day of validity is a day in force."""

    def document(title, issued, **more):
        return {"title": title, "kind": "normative_documents", "issued": issued, **more}

    done = compiled(
        documents=[
            document("甲", date(2019, 1, 1)),
            document("乙", date(2025, 1, 1)),
            document("丙", date(2019, 1, 1), repealed=date(2025, 6, 1)),
            document("丁", date(2019, 1, 1), expires=date(2025, 6, 1)),
            document("戊", date(2019, 1, 1), expires=date(2025, 12, 31)),
            document("己", date(2025, 2, 1), repealed=date(2025, 12, 31)),
            document("庚", date(2019, 1, 1), repealed=date(2026, 1, 1)),
            document("辛", date(2019, 1, 1), repealed=date(2024, 1, 1)),
            {"title": "壬", "kind": "rules", "issued": date(2020, 1, 1)},
        ]
    )
    assert figures(done) == {
        "proactive.normative_documents.issued": 2,
        "proactive.normative_documents.repealed": 2,
        "proactive.normative_documents.in_force": 4,
        "proactive.rules.in_force": 1,
    }


def test_decisions_and_fees_are_summed_exactly_over_divisions_and_periods():
    done = compiled(
        decisions=[
            {"period": "2025年1月", "division": "许可科", "licences": 10, "fees": Decimal("0.1")},
            {"period": "2025年2月", "division": "许可科", "licences": 5, "fees": Decimal("0.2")},
            {"period": "2025年1月", "division": "执法队", "penalties": 7, "compulsion": 1},
            {"period": "2024年12月", "division": "许可科", "licences": 100},
        ]
    )
    assert figures(done) == {
        "proactive.licences": 15,
        "proactive.penalties": 7,
        "proactive.compulsion": 1,
        "proactive.fees": Decimal("0.3"),
    }


def test_figures_are_never_counted_twice():
    twice = compiled(
        decisions=[
            {"period": "2025年3月", "division": "许可科", "licences": 10},
            {"period": "第一季度", "division": "许可科", "licences": 30, "penalties": 2},
            {"period": "2025年3月", "division": "执法队", "penalties": 2},
        ]
    )
    assert errors(twice) == [
        ("决定数量和收费", 5, "C列“行政许可（件）”", "与第 4 行的机构相同、期间重叠，会重复计数，请合并或者删去一行")
    ]
    assert twice.report is None


def test_a_row_without_a_division_may_repeat_any_other():
    unclear = compiled(
        decisions=[{"period": "全年", "licences": 9}, {"period": "3月", "division": "许可科", "licences": 3}]
    )
    assert [row for _, row, *_ in errors(unclear)] == [5]


def test_the_first_edition_gets_its_own_rows_and_blanks_for_what_a_ledger_does_not_hold():
    rows = [
        application("1", date(2020, 3, 1), finished=date(2020, 4, 1), outcome="other_uncorrected"),
        application("2", date(2020, 3, 1), finished=date(2020, 4, 1), outcome="other"),
    ]
    done = compiled(2020, applications=rows, decisions=[{"period": "全年", "licences": 8}])
    assert done.report.edition == "2019"
    assert done.report.values["applications.other.natural_person"] == 2
    assert done.report.values["proactive.licences.decisions"] == 8
    assert done.report.values["proactive.procurement.amount"] is None
    assert any("政府集中采购" in one.reason and one.severity == "note" for one in done.problems)


def test_last_years_report_is_compared_but_never_copied():
    from gongkai.ledger import compile_ledger
    from gongkai.ledger.workbook import write_ledger
    from gongkai.report import Report

    previous = Report(year=2024, edition="2021", values={"applications.carried_over.natural_person": 3})
    ledger = write_ledger({"applications": [application("1", date(2024, 12, 20))]})
    done = compile_ledger(ledger, "青澜市水利局", 2025, previous=previous)
    assert done.report.values["applications.carried_in.natural_person"] == 1
    assert any("结转下年度 3 件，台账中上年结转 1 件" in one.reason for one in done.problems)


def test_a_report_of_another_year_than_the_last_is_not_compared():
    from gongkai.ledger import compile_ledger
    from gongkai.ledger.workbook import write_ledger
    from gongkai.report import Report

    other = Report(year=2023, edition="2021", values={"applications.carried_over.natural_person": 3})
    ledger = write_ledger({"applications": [application("1", date(2024, 12, 20))]})
    done = compile_ledger(ledger, "青澜市水利局", 2025, previous=other)
    assert not any("上年报告" in one.reason for one in done.problems)


def test_the_rows_behind_a_figure_are_told_briefly():
    from gongkai.ledger import RowRef, rows_told

    rows = [RowRef("依申请公开", row) for row in (4, 5, 6, 9)] + [RowRef("另表", 3)]
    assert rows_told(rows) == ("依申请公开 第 4—6、9 行（共 4 行）", "另表 第 3 行（共 1 行）")
