"""Out to Word and back: what a person does there to words, numbers and controls, and which ties survive it."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from gongkai.narrative import Tie, from_word, source_name, sources_name, stale, to_word
from gongkai.narrative.ties import texts_of
from gongkai.reading.document import UnreadableError
from gongkai.report import load_form

from .samples import report_and_ties

REPORT, TIES = report_and_ties()
FORM = load_form("2021")


@pytest.fixture
def word():
    return docx.Document(io.BytesIO(to_word(REPORT, TIES)))


def back(document, report=REPORT, ties=TIES):
    """What comes back of an edited document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return from_word(buffer.getvalue(), report, ties)


def control(document, tag):
    """The first control with this tag."""
    return next(one for one in document.element.body.iter(qn("w:sdt")) if tag_of(one) == tag)


def tag_of(one):
    return one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))


def text_in(one):
    """The element that holds a control's text."""
    return next(one.iter(qn("w:t")))


def paragraph(document, words):
    """The paragraph that holds these words."""
    return next(one for one in document.paragraphs if words in "".join(t.text or "" for t in one._p.iter(qn("w:t"))))


def said(returned):
    """Each tie's numeral as it stands in the text that came back, by its sources."""
    texts = {"introduction": returned.introduction, **returned.sections}
    return {one.sources: texts[one.section][one.start : one.end] for one in returned.ties}


def sent():
    texts = texts_of(REPORT)
    return {one.sources: texts[one.section][one.start : one.end] for one in TIES}


RECEIVED = ("applications.received.total",)
TRAININGS = ("fact:trainings",)
WITHHELD = next(one.sources for one in TIES if "applications.withheld_internal.total" in one.sources)


def test_a_document_that_nobody_touched_comes_back_as_it_was(word):
    returned = back(word)
    assert (returned.introduction, returned.sections) == (REPORT.introduction, REPORT.sections)
    assert (returned.ties, returned.lost, returned.notes) == (TIES, (), ())


def test_every_tied_numeral_stands_in_a_control_that_names_its_sources(word):
    controls = list(word.element.body.iter(qn("w:sdt")))
    assert [text_in(one).text for one in controls] == [
        texts_of(REPORT)[one.section][one.start : one.end] for one in TIES
    ]
    assert tag_of(control(word, "applications.received.total")) == "applications.received.total"
    for one in controls:
        for name in ("tag", "alias"):
            assert 0 < len(one.find(f"{qn('w:sdtPr')}/{qn('w:' + name)}").get(qn("w:val"))) <= 64
    numbers = [one.find(f"{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val")) for one in controls]
    assert len(set(numbers)) == len(numbers)


def test_sources_are_named_as_a_clerk_knows_them():
    assert source_name("applications.total.natural_person", FORM) == "表三“（七）总计”自然人"
    assert source_name("fact:trainings", FORM) == "情况“组织培训（场）”"
    assert source_name("fact:media.website.published", FORM) == "公开渠道“政府网站”公开信息"
    assert source_name("fact:media.website.documents.published", FORM) == "公开渠道“政府网站”公开信息（政策文件）"
    assert source_name("fact:media.wechat.某.号.reads", FORM) == "公开渠道“某.号”阅读量"
    assert sources_name(WITHHELD, FORM) == "表三“（三）不予公开”总计"


def test_a_number_typed_into_a_control_stays_tied_and_is_seen_to_deviate(word):
    text_in(control(word, "applications.received.total")).text = "91"
    returned = back(word)
    assert said(returned) == sent() | {RECEIVED: "91"}
    texts = {"introduction": returned.introduction, **returned.sections}
    numbers = {**REPORT.values, **{one.sources[0]: one.value for one in TIES if one.sources[0].startswith("fact:")}}
    assert [one.printed for one in stale(returned.ties, texts, numbers) if one.tie.sources == RECEIVED] == [91]


def test_digits_typed_beside_a_control_belong_to_its_number(word):
    text_in(control(word, "applications.received.total")).getparent().getparent().getparent().addnext(
        docx.oxml.parse_xml(f'<w:r xmlns:w="{word.element.nsmap["w"]}"><w:t>7</w:t></w:r>')
    )
    assert said(back(word)) == sent() | {RECEIVED: "197"}


def test_a_control_taken_off_its_number_loses_no_tie(word):
    one = control(word, "fact:trainings")
    for run in one.findall(f"{qn('w:sdtContent')}/{qn('w:r')}"):
        one.addprevious(run)
    one.getparent().remove(one)
    assert said(back(word)) == sent()


def test_a_document_without_any_control_comes_back_with_its_ties(word):
    for one in list(word.element.body.iter(qn("w:sdt"))):
        for run in one.findall(f"{qn('w:sdtContent')}/{qn('w:r')}"):
            one.addprevious(run)
        one.getparent().remove(one)
    paragraph(word, "组织信息公开培训").insert_paragraph_before("新添的一段。")
    returned = back(word)
    assert said(returned) == sent() and returned.lost == ()


def test_a_number_deleted_with_its_control_is_reported_as_lost(word):
    one = control(word, "fact:trainings")
    one.getparent().remove(one)
    returned = back(word)
    assert [tie.sources for tie in returned.lost] == [TRAININGS]
    assert said(returned) == {sources: text for sources, text in sent().items() if sources != TRAININGS}
    (note,) = returned.notes
    assert "情况“组织培训（场）”" in note and "第一部分" in note and note.endswith("。")


