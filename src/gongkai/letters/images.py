"""A scanned or photographed paper on a page of A4."""

from __future__ import annotations

import base64
import struct

from ..report.writing.pdf import typeset
from .errors import LettersError

_TYPES = {"image/jpeg", "image/png"}
_MOST_PIXELS = 100_000_000
"""A page of A4 at 600 dots an inch has some 35 million."""

_PAGE = b"""#set document(title: sys.inputs.alt, date: none)
#set page(width: 210mm, height: 297mm, margin: 10mm)
#align(center + horizon, image("paper.svg", width: 100%, height: 100%, fit: "contain", alt: sys.inputs.alt))
"""
# The typesetter takes files as text only, so the image travels inside an SVG.
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" href="data:image/{kind};base64,{data}"/></svg>'
)


def is_image(media_type: str) -> bool:
    """Whether `image_page` can print images of this type."""
    return media_type in _TYPES


def image_page(data: bytes) -> bytes:
    """A PDF of one page that shows the image. Raises LettersError for one that is damaged, of another kind or too large."""
    import typst

    kind, width, height = _measured(data)
    if not width or not height:
        raise LettersError("图片已经损坏，不能合并。")
    if width * height > _MOST_PIXELS:
        raise LettersError(f"图片超过 {_MOST_PIXELS // 10_000} 万像素，不能合并。")
    svg = _SVG.format(width=width, height=height, kind=kind, data=base64.b64encode(data).decode())
    try:
        page = typeset({"main.typ": _PAGE, "paper.svg": svg.encode()}, {"alt": "扫描或者拍摄的材料"})
    except typst.TypstError as error:
        raise LettersError("图片已经损坏，不能合并。") from error
    if not _shows_image(page):  # what can't be decoded is left out without a word
        raise LettersError("图片已经损坏，不能合并。")
    return page


def _shows_image(pdf: bytes) -> bool:
    import pypdfium2
    import pypdfium2.raw

    document = pypdfium2.PdfDocument(pdf)
    try:
        return any(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=5))
    finally:
        document.close()


def _measured(data: bytes) -> tuple[str, int, int]:
    """What kind of image this is, and how wide and high it says it is."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return "png", width, height
    if data[:2] == b"\xff\xd8":
        return "jpeg", *_jpeg_size(data)
    raise LettersError("图片不是 JPEG 或者 PNG 格式，不能合并。")


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the frame's header, which comes before the picture's data."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
    raise LettersError("图片已经损坏，不能合并。")
