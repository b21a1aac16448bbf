"""Values go into templates as text and only as text; a value that lacks and a template that does more are errors."""

import datetime
import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.letters import LettersError, default_template, fill, letters, sample_values, to_pdf

from .pages import docx_text, paragraph, pdf_text, squeezed, with_body, with_part

TEMPLATE = default_template("correction_notice")


def filled(body, **values):
    return docx_text(fill(with_body(TEMPLATE, body), values))


@pytest.mark.parametrize("key", list(letters()))
def test_a_letter_filled_with_samples_prints_the_same_text_as_pdf(key):
    document = fill(default_template(key), sample_values())
    text = docx_text(document)
    assert "{" not in text and "}" not in text
    assert letters()[key].title in text
    assert pdf_text(to_pdf(document)) == text


@pytest.mark.parametrize("key", [key for key, one in letters().items() if one.frame == "letter"])
def test_a_letter_needs_no_more_than_what_it_requires_and_what_it_names(key):
    """Attachments, a contact and other things that stand in conditions may lack."""
    values = dict(sample_values())
    for optional in (
        "attachments",
        "contact",
        "contact_phone",
        "query_code",
        "petition_channel",
        "other_organ_contact",
    ):
        if optional not in letters()[key].required and not (
            key == "not_this_organ" and optional == "other_organ_contact"
        ):
            del values[optional]
    text = docx_text(fill(default_template(key), values))
    assert "附件：" not in text and "联系人" not in text


def test_the_same_values_give_the_same_bytes():
    assert fill(TEMPLATE, sample_values()) == fill(TEMPLATE, sample_values())


def test_word_opens_what_was_filled_and_finds_its_styles():
    document = docx.Document(io.BytesIO(fill(TEMPLATE, sample_values())))
    by_style = {one.style.name: one.text for one in document.paragraphs}
    assert by_style["Title"] == "青山县教育局\n政府信息公开申请补正告知书"
    assert by_style["文号"] == "青教公复〔2026〕12号"
    assert by_style["主送"] == "王建国："
    assert by_style["成文日期"] == "2026年11月21日"
    page = document.sections[0]
    assert [round(side.mm) for side in (page.page_width, page.page_height)] == [210, 297]
    assert [round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)] == [
        37, 35, 28, 26,
    ]  # fmt: skip


def test_a_text_of_several_paragraphs_becomes_paragraphs_of_the_same_style():
    document = docx.Document(io.BytesIO(fill(TEMPLATE, {**sample_values(), "correction_items": "一事。\n二事。"})))
    found = {one.text: one.style.name for one in document.paragraphs}
    assert found["一事。"] == found["二事。"] == "Body Text"


def test_each_row_of_a_list_becomes_a_row_of_the_table():
    rows = [{"division": f"第{number}科", "on": datetime.date(2026, 11, number)} for number in (1, 2, 3)]
    document = docx.Document(
        io.BytesIO(fill(default_template("not_existing"), {**sample_values(), "search_record": rows}))
    )
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[0] for row in cells] == ["检索部门", "第1科", "第2科", "第3科"]
    assert [row[3] for row in cells[1:]] == ["2026年11月1日", "2026年11月2日", "2026年11月3日"]


def test_what_word_splits_over_runs_is_one_placeholder():
    body = (
        "<w:p><w:r><w:t>致{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{申请</w:t></w:r>"
        "<w:proofErr w:type='spellStart'/><w:r><w:t>人}</w:t></w:r><w:r><w:t>}：</w:t></w:r></w:p>"
    )
    assert filled(body, applicant="王建国") == "致王建国："


def test_a_condition_prints_its_paragraph_or_the_other():
    body = (
        paragraph("{%p if 附件 and not 备注 %}") + paragraph("附件：{{附件}}") + paragraph("{%p else %}")
        + paragraph("无附件。") + paragraph("{%p endif %}")
    )  # fmt: skip
    assert filled(body, attachments="清单") == "附件：清单"
    assert filled(body) == filled(body, attachments="  ") == "无附件。"


