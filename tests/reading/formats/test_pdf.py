"""The PDF reader: what is drawn on pages comes out as paragraphs and true grids."""

from __future__ import annotations

import json
import random
import zlib
from pathlib import Path

import pytest

from gongkai.reading.document import Document, Line, UnreadableError
from gongkai.reading.formats import pdf as reader
from gongkai.reading.formats.pdf import read_pdf

from .pdf_builder import HEIGHT, Merged, bar, line, pdf, plain_table, radical, table, text, unmapped, vertical, width

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "reports"

XS = [80, 200, 300, 400, 500]
RULES = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "12"],
    ["规范性文件", "3", "/", "45"],
]


def rows(document: Document) -> list[list[str]]:
    """The texts of the rows of all tables."""
    return [[cell.text for cell in line.cells] for line in document.lines if line.table]


def paragraphs(document: Document) -> list[str]:
    """The texts outside tables, without headers."""
    return [line.text for line in document.lines if not line.table and not line.header]


def figures(cells: list[str]) -> list[str]:
    return [words for words in cells if words.replace(".", "").isdigit()]


def prose(words: str, y: float, *, left: float = 80.0, fits: int = 27, size: float = 16.0, indent: int = 2) -> str:
    """A paragraph of Chinese text, set as a word processor does."""
    out, first = "", words[: fits - indent]
    out += text(left + indent * size, y, first, size)
    rest = words[len(first) :]
    while rest:
        y += 27
        out += text(left, y, rest[:fits], size)
        rest = rest[fits:]
    return out


@pytest.mark.parametrize("style", ["lines", "bars", "frames"])
def test_a_table_has_the_same_cells_however_its_rules_are_drawn(style: str) -> None:
    document = read_pdf(pdf([plain_table(XS, [100, 120, 140, 160], RULES, style=style)]))
    assert rows(document) == RULES
    assert [(line.table, line.row) for line in document.lines] == [(1, 0), (1, 1), (1, 2)]
    assert [[cell.column for cell in line.cells] for line in document.lines] == [[0, 1, 2, 3]] * 3
    assert document.grid
    assert document.format == "pdf"


def test_a_cell_says_where_it_stands_in_points_from_the_top_left() -> None:
    document = read_pdf(pdf([plain_table(XS, [100, 120, 140, 160], RULES)]))
    box = document.lines[1].cells[2].box
    assert box == pytest.approx((300, 120, 400, 140), abs=1)


def test_rules_of_double_strokes_and_small_breaks_make_one_grid() -> None:
    broken = "".join(line(x, 100 + 20 * i, x, 118.5 + 20 * i) for x in XS for i in range(3))
    double = "".join(line(80, y + d, 500, y + d) for y in (100, 120, 140, 160) for d in (0, 2))
    words = plain_table(XS, [100, 120, 140, 160], RULES, style="none")
    assert rows(read_pdf(pdf([broken + double + words]))) == RULES


