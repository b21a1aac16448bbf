"""Each format as independent readers see it: python-docx, lxml, pdfium, openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree, html

from gongkai.report import WritingError, load_form
from gongkai.report.writing import Format, blank_report, coverage, pdf, write
from gongkai.report.writing.theme import THEMES, title_lines

from .example import ORGAN, make_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = f"{ORGAN}2024年政府信息公开工作年度报告"


@pytest.mark.parametrize("format", ["docx", "html", "xlsx", "json", "pdf"])
def test_the_same_report_gives_the_same_bytes(format: Format) -> None:
    assert write(make_report(), format) == write(make_report(), format)


@pytest.mark.parametrize(("format", "theme"), [("odt", "official"), ("docx", "festive")])
def test_an_unknown_format_or_theme_is_refused(format: str, theme: str) -> None:
    with pytest.raises(WritingError, match=format if format == "odt" else theme):
        write(make_report(), format, theme=theme)


# ── DOCX ─────────────────────────────────────────────────────────────────────────────────────────────────────


def document(**changes: Any) -> Any:
    return pytest.importorskip("docx").Document(io.BytesIO(write(make_report(**changes), "docx")))


def test_the_page_is_that_of_the_standard() -> None:
    section = document().sections[0]
    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.right_margin,
            section.bottom_margin,
            section.left_margin,
        )
    ]
    assert millimetres == [210, 297, 37, 26, 35, 28]


def test_a_page_holds_22_lines_of_28_characters() -> None:
    theme = THEMES["official"]
    height = (297 - 37 - 35) * 72 / 25.4
    assert int(height / theme.pitch) == 22
    assert int(theme.width / (theme.body_size + theme.tracking)) == 28


def test_headings_have_the_styles_that_navigation_knows() -> None:
    styled = [(paragraph.style.name, paragraph.text) for paragraph in document().paragraphs]
    assert styled[0] == ("Title", f"{ORGAN}\n{TITLE.removeprefix(ORGAN)}")
    assert [text for style, text in styled if style == "Heading 1"] == [
        f"{section.number}、{section.heading}" for section in load_form("2021").sections
    ]
    assert [text for style, text in styled if style == "Heading 2"] == ["（一）主动公开"]


def test_word_is_told_title_organ_and_language() -> None:
    properties = document().core_properties
    assert (properties.title, properties.author, properties.language) == (TITLE, ORGAN, "zh-CN")


def test_the_head_of_a_table_repeats_and_no_row_is_broken() -> None:
    for table, heads in zip(document().tables, (0, 3, 3), strict=True):
        rows = table._tbl.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows].count(True) == heads
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_word_shows_figures_marks_and_blanks_in_their_cells() -> None:
    last = [cell.text for cell in document().tables[2].rows[-1].cells]
    assert last == ["", "0", "/", *["0"] * 12]
    assert document().tables[1].cell(3, 3).text == "128"
    assert document().tables[0].cell(13, 1).text == "1234.50"


def test_a_long_title_breaks_after_the_organ() -> None:
    assert title_lines(TITLE, ORGAN, THEMES["official"]) == (ORGAN, TITLE.removeprefix(ORGAN))
    assert document().paragraphs[0].text.replace("\n", "") == TITLE


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    word = document()
    assert word.settings.odd_and_even_pages_header_footer
    footers = (word.sections[0].footer, word.sections[0].even_page_footer)
    sides = [footer._element.find(f".//{W}jc").get(f"{W}val") for footer in footers]
    assert sides == ["right", "left"]
    assert all("PAGE" in etree.tostring(footer._element, encoding="unicode") for footer in footers)


def test_every_part_of_the_package_is_well_formed_and_undated() -> None:
    with zipfile.ZipFile(io.BytesIO(write(make_report(), "docx"))) as archive:
        for info in archive.infolist():
            etree.fromstring(archive.read(info))
            assert info.date_time == (1980, 1, 1, 0, 0, 0)


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────────────────


def page(**changes: Any) -> Any:
    return html.document_fromstring(write(make_report(**changes), "html").decode())


def test_the_page_is_well_formed_html() -> None:
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse(write(make_report(), "html").decode())


def test_the_page_has_one_first_heading_and_one_for_each_section() -> None:
    root = page()
    assert root.get("lang") == "zh-CN"
    assert [node.text for node in root.iter("h1")] == [TITLE]
    assert len(list(root.iter("h2"))) == 6
    assert [node.text for node in root.iter("h3")] == ["（一）主动公开"]


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    text = write(make_report(), "html").decode()
    assert not re.search(r"<(script|link|img|iframe|object)\b|url\(|@import|https?:|\son\w+=", text)


def test_text_from_a_report_is_text_on_the_page() -> None:
    root = page(introduction="<script>alert(1)</script>", title='"<b>')
    assert not list(root.iter("script"))
    assert root.find(".//h1").text == '"<b>'
    assert "公开信息 < 12 条 & 更新目录。" in root.text_content()


def test_every_figure_names_heads_that_are_there() -> None:
    root = page()
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    cells = [node for node in root.iter("td") if node.get("data-cell")]
    assert len(cells) == 200
    for cell in cells:
        heads = cell.get("headers").split()
        assert heads
        assert set(heads) <= set(ids)


def test_tables_scroll_in_regions_that_have_a_name_and_take_the_focus() -> None:
    root = page()
    regions = [node for node in root.iter("div") if node.get("role") == "region"]
    assert len(regions) == 3
    for region in regions:
        assert region.get("tabindex") == "0"
        assert root.get_element_by_id(region.get("aria-labelledby")).tag == "h2"


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────


def opened(data: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(data)


def pdf_text(data: bytes) -> str:
    return "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in opened(data))


def test_the_text_of_a_pdf_stands_in_reading_order() -> None:
    text = pdf_text(write(make_report(), "pdf"))
    order = [
        "本报告依照条例编制",
        "一、总体情况",
        "全年工作平稳",
        "二、主动公开",
        "第二十条第（一）项",
        "1234.50",
        "申请人情况",
        "行政复议",
        "人手不足",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_pdf_says_what_it_is_and_is_tagged() -> None:
    data = write(make_report(), "pdf")
    assert opened(data).get_metadata_dict()["Title"] == TITLE
    assert opened(data).is_tagged()
    assert b"/Lang" in data


def test_a_pdf_has_the_page_of_the_standard() -> None:
    width, height = opened(write(make_report(), "pdf"))[0].get_size()
    assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == (210, 297)


def test_table_three_stands_on_one_page() -> None:
    pages = [sheet.get_textpage().get_text_range() for sheet in opened(write(make_report(), "pdf"))]
    assert sum("本年新收政府信息公开申请数量" in text and "结转下年度继续办理" in text for text in pages) == 1


def test_a_character_that_no_font_has_is_refused_with_the_command_that_installs_one() -> None:
    with pytest.raises(WritingError, match=r"U\+10FFFD.*apt-get install"):
        write(make_report(introduction="前\U0010fffd后"), "pdf")


def test_without_a_chinese_font_every_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "_fonts", lambda: ())
    with pytest.raises(WritingError, match="fonts-noto-cjk"):
        write(make_report(), "pdf")


def test_an_unreadable_font_file_covers_nothing(tmp_path: Any) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\0\1\0\0\0\1cmap")
    assert coverage._ranges(str(broken), 0) == ()


def test_text_that_the_accessible_standard_forbids_is_still_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "uncovered", lambda text: [])
    assert opened(write(make_report(introduction="前\ue000后"), "pdf"))


# ── XLSX ─────────────────────────────────────────────────────────────────────────────────────────────────────


def workbook(**options: Any) -> Any:
    openpyxl = pytest.importorskip("openpyxl")
    return openpyxl.load_workbook(io.BytesIO(write(make_report(), "xlsx", **options)))


def test_figures_are_numbers_and_none_is_a_formula() -> None:
    values = [cell.value for row in workbook()["表三"].iter_rows() for cell in row]
    assert 128 in values
    assert [value for value in values if isinstance(value, int)].count(0) == 174
    assert not [value for value in values if isinstance(value, str) and value.startswith("=")]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(write(make_report(introduction="=1+1"), "xlsx")))
    assert book["正文"]["A2"].value == "=1+1"
    assert book["正文"]["A2"].data_type == "s" or book["正文"]["A2"].quotePrefix


def test_sources_are_listed_for_each_figure() -> None:
    book = workbook(trace={"applications.received.natural_person": ["申请!2", "申请!5"]})
    assert [cell.value for cell in book["数据来源"][2]] == [
        "表三",
        "申请人情况，自然人，一、本年新收政府信息公开申请数量",
        "128",
        "申请!2、申请!5",
        "applications.received.natural_person",
    ]
    assert "数据来源" not in workbook().sheetnames


def test_each_line_of_the_sources_is_as_tall_as_its_words_need() -> None:
    sources = [f"依申请公开 第 {row} 行（共 1 行）" for row in range(40)]
    book = workbook(trace={"proactive.licences": ["申请!2"], "applications.received.natural_person": sources})
    sheet = book["数据来源"]
    one, many = sheet.row_dimensions[2].height, sheet.row_dimensions[3].height
    assert one < 20 and many > 14 * len("、".join(sources)) / 60  # a column 60 wide holds at most 60 characters a line


def test_a_figure_with_more_digits_than_a_workbook_holds_is_written_as_text() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    report = make_report(values={**make_report().values, "proactive.fees": Decimal("123456789012345.678")})
    book = openpyxl.load_workbook(io.BytesIO(write(report, "xlsx")))
    assert "123456789012345.678" in [cell.value for row in book["表二"].iter_rows() for cell in row]


def test_a_paragraph_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(WritingError, match="32767"):
        write(make_report(introduction="长" * 40_000), "xlsx")


@pytest.mark.parametrize("format", ["docx", "html", "pdf", "xlsx"])
def test_a_blank_form_can_be_written(format: str) -> None:
    assert write(blank_report("2019"), format)
