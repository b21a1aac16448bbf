"""Any file: what it is, its content tells; what can't be read is refused in a Chinese sentence."""

import random
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
import xlsxwriter

from gongkai.reading.document import Document, UnreadableError
from gongkai.reading.formats import office_suite, open_document
from gongkai.reading.formats.archive import is_archive, members

from .rows import texts

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "reports"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、总体情况")
    table = document.add_table(3, 4)
    for number in range(12):
        table.cell(number // 4, number % 4).text = str(number)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def excel_file() -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 3, "第二十条第（一）项")
        page.write_row(1, 0, ["规章", 0, 1.5, "/"])
    return stream.getvalue()


def ofd_file() -> bytes:
    namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    pieces = "".join(
        f'<ofd:TextObject Boundary="{x} {y} 20 5" Size="4"><ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject>'
        for x, y, text in [(60, 20, "28"), (20, 20, "规章"), (20, 10, "一、总体情况")]
    )
    page = f"<ofd:Page {namespace}><ofd:Content><ofd:Layer>{pieces}</ofd:Layer></ofd:Content></ofd:Page>"
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        file.writestr("OFD.xml", f"<ofd:OFD {namespace}/>")
        file.writestr("Doc_0/Pages/Page_0/Content.xml", page)
    return stream.getvalue()


PAGE = (
    "<html><head><title>年报</title></head><body><p>一、总体情况</p><table><tr><td colspan=2>规章</td><td>0</td></tr>"
    "<tr><td rowspan=2>甲</td><td>1</td></tr></table></body></html>"
)
TEXT = "一、总体情况\n规章 | 0 | 0 |\n许可\t5\t\n   合计      3402     99\n"
ARCHIVE = "年报"
MHTML = (
    b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + PAGE.encode()
    + b"\r\n--b--\r\n"
)


def zip_file() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        file.writestr("甲.txt", TEXT)
        file.writestr("乙.html", PAGE)
    return stream.getvalue()


SAMPLES = {
    "txt": TEXT.encode(),
    "html": PAGE.encode("gb18030"),
    "docx": word_file(),
    "xlsx": excel_file(),
    "ofd": ofd_file(),
    "mhtml": MHTML,
    "zip": zip_file(),
}


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "xlsx", "ofd"])
def test_the_ending_does_not_matter(kind):
    assert open_document("年报.pdf", SAMPLES[kind]).format == kind


def test_a_web_archive_is_the_page_in_it():
    document = open_document("年报.mht", MHTML)
    assert document.format == "html"
    assert texts(document)[0] == ["一、总体情况"]


def test_ofd_text_is_put_together_by_its_place():
    assert texts(open_document("年报.ofd", SAMPLES["ofd"])) == [["一、总体情况"], ["规章", "28"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空"),
        (b" \r\n\t", "空"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "图片"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "图片"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 100, "RAR"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "DOCX"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "XLSX"),
        (OLE + b"\0" * 600, "不支持"),
        (b"{\\rtf1 a}", "DOCX"),
        (b"PK\x03\x04" + b"\0" * 50, "损坏"),
        (random.Random(1).randbytes(5000), "无法识别"),
        (b"<html><body><img src='a.png'></body></html>", "文字"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data, why):
    with pytest.raises(UnreadableError, match=f"{why}.*。$"):
        open_document("年报", data)


def test_an_archive_is_to_be_read_member_by_member():
    assert is_archive(SAMPLES["zip"])
    with pytest.raises(UnreadableError, match="压缩包"):
        open_document("年报.zip", SAMPLES["zip"])


def test_an_old_document_is_read_by_way_of_the_given_conversion():
    data = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    asked: list[str] = []

    def convert(given: bytes, ending: str) -> bytes:
        assert given == data
        asked.append(ending)
        return SAMPLES["docx"]

    assert open_document("年报.doc", data, convert).format == "doc"
    assert open_document("年报.WPS", data, convert).format == "wps"
    assert asked == ["doc", "wps"]


def test_without_an_office_suite_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(office_suite, "find_suite", lambda: None)
    with pytest.raises(UnreadableError, match="apt-get install libreoffice-writer"):
        office_suite.convert(b"", "doc")


def test_a_conversion_that_hangs_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(office_suite, "find_suite", lambda: str(program))
    with pytest.raises(UnreadableError, match="1 秒内没有完成"):
        office_suite.convert(b"", "doc", seconds=1)


def mutants(data: bytes, seed: str, count: int) -> list[bytes]:
    """Copies of a file with bytes flipped, cut off, doubled or taken out."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        copy = bytearray(data)
        match chance.randrange(5):
            case 0:
                del copy[chance.randrange(len(copy)) :]
            case 1:
                start = chance.randrange(len(copy))
                del copy[start : start + chance.randrange(1, 200)]
            case 2:
                start = chance.randrange(len(copy))
                copy[start:start] = copy[start : start + chance.randrange(1, 500)] * chance.randrange(1, 50)
            case _:
                for _ in range(chance.choice((1, 3, 30, 300))):
                    copy[chance.randrange(len(copy))] = chance.randrange(256)
        made.append(bytes(copy))
    return made


def repacked(data: bytes, seed: str, count: int) -> list[bytes]:
    """Copies of a ZIP in which one part's content is damaged and packed anew, so that the damage reaches the parser."""
    chance = random.Random(seed)
    made = []
    with ZipFile(BytesIO(data)) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    for number in range(count):
        name = chance.choice([name for name, content in parts.items() if content])
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as after:
            for one, content in parts.items():
                after.writestr(one, mutants(content, f"{seed}{number}", 1)[0] if one == name else content)
        made.append(stream.getvalue())
    return made


def read_any(data: bytes) -> list[Document]:
    if is_archive(data):
        return [open_document(name, content) for name, content in members(data)]
    return [open_document("年报", data)]


@pytest.mark.parametrize("kind", SAMPLES)
def test_damaged_files_are_read_or_refused_but_never_break_the_reader(kind):
    data = SAMPLES[kind]
    damaged = mutants(data, kind, 60)
    if data.startswith(b"PK"):
        damaged += repacked(data, kind, 60)
    for one in damaged:
        if one.startswith(b"%PDF"):
            continue
        try:
            documents = read_any(one)
        except UnreadableError as error:
            assert str(error).endswith("。")
        else:
            assert all(document.lines for document in documents)


@pytest.mark.skipif(not REPORTS.exists(), reason="没有真实年报样本")
def test_real_reports_hold_their_title_and_tables():
    paths = [path for path in sorted(REPORTS.glob("[dfps]*/*")) if path.suffix in (".txt", ".html", ".docx")]
    assert paths
    for path in paths:
        document = open_document(path.name, path.read_bytes())
        assert document.format == path.suffix[1:]
        assert not document.problems
        assert document.lines
