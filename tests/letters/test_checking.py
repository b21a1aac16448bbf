"""A template is looked at before it is put to use; what is wrong is said in Chinese, with what to do."""

import io
import zipfile

import docx
import pytest

from gongkai.letters import LettersError, check_template, default_template, letters

from .pages import paragraph, with_body, with_part

KEY = "registration_form"
TEMPLATE = default_template(KEY)
REQUIRED = paragraph("{{申请人}}{{申请内容}}{{收到日期}}")


def codes(data, key=KEY):
    return {problem.code for problem in check_template(data, key)}


def messages(data):
    return "".join(problem.message for problem in check_template(data, KEY))


@pytest.mark.parametrize("key", list(letters()))
def test_the_default_templates_have_no_problems(key):
    assert check_template(default_template(key), key) == ()


def test_a_template_made_in_word_may_be_used():
    """python-docx starts from a template of Word itself, with theme fonts and latent styles."""
    document = docx.Document()
    document.add_paragraph("{{申请人}}{{申请内容}}{{收到日期}}")
    buffer = io.BytesIO()
    document.save(buffer)
    assert check_template(buffer.getvalue(), KEY) == ()


@pytest.mark.parametrize("text", ["{{" * 1_000, "{{" * 50_000, "{{" + "(" * 9_000, "{% if 附件 %}" * 1_500])
def test_a_template_that_would_exhaust_the_program_is_refused(text):
    assert "syntax" in codes(with_body(TEMPLATE, REQUIRED + paragraph(text)))


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("{{申请入}}", "unknown", "不认识占位符“申请入”"),
        ("{%p if 申请入 %}", "syntax", ""),
        ("{% if 申请入 %}{% endif %}", "unknown", "不认识占位符“申请入”"),
        ("{{申请人", "syntax", "附近"),
        ("{{申请人}", "syntax", "附近"),
        ("甲{% if 附件 %}乙", "syntax", "花括号是否成对"),
        ("{% endif %}", "syntax", "花括号是否成对"),
        ("｛｛申请人｝｝", "full_width", "改为半角"),
        ("{{ 申请人|safe }}", "forbidden", "不允许的写法"),
        ("{{ 检索记录 }}", "rows", "{%tr for 行 in 检索记录 %}"),
        ("{% for 行 in 检索记录 %}{{行.楼层}}{% endfor %}", "unknown", "没有“楼层”这一列"),
        ("{% for 行 in 附件 %}{% endfor %}", "rows", "“附件”不能用在 for 中"),
    ],
)
def test_a_mistake_between_the_braces_is_told(text, code, told):
    data = with_body(TEMPLATE, REQUIRED + paragraph(text))
    assert code in codes(data)
    assert told in messages(data)


def test_a_placeholder_that_the_letter_must_have_is_missed():
    data = with_body(TEMPLATE, paragraph("{{申请人}}{{收到日期}}{% if 申请内容 %}有{% endif %}"))
    assert [problem.message for problem in check_template(data, KEY)] == [
        "模板缺少占位符 {{申请内容}}，这种文书必须写明这一项。"
    ]


def external(kind):
    link = (
        f'<Relationship Id="rId99" TargetMode="External" Target="https://example.invalid/x" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    return with_part(TEMPLATE, "word/_rels/document.xml.rels", lambda text: text.replace("</Relationships>", link))


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "hyperlink", "oleObject", "frame"])
def test_whatever_is_fetched_from_elsewhere_is_refused(kind):
    assert codes(external(kind)) == {"external"}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/vbaProject.bin", "macros"),
        ("word/vbaData.xml", "macros"),
        ("word/embeddings/oleObject1.bin", "embedded"),
        ("word/activeX/activeX1.xml", "embedded"),
        ("word/afchunk1.html", "embedded"),
        ("customUI/customUI.xml", "embedded"),
    ],
)
def test_macros_and_foreign_objects_are_refused(part, code):
    assert code in codes(with_part(TEMPLATE, part, lambda _: "<x/>"))


def test_a_document_that_declares_macros_is_refused_whatever_its_name():
    def change(text):
        return text.replace("wordprocessingml.document.main+xml", "document.macroEnabled.main+xml")

    assert codes(with_part(TEMPLATE, "[Content_Types].xml", change)) == {"macros"}


@pytest.mark.parametrize("field", ["DDEAUTO c:\\\\x", "INCLUDETEXT x", "INCLUDEPICTURE x", "DATE", "dde x"])
def test_fields_that_compute_or_fetch_are_refused(field):
    assert codes(with_body(TEMPLATE, REQUIRED + f'<w:p><w:fldSimple w:instr=" {field} "/></w:p>')) == {"fields"}
    begin, end = field[:2], field[2:]
    split = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText>{begin}</w:instrText></w:r><w:r><w:instrText>{end}</w:instrText></w:r></w:p>"
    )
    assert codes(with_body(TEMPLATE, REQUIRED + split)) == {"fields"}


def test_declared_entities_are_refused():
    def change(text):
        body = text[text.index("<w:document") :]
        return '<!DOCTYPE w [<!ENTITY a "aaaa">]>' + body

    assert codes(with_part(TEMPLATE, "word/document.xml", change)) == {"unreadable"}


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", TEMPLATE[:500], zipped(a="b"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    ids=["empty", "text", "cut off", "another zip", "old word"],
)
def test_what_is_no_word_file_is_told_so(data):
    assert codes(data) == {"unreadable"}
    assert ".docx" in messages(data)


def test_a_bomb_is_not_unpacked():
    bomb = with_part(TEMPLATE, "word/media/x.xml", lambda _: "")
    with zipfile.ZipFile(io.BytesIO(bomb)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert codes(zipped(**parts | {"word/x.xml": bytes(30 << 20)})) == {"unreadable"}


def test_a_package_whose_parts_do_not_fit_is_told_so():
    broken = with_part(TEMPLATE, "_rels/.rels", lambda text: text.replace("word/document.xml", "word/gone.xml"))
    assert codes(broken) == {"unreadable"}


def test_an_unknown_letter_is_the_callers_mistake():
    with pytest.raises(LettersError):
        check_template(TEMPLATE, "nothing")


@pytest.mark.parametrize(
    "part", ["docProps/core.xml", "word/settings.xml", "word/_rels/document.xml.rels", "word/footer1.xml"]
)
def test_a_damaged_part_is_told_whichever_it_is(part):
    assert codes(with_part(TEMPLATE, part, lambda text: text[: len(text) // 2])) == {"unreadable"}
