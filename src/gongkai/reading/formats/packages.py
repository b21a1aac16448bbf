"""ZIP packages opened with limits, so that a bomb stops early (压缩包的安全读取)."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from ..document import UnreadableError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from lxml.etree import _Element

MOST_BYTES = 64 << 20
"""The largest part that is unpacked."""

_CHUNK = 1 << 18
_RATIO = 250
"""Times that a part may be larger unpacked; XML of large tables reaches some sixty."""

_RATIO_FROM = 4 << 20
MOST_TAGS = 1_000_000


def open_package(data: bytes) -> ZipFile:
    """The ZIP in these bytes. Raises UnreadableError where there is none, or its directory is damaged."""
    from zipfile import BadZipFile, ZipFile

    try:
        return ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, OverflowError, MemoryError) as error:
        raise UnreadableError("压缩结构已损坏或不完整，无法打开，请重新取得该文件。") from error


def unpack(package: ZipFile, part: ZipInfo, most: int = MOST_BYTES) -> bytes:
    """The bytes of one part, read in chunks. Raises UnreadableError if encrypted, damaged or beyond ``most`` bytes."""
    from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile

    if part.flag_bits & 0x1:
        raise UnreadableError(f"“{part.filename}”已加密，请先解除密码再读取。")
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2):  # LZMA can ask for gigabytes before any byte
        raise UnreadableError(f"“{part.filename}”的压缩方式不受支持，请用通常的 ZIP 方式重新压缩。")
    if part.file_size > most:
        raise UnreadableError(f"“{part.filename}”解压后超过 {most >> 20} MB，未予读取。")
    chunks: list[bytes] = []
    size = 0
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most or (size > _RATIO_FROM and size > _RATIO * max(part.compress_size, 1)):
                    raise UnreadableError(f"“{part.filename}”解压后异常膨胀，疑为恶意构造的压缩文件，未予读取。")
                chunks.append(chunk)
    except (BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"“{part.filename}”无法解压，文件已损坏或压缩方式不受支持。") from error
    return b"".join(chunks)


def parts_of(package: ZipFile) -> Mapping[str, ZipInfo]:
    """The parts of an office package by name, ``/`` between folders and none in front, however the writer spelt it."""
    return {part.filename.replace("\\", "/").lstrip("/"): part for part in package.infolist()}


def parse_xml(data: bytes, what: str) -> _Element:
    """The root of a part's XML: no entities, no network, nothing beyond measure. Raises UnreadableError."""
    from lxml import etree

    if data.count(b"<") > MOST_TAGS or data.count(b"=") > 4 * MOST_TAGS:
        raise UnreadableError(f"{what}的标签过多，不像一份年度报告，未予读取。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"{what}的内容已损坏，无法解析。") from error
    return root
