"""The PDF says what the Word document says, set as it is set, or it is refused with the reason."""

import pypdfium2
import pytest

from gongkai.letters import LettersError, check_template, default_template, fill, sample_values, to_pdf

from .pages import docx_text, paragraph, pdf_pages, pdf_text, squeezed, with_body, with_part

TEMPLATE = default_template("correction_notice")
MM = 72 / 25.4


def printed(xml):
    return to_pdf(with_body(TEMPLATE, xml))


def boxes(pdf, text, page=0):
    """Left, bottom, right and top of a text on a page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        textpage = document[page].get_textpage()
        at, count = textpage.search(text).get_next()
        found = [textpage.get_charbox(one, loose=True) for one in range(at, at + count)]
        return min(b[0] for b in found), min(b[1] for b in found), max(b[2] for b in found), max(b[3] for b in found)
    finally:
        document.close()


def test_the_page_is_a4_with_the_margins_of_an_official_document():
    pdf = to_pdf(fill(TEMPLATE, sample_values()))
    document = pypdfium2.PdfDocument(pdf)
    assert [round(side / MM) for side in document[0].get_size()] == [210, 297]
    left = boxes(pdf, "王建国：")[0]
    assert left == pytest.approx(28 * MM, abs=2)


def test_the_date_ends_four_characters_from_the_right_edge():
    document = with_body(TEMPLATE, paragraph("{{成文日期}}", '<w:pStyle w:val="LetterDate"/>'))
    right = boxes(to_pdf(fill(document, sample_values())), "11月21日")[2]
    assert (210 - 26) * MM - right == pytest.approx(4 * 16, abs=2)


def test_paragraphs_begin_two_characters_in_and_stand_28_95_points_apart():
    body = '<w:pStyle w:val="BodyText"/>'
    pdf = printed(paragraph("甲段。", body) + paragraph("乙段。", body))
    first, second = boxes(pdf, "甲段"), boxes(pdf, "乙段")
    assert first[0] - 28 * MM == pytest.approx(2 * 16, abs=2)
    assert first[1] - second[1] == pytest.approx(28.95, abs=0.3)


def test_a_page_of_the_body_holds_22_lines():
    text = "".join(paragraph(f"第{number}行", '<w:pStyle w:val="BodyText"/>') for number in range(1, 31))
    first, second = pdf_pages(printed(text))
    assert squeezed(first).endswith("第22行—1—")
    assert squeezed(second).startswith("第23行") and squeezed(second).endswith("—2—")


def test_alignment_and_breaks_are_kept():
    pdf = printed(
        paragraph("左左", '<w:jc w:val="left"/>')
        + paragraph("中中", '<w:jc w:val="center"/>')
        + paragraph("右右", '<w:jc w:val="right"/>')
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + paragraph("次页")
    )
    assert boxes(pdf, "左左")[0] == pytest.approx(28 * MM, abs=2)
    assert sum(boxes(pdf, "中中")[::2]) / 2 == pytest.approx((28 + 184) / 2 * MM, abs=2)
    assert boxes(pdf, "右右")[2] == pytest.approx(184 * MM, abs=2)
    assert "次页" in pdf_pages(pdf)[1]


def test_merged_cells_keep_their_text_and_places():
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    wide, tall = cell("甲", '<w:gridSpan w:val="2"/>'), cell("乙", '<w:vMerge w:val="restart"/>')
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/><w:gridCol w:w='2000'/><w:gridCol w:w='2000'/></w:tblGrid>"
        f"<w:tr>{wide}{tall}</w:tr>"
        f"<w:tr>{cell('丙')}{cell('丁')}{cell('', '<w:vMerge/>')}</w:tr></w:tbl>"
    )
    document = with_body(TEMPLATE, table + paragraph("戊"))
    pdf = to_pdf(document)
    assert pdf_text(pdf) == docx_text(document) == "甲乙丙丁戊"
    assert boxes(pdf, "丁")[0] - boxes(pdf, "丙")[0] == pytest.approx(100, abs=2)
    assert boxes(pdf, "甲")[0] == pytest.approx(boxes(pdf, "丙")[0], abs=1)


BOX = (
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>盒中</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        (BOX, "图片或者文本框"),
        ("<w:p><w:r><w:drawing/></w:r></w:p>", "图片或者图形"),
        ("<w:p><w:r><mc:AlternateContent/></w:r></w:p>", "文本框或者图形"),
        ("<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p>", "脚注"),
        ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>", "特殊符号"),
        (paragraph("甲", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"), "自动编号"),
        ("<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins></w:p>", "修订"),
        ("<w:p><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:p>", "修订"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r></w:p>", "隐藏的文字"),
        ("<w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>", "正文中的域"),
        ("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>", "分节"),
        ("<w:p><w:weird><w:r><w:t>甲</w:t></w:r></w:weird></w:p>", "不认识的内容"),
        (
            "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
            "表格中的表格",
        ),
    ],
)
def test_what_can_not_be_printed_is_named_and_never_dropped(xml, what):
    document = with_body(TEMPLATE, paragraph("甲") + xml)
    with pytest.raises(LettersError, match=what):
        to_pdf(document)
    assert any(what in problem.message for problem in check_template(document, "correction_notice"))


@pytest.mark.parametrize(
    ("part", "what"),
    [("word/footer1.xml", "页脚中的文字“内部资料"), ("word/footer2.xml", "页脚中的文字“内部资料")],
)
def test_a_footer_with_words_is_named(part, what):
    document = with_part(TEMPLATE, part, lambda text: text.replace("— ", "内部资料 ", 1))
    with pytest.raises(LettersError, match=what):
        to_pdf(document)


def test_hyperlinks_and_content_controls_are_read_through():
    xml = (
        "<w:p><w:hyperlink w:anchor='x'><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert pdf_text(printed(xml)) == "链接控件"


def test_a_character_that_no_font_has_is_refused_by_name():
    with pytest.raises(LettersError, match=r"U\+F0001"):
        printed(paragraph("王\U000f0001"))


def test_bold_and_faces_reach_the_page():
    xml = '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r><w:r><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr><w:t>黑</w:t></w:r></w:p>'
    document = pypdfium2.PdfDocument(printed(xml))
    names = {one.get_font().get_base_name() for one in document[0].get_objects(filter=[1])}
    assert any("Bold" in name for name in names)
    assert any("Bold" not in name for name in names)


def test_the_same_document_gives_the_same_bytes():
    assert printed(paragraph("甲")) == printed(paragraph("甲"))


def test_letters_may_be_printed_by_several_threads_at_once():
    from concurrent.futures import ThreadPoolExecutor

    documents = [with_body(TEMPLATE, paragraph(f"第{number}件")) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert [squeezed(pdf_text(pdf)) for pdf in pool.map(to_pdf, documents)] == [f"第{n}件" for n in range(8)]