def test_merged_cells_stand_once_with_their_span_and_rows() -> None:
    cells: list[Merged] = [
        (0, 0, 2, 1, "信息内容"),
        (0, 1, 1, 3, "申请人情况"),
        (1, 1, 1, 1, "自然人"),
        (1, 2, 1, 2, "法人或其他组织"),
        (2, 0, 1, 1, "新收"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
        (2, 3, 1, 1, "3"),
    ]
    document = read_pdf(pdf([table(XS, [100, 120, 140, 160], cells)]))
    found = [(line.row, cell.column, cell.rows, cell.span, cell.text) for line in document.lines for cell in line.cells]
    assert found == cells


def test_a_table_without_side_lines_still_has_its_outer_columns() -> None:
    inner = "".join(line(x, 100, x, 160) for x in XS[1:-1])
    across = "".join(line(80, y, 500, y) for y in (100, 120, 140, 160))
    words = plain_table(XS, [100, 120, 140, 160], RULES, style="none")
    document = read_pdf(pdf([inner + across + words]))
    assert rows(document) == RULES
    assert [cell.column for cell in document.lines[0].cells] == [0, 1, 2, 3]


def test_a_row_head_set_vertically_is_one_word_in_its_cell() -> None:
    head = "三、本年度办理结果"
    cells: list[Merged] = [
        (0, 0, 2, 1, ""),
        (0, 1, 1, 1, "予以公开"),
        (0, 2, 1, 1, "5"),
        (1, 1, 1, 1, "部分公开"),
        (1, 2, 1, 1, "6"),
    ]
    grid = table([80, 100, 300, 400], [100, 180, 260], cells)
    by_lines = "".join(text(85, 118 + 12 * index, character, 10) for index, character in enumerate(head))
    by_font = vertical(90, 110, head, 10)
    for printed in (by_lines, by_font):
        assert rows(read_pdf(pdf([grid + printed]))) == [[head, "予以公开", "5"], ["部分公开", "6"]]


def test_wrapped_labels_are_joined_and_stacked_figures_are_not() -> None:
    label = "要求行政机关确认或重新出具已获取信息"
    stacked = text(230, 118, "3", 9) + text(230, 132, "5", 9)
    wrapped = text(302, 118, "123456", 9) + text(302, 132, "78", 9)
    cells: list[Merged] = [(0, 0, 1, 1, label), (0, 1, 1, 1, ""), (0, 2, 1, 1, "")]
    cells += [(1, 0, 1, 1, "总计"), (1, 1, 1, 1, "8"), (1, 2, 1, 1, "9")]
    page = table([80, 200, 300, 332], [100, 150, 170], cells) + stacked + wrapped
    assert rows(read_pdf(pdf([page])))[0] == [label, "3\n5", "12345678"]


def test_text_that_touches_the_next_cell_is_cut_at_the_rule() -> None:
    page = plain_table([80, 140, 200], [100, 120, 140], [["", ""], ["甲", "2"]]) + text(80, 115, "行政许可事项550", 9.9)
    assert rows(read_pdf(pdf([page])))[0] == ["行政许可事项", "550"]


def test_a_table_goes_on_over_the_page_with_its_number_rows_and_columns() -> None:
    first = plain_table(XS, [740, 760, 780], RULES[:2]) + text(280, 815, "- 1 -")
    cells: list[Merged] = [(0, 0, 1, 1, "规范性文件"), (0, 1, 1, 1, "3"), (0, 2, 1, 1, "/"), (0, 3, 1, 1, "45")]
    cells += [(1, 0, 1, 1, "行政许可"), (1, 1, 1, 3, "550")]
    second = table([x + 1 for x in XS], [80, 100, 120], cells) + text(280, 815, "- 2 -")
    document = read_pdf(pdf([first, second]))
    assert rows(document) == [*RULES, ["行政许可", "550"]]
    tabled = [line for line in document.lines if line.table]
    assert [(line.table, line.row, line.page) for line in tabled] == [(1, 0, 1), (1, 1, 1), (1, 2, 2), (1, 3, 2)]
    assert [(cell.column, cell.span) for cell in tabled[3].cells] == [(0, 1), (1, 3)]
    assert [line.text for line in document.lines if line.header] == ["-1-", "-2-"]


def test_a_row_left_alone_by_a_page_break_belongs_to_its_table() -> None:
    first = table(XS, [760, 780], [(0, 0, 1, 4, "第二十条第（一）项")]) + text(290, 815, "1")
    second = plain_table(XS, [80, 100, 120, 140], RULES) + text(290, 815, "2")
    document = read_pdf(pdf([first, second]))
    assert rows(document) == [["第二十条第（一）项"], *RULES]
    assert {line.table for line in document.lines if not line.header} == {1}


def test_tables_parted_by_a_heading_are_two() -> None:
    page = plain_table(XS, [100, 120, 140, 160], RULES) + text(80, 185, "三、收到和处理政府信息公开申请情况", 16)
    page += plain_table(XS, [200, 220, 240, 260], RULES)
    document = read_pdf(pdf([page]))
    assert [line.table for line in document.lines] == [1, 1, 1, None, 2, 2, 2]
    assert document.lines[3].text == "三、收到和处理政府信息公开申请情况"


def test_a_frame_around_text_is_no_table() -> None:
    frame = line(60, 60, 535, 60) + line(60, 780, 535, 780) + line(60, 60, 60, 780) + line(535, 60, 535, 780)
    page = frame + text(80, 100, "一、总体情况", 16) + plain_table(XS, [200, 220, 240, 260], RULES)
    document = read_pdf(pdf([page]))
    assert paragraphs(document) == ["一、总体情况"]
    assert rows(document) == RULES


def test_an_underline_is_no_table() -> None:
    document = read_pdf(pdf([text(80, 100, "某县人民政府", 16) + line(80, 104, 176, 104)]))
    assert paragraphs(document) == ["某县人民政府"]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart() -> None:
    one = "本年度，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，全年主动公开政府信息一千二百条，比上年增加，群众满意度提高。"
    two = "下一步，将继续做好依申请公开工作，依法依规答复申请人，切实保障人民群众的知情权、参与权、表达权、监督权。"
    page = text(200, 80, "某县人民政府办公室", 22) + text(80, 120, "一、总体情况", 16)
    page += prose(one, 150) + prose(two, 260)
    document = read_pdf(pdf([page]))
    assert paragraphs(document) == ["某县人民政府办公室", "一、总体情况", one, two]


def test_a_title_over_two_lines_is_one_and_a_date_below_is_not_in_it() -> None:
    title = "某某经济技术开发区管理委员会政府信息公开年度报告"
    first, second, date = title[:19], title[19:], "（2024年1月）"
    page = "".join(
        text(297 - width(words, 22) / 2, y, words, 22) for words, y in ((first, 100), (second, 130), (date, 160))
    )
    page += prose("甲乙丙丁戊己庚辛壬癸" * 6, 220)
    assert paragraphs(read_pdf(pdf([page])))[:2] == [title, date]


def test_a_paragraph_goes_on_over_the_page_past_page_numbers_and_running_headers() -> None:
    words = "甲乙丙丁戊己庚辛壬癸" * 11
    lines = [words[:25], *[words[i : i + 27] for i in range(25, len(words), 27)]]
    head = text(80, 50, "某县人民政府办公室文件", 9)
    first = head + text(112, 700, lines[0], 16) + text(80, 727, lines[1], 16) + text(290, 810, "— 1 —", 14)
    rest = "".join(text(80, 100 + 27 * i, part, 16) for i, part in enumerate(lines[2:]))
    second = head + rest + text(290, 810, "— 2 —", 14)
    document = read_pdf(pdf([first, second]))
    assert paragraphs(document) == [words]
    assert sum(line.header for line in document.lines) == 4


def test_a_full_last_line_does_not_swallow_the_indented_paragraph_after_it() -> None:
    one = "甲乙丙丁戊己庚辛壬癸" * 5 + "完毕"
    assert len(one) == 25 + 27
    document = read_pdf(pdf([prose(one, 100) + prose("子丑寅卯" * 9, 154)]))
    assert paragraphs(document) == [one, "子丑寅卯" * 9]


def test_gaps_of_justified_lines_vanish_and_latin_words_stay_apart() -> None:
    spread = "".join(text(80 + 25 * i, 100, word, 16) for i, word in enumerate("邮编：223100"[:3]))
    spread += text(155, 100, "223100", 16)
    digits = text(80, 140, "2023", 16) + text(116, 140, "年", 16) + text(136, 140, "1", 16) + text(148, 140, "月", 16)
    latin = text(80, 180, "Annual Report", 16)
    assert paragraphs(read_pdf(pdf([spread + digits + latin]))) == ["邮编：223100", "2023年1月", "Annual Report"]


def test_bold_type_made_by_printing_twice_is_read_once() -> None:
    whole = text(80, 100, "一、总体情况21", 16) + text(80.3, 100, "一、总体情况21", 16)
    single = "".join(text(x + d, 140, c, 16) for x, c in ((80, "公"), (96, "开")) for d in (0, 0.3))
    assert paragraphs(read_pdf(pdf([whole + single]))) == ["一、总体情况21", "公开"]


def test_a_figure_at_the_foot_of_a_page_is_no_page_number() -> None:
    page = text(80, 700, "收费金额", 16) + text(300, 815, "7", 16)
    assert not any(line.header for line in read_pdf(pdf([page])).lines)


def test_rows_without_rules_keep_their_figures_and_claim_no_columns() -> None:
    page = plain_table(XS, [100, 120, 140, 160], RULES, style="none")
    document = read_pdf(pdf([page]))
    assert rows(document) == RULES
    assert all(cell.column is None and cell.box for line in document.lines for cell in line.cells)
    assert not document.grid


@pytest.mark.parametrize("style", ["none", "rows"])
def test_wrapped_labels_without_rules_stand_with_their_figures(style: str) -> None:
    label = "申请人逾期未按收费通知要求缴纳费用不再处理其申请"
    body = [["规章", "1", "2", "3"], [label, "4", "5", "6"], ["总计", "5", "7", "9"]]
    assert rows(read_pdf(pdf([plain_table(XS, [100, 120, 160, 180], body, style=style)]))) == body


def test_a_page_turned_on_its_side_reads_upright() -> None:
    upright = plain_table(XS, [100, 120, 140, 160], RULES)
    turned = f"q 0 1 -1 0 {HEIGHT} 0 cm {upright}Q\n"
    box = f"/MediaBox [0 0 {HEIGHT} {HEIGHT}]"
    for extra in (f"{box} /Rotate 90", box):  # by the page's own entry, and by type set sideways
        assert rows(read_pdf(pdf([turned], page=extra))) == RULES


def test_the_title_of_the_file_is_a_hint_and_no_text() -> None:
    document = read_pdf(pdf([text(80, 100, "一、总体情况")], title="某县2023年报告"))
    assert document.titles == ("某县2023年报告",)
    assert paragraphs(document) == ["一、总体情况"]


def test_radicals_are_read_as_characters_and_unknown_glyphs_are_reported() -> None:
    document = read_pdf(pdf([text(80, 100, "政府") + radical(104, 100, "工作") + unmapped(128, 100, "0030002f")]))
    assert paragraphs(document) == ["政府工作\ufffd\ufffd"]
    assert any("没有对应的字符" in problem for problem in document.problems)
    assert "2 个字" in "".join(document.problems)


def test_a_scan_is_refused_with_the_reason() -> None:
    with pytest.raises(UnreadableError, match="没有文字层"):
        read_pdf(pdf([line(80, 100, 500, 100)]))


def test_a_scanned_page_among_others_is_reported() -> None:
    picture = "q 500 0 0 700 50 70 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
    document = read_pdf(pdf([text(80, 100, "一、总体情况"), picture, ""]))
    assert document.problems == ("第 2 页没有文字层，可能是扫描的图片，没有读出来。",)


def test_an_encrypted_file_is_refused_with_the_reason() -> None:
    lock = f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    lock += f"/O <{'11' * 32}> /U <{'22' * 32}> >>"
    with pytest.raises(UnreadableError, match="加了密"):
        read_pdf(pdf([text(80, 100, "一、总体情况")], trailer=lock))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a pdf", pdf([text(80, 100, "一")])[:60]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_pdf(data)


def test_a_file_of_too_many_pages_is_read_in_part_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 3)
    document = read_pdf(pdf([text(80, 100, f"第{number}章") for number in range(1, 6)]))
    assert [line.page for line in document.lines] == [1, 2, 3]
    assert any("只读了前 3 页" in problem for problem in document.problems)


