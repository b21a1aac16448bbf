"""Other offices' own spreadsheets: recognised by their heads, and where nothing tells, asked about once."""

from datetime import date

import pytest

from gongkai.ledger import (
    Choice,
    LedgerMapping,
    MappingError,
    answered,
    compile_ledger,
    dump_mapping,
    load_mapping,
)

from .builders import errors, figures, spreadsheet


def taken(data, mapping=None):
    return compile_ledger(data, "某局", 2025, mapping=mapping)


ROWS = [
    ["1", "2025年3月1日", "张三", "个人", "2025.3.20", "信息不存在"],
    ["2", "2024/12/20", "某公司", "企业", "2025/1/6", "部分公开"],
    ["3", date(2025, 12, 29), "李四", "公民", "", ""],
]
EXPECTED = {
    "applications.received.natural_person": 2,
    "applications.carried_in.enterprise": 1,
    "applications.unavailable_not_held.natural_person": 1,
    "applications.partly_disclosed.enterprise": 1,
    "applications.total.natural_person": 1,
    "applications.total.enterprise": 1,
    "applications.carried_over.natural_person": 1,
}


def test_a_register_with_other_heads_below_a_title_is_recognised():
    heads = ["序号", "收件时间", "申请人姓名", "申请人类别", "答复时间", "答复类型"]
    done = taken(spreadsheet(Sheet1=[["2025年某局依申请公开情况统计表"], ["填表人：某某"], heads, *ROWS]))
    assert figures(done) == EXPECTED
    assert done.questions == ()
    notes = [one.reason for one in done.problems if one.sheet == "Sheet1"]
    assert any("“收件时间”作为“收到日期”" in reason and "“答复类型”作为“办理结果”" in reason for reason in notes)


def test_what_the_ledger_lacks_is_left_blank_and_not_nought():
    done = taken(spreadsheet(Sheet1=[["收到日期", "申请人类型", "办结日期", "办理结果"]]))
    assert done.report.values["applications.received.total"] == 0
    assert done.report.values["proactive.licences"] is None
    assert done.report.values["remedies.reconsideration.total"] is None


def test_heads_with_explanations_line_breaks_and_longer_wordings_are_recognised():
    heads = ["编号", "收到申请日期\n（年月日）", "姓 名", "申请人类型（选填一项）", "实际办结日期", "最终办理结果"]
    assert figures(taken(spreadsheet(台账=[heads, *ROWS]))) == EXPECTED


def test_a_time_limit_is_not_taken_for_the_day_of_the_decision():
    heads = ["编号", "收到日期", "应答复日期", "申请人类型", "办结日期", "办理结果"]
    rows = [["1", "2025-3-1", "2025-3-28", "个人", "", ""]]
    assert taken(spreadsheet(台账=[heads, *rows])).report.values["applications.carried_over.total"] == 1


def test_registers_split_over_sheets_are_joined():
    heads = ["编号", "收到日期", "申请人", "申请人类型", "办结日期", "办理结果"]
    done = taken(spreadsheet(上半年=[heads, *ROWS[:2]], 下半年=[heads, *ROWS[2:]]))
    assert figures(done) == EXPECTED


def test_sums_blank_lines_and_repeated_heads_are_no_applications():
    heads = ["编号", "收到日期", "申请人", "申请人类型", "办结日期", "办理结果"]
    rows = [*ROWS[:2], [], heads, ROWS[2], ["合计", "", "", 3], ["小计：3件"]]
    assert figures(taken(spreadsheet(台账=[heads, *rows]))) == EXPECTED


def test_a_cell_merged_over_rows_counts_for_each_of_them():
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["编号", "收到日期", "申请人类型", "办结日期", "办理结果"])
    sheet.merge_range(1, 2, 2, 2, "自然人")
    sheet.write_row(1, 0, ["1", "2025-1-1"])
    sheet.write_row(2, 0, ["2", "2025-1-2"])
    book.close()
    assert taken(buffer.getvalue()).report.values["applications.received.natural_person"] == 2


def test_an_unknown_head_is_asked_for_once_and_remembered():
    heads = ["编号", "收到日期", "申请人", "申请人类型", "盖章那天", "怎么答的"]
    data = spreadsheet(台账=[heads, *ROWS])
    asked = taken(data)
    assert asked.report is None
    assert [question.text for question in asked.questions] == [
        "工作表“台账”中，哪一列是“办结日期”？",
        "工作表“台账”中，哪一列是“办理结果”？",
    ]
    mapping = LedgerMapping()
    for question, head in zip(asked.questions, ("盖章那天", "怎么答的"), strict=True):
        choice = next(one for one in question.choices if one.value == head)
        mapping = answered(mapping, question, choice)
    remembered = load_mapping(dump_mapping(mapping))
    assert remembered == mapping
    done = taken(data, remembered)
    assert done.questions == ()
    assert figures(done) == EXPECTED


