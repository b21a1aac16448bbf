"""The Word document, opened in an office suite, and the PDF are the same pages: lines, tables, fonts."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from gongkai.examples.organ import organs
from gongkai.report.writing import THEMES, write
from gongkai.report.writing.breaking import pieces

SUITE = shutil.which("soffice") or shutil.which("libreoffice")
FONTS = shutil.which("pdffonts")


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    """By theme and organ: the PDF that we write, and the one that the office suite makes of our Word document."""
    if SUITE is None:
        pytest.skip("没有安装办公软件（apt-get install libreoffice-writer），Word 文件与 PDF 的逐页比较跳过")
    folder = tmp_path_factory.mktemp("twins")
    found = {}
    for theme in THEMES:
        for organ in organs():
            name = f"{theme}-{organ.key}"
            (folder / f"{name}.docx").write_bytes(write(organ.report, "docx", theme=theme))
            (folder / f"{name}.own.pdf").write_bytes(write(organ.report, "pdf", theme=theme))
            found[theme, organ.key] = (folder / f"{name}.own.pdf", folder / f"{name}.pdf")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    documents = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run(
        [SUITE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *documents],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return found


def _pages(path: Path) -> list[str]:
    """The text of each page, without spaces and line ends."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(path)]


def _first_lines(path: Path, words: int = 12) -> list[str]:
    return [page[:words] for page in _pages(path)]


def _families(path: Path) -> set[str]:
    """The families of a PDF's fonts; of a collection of fonts that share their outlines, whichever name was taken."""
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    names = {line.split()[0].rpartition("+")[2].split("-")[0] for line in listed}
    return {re.sub(r"(?<=CJK)(sc|jp|kr|tc|hk)$", "", name) for name in names}


def test_both_have_the_same_pages_that_begin_with_the_same_words(twins):
    for (theme, organ), (own, suites) in twins.items():
        assert _first_lines(own) == _first_lines(suites), (theme, organ)


def test_each_table_stands_on_the_same_page_in_both(twins):
    marks = ("第二十条第（八）项", "（七）总计", "未经复议直接起诉")
    for (theme, organ), (own, suites) in twins.items():
        for mark in marks:
            places = [[number for number, page in enumerate(_pages(path)) if mark in page] for path in (own, suites)]
            assert places[0] == places[1] != [], (theme, organ, mark)


def test_both_have_the_same_fonts(twins):
    if FONTS is None:
        pytest.skip("没有安装 pdffonts（apt-get install poppler-utils），字体的比较跳过")
    for (theme, organ), (own, suites) in twins.items():
        assert _families(own) == _families(suites), (theme, organ)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依据《条例》（以下简称）", ["依", "据", "《条", "例》", "（以", "下", "简", "称）"]),
        ("共2023年12.5%，等", ["共", "2023", "年", "12.5%，", "等"]),
        ("见http://a.cn/b/c。", ["见", "http://", "a.cn/", "b/", "c。"]),
    ],
)
def test_no_line_can_begin_with_closing_punctuation_or_end_with_opening(text, expected):
    assert pieces(text) == expected
    assert "".join(pieces(text)) == text