def test_a_drawing_of_thousands_of_lines_is_no_table_and_is_reported() -> None:
    hatching = "".join(line(80, 100 + index, 500, 100 + index) for index in range(0, 600, 2))
    hatching += "".join(line(80 + index / 4, 100, 80 + index / 4, 700) for index in range(0, 2400, 8))
    noise = "".join(
        bar(80 + index % 97 * 4, 100 + index % 89 * 7, 83 + index % 97 * 4, 101 + index % 89 * 7)
        for index in range(25_000)
    )
    for drawing in (hatching, noise):
        document = read_pdf(pdf([text(80, 60, "一、总体情况") + drawing]))
        assert "一、总体情况" in paragraphs(document) or rows(document)


def test_absurd_pages_are_read_or_refused() -> None:
    for box in ("[0 0 1e9 1e9]", "[0 0 0 0]", "[-5 -5 1 1]", "[0 0 nan 3]"):
        try:
            read_pdf(pdf([text(80, 100, "一、总体情况")], page=f"/MediaBox {box}"))
        except UnreadableError as error:
            assert str(error).endswith("。")


def _stream(number: int, content: bytes, entries: str) -> bytes:
    return b"%d 0 obj << %s >> stream\n%s\nendstream endobj\n" % (number, entries.encode(), content)