def test_two_heads_that_fit_equally_well_are_asked_about():
    heads = ["编号", "收到日期", "申请人类型", "办结日期", "办结日期", "办理结果"]
    asked = taken(spreadsheet(台账=[heads, ["1", "2025-1-1", "个人", "2025-1-5", "2025-1-6", "予以公开"]]))
    assert asked.report is None
    assert ["办结日期" in question.text for question in asked.questions] == [True]


def test_an_unknown_word_is_asked_for_once_however_often_it_stands():
    heads = ["编号", "收到日期", "申请人类型", "办结日期", "办理结果"]
    rows = [[str(n), "2025-1-1", "自然人", "2025-1-9", "已寄送材料"] for n in range(5)]
    data = spreadsheet(台账=[heads, *rows])
    asked = taken(data)
    assert [row for _, row, *_ in errors(asked)] == [2, 3, 4, 5, 6]
    (question,) = asked.questions
    assert len(question.choices) == 21
    choice = next(one for one in question.choices if one.value == "disclosed")
    done = taken(data, answered(LedgerMapping(), question, choice))
    assert done.report.values["applications.disclosed.natural_person"] == 5


def test_a_group_is_asked_about_with_its_members_only():
    heads = ["编号", "收到日期", "申请人类型", "办结日期", "办理结果"]
    (question,) = taken(spreadsheet(台账=[heads, ["1", "2025-1-1", "自然人", "2025-1-9", "不予公开"]])).questions
    assert len(question.choices) == 8
    assert all(choice.label.startswith("（三）不予公开：") for choice in question.choices)


def test_a_workbook_without_a_register_of_applications_is_asked_about():
    data = spreadsheet(甲=[["日期", "事由"], ["x", "y"]], 乙=[["子", "丑"], ["x", "y"]])
    asked = taken(data)
    assert asked.report is None
    assert [question.kind for question in asked.questions] == ["sheet"]
    assert asked.questions[0].choices == (Choice("甲", "甲"), Choice("乙", "乙"))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("disclosed", "disclosed"),
        ("（一）予以公开", "disclosed"),
        ("予以公开", "disclosed"),
        ("(三)不予公开：1．属于国家秘密", "withheld_state_secret"),
        ("不予公开—属于国家秘密", "withheld_state_secret"),
        ("1.属于国家秘密", "withheld_state_secret"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partly_disclosed"),
        ("危及“三安全一稳定”", "withheld_stability"),
        ("五、要求行政机关确认或重新出具已获取信息", "declined_reconfirmation"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other_uncorrected"),
        ("其他处理：其他", "other"),
        ("撤回", "other"),
    ],
)
def test_outcomes_are_known_by_code_label_and_other_words(word, code):
    heads = ["编号", "收到日期", "申请人类型", "办结日期", "办理结果"]
    done = taken(spreadsheet(台账=[heads, ["1", "2025-1-1", "自然人", "2025-1-9", word]]))
    assert done.report.values[f"applications.{code}.natural_person"] == 1


def test_an_application_still_being_handled_is_carried_over_whatever_the_register_calls_it():
    heads = ["编号", "收到日期", "申请人类型", "办结日期", "办理结果"]
    rows = [["1", "2025-12-9", "自然人", "", "办理中"], ["2", "2025-12-9", "自然人", "/", "—"]]
    assert taken(spreadsheet(台账=[heads, *rows])).report.values["applications.carried_over.total"] == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ("[]", "sheets、heads、values"),
        ('{"colours": {}}', "sheets、heads、values"),
        ('{"heads": {"applications": {"甲": "colour"}}}', "“甲”对照的“colour”"),
        ('{"heads": {"colours": {}}}', "colours"),
        ('{"values": {"outcome": {"甲": "gone"}}}', "gone"),
        ('{"sheets": {"甲": "gone"}}', "gone"),
        ('{"sheets": []}', "sheets"),
    ],
)
def test_a_mapping_file_with_a_mistake_is_refused_with_its_place(text, words):
    with pytest.raises(MappingError, match=words):
        load_mapping(text)


def test_a_choice_that_was_not_offered_is_refused():
    (question,) = taken(spreadsheet(甲=[["日期", "事由"], ["x", "y"]])).questions
    with pytest.raises(MappingError):
        answered(LedgerMapping(), question, Choice("丙", "丙"))


def test_words_that_the_program_knows_by_itself_are_told_with_what_they_were_taken_for():
    heads = ["编号", "收到日期", "申请人类型", "办结日期", "办理结果"]
    rows = [
        ["1", "2025-1-1", "个人", "2025-1-9", "予以公开"],
        ["2", "2025-1-1", "个人", "2025-1-9", "（一）予以公开"],
        ["3", "2025-1-1", "自然人", "2025-1-9", "已寄送材料"],
    ]
    said = LedgerMapping(values={"outcome": {"已寄送材料": "disclosed"}})
    notes = [one.text for one in taken(spreadsheet(台账=[heads, *rows]), said).problems if "按用语" in one.reason]
    assert notes == ["工作表“台账”的 C列“申请人类型”：按用语识别：“个人”作为“自然人”。"]
