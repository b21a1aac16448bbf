"""One module a format: bytes of a published document to a stream of lines. What a file is, its content tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from ..document import Document, UnreadableError

Convert = Callable[[bytes, str], bytes]
"""Turns a document of an old format, named by its ending, into DOCX (XLS: XLSX), as ``office_suite.convert`` does."""

MOST_TEXT = 16 << 20
"""The largest text or web page that is read, in bytes."""

MOST_CHARACTERS = 1_000_000
MOST_LINES = 40_000
"""The most of a document that is read, in characters and lines: some thirty times what the longest reports have."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\x01\0", b"\0\0\0\x0cjP  ")
_PACKED = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7Z", b"\x1f\x8b": "GZ", b"BZh": "BZ2", b"\xfd7zXZ\0": "XZ"}
_TAG = re.compile(
    r"</?(?:html|head|body|table|tbody|tr|td|th|div|p|span|br|meta|h[1-6]|section|article)\b[^<>]*>", re.I
)
_SCAN_ADVICE = "图片或扫描件没有文字层，请提供可以复制文字的版本，或者先作文字识别。"


def open_document(name: str, data: bytes, convert: Convert | None = None) -> Document:
    """Read a document of any supported format; what it is, its content tells, ``name`` serves messages and WPS only.

    ``convert``: turns DOC, WPS, RTF and ODT into DOCX and XLS into XLSX; without it they are refused. Raises
    UnreadableError with a Chinese sentence for what can't be read; an archive is refused too (``archive.members``
    opens it).
    """
    document = _read(name, data, convert)
    if not document.lines and document.format != "pdf":
        raise UnreadableError("".join(document.problems) or f"文件中没有读到文字。{_SCAN_ADVICE}")
    if len(document.lines) > MOST_LINES:
        raise UnreadableError(f"文件中有 {len(document.lines)} 行文字，不像一份年度报告，未予读取。")
    _refuse_long(sum(len(cell.text) for line in document.lines for cell in line.cells))
    return document


def _refuse_long(characters: int) -> None:
    if characters > MOST_CHARACTERS:
        raise UnreadableError(f"文件中有 {characters // 10_000} 万字，不像一份年度报告，未予读取。")


def _read(name: str, data: bytes, convert: Convert | None) -> Document:
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableError("文件是空的。")
    if b"%PDF-" in data[:1024]:
        from .pdf import read_pdf

        return read_pdf(data)
    if data.startswith(b"PK"):
        return _read_package(data, convert)
    if data.startswith(_OLE):
        return _read_ole(name, data, convert)
    if data.startswith(b"{\\rtf"):
        return _converted(data, "rtf", convert)
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise UnreadableError(f"文件是图片。{_SCAN_ADVICE}")
    for start, kind in _PACKED.items():
        if data.startswith(start):
            raise UnreadableError(f"文件是 {kind} 压缩包，不能直接读取，请解压后读取，或者改用 ZIP 打包。")
    return _read_text_or_page(data, convert)


def _read_package(data: bytes, convert: Convert | None) -> Document:
    from .archive import package_kind

    match package_kind(data):
        case "docx":
            from .docx import read_docx

            return read_docx(data)
        case "xlsx":
            from .xlsx import read_xlsx

            return read_xlsx(data)
        case "ofd":
            from .ofd import read_ofd

            return read_ofd(data)
        case "odt":
            return _converted(data, "odt", convert)
        case "archive":
            raise UnreadableError("文件是压缩包，其中的文件应逐个读取。")
        case "pptx" | "ods" as kind:
            raise UnreadableError(f"暂不支持 {kind.upper()} 文件，请另存为 DOCX 或 XLSX 再读取。")
        case _:
            raise UnreadableError("压缩结构已损坏或不完整，无法打开，请重新取得该文件。")


def _read_ole(name: str, data: bytes, convert: Convert | None) -> Document:
    """The container of DOC, WPS, XLS and encrypted files; the names of its streams tell which."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise UnreadableError("文件已加密，请先解除密码再读取。")
    if holds("WordDocument"):
        return _converted(data, "wps" if name.lower().endswith(".wps") else "doc", convert)
    if holds("Workbook") or holds("Book"):
        return _converted(data, "xls", convert)
    if name.lower().endswith((".doc", ".wps")):
        return _converted(data, name.lower()[-3:], convert)
    raise UnreadableError("文件不是 Word 或 Excel 文档，暂不支持，请另存为 DOCX 再读取。")


def _converted(data: bytes, ending: str, convert: Convert | None) -> Document:
    """A document of an old format by way of DOCX; it keeps the name of its own format."""
    if convert is None:
        new = "XLSX" if ending == "xls" else "DOCX"
        raise UnreadableError(f"{ending.upper()} 文件需要借助办公软件转换，请另存为 {new} 再读取。")
    if ending == "xls":
        from .xlsx import read_xlsx as read
    else:
        from .docx import read_docx as read
    document = read(convert(data, ending))
    document.format = ending
    return document


def _read_text_or_page(data: bytes, convert: Convert | None) -> Document:
    from .decoding import decode
    from .html import read_html_text
    from .text import read_text_decoded

    if len(data) > MOST_TEXT:
        raise UnreadableError(f"文件超过 {MOST_TEXT >> 20} MB，不像一份年度报告，未予读取。")
    head = data[:2048].lstrip()
    if b"MIME-Version:" in head or head.startswith(b"From: <"):
        from .mhtml import read_mhtml

        return read_mhtml(data)
    if b"schemas.microsoft.com/office/word/2003/wordml" in head or b'progid="Word.Document"' in head:
        return _converted(data, "xml", convert)
    text, problems = decode(data)
    if _is_page(text):
        return read_html_text(text, problems)
    strange = sum(data[:65536].count(code) for code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16))
    if text.count("�") > 0.2 * len(text) or (strange > 0.02 * min(len(data), 65536) and problems):
        raise UnreadableError("无法识别的文件格式；可以读取的有 DOCX、PDF、HTML、XLSX、TXT 以及它们的 ZIP 压缩包。")
    _refuse_long(len(text))
    return read_text_decoded(text, problems)


def _is_page(text: str) -> bool:
    """Whether a text is a web page or a piece of one: it opens with a tag, or holds several."""
    head = text[:4096].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<table", "<p", "<div", "<meta", "<head", "<body")):
        return True
    return len(list(islice(_TAG.finditer(text), 6))) == 6