def test_headers_and_footers_are_filled_too():
    template = with_part(TEMPLATE, "word/footer1.xml", lambda text: text.replace("— ", "{{文号}} ", 1))
    document = fill(template, sample_values())
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        footers = [package.read(name).decode() for name in package.namelist() if "footer" in name]
    assert any("青教公复〔2026〕12号" in one for one in footers)


def test_a_missing_value_is_named():
    with pytest.raises(LettersError, match="模板用到“补正事项”，但是没有填写这一项"):
        fill(TEMPLATE, {**sample_values(), "correction_items": ""})


def test_what_a_form_may_leave_blank_is_blank():
    assert filled(paragraph("备注：{{备注}}。")) == "备注：。"


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{{ 申请人.__class__.__mro__ }}",
        "{{ 申请人|upper }}",
        "{{ 申请人.upper() }}",
        "{{ range(10) }}",
        "{{ '申请人' }}",
        "{{ 申请人[0] }}",
        "{{ 申请人 or 1 }}",
        "{% set x = 1 %}",
        "{% for x in 申请人 %}{% endfor %}",
        "{% for x in range(9) %}{% endfor %}",
        "{% if 申请人 == 1 %}{% endif %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro x() %}{% endmacro %}",
        "{% for 行 in 检索记录 %}{{ 行.items }}{% endfor %}",
        "{% for 行 in 检索记录 %}{% for 列 in 检索记录 %}{% endfor %}{% endfor %}",
        "{% for 行 in 检索记录 %}{{ loop }}{% endfor %}",
        "{{ self }}",
        "{{ 检索记录 }}",
        "{{ 无此项 }}",
    ],
)
def test_a_template_can_neither_compute_nor_call(text):
    with pytest.raises(LettersError):
        filled(paragraph(text.replace("<", "&lt;")), **sample_values())


def test_a_macro_stops_the_filling():
    with pytest.raises(LettersError, match="宏"):
        fill(with_part(TEMPLATE, "word/vbaProject.bin", lambda _: "x"), sample_values())


def test_a_condition_that_tears_a_paragraph_apart_is_refused_rather_than_mended():
    table = f"<w:tbl><w:tblGrid/><w:tr><w:tc>{paragraph('乙{% endif %}丙')}</w:tc></w:tr></w:tbl>"
    body = paragraph("甲{% if 申请人 %}") + table
    with pytest.raises(LettersError, match="独占一段"):
        filled(body)


MARKS = st.text(
    alphabet=st.one_of(
        st.sampled_from("{}%#_<>&\"';\\\n\t\r\a\f\v[]()=/:.|－“”　 "),
        st.characters(codec="utf-8"),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    ),
    max_size=30,
)
UNPRINTED = "".join(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)


def kept(text):
    """What must come out of a text: all but spaces, controls, and marks that turn the direction of reading."""
    return squeezed("".join(one for one in text if one not in UNPRINTED))


@given(MARKS, MARKS)
def test_values_with_any_signs_come_out_as_they_went_in(line, text):
    body = paragraph("甲{{申请内容}}乙") + paragraph("{{理由}}") + paragraph("丙")
    values = {"description": line + "。", "reasons": "一" + text}
    found = fill(with_body(TEMPLATE, body), values)
    assert docx_text(found) == f"甲{kept(line)}。乙一{kept(text)}丙"


@pytest.mark.parametrize(
    "value",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{_{ 申请人 }_}",
        "{_% x %_}",
        "</w:t></w:r></w:p>",
        "&amp;&#65;",
        "]]>",
        "<!--",
        "{#a#}",
    ],
)
def test_a_value_is_never_taken_for_a_template_or_for_xml(value):
    body = paragraph("甲{{申请内容}}乙") + paragraph("{{申请人}}")
    assert filled(body, description=value, applicant="{{申请内容}}") == f"甲{squeezed(value)}乙{{{{申请内容}}}}"
