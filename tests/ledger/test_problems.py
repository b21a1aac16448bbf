"""Every row that can't be taken is reported with sheet, row, column and reason, and then there is no report."""

import contextlib
import random
from datetime import date

import pytest

from gongkai.ledger import UnreadableLedgerError, compile_ledger
from gongkai.ledger.workbook import write_ledger

from .builders import application, compiled, errors, spreadsheet

SHEET = "依申请公开"
HEADS = ["编号", "收到日期", "申请人类型", "办结日期", "办理结果"]


def of_rows(*rows, heads=HEADS):
    return compile_ledger(spreadsheet(**{SHEET: [heads, *rows]}), "某局", 2025)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["1", "2025-13-1", "自然人", "", ""], "B列“收到日期”", "“2025-13-1”不是日历上有的日期"),
        (["1", "三月", "自然人", "", ""], "B列“收到日期”", "不是日期"),
        (["1", "", "自然人", "", ""], "B列“收到日期”", "没有填写"),
        (["", "2025-3-1", "自然人", "", ""], "A列“编号”", "没有填写"),
        (["1", "2025-3-1", "", "", ""], "C列“申请人类型”", "没有填写"),
        (["1", "2025-3-1", "外星人", "", ""], "C列“申请人类型”", "“外星人”不在“申请人类型”的选项中"),
        (["1", "2025-3-1", "法人或其他组织", "", ""], "C列“申请人类型”", "不够具体，请从“商业企业、科研机构"),
        (
            ["1", "2025-3-1", "自然人", "2025-2-1", "予以公开"],
            "D列“办结日期”",
            "办结日期 2025-02-01 早于收到日期 2025-03-01",
        ),
        (["1", "2025-3-1", "自然人", "2025-4-1", ""], "E列“办理结果”", "填了办结日期，没有填办理结果"),
        (["1", "2025-3-1", "自然人", "", "予以公开"], "D列“办结日期”", "填了办理结果，没有填办结日期"),
        (["1", "2025-3-1", "自然人", "2025-4-1", "不予公开"], "E列“办理结果”", "“不予公开”不够具体"),
        (["1", "2005-3-1", "自然人", "", ""], "B列“收到日期”", "早于《政府信息公开条例》首次施行"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_its_cell(row, column, words):
    good = ["0", "2025-1-1", "自然人", "2025-1-9", "予以公开"]
    done = of_rows(good, row, [*good[:0], "9", *good[1:]])
    assert done.report is None
    assert done.trace == {}
    ((sheet, number, where, reason),) = errors(done)
    assert (sheet, number, where) == (SHEET, 3, column)
    assert words in reason


def test_all_bad_rows_are_reported_at_once():
    done = of_rows(["1", "x", "自然人", "", ""], ["2", "2025-1-1", "y", "", ""], ["2", "2025-1-2", "自然人", "", ""])
    assert [(row, column[0]) for _, row, column, _ in errors(done)] == [(2, "B"), (3, "C"), (4, "A")]


def test_a_number_used_twice_in_a_year_is_reported_and_in_two_years_is_not():
    twice = compiled(applications=[application("7"), application("7", date(2025, 5, 5))])
    assert errors(twice) == [(SHEET, 5, "A列“编号”", "编号“7”与第 4 行重复")]
    assert compiled(applications=[application("7", date(2024, 12, 20)), application("7")]).report is not None


def test_a_carried_mark_that_contradicts_the_date_of_receipt_is_reported():
    wrong = compiled(applications=[application("1", carried="yes")])
    assert [(row, column) for _, row, column, _ in errors(wrong)] == [(4, "G列“是否上年结转”")]
    assert compiled(applications=[application("1", date(2024, 12, 1), carried="yes")]).report is not None


def test_an_application_open_for_more_than_a_year_is_pointed_out():
    done = compiled(applications=[application("1", date(2023, 3, 1))])
    assert done.report is not None
    assert [(one.row, one.severity) for one in done.problems if one.sheet == SHEET] == [(4, "note")]


def test_a_case_with_a_result_and_no_date_or_the_reverse_is_reported():
    case = {"kind": "reconsideration", "begun": date(2025, 3, 1)}
    assert [c for *_, c, _ in errors(compiled(remedies=[{**case, "result": "upheld"}]))] == ["D列“审结日期”"]
    assert [c for *_, c, _ in errors(compiled(remedies=[{**case, "closed": date(2025, 4, 1)}]))] == ["E列“审理结果”"]
    contradictory = {**case, "closed": date(2025, 4, 1), "result": "pending"}
    assert [c for *_, c, _ in errors(compiled(remedies=[contradictory]))] == ["E列“审理结果”"]


def test_the_same_document_twice_is_reported():
    row = {"title": "甲办法", "number": "〔2025〕1号", "kind": "normative_documents", "issued": date(2025, 1, 1)}
    assert [(r, c) for _, r, c, _ in errors(compiled(documents=[row, row]))] == [(5, "A列“文件名称”")]


def test_a_year_on_the_summary_sheet_that_differs_is_pointed_out():
    done = compile_ledger(write_ledger({}, 2024), "某局", 2025)
    assert any("报告年度填的是 2024，编制的是 2025 年度报告" in one.reason for one in done.problems)


def test_problems_read_as_whole_sentences():
    done = of_rows(["1", "x", "自然人", "", ""])
    assert [one.text for one in done.errors] == [
        "工作表“依申请公开”第 2 行 B列“收到日期”：“x”不是日期，请写成 2025-03-01 的样子。"
    ]


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_bytes_that_are_no_workbook_are_refused_with_a_reason(data):
    with pytest.raises(UnreadableLedgerError, match="无法打开台账"):
        compile_ledger(data, "某局", 2025)


def test_a_truncated_workbook_is_refused():
    data = write_ledger({})
    for part in (100, len(data) // 2, len(data) - 30):
        with pytest.raises(UnreadableLedgerError):
            compile_ledger(data[:part], "某局", 2025)


def test_a_sheet_of_monstrous_extent_is_refused_before_it_fills_the_memory():
    data = spreadsheet(**{SHEET: [HEADS]})
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far)
            target.writestr(entry, content)
    with pytest.raises(UnreadableLedgerError, match="超出"):
        compile_ledger(buffer.getvalue(), "某局", 2025)


def test_a_damaged_workbook_is_read_or_refused_and_never_crashes():
    whole = write_ledger({"applications": [application(str(n)) for n in range(5)]})
    for seed in range(60):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with contextlib.suppress(UnreadableLedgerError):
            compile_ledger(bytes(damaged), "某局", 2025)
