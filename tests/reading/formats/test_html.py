"""Web pages: what a reader of the page sees, with the true columns of its tables."""

import pytest

from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.html import read_html

from .rows import places, tables, texts


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def test_blocks_are_paragraphs_and_inline_elements_are_not():
    body = "<h1>2023年<span>度</span>报告</h1><div>一、<font>总体</font><b>情况</b></div>甲<br>乙<p>&nbsp;</p>"
    assert texts(read_html(page(body))) == [["2023年度报告"], ["一、总体情况"], ["甲"], ["乙"]]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<td>1</td>';</script>",
        "<style>p{}</style>",
        "<noscript><table><tr><td>1</td></tr></table></noscript>",
        "<div style='DISPLAY:none'>1</div>",
        "<p style='visibility: hidden'>1</p>",
        "<p hidden>1</p>",
        "<select><option>1</option></select>",
        "<button>1</button>",
        "<!-- 1 -->",
        "<template><p>1</p></template>",
    ],
)
def test_what_a_browser_does_not_show_is_dropped(hidden):
    assert texts(read_html(page(f"<p>前</p>{hidden}<p>后</p>"))) == [["前"], ["后"]]


def test_readings_over_characters_are_dropped():
    assert texts(read_html(page("<p><ruby>领<rp>(</rp><rt>lǐng</rt><rp>)</rp></ruby>导</p>"))) == [["领导"]]


def test_line_breaks_of_the_source_are_no_spaces_between_chinese_characters():
    assert texts(read_html(page("<p>政府\n  信息 公开\n2023</p>"))) == [["政府信息 公开 2023"]]


def test_merged_cells_move_the_columns_of_the_rows_below():
    body = """<table><tr><td colspan=2 rowspan=2>甲</td><td rowspan="3">乙</td><td>丙</td></tr>
    <tr><td>丁</td></tr><tr><td>戊</td><td>己</td><td>庚</td></tr></table>"""
    assert places(read_html(page(body))) == [
        [("甲", 0, 2, 2), ("乙", 2, 1, 3), ("丙", 3, 1, 1)],
        [("丁", 3, 1, 1)],
        [("戊", 0, 1, 1), ("己", 1, 1, 1), ("庚", 3, 1, 1)],
    ]


def test_a_cell_keeps_its_breaks_and_blanks_are_cells():
    body = "<table><tr><td><p>商业</p><p>企业</p></td><td>科研<br/>机构</td><td>&nbsp;</td><td><o:p></o:p></td></tr></table>"
    assert texts(read_html(page(body))) == [["商业\n企业", "科研\n机构", "", ""]]


def test_cells_and_rows_may_be_left_open():
    body = "<table><tr><td>规章<td>0<tr><td>许可<td>1</table>完"
    assert texts(read_html(page(body))) == [["规章", "0"], ["许可", "1"], ["完"]]


def test_a_table_that_lays_out_the_page_is_told_in_order():
    body = """<table><tr><td>索引号</td><td>A1</td></tr><tr><td colspan=2><p>一、总体情况</p>
    <table><tr><td>规章</td><td>0</td></tr><tr><td>文件</td><td>6</td></tr></table><p>完</p></td></tr></table>"""
    document = read_html(page(body))
    assert texts(document) == [["索引号", "A1"], ["一、总体情况"], ["规章", "0"], ["文件", "6"], ["完"]]
    assert tables(document) == [1, None, 2, 2, None]


def test_a_whole_article_in_one_cell_is_paragraphs():
    body = f"<table><tr><td><p>一、总体情况</p><p>{'本年度工作扎实推进。' * 40}</p></td></tr></table>"
    document = read_html(page(body))
    assert tables(document) == [None, None]


def test_a_frame_of_one_cell_inside_a_cell_is_no_table():
    body = "<table><tr><td>许可</td><td><table><tr><td>7</td></tr></table></td></tr></table>"
    assert texts(read_html(page(body))) == [["许可", "7"]]


def test_titles_are_hints_and_no_text():
    data = (
        "<head><title>某局 年报</title><meta name='ArticleTitle' content='某局2023年年报'></head><p>正文</p>".encode()
    )
    document = read_html(data)
    assert document.titles == ("某局 年报", "某局2023年年报")
    assert texts(document) == [["正文"]]


def test_a_caption_stands_before_its_rows():
    body = "<table><caption>表二</caption><tr><td rowspan=2>规章</td><td>0</td></tr><tr><td>1</td></tr></table>"
    assert places(read_html(page(body))) == [
        [("表二", None, 1, 1)],
        [("规章", 0, 1, 2), ("0", 1, 1, 1)],
        [("1", 1, 1, 1)],
    ]


def test_preformatted_text_keeps_its_lines():
    assert texts(read_html(page("<pre>一、总体情况\n无。</pre>"))) == [["一、总体情况"], ["无。"]]


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 50_000 + "深",
        "<table><tr><td>" * 5_000 + "深",
        "<td colspan=999999999 rowspan=999999999>宽</td>" * 500,
        f"<table>{'<tr><td colspan=100 rowspan=100>宽</td></tr>' * 2_000}</table>",
        "<b id=1>" * 10_000 + "<p>字" * 10_000,
        "<noscript>" * 50_000,
        "<p>" + " \n" * 500_000 + "字",
    ],
    ids=["deep", "deep tables", "spans without a table", "wide spans", "open inline", "open noscript", "white space"],
)
def test_damaged_pages_are_read_or_refused(body):
    assert read_html(page(body)).format == "html"


def test_a_page_beyond_measure_is_refused():
    with pytest.raises(UnreadableError, match="未予读取。"):
        read_html(b"<b>" * 600_000)
