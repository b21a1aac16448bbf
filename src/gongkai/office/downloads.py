"""Files that a browser saves: what each kind is called on the net, and the answer that hands one over."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

MEDIA_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "jpg": "image/jpeg",
    "png": "image/png",
    "ofd": "application/ofd",
}
"""By the ending of a file's name."""

FORMAT_NAMES: Final = {
    "docx": "Word 文档",
    "pdf": "PDF 文档",
    "html": "网页",
    "xlsx": "Excel 表格",
    "json": "JSON 数据",
    "csv": "CSV 数据",
}
"""What people call the formats in which something can be had."""


def download(data: bytes, name: str) -> HttpResponse:
    """The bytes, to be saved under a name whose ending is one of MEDIA_TYPES."""
    response = HttpResponse(data, content_type=MEDIA_TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return response
