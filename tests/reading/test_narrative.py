"""Figures stated in the narrative. The sentences are the tests' own; what they count follows from the law's words."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.narrative import stated_figures
from gongkai.reading.narrative.numerals import arabic, chinese
from gongkai.reading.narrative.vocabulary import expand, lexicon, trie
from gongkai.reading.stated import Stated
from gongkai.report import Report, load_form

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
APPLICATIONS = "（二）依申请公开。"
TOTALS = {
    key: f"applications.{key}.total"
    for key in ("received", "carried_in", "carried_over", "disclosed", "partly_disclosed", "total")
}


def group(key: str, edition: str = "2021") -> tuple[str, ...]:
    """The total cells of a group of rows."""
    cells = load_form(edition).cells.values()
    return tuple(c.key for c in cells if c.row.group == key and c.column.total and c.table.key == "applications")


def legal(row: str) -> tuple[str, ...]:
    cells = load_form("2021").cells.values()
    return tuple(c.key for c in cells if c.row.key == row and c.column.group == "legal_person")


REMEDIES = (
    "remedies.reconsideration.total",
    "remedies.litigation_direct.total",
    "remedies.litigation_after_reconsideration.total",
)


def state(text: str, **changes: Any) -> tuple[Stated, ...]:
    """The figures of a section one that consists of the text."""
    known: dict[str, Any] = {"organ": "江州市东湖区财政局", "year": 2023, "edition": "2021"}
    return stated_figures(Report(**(known | changes), sections={"overview": text}))


def one(text: str, **changes: Any) -> Stated:
    (stated,) = state(text, **changes)
    return stated


COUNTED: list[tuple[str, object, tuple[str, ...]]] = [
    ("全年新收政府信息公开申请 41 件。", 41, (TOTALS["received"],)),
    ("上年结转申请 3 件。", 3, (TOTALS["carried_in"],)),
    ("2022年结转申请 3 件。", 3, (TOTALS["carried_in"],)),
    ("结转下年度继续办理 2 件。", 2, (TOTALS["carried_over"],)),
    ("结转至2024年办理 2 件。", 2, (TOTALS["carried_over"],)),
    ("另有 2 件转入下年度继续办理。", 2, (TOTALS["carried_over"],)),
    ("已答复政府信息公开申请四十二件。", 42, (TOTALS["total"],)),
    ("予以公开 5 件。", 5, (TOTALS["disclosed"],)),
    ("5 件予以公开。", 5, (TOTALS["disclosed"],)),
    ("予以公开及部分公开 9 件。", 9, (TOTALS["disclosed"], TOTALS["partly_disclosed"])),
    ("不予公开 6 件。", 6, group("withheld")),
    ("无法提供 7 件。", 7, group("unavailable")),
    ("因本机关不掌握等原因无法提供 7 件。", 7, group("unavailable")),
    ("2 件没有现成信息需要另行制作无法提供。", 2, ("applications.unavailable_needs_creation.total",)),
    ("本机关不掌握相关政府信息的 4 件。", 4, ("applications.unavailable_not_held.total",)),
    ("不予处理 8 件。", 8, group("declined")),
    ("作其他处理（含申请人撤回）1 件。", 1, group("other_handling")),
    ("重复申请 3 件。", 3, ("applications.declined_repeat.total",)),
    ("自然人申请 39 件。", 39, ("applications.received.natural_person",)),
    ("法人或其他组织申请 2 件。", 2, legal("received")),
    ("因政府信息公开被申请行政复议 3 件。", 3, (REMEDIES[0],)),
    ("因政府信息公开被提起行政诉讼 4 件。", 4, REMEDIES[1:]),
    ("政府信息公开行政复议、行政诉讼共 7 件。", 7, REMEDIES),
    ("行政复议和行政诉讼均为 0 件。", 0, REMEDIES),
    ("应对政府信息公开行政复议、行政诉讼，共办理相关案件 7 件。", 7, REMEDIES),
]


@pytest.mark.parametrize(("text", "value", "cells"), COUNTED, ids=[text for text, _, _ in COUNTED])
def test_what_a_figure_on_applications_counts(text: str, value: object, cells: tuple[str, ...]) -> None:
    stated = one(APPLICATIONS + text)
    assert (stated.value, stated.cells, stated.approximate) == (value, cells, "")
    assert (stated.section, stated.part) == ("overview", "applications")


@pytest.mark.parametrize("verb", ["受理", "收到", "接收", "收办", "共收到"])
def test_received_has_both_lawful_meanings(verb: str) -> None:
    """受理 counts the new applications, or the new ones and those carried in."""
    stated = one(f"2023年{verb}政府信息公开申请 44 件。")
    assert stated.cells == (TOTALS["received"],)
    assert stated.readings == ((TOTALS["received"], TOTALS["carried_in"]),)


def test_newly_received_has_one_meaning() -> None:
    assert one("2023年新收政府信息公开申请 41 件。").readings == ()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("本年制发行政规范性文件 6 件。", "proactive.normative_documents.issued"),
        ("废止行政规范性文件 2 件。", "proactive.normative_documents.repealed"),
        ("现行有效行政规范性文件 30 件。", "proactive.normative_documents.in_force"),
        ("主动公开规章 3 件。", "proactive.rules.issued"),
        ("作出行政处罚决定 14 件。", "proactive.penalties"),
        ("行政许可处理决定 250 件。", "proactive.licences"),
        ("行政强制 1 件。", "proactive.compulsion"),
        ("行政事业性收费 12.5 万元。", "proactive.fees"),
    ],
)
def test_what_a_figure_on_proactive_disclosure_counts(text: str, cell: str) -> None:
    assert one("（一）主动公开。" + text).cells == (cell,)


def test_the_older_edition_has_its_own_cells() -> None:
    assert one("主动公开规章 3 件。", edition="2019", year=2019).cells == ("proactive.rules.published",)
    assert one(APPLICATIONS + "其他处理 3 件。", edition="2019", year=2019).cells == ("applications.other.total",)


APPROXIMATE = [
    ("发布信息近 700 条。", 700, "under", "条"),
    ("发布信息 300 余条次。", 300, "over", "条次"),
    ("公开信息 18万余条。", 180_000, "over", "条"),
    ("公开信息约 3.2万条。", 32_000, "about", "条"),
    ("公开信息逾1,295条。", 1295, "over", "条"),
    ("公开信息 ５００ 条左右。", 500, "about", "条"),
    ("公开信息三百多条。", 300, "over", "条"),
    ("公开信息 200 条以上。", 200, "over", "条"),
]


@pytest.mark.parametrize(("text", "value", "word", "unit"), APPROXIMATE)
def test_numerals_and_approximations(text: str, value: int, word: str, unit: str) -> None:
    stated = one(text)
    assert (stated.what, stated.value, stated.approximate, stated.unit) == ("published", value, word, unit)


DENIALS = [
    ("2023年未收到政府信息公开申请。", (TOTALS["received"],)),
    ("全年没有收到过公开申请。", (TOTALS["received"],)),
    ("本年度未接到依申请公开方面的诉求。", (TOTALS["received"],)),
    ("没有收到公民、法人和其他组织要求公开政府信息的申请。", (TOTALS["received"],)),
    ("未发生因政府信息公开工作被申请行政复议或者提起行政诉讼的情况。", REMEDIES),
    ("没有因信息公开引起的行政诉讼。", REMEDIES[1:]),
    ("未发生因依申请公开被行政复议纠错。", ("remedies.reconsideration.corrected",)),
]


@pytest.mark.parametrize(("text", "cells"), DENIALS)
def test_a_denial_is_a_zero(text: str, cells: tuple[str, ...]) -> None:
    stated = one(text)
    assert (stated.value, stated.denied, stated.cells) == (0, True, cells)


NO_FIGURE = [
    "电话：0999-7654321，邮编：310023，地址：东湖路1500号8号楼10楼。",
    "2023年1月1日起至2023年12月31日止。",
    "（国办公开办函〔2021〕30号）",
    "根据《条例》第二十条、第三十六条第（四）项。",
    "落实“三审三校”制度，打造“1+N”矩阵，建设“五个中心”。",
    "网站支持IPv6，办好高效办成一件事。",
    "举办第六期培训班。",
]


@pytest.mark.parametrize("text", NO_FIGURE)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert state(text) == ()


UNTIED = [
    "收到群众来信 12 件。",
    "受理12345热线工单 1000 件。",
    "收到行政许可申请 3 件。",
    "2022年收到政府信息公开申请 35 件。",
    "上半年收到政府信息公开申请 9 件。",
    "通过信函收到政府信息公开申请 3 件。",
    "市公安局受理政府信息公开申请 12 件。",
    "全区受理政府信息公开申请 500 件。",
    "办理行政复议案件 120 件。",
    "公开行政许可信息 300 条。",
    "行政许可事项 30 项。",
    "其中规范性文件 9 条。",
    "修订行政规范性文件 9 件。",
    "申请数量较上年减少 3 件。",
    "动态调整26个基层政务公开标准化目录。",
    "收到公众意见 382 条。",
    "……政府信息公开申请 20 件，收到政府信息公开申请 20 件。",
]


@pytest.mark.parametrize("text", UNTIED)
def test_what_counts_other_things_is_tied_to_no_cell(text: str) -> None:
    stated = state("（一）主动公开。" + text)
    assert stated and all(figure.cells == () for figure in stated)


def test_a_denial_of_other_things_is_none() -> None:
    assert (
        state(
            "未收到行政许可申请。未发生责任追究。未收到申请人投诉。如未收到政府信息公开申请，填零。去年未收到政府信息公开申请。"
        )
        == ()
    )
    assert state("2022年未收到政府信息公开申请。") == ()


def test_parts_know_their_whole() -> None:
    stated = state("全年公开信息共计374条，其中政府网发布79条、公众号上传295条。")
    assert [(one.value, one.what, one.whole) for one in stated] == [
        (374, "published", None),
        (79, "published_web", 0),
        (295, "published_wechat", 0),
    ]


def test_a_list_may_open_the_next_sentence_and_run_over_semicolons() -> None:
    stated = state("对 9 件申请收取信息处理费 900 元。其中，甲局 4 件，收取 300 元；乙局 5 件，收取 600 元。")
    assert [figure.whole for figure in stated] == [None, None, 0, 1, 0, 1]


def test_brackets_hold_parts_and_what_is_apart_is_none() -> None:
    stated = state(APPLICATIONS + "答复 50 件（含上年结转 3 件，另有 2 件结转下年度）。")
    assert [(figure.value, figure.whole) for figure in stated] == [(50, None), (3, 0), (2, None)]


def test_a_list_within_a_list() -> None:
    stated = state("发布信息 90 条，其中网站 60 条，其中解读 20 条，公众号 30 条。")
    assert [figure.whole for figure in stated] == [None, 0, 1, 1]


def test_applicants_divide_what_they_follow() -> None:
    stated = state(APPLICATIONS + "办结 40 件，其中自然人 38 件，法人或其他组织 2 件。")
    assert stated[1].cells == ("applications.total.natural_person",)
    assert stated[2].cells == legal("total")


def test_outcomes_belong_to_the_remedy_before_them() -> None:
    stated = state(APPLICATIONS + "被申请行政复议 5 件，其中维持 4 件、尚未审结 1 件。")
    assert [figure.cells for figure in stated[1:]] == [
        ("remedies.reconsideration.upheld",),
        ("remedies.reconsideration.pending",),
    ]


def test_percentages_are_shares_or_growth() -> None:
    stated = state(
        APPLICATIONS + "收到申请 40 件，同比下降12.5%；予以公开10件，占25%，不予公开 8 件（20%），按时办结率100%。"
    )
    percent = [(figure.what, figure.value) for figure in stated if figure.unit == "%"]
    assert percent == [("decline", Decimal("12.5")), ("share", 25), ("share", 20), ("", 100)]
    assert stated[1].cells == (TOTALS["received"],)
    assert stated[3].cells == (TOTALS["disclosed"],)


def test_places_are_those_of_the_text_as_printed() -> None:
    text = "（二）依申请公开。\n2023 年，我局全年共受理公民提出的政府信息公开申\n请  1295  件，已全部办结。"
    stated = one(text)
    assert text[stated.start : stated.end] == "1295"
    assert stated.sentence == "2023 年，我局全年共受理公民提出的政府信息公开申请  1295  件，已全部办结。"


def test_traditional_characters_and_readings_are_understood() -> None:
    stated = one("我局主動公開政府信息累計345條。")
    assert (stated.value, stated.what) == (345, "published")
    assert one("收到政府信息公開申請(qǐng) 8 件。").cells == (TOTALS["received"],)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("两", 2), ("十", 10), ("二十一", 21), ("一百零五", 105), ("三千二百", 3200), ("十二万", 120_000), ("二三", None)],
)
def test_chinese_numerals(numeral: str, value: int | None) -> None:
    assert chinese(numeral) == value


def test_arabic_numerals() -> None:
    assert arabic("1,295") == 1295
    assert arabic("3.2", "万") == 32_000
    assert arabic("0.5") == Decimal("0.5")


def test_braces_stand_for_each_alternative() -> None:
    assert expand("{上,去}年{度,}结转") == ["上年度结转", "上年结转", "去年度结转", "去年结转"]


@given(st.sets(st.text("结转上下年度", min_size=1, max_size=4), min_size=1, max_size=8), st.data())
def test_the_trie_matches_the_longest_word(words: set[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(words))) + data.draw(st.text("结转上下年度", max_size=3))
    match = re.match(trie(sorted(words)), text)
    assert match is not None
    assert match[0] == max((word for word in words if text.startswith(word)), key=len)


@given(
    st.lists(st.sampled_from([*lexicon("2021").words, *"0123456789", "，", "。", "（", "）", "件", "%", "\n", "年"]))
)
def test_any_text_is_read_and_every_place_holds_a_numeral(pieces: list[str]) -> None:
    text = "".join(pieces)
    stated = state(text)
    for figure in stated:
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.whole is None or stated[figure.whole].unit != "%"
        assert set(figure.cells) <= load_form("2021").cells.keys()


@pytest.mark.parametrize(
    "piece", ["信息公开", "未收到有关相关的", "未发生因政府信息公开引起的", "公开", "1,", "其中（", "一百"]
)
def test_repetition_does_not_make_reading_slow(piece: str) -> None:
    """No pattern backtracks over the same words again and again; this would not end otherwise."""
    state(piece * 3000)


@pytest.mark.skipif(not REPORTS.exists(), reason="the labelled reports are not here")
def test_the_figures_of_published_reports() -> None:
    """At least 95 % of the labelled figures come with the labelled cells, as first or further reading."""
    from gongkai.reading import read

    found = wanted = 0
    missing = []
    for label in sorted((REPORTS / "labels").glob("*.json")):
        facts = [fact for fact in json.loads(label.read_text("utf-8")).get("narrative_facts", []) if "cells" in fact]
        paths = [
            path for folder in ("seeds", "documents", "pages") for path in (REPORTS / folder).glob(f"{label.stem}.*")
        ]
        if not facts or not paths:
            continue
        report = read(paths[0].name, paths[0].read_bytes()).report
        stated = stated_figures(report)
        form = load_form(report.edition or "2021")
        for fact in facts:
            cells = {cell for cell in fact["cells"] if cell in form.cells}
            wanted += 1
            if any(s.value == fact["value"] and cells in map(set, (s.cells, *s.readings)) for s in stated):
                found += 1
            else:
                missing.append(f"{label.stem}: {fact['text']}")
    assert found >= 0.95 * wanted, missing


def test_what_was_carried_in_to_be_handled_is_not_what_was_handled():
    text = APPLICATIONS + "上年结转办理4件，年内共办结19件。\n全年共制作规范性文件6份。"
    report = Report(edition="2021", year=2023, sections={"overview": text})
    told = {one.what: one.value for one in stated_figures(report)}
    assert told == {"carried_in": 4, "handled": 19, "normative_documents_issued": 6}


def test_what_was_answered_in_time_or_on_the_spot_is_a_part_of_what_was_handled():
    (told,) = [one for one in state("全年在法定期限内答复政府信息公开申请59件。") if one.value == 59]
    assert (told.what, told.cells) == ("timely", ())
