"""The files of an archive's ZIP: names that every system takes, the list as web page and CSV, reproducible bytes."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .archive import IndexEntry

_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/ofd": ".ofd",
    "application/zip": ".zip",
    "application/json": ".json",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 40
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}　卷内目录</title>
<style>
body {{ font-family: serif; max-width: 60em; margin: 2em auto; padding: 0 1em; line-height: 1.6 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #555; padding: .3em .5em; text-align: left; vertical-align: top }}
td.digest {{ font-family: monospace; font-size: .75em; word-break: break-all }}
</style>
</head>
<body>
<h1>卷内目录</h1>
<p>案卷题名：{title}</p>
<p>立卷机关：{organ}</p>
<p><a href="{merged}">全部材料合并的 PDF</a>。页次自目录之后的第一页起算。</p>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""
_HEADS = ("序号", "题名", "日期", "页数", "页次", "文件", "备注", "SHA-256 校验值")
_MERGED = "案卷.pdf"


def extension(media_type: str) -> str:
    """How names of files of this type end; ``.bin`` for a type that is not known."""
    return _EXTENSIONS.get(media_type.split(";")[0].strip().lower(), ".bin")


def safe_name(title: str) -> str:
    """A title as part of a file's name: no separators, controls or dots at the ends, not too long."""
    plain = "".join(one for one in unicodedata.normalize("NFC", title) if unicodedata.category(one)[0] != "C")
    return _FORBIDDEN.sub("_", plain).strip("._ ")[:_LONGEST].strip("._ ") or "材料"


def zipped(
    title: str, organ: str, index: Sequence[IndexEntry], merged: bytes, originals: Sequence[tuple[str, bytes]]
) -> bytes:
    """The ZIP: the list, the merged PDF, then the originals in a folder, each named as the list says."""
    files = [
        ("卷内目录.html", _page(title, organ, index).encode()),
        ("卷内目录.csv", _table(index).encode("utf-8-sig")),  # spreadsheet programs take UTF-8 by this mark
        (_MERGED, merged),
        *((f"原件/{name}", content) for name, content in originals),
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def _cells(entry: IndexEntry) -> tuple[str, ...]:
    return (
        str(entry.number),
        entry.title,
        entry.on.isoformat() if entry.on else "",
        "" if entry.pages is None else str(entry.pages),
        "" if entry.first_page is None else str(entry.first_page),
        f"原件/{entry.file_name}" if entry.file_name else "",
        entry.note,
        entry.digest,
    )


def _page(title: str, organ: str, index: Sequence[IndexEntry]) -> str:
    def row(entry: IndexEntry) -> str:
        *texts, path, note, digest = _cells(entry)
        plain = "".join(f"<td>{escape(text)}</td>" for text in texts)
        link = f'<a href="{escape(path)}">{escape(entry.file_name)}</a>' if path else ""
        return f'<tr>{plain}<td>{link}</td><td>{escape(note)}</td><td class="digest">{digest}</td></tr>'

    return _PAGE.format(
        title=escape(title),
        organ=escape(organ),
        merged=_MERGED,
        heads="".join(f'<th scope="col">{head}</th>' for head in _HEADS),
        rows="\n".join(map(row, index)),
    )


def _table(index: Sequence[IndexEntry]) -> str:
    """The list as CSV; a cell that a spreadsheet program would compute is kept as text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_HEADS)
    for entry in index:
        writer.writerow([f"'{text}" if text.startswith(_FORMULA) else text for text in _cells(entry)])
    return buffer.getvalue()
