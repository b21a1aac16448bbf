"""A case's archive: the list is right, nothing is lost, names are safe, bytes are reproducible."""

import csv
import hashlib
import io
import zipfile
from datetime import date

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gongkai.letters import ArchiveItem, LettersError, archive_case, default_template, fill, sample_values, to_pdf
from gongkai.letters.archive import DOCX, PDF
from gongkai.letters.archive_files import safe_name
from gongkai.letters.images import image_page

from .pages import paragraph, pdf_pages, pdf_text, with_body


def document(*pages):
    """A Word document of so many pages, each with its word."""
    broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    return with_body(default_template("correction_notice"), broken.join(map(paragraph, pages)))


def image(kind):
    buffer = io.BytesIO()
    Image.effect_noise((300, 200), 60).save(buffer, kind)
    return buffer.getvalue()


ITEMS = (
    ArchiveItem("申请书", PDF, to_pdf(document("甲一", "甲二")), date(2026, 10, 26)),
    ArchiveItem("身份证明", "image/jpeg", image("JPEG")),
    ArchiveItem("答复书", DOCX, document("丁"), date(2026, 11, 21)),
    ArchiveItem("接谈录音", "audio/mpeg", b"\xff\xfb", date(2026, 11, 2)),
    ArchiveItem("纸质原件", "application/x-paper", b"", None, pages=7),
)
MADE = archive_case("王建国申请（2026-0087）", "青山县教育局", ITEMS)


def members(made):
    with zipfile.ZipFile(io.BytesIO(made.zip)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_the_list_counts_pages_and_says_where_each_paper_begins():
    counted = [(entry.number, entry.title, entry.pages, entry.first_page) for entry in MADE.index]
    assert counted == [
        (1, "申请书", 2, 1),
        (2, "身份证明", 1, 3),
        (3, "答复书", 1, 4),
        (4, "接谈录音", None, None),
        (5, "纸质原件", 7, None),
    ]


def test_the_merged_pdf_has_the_list_first_and_then_the_papers_in_order():
    listed, *papers = pdf_pages(MADE.pdf)
    for title in ("卷内目录", "申请书", "身份证明", "答复书", "接谈录音", "只附原件", "2026-10-26", "青山县教育局"):
        assert title in listed
    assert ["甲一" in papers[0], "甲二" in papers[1], "丁" in papers[3]] == [True] * 3
    assert len(papers) == 4
    images = pypdfium2.PdfDocument(MADE.pdf)[3].get_objects(filter=[3], max_depth=5)
    assert len(list(images)) == 1


def test_the_zip_holds_every_original_unchanged_under_the_name_in_the_list():
    found = members(MADE)
    for entry, item in zip(MADE.index, ITEMS, strict=True):
        assert found[f"原件/{entry.file_name}"] == item.content
        assert hashlib.sha256(item.content).hexdigest() == entry.digest
    assert found["案卷.pdf"] == MADE.pdf
    assert len(found) == len(ITEMS) + 3


def test_the_list_as_csv_and_as_a_page_names_every_file():
    found = members(MADE)
    rows = list(csv.reader(io.StringIO(found["卷内目录.csv"].decode("utf-8-sig"))))
    assert [row[5] for row in rows[1:]] == [f"原件/{entry.file_name}" for entry in MADE.index]
    page = found["卷内目录.html"].decode()
    assert all(f'href="原件/{entry.file_name}"' in page for entry in MADE.index)


def test_the_same_papers_give_the_same_bytes():
    assert archive_case("王建国申请（2026-0087）", "青山县教育局", ITEMS) == MADE


def test_another_paper_gives_a_pdf_of_another_identity():
    other = archive_case("王建国申请（2026-0087）", "青山县教育局", ITEMS[:3])
    identity = [pypdfium2.PdfDocument(one.pdf).get_identifier() for one in (MADE, other)]
    assert identity[0] != identity[1]


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (ArchiveItem("坏的", PDF, b"%PDF-1.7 nothing"), "损坏或者加密"),
        (ArchiveItem("坏的", "image/png", image("PNG")[:300]), "图片已经损坏"),
        (ArchiveItem("坏的", "image/jpeg", b"GIF89a"), "不是 JPEG 或者 PNG"),
        (ArchiveItem("坏的", DOCX, b"PK"), "不是可以使用的 Word 文件"),
        (ArchiveItem("坏的", "text/html", b"<p>"), "这种格式不合并"),
    ],
)
def test_a_paper_that_can_not_be_merged_is_kept_and_the_list_says_why(item, why):
    made = archive_case("甲", "乙", [item, ITEMS[0]])
    assert why in made.index[0].note
    assert (made.index[0].first_page, made.index[1].first_page) == (None, 1)
    assert members(made)[f"原件/{made.index[0].file_name}"] == item.content