def test_a_small_file_that_unfolds_without_end_is_refused() -> None:
    blank = zlib.compress(b" " * 50_000_000, 9)
    packed = _stream(90, blank, "/Filter /FlateDecode")
    twice = _stream(90, zlib.compress(blank, 9), "/Filter [/FlateDecode /FlateDecode]")
    form = "/Subtype /Form /Resources << /XObject << /X {} 0 R >> >>"
    circle = _stream(90, b"/X Do " * 10, form.format(90))
    tree = b"".join(_stream(90 + level, b"/X Do " * 10, form.format(91 + level)) for level in range(8))
    for bomb in (packed, twice, circle, tree):
        with pytest.raises(UnreadableError, match="没有读取"):
            read_pdf(pdf([text(80, 100, "一、总体情况")]) + bomb)


def test_forms_inside_forms_and_blank_images_are_no_reason_to_refuse() -> None:
    image = _stream(90, zlib.compress(b"\xff" * 50_000_000, 9), "/Subtype /Image /Filter /FlateDecode")
    forms = _stream(91, b"/X Do /X Do", "/Subtype /Form /Resources << /XObject << /X 92 0 R >> >>")
    forms += _stream(92, b"0 0 m 9 9 l S", "/Subtype /Form")
    document = read_pdf(pdf([text(80, 100, "一、总体情况")]) + image + forms)
    assert paragraphs(document) == ["一、总体情况"]


