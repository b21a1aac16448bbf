"""One case's archive (归档): a list of its papers (卷内目录), one PDF of them all, and a ZIP with the originals.

政府信息公开条例第四十五条 asks for archiving; what a volume's list shows is the usual practice of offices, so its columns are a
matter of form, not of law.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..report.writing.coverage import uncovered
from ..report.writing.tables import printable
from .archive_files import extension, safe_name, zipped
from .body import BodyCell, BodyParagraph, BodyRow, BodyTable
from .errors import LettersError
from .images import image_page, is_image
from .pdf import to_pdf
from .writing import write_template

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class ArchiveItem:
    """A paper of the case. ``on``: its date, None where it has none. ``pages``: how many sheets' sides it has where that can't be
    counted from ``content`` (a paper original); None otherwise. ``missing``: why there is nothing of it but this line of the list,
    a Chinese sentence; "" for a paper that is there."""

    title: str
    media_type: str
    content: bytes
    on: date | None = None
    pages: int | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the list. ``first_page``: in the merged PDF, counted after the list itself, None for what stands only in the
    ZIP or is missing; ``note`` then says why. ``pages``: None where unknown. ``digest``: SHA-256 of the original in hexadecimal.
    ``file_name`` and ``digest`` are "" for a paper that is missing."""

    number: int
    title: str
    on: date | None
    pages: int | None
    first_page: int | None
    file_name: str
    digest: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedCase:
    """``pdf``: list and papers in one. ``zip``: the list as web page and CSV, this PDF, and all originals."""

    index: tuple[IndexEntry, ...]
    pdf: bytes
    zip: bytes


def archive_case(title: str, organ: str, items: Sequence[ArchiveItem]) -> ArchivedCase:
    """The archive of a case from its papers in order; the same bytes for the same papers and fonts.

    ``title``: of the volume (案卷题名). A paper that can't be printed or is damaged stands in the ZIP only, and one that is
    missing stands nowhere; the list says so. Raises LettersError where there are no papers.
    """
    if not items:
        raise LettersError("案卷中还没有材料，不能归档。")
    index: list[IndexEntry] = []
    printed: list[bytes] = []
    reached = 1
    for number, item in enumerate(items, 1):
        if item.missing:
            index.append(
                IndexEntry(number, _shown(item.title), item.on, None, None, "", "", f"缺件：{_shown(item.missing)}")
            )
            continue
        pdf, note = _as_pdf(item)
        pages = _page_count(pdf) if pdf else None
        if pdf and not pages:
            pdf, pages, note = None, None, "PDF 文件已经损坏或者加密，只附原件。"
        entry = IndexEntry(
            number=number,
            title=_shown(item.title) or "（无题名）",
            on=item.on,
            pages=pages or item.pages,
            first_page=reached if pages else None,
            file_name=f"{number:03}_{safe_name(item.title)}{extension(item.media_type)}",
            digest=hashlib.sha256(item.content).hexdigest(),
            note=note,
        )
        index.append(entry)
        if pdf and pages:
            printed.append(pdf)
            reached += pages
    merged = _merged([_index_pdf(_shown(title), _shown(organ), index), *printed])
    originals = [(entry.file_name, item.content) for entry, item in zip(index, items, strict=True) if not item.missing]
    return ArchivedCase(tuple(index), merged, zipped(_shown(title), _shown(organ), index, merged, originals))


def _as_pdf(item: ArchiveItem) -> tuple[bytes | None, str]:
    """A paper as PDF, or None and why not."""
    try:
        if item.media_type == PDF:
            return item.content, ""
        if item.media_type == DOCX:
            return to_pdf(item.content), ""
        if is_image(item.media_type):
            return image_page(item.content), ""
    except LettersError as error:
        return None, f"只附原件：{error}"
    return None, "这种格式不合并，只附原件。"


def _page_count(pdf: bytes) -> int:
    """How many pages a PDF has, 0 where it can't be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


_MADE_ON = re.compile(rb"(?<=<<)/CreationDate\(D:[^)]{5,40}\)(?=/Creator\(PDFium\))")
_IDENTITY = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")


def _reproducible(pdf: bytes) -> bytes:
    """Without the library's time and random identity, which would make each archive of the same papers another one. Lengths
    stay, so that the file's table of places holds."""
    timeless = _MADE_ON.sub(lambda found: b" " * len(found[0]), pdf)
    digest = hashlib.sha256(_IDENTITY.sub(b"", timeless)).hexdigest()[:32].upper().encode()
    return _IDENTITY.sub(b"/ID[<%b><%b>]" % (digest, digest), timeless)


def _merged(documents: Sequence[bytes]) -> bytes:
    import io

    import pypdfium2

    result = pypdfium2.PdfDocument.new()
    try:
        for pdf in documents:
            source = pypdfium2.PdfDocument(pdf)
            result.import_pages(source)
            source.close()
        buffer = io.BytesIO()
        result.save(buffer)
    finally:
        result.close()
    return _reproducible(buffer.getvalue())


def _index_pdf(title: str, organ: str, index: Sequence[IndexEntry]) -> bytes:
    """The list as an official page, by way of the same writer as the letters."""
    head = BodyRow(tuple(BodyCell(text, label=True) for text in ("序号", "题名", "日期", "页数", "页次", "备注")))
    rows = (head, *map(BodyRow, _rows(index)))
    blocks = (
        BodyParagraph("title", "卷内目录"),
        BodyParagraph("addressee", f"案卷题名：{title}"),
        BodyParagraph("addressee", f"立卷机关：{organ}"),
        BodyTable((2.4, 9.4, 5.3, 2.4, 2.4, 5.8), rows),
        BodyParagraph("note", "注：页次自目录之后的第一页起算；没有页次的材料只附原件，缺件的没有原件。"),
    )
    return to_pdf(write_template("卷内目录", blocks))


def _rows(index: Sequence[IndexEntry]) -> Iterator[tuple[BodyCell, ...]]:
    for entry in index:
        note = "" if entry.first_page else "只附原件" if entry.file_name else entry.note
        on = entry.on.isoformat() if entry.on else ""
        cells = (str(entry.number), entry.title, on, _figure(entry.pages), _figure(entry.first_page), note)
        yield tuple(map(BodyCell, cells))


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


def _shown(text: str) -> str:
    """A text in one line, with 〓 for what no installed font has: a title must not stop the archiving."""
    line = " ".join(printable(text).split())
    missing = set(uncovered(line))
    return "".join("〓" if character in missing else character for character in line)