def test_an_image_beyond_measure_is_not_opened():
    huge = image("PNG")
    huge = huge[:16] + (50_000).to_bytes(4, "big") * 2 + huge[24:]
    with pytest.raises(LettersError, match="超过 10000 万像素"):
        image_page(huge)


def test_a_title_with_signs_does_no_harm():
    title = '=HYPERLINK("x")<script>{{7*7}}../\\:*?|\x00\U000f0001'
    made = archive_case(title, title, [ArchiveItem(title, "text/plain", b"x")])
    found = members(made)
    assert "<script>" not in found["卷内目录.html"].decode()
    assert "'=HYPERLINK" in found["卷内目录.csv"].decode("utf-8-sig")
    name = made.index[0].file_name
    assert not set('\\/:*?"<>|\x00') & set(name) and name.startswith("001_") and name.endswith(".txt")
    assert "{{7*7}}" in pdf_text(made.pdf) and "〓" in pdf_text(made.pdf)


def test_papers_of_one_title_do_not_overwrite_each_other():
    made = archive_case("甲", "乙", [ArchiveItem("附件", "text/plain", b"1"), ArchiveItem("附件", "text/plain", b"2")])
    assert len({entry.file_name for entry in made.index}) == 2


def test_a_long_case_has_a_list_of_several_pages():
    made = archive_case("甲", "乙", [ArchiveItem(f"材料{n}", "text/plain", b"x") for n in range(1, 61)])
    assert "材料60" in pdf_text(made.pdf)
    assert len(pdf_pages(made.pdf)) > 1


def test_a_paper_that_is_missing_stands_in_the_list_with_the_reason_and_nowhere_else():
    missing = ArchiveItem("收费通知书", DOCX, b"", date(2026, 11, 3), missing="案件中没有记载“缴费方式”。")
    made = archive_case("甲", "乙", [missing, ITEMS[0]])
    found = members(made)
    assert "没有记载“缴费方式”" in "".join(pdf_text(made.pdf).split()) and "没有记载" in found["卷内目录.html"].decode()
    assert [name for name in found if name.startswith("原件/")] == ["原件/002_申请书.pdf"]
    assert (made.index[0].pages, made.index[1].first_page) == (None, 1)


def test_an_empty_case_is_refused():
    with pytest.raises(LettersError, match="还没有材料"):
        archive_case("甲", "乙", [])


def test_a_letter_of_the_case_is_printed_into_it():
    letter = fill(default_template("disclosed"), sample_values())
    made = archive_case("甲", "乙", [ArchiveItem("答复书", DOCX, letter)])
    assert "政府信息公开申请答复书" in pdf_pages(made.pdf)[1]


@given(st.text(max_size=80))
def test_any_title_gives_a_safe_name(title):
    name = safe_name(title)
    assert 0 < len(name) <= 40
    assert not set('\\/:*?"<>| \t\r\n\x00') & set(name)
    assert name not in (".", "..") and not name.startswith((".", " ")) and not name.endswith((".", " "))