def _report() -> bytes:
    """Two pages with everything that the reader knows."""
    one = text(200, 80, "某县人民政府", 22) + prose("本年度，本机关认真贯彻落实条例。" * 6, 120)
    one += plain_table(XS, [600, 620, 640, 660], RULES, style="bars") + text(280, 815, "- 1 -")
    two = plain_table(XS, [80, 100, 120, 140], RULES, style="frames") + vertical(60, 90, "三、办理")
    two += plain_table(XS, [300, 320, 340, 360], RULES, style="none") + text(280, 815, "- 2 -")
    return pdf([one, two], title="报告")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_reader(seed: int) -> None:
    whole = _report()
    chance = random.Random(seed)
    data = bytearray(whole)
    if seed % 3 == 0:
        data = data[: chance.randrange(len(data))]
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 5 == 0:
        start = chance.randrange(len(data))
        data[start:start] = data[chance.randrange(start + 1) : start]
    try:
        document = read_pdf(bytes(data))
    except UnreadableError as error:
        assert str(error).endswith("。")
    else:
        assert all(isinstance(line, Line) and line.cells for line in document.lines)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_every_row_of_a_real_report_is_read_as_labelled() -> None:
    document = read_pdf((REPORTS / "documents" / "hongze_2023.pdf").read_bytes())
    labels = json.loads((REPORTS / "labels" / "hongze_2023.json").read_text(encoding="utf-8"))["values"]
    printed: dict[str, list[float]] = {}
    for key, value in labels.items():
        table_name, row, *_ = key.split(".")
        printed.setdefault(table_name if table_name == "remedies" else f"{table_name}.{row}", []).append(value)
    assert document.grid
    assert not document.problems
    found = [[float(words) for words in figures(row)] for row in rows(document)]
    assert [row for row in found if row] == list(printed.values())
    tables = [line.table for line in document.lines if line.table]
    assert sorted(set(tables)) == [1, 2, 3]
    text_of_all = "\n".join(paragraphs(document))
    assert "一、总体情况\n2023年，" in text_of_all
    assert " " not in text_of_all
    assert [line.text for line in document.lines if line.header] == [f"-{page}-" for page in range(1, 6)]
