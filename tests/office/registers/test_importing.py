"""Importing spreadsheets into the registers: heads are recognised, the same file twice changes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from gongkai.ledger import UnreadableLedgerError
from gongkai.ledger.workbook import write_ledger
from gongkai.office.registers.decisions import Months, change_use, enter_figure, in_force, withdraw_figure
from gongkai.office.registers.documents import add_document, correct_document
from gongkai.office.registers.importing import begin, carry_out, drop_abandoned, plan_of, told
from gongkai.office.registers.models import DecisionFigure, Document, RegisterImport
from gongkai.office.registers.queries import register_figures
from gongkai.report.form import load_form

from ..builders import make_division, make_organ
from ..interchange.ledgers import spreadsheet

pytestmark = pytest.mark.django_db
TODAY = date(2031, 6, 1)
FORM = load_form("2021")
DOCUMENTS = (
    "序号,文件名称,发文字号,印发日期,废止时间,失效日期\n"
    "1,停车管理办法,云政规〔2025〕1号,2025-01-08,,2029-12-31\n"
    "2,旧物业办法,云政规〔2019〕4号,2019年5月6日,2025.7.1,\n"
    "合计,2,,,,\n"
)
FIGURES = (
    "月份,科室,行政许可,行政处罚,收费金额（万元）\n"
    "1月,,12,3,1.25\n"
    "2月,,0,,0.1\n"
)  # fmt: skip


def sent(organ, text, name="表.csv", *, register="documents", **options):
    data = text.encode("gb18030") if isinstance(text, str) else text
    year = 2025 if register == "decisions" else None
    return begin(organ, register, name, data, options, year=year, by=None, today=TODAY)


def verdicts(plan):
    return [line.verdict for line in plan.lines]


def done(run):
    return carry_out(run, by=None, today=TODAY)


def test_an_office_s_own_table_is_recognised_and_writes_nothing_before_it_is_confirmed():
    organ = make_organ()
    run = sent(organ, DOCUMENTS, kind="normative_documents")
    plan = plan_of(run, TODAY)
    assert verdicts(plan) == ["create", "create"] and plan.ready == 2
    assert not Document.objects.exists()
    done(run)
    first, second = Document.objects.order_by("-issued_on")
    assert (first.number, first.issued_on, first.expires_on) == (
        "云政规〔2025〕1号",
        date(2025, 1, 8),
        date(2029, 12, 31),
    )
    assert (second.issued_on, second.repealed_on) == (date(2019, 5, 6), date(2025, 7, 1))
    found = register_figures([organ], 2025, FORM)[organ.pk]
    row = "proactive.normative_documents"
    assert [found[f"{row}.{one}"] for one in ("issued", "repealed", "in_force")] == [1, 1, 1]


def test_the_same_file_twice_changes_nothing():
    organ = make_organ()
    done(sent(organ, DOCUMENTS, kind="normative_documents"))
    before = list(Document.objects.values())
    again = done(sent(organ, DOCUMENTS, kind="normative_documents"))
    assert verdicts(again) == ["there", "there"] and list(Document.objects.values()) == before
    done(sent(organ, FIGURES, register="decisions", source="双公示"))
    before = list(DecisionFigure.objects.values())
    again = done(sent(organ, FIGURES, register="decisions", source="双公示"))
    assert set(verdicts(again)) == {"there"} and list(DecisionFigure.objects.values()) == before


def test_a_row_that_differs_from_the_register_is_told_and_left_alone():
    organ = make_organ()
    given = {"kind": "normative_documents", "number": "云政规〔2025〕1号", "issued_on": date(2025, 1, 9)}
    add_document(organ, title="停车管理办法", by=None, today=TODAY, **given)
    plan = done(sent(organ, DOCUMENTS, kind="normative_documents"))
    assert verdicts(plan) == ["differs", "created"]
    assert "2025年1月9日" in plan.lines[0].reason
    assert Document.objects.get(number="云政规〔2025〕1号").issued_on == date(2025, 1, 9)


def test_two_rows_of_one_number_are_one_document():
    organ = make_organ()
    text = "文件名称,文号,类别,制发日期\n甲,云政规〔2025〕1号,规范性文件,2025-01-08\n甲,云政规[2025]1号,规范性文件,2025-01-08\n"
    assert verdicts(done(sent(organ, text))) == ["created", "there"]


def test_rules_of_an_organ_that_makes_none_are_refused_row_by_row():
    text = "文件名称,文号,类别,制发日期\n甲,令第1号,规章,2025-01-08\n乙,云政规〔2025〕1号,规范性文件,2025-01-08\n"
    plan = done(sent(make_organ(), text))
    assert verdicts(plan) == ["refused", "created"] and "没有规章制定权" in plan.lines[0].reason


def test_heads_that_tell_nothing_are_asked_about():
    run = sent(make_organ(), "文件名称,文号,是什么,制发日期\n甲,云政规〔2025〕1号,规范性文件,2025-01-08\n")
    plan = plan_of(run, TODAY)
    assert plan.ready == 0 and plan.rows.problems
    assert [one.subject for one in plan.rows.questions] == ["documents.kind"]
    with pytest.raises(ValidationError):
        done(run)


def test_our_own_ledger_s_sheet_is_read():
    row = {"title": "甲", "number": "云政规〔2025〕1号", "kind": "normative_documents", "issued": date(2025, 1, 8)}
    run = sent(make_organ(), write_ledger({"documents": [row]}), "台账.xlsx")
    assert verdicts(done(run)) == ["created"]


def test_figures_are_entered_by_month_and_kind():
    organ = make_organ()
    plan = done(sent(organ, FIGURES, register="decisions", source="双公示"))
    assert verdicts(plan) == ["created"] * 5
    found = register_figures([organ], 2025, FORM)[organ.pk]
    kinds = ("licences", "penalties", "fees")
    assert [found[f"proactive.{kind}"] for kind in kinds] == [12, 3, Decimal("1.35")]
    assert "proactive.compulsion" not in found


def test_a_year_in_a_column_of_its_own_belongs_to_the_month_beside_it():
    organ = make_organ()
    text = "年份,月份,行政许可\n2024,12,7\n2025,1月,5\n,2,6\n2025年,2025-03,8\n2025,2024年4月,9\n今年,5月,4\n2025,合计,19\n"
    run = sent(organ, text, register="decisions", source="双公示")
    plan = plan_of(run, TODAY)
    assert any("“年份”和“月份”两列合起来作为“期间”" in one.text for one in plan.rows.notes)
    done(run)
    assert verdicts(plan) == ["refused", "create", "create", "create", "refused", "refused"]
    assert "2024 年的登记簿" in plan.lines[0].reason
    assert "2025 2024年4月" in plan.lines[4].reason and "今年 5月" in plan.lines[5].reason
    assert sorted((one.first, one.last, one.number) for one in in_force(organ, 2025)) == [
        (1, 1, 5),
        (2, 2, 6),
        (3, 3, 8),
    ]


def test_a_workbook_with_a_year_beside_quarters_and_months_is_understood():
    organ = make_organ()
    sheet = [["序号", "年度", "季度", "行政处罚"], [1, 2025, "第一季度", 30], [2, 2025.0, "4-6月", 9]]
    done(sent(organ, spreadsheet(数量=sheet), "数量.xlsx", register="decisions", source="双公示"))
    assert sorted((one.first, one.last, one.number) for one in in_force(organ, 2025)) == [(1, 3, 30), (4, 6, 9)]


def test_figures_of_another_source_are_asked_about_and_then_taken_as_answered():
    organ = make_organ()
    enter_figure(organ, 2025, kind="licences", months=Months(1, 1), source="许可平台", number=11, by=None, today=TODAY)
    run = sent(organ, FIGURES, register="decisions", source="双公示")
    plan = plan_of(run, TODAY)
    assert plan.asks == ("licences",) and plan.ready == 0
    run.options |= {"use_licences": "compare"}
    run.save()
    done(run)
    found = register_figures([organ], 2025, FORM)[organ.pk]
    assert (found["proactive.licences"], found["proactive.penalties"]) == (11, 3)


def test_rows_of_another_year_or_an_unknown_division_are_refused():
    organ = make_organ()
    division = make_division(organ, "审批科")
    text = "期间,承办机构,行政许可\n2024年1月,,5\n2025年1月,审批科,6\n2025年2月,没有科,7\n"
    plan = done(sent(organ, text, register="decisions", source="双公示"))
    assert verdicts(plan) == ["refused", "created", "refused"]
    assert in_force(organ, 2025).get().division == division


def test_a_workbook_of_two_periods_that_overlap_counts_once():
    organ = make_organ()
    sheet = [["期间", "行政许可"], ["第一季度", 30], ["2月", 9]]
    plan = done(sent(organ, spreadsheet(数量=sheet), "数量.xlsx", register="decisions", source="双公示"))
    assert verdicts(plan) == ["created", "refused"]
    assert register_figures([organ], 2025, FORM)[organ.pk]["proactive.licences"] == 30


def test_a_plan_is_not_done_again_while_nothing_changes_and_follows_the_register_at_once(django_assert_max_num_queries):
    organ = make_organ()
    rows = "".join(f"{month}月,{month},{month}\n" for month in range(1, 13))
    run = sent(organ, f"月份,行政许可,行政处罚\n{rows}", register="decisions", source="双公示")
    assert verdicts(plan_of(run, TODAY)) == ["create"] * 24
    with django_assert_max_num_queries(8):
        assert verdicts(plan_of(run, TODAY)) == ["create"] * 24
    figure = enter_figure(
        organ, 2025, kind="licences", months=Months(1, 1), source="双公示", number=1, by=None, today=TODAY
    )
    assert verdicts(plan_of(run, TODAY))[:2] == ["there", "create"]
    withdraw_figure(figure, reason="填错", by=None, today=TODAY)
    assert verdicts(plan_of(run, TODAY)) == ["create"] * 24
    enter_figure(organ, 2025, kind="licences", months=Months(1, 1), source="许可平台", number=1, by=None, today=TODAY)
    assert plan_of(run, TODAY).asks == ("licences",)
    change_use(organ, 2025, kind="licences", source="许可平台", use="add", reason="另外的", by=None, today=TODAY)
    assert verdicts(plan_of(run, TODAY)) == ["create"] * 24


def test_a_plan_for_documents_follows_the_register_too():
    organ = make_organ()
    run = sent(organ, DOCUMENTS, kind="normative_documents")
    assert verdicts(plan_of(run, TODAY)) == ["create", "create"]
    given = {"kind": "normative_documents", "number": "云政规〔2025〕1号", "issued_on": date(2025, 1, 9)}
    document = add_document(organ, title="停车管理办法", by=None, today=TODAY, **given)
    assert verdicts(plan_of(run, TODAY)) == ["differs", "create"]
    values = {"issued_on": date(2025, 1, 8), "expires_on": date(2029, 12, 31)}
    correct_document(document, values, reason="填错", by=None, today=TODAY)
    assert verdicts(plan_of(run, TODAY)) == ["there", "create"]


def test_what_is_no_table_is_refused_and_what_waits_too_long_is_removed():
    organ = make_organ()
    with pytest.raises(UnreadableLedgerError):
        sent(organ, b"\x00\x01 no table", "表.xlsx")
    run = sent(organ, DOCUMENTS, kind="normative_documents")
    assert drop_abandoned(run.started_at) == 0
    run.started_at = run.started_at.replace(year=2020)
    run.save()
    assert drop_abandoned(run.started_at.replace(year=2021)) == 1
    run.refresh_from_db()
    assert run.content is None and run.state == RegisterImport.State.DROPPED


def test_the_file_is_removed_once_it_is_imported_and_not_imported_again():
    run = sent(make_organ(), DOCUMENTS, kind="normative_documents")
    done(run)
    run.refresh_from_db()
    assert run.content is None and told(run.report) == "共 2 项，已登记 2 项。"
    with pytest.raises(ValidationError):
        done(run)