def test_words_in_a_control_instead_of_a_number_are_no_tie(word):
    text_in(control(word, "fact:trainings")).text = "多"
    assert [tie.sources for tie in back(word).lost] == [TRAININGS]


def test_paragraphs_added_come_back_and_move_no_tie(word):
    for words in ("组织信息公开培训", "新收政府信息公开申请"):
        paragraph(word, words).insert_paragraph_before("组织了33次现场答疑，共有7人参加。")
    returned = back(word)
    assert returned.sections["overview"].count("组织了33次现场答疑，共有7人参加。") == 2
    assert said(returned) == sent() and returned.lost == ()


def test_a_paragraph_moved_to_another_section_takes_its_ties_along(word):
    moved, there = paragraph(word, "组织信息公开培训")._p, paragraph(word, "栏目更新不及时")._p
    there.addnext(moved)
    returned = back(word)
    assert said(returned) == sent() and returned.lost == ()
    assert next(tie.section for tie in returned.ties if tie.sources == TRAININGS) == "problems"


def test_a_paragraph_copied_is_tied_twice(word):
    import copy

    one = paragraph(word, "组织信息公开培训")._p
    one.addnext(copy.deepcopy(one))
    assert [tie.sources for tie in back(word).ties].count(TRAININGS) == 2


def test_tracked_changes_count_as_accepted(word):
    one = control(word, "fact:trainings")
    content = one.find(qn("w:sdtContent"))
    (run,) = content
    space = word.element.nsmap["w"]
    content.insert(0, docx.oxml.parse_xml(f'<w:ins xmlns:w="{space}" w:id="901"><w:r><w:t>8</w:t></w:r></w:ins>'))
    deleted = docx.oxml.parse_xml(f'<w:del xmlns:w="{space}" w:id="902"/>')
    run.addprevious(deleted)
    deleted.append(run)
    text_in(run).tag = qn("w:delText")
    assert said(back(word)) == sent() | {TRAININGS: "8"}


def test_a_figure_changed_in_a_table_is_told_and_not_taken_over(word):
    cell = next(cell for table in word.tables for row in table.rows for cell in row.cells if cell.text == "1263")
    cell.paragraphs[0].runs[0].text = "1264"
    (note,) = back(word).notes
    assert "表二“行政许可”" in note and "1264" in note and "1263" in note and "不从 Word 文件取回" in note


def test_a_heading_that_is_gone_is_told(word):
    gone = paragraph(word, "六、其他需要报告的事项")._p
    gone.getparent().remove(gone)
    assert any("六、其他需要报告的事项" in note for note in back(word).notes)


def test_what_is_no_document_is_refused():
    with pytest.raises(UnreadableError):
        from_word(b"", REPORT, TIES)
    with pytest.raises(UnreadableError):
        from_word(b"PK\x03\x04 damaged", REPORT, TIES)


def test_sources_too_many_for_a_tag_are_known_again():
    assert len("+".join(WITHHELD)) > 64
    assert WITHHELD in said(from_word(to_word(REPORT, TIES), REPORT, TIES))


def test_a_tie_in_the_introduction_comes_back_too():
    report = replace(REPORT, introduction="本机关组织培训7场。")
    one = Tie("introduction", 7, 8, TRAININGS, 7)
    assert from_word(to_word(report, [one]), report, [one]).ties == (one,)


# ── LibreOffice ──────────────────────────────────────────────────────────────────────────────────────────────────

SUITE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The document as the office suite saves it, and after a way through its own format."""
    if SUITE is None:
        pytest.skip("没有安装办公软件（apt-get install libreoffice-writer），经它保存后取回的测试跳过")
    folder = tmp_path_factory.mktemp("suite")
    (folder / "report.docx").write_bytes(to_word(REPORT, TIES))

    def convert(name, kind, where):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            SUITE,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / where),
            str(folder / name),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    convert("report.docx", "docx:MS Word 2007 XML", "saved")
    convert("report.docx", "odt", "own")
    convert("own/report.odt", "docx:MS Word 2007 XML", "twice")
    return {where: (folder / where / "report.docx").read_bytes() for where in ("saved", "twice")}


@pytest.mark.parametrize("where", ["saved", "twice"])
def test_every_tie_survives_the_office_suite(saved, where):
    returned = from_word(saved[where], REPORT, TIES)
    assert (returned.introduction, returned.sections) == (REPORT.introduction, REPORT.sections)
    assert (returned.ties, returned.lost, returned.notes) == (TIES, (), ())


def test_the_office_suite_keeps_the_controls_in_a_word_document(saved):
    with zipfile.ZipFile(io.BytesIO(saved["saved"])) as package:
        assert package.read("word/document.xml").count(b"<w:sdt>") == len(TIES)
    edited = docx.Document(io.BytesIO(saved["saved"]))
    one = next(
        one
        for one in edited.element.body.iter(qn("w:sdt"))
        if one.find(f"{qn('w:sdtPr')}/{qn('w:alias')}").get(qn("w:val")) == "情况“组织培训（场）”"
    )
    text_in(one).text = "33"
    moved = next(one.iterancestors(qn("w:p")))
    paragraph(edited, "栏目更新不及时")._p.addnext(moved)
    assert said(back(edited)) == sent() | {TRAININGS: "33"}
