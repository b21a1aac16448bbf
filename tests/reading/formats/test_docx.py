"""Word documents: what Word prints, in its order."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.docx import read_docx
from gongkai.reading.formats.docx_numbering import chinese

from .rows import places, tables, texts

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def package(**parts: bytes | str) -> bytes:
    """A ZIP of these parts; ``__`` in a name stands for ``/``, the ending .xml is added."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def word(body: str, **parts: bytes | str) -> bytes:
    main = f'<w:document xmlns:w="{MAIN}" xmlns:mc="{COMPATIBILITY}"><w:body>{body}</w:body></w:document>'
    return package(word__document=main, **parts)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_document_of_another_writer_is_read_in_order():
    document = docx.Document()
    document.core_properties.title = "某局年报"
    document.add_paragraph("一、总体情况")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "乙"
    table.cell(1, 1).text = "丙\n丁"
    document.add_paragraph("完")
    stream = BytesIO()
    document.save(stream)
    read = read_docx(stream.getvalue())
    assert places(read) == [
        [("一、总体情况", None, 1, 1)],
        [("甲", 0, 1, 2), ("乙", 1, 2, 1)],
        [("丙\n丁", 1, 1, 1), ("", 2, 1, 1)],
        [("完", None, 1, 1)],
    ]
    assert read.titles == ("某局年报",)
    assert read.grid


def test_insertions_are_kept_and_deletions_dropped():
    body = (
        "<w:p><w:r><w:t>收到</w:t></w:r><w:ins><w:r><w:t>28</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>27</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>件</w:t></w:r></w:p>"
    )
    assert texts(read_docx(word(body))) == [["收到28件"]]


def test_wrappers_are_opened():
    row = "<w:tr><w:sdt><w:sdtContent><w:tc>{}</w:tc></w:sdtContent></w:sdt><w:tc>{}</w:tc></w:tr>"
    link = "<w:p><w:hyperlink><w:smartTag><w:r><w:t>链接</w:t></w:r></w:smartTag></w:hyperlink></w:p>"
    body = f"<w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt><w:tbl>{row.format(p('规章'), link)}</w:tbl>"
    assert texts(read_docx(word(body))) == [["甲"], ["规章", "链接"]]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read_docx(word(body))) == [["框外"], ["框内"]]


def test_breaks_and_tabs():
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>规章</w:t><w:tab/><w:t>0</w:t><w:br/>"
        "<w:t>次行</w:t></w:r></w:p>"
    )
    assert texts(read_docx(word(body))) == [["规章", "0"], ["次行"]]


def test_columns_left_out_before_a_row_count():
    body = (
        f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>{p('丙')}</w:tc></w:tr></w:tbl>"
    )
    assert places(read_docx(word(body)))[1] == [("丙", 1, 1, 1)]


def test_a_nested_table_is_a_table_of_its_own():
    inner = f"<w:tbl><w:tr><w:tc>{p('规章')}</w:tc><w:tc>{p('0')}</w:tc></w:tr></w:tbl>"
    document = read_docx(word(f"<w:tbl><w:tr><w:tc>{p('前')}{inner}{p('后')}</w:tc></w:tr></w:tbl>"))
    assert texts(document) == [["前"], ["规章", "0"], ["后"]]
    assert tables(document) == [None, 1, None]


def level(index: int, format: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4")
    + level(4, "bullet", "·")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def item(text: str, index: int, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_are_printed_as_word_prints_them():
    body = "".join(
        item(text, index)
        for text, index in [
            ("总体情况", 0),
            ("主动公开", 1),
            ("依申请公开", 1),
            ("属于国家秘密", 2),
            ("主动公开政府信息情况", 0),
            ("某部分", 1),
            ("某点", 4),
        ]
    )
    body += item("不编号", 0, 0)
    assert [row[0] for row in texts(read_docx(word(body, word__numbering=NUMBERING)))] == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.属于国家秘密",
        "二、主动公开政府信息情况",
        "（一）某部分",
        "某点",
        "不编号",
    ]


def test_a_number_that_ends_in_a_digit_keeps_apart_from_the_text():
    body = item("总体", 0) + item("5件", 3)
    assert texts(read_docx(word(body, word__numbering=NUMBERING)))[1] == ["一.1 5件"]


def test_a_style_brings_its_numbering_to_paragraphs():
    styles = (
        f'<w:styles xmlns:w="{MAIN}"><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    body = p("总体情况", '<w:pStyle w:val="b"/>') + p("其他", '<w:pStyle w:val="a"/>')
    read = read_docx(word(body, word__numbering=NUMBERING, word__styles=styles))
    assert texts(read) == [["一、总体情况"], ["二、其他"]]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (105, "一百零五"),
        (110, "一百一十"),
        (2003, "二千零三"),
    ],
)
def test_numbers_as_one_counts_in_chinese(number, text):
    assert chinese(number) == text


def test_the_strict_variant_is_read_too():
    data = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("甲")}</w:body></w:document>'
    assert texts(read_docx(package(word__document=data))) == [["甲"]]


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))


@pytest.mark.parametrize(
    "main",
    [
        f'<!DOCTYPE x [{ENTITIES}]><w:document xmlns:w="{MAIN}"><w:body>{p("&a11;")}</w:body></w:document>',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{MAIN}"><w:body>{p("&e;")}'
        "</w:body></w:document>",
        f'<w:document xmlns:w="{MAIN}"><w:body>' + "<w:sdt>" * 5_000,
        f'<w:document xmlns:w="{MAIN}"><w:body>' + "<w:p/>" * 1_100_000 + "</w:body></w:document>",
        b"\0" * (30 << 20),
        "",
        "<a/>",
    ],
    ids=["entity expansion", "external entity", "nested and cut off", "huge", "bomb", "empty", "another root"],
)
def test_hostile_documents_are_refused_or_read_without_what_they_want(main):
    try:
        document = read_docx(package(word__document=main))
    except UnreadableError as error:
        assert str(error).endswith("。")
    else:
        assert "root:" not in "".join(line.text for line in document.lines)
        assert sum(len(line.text) for line in document.lines) < 1000


def test_line_feeds_between_letters_of_the_xml_are_spaces():
    assert texts(read_docx(word(p("收到\n28件")))) == [["收到 28件"]]
