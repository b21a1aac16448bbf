"""The ZIP package of a Word document, opened within limits, and what in it may not stand in a letter."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from ..reading.document import UnreadableError
from ..reading.formats.packages import open_package, parse_xml, parts_of, unpack
from .errors import LettersError

MOST_BYTES = 20 << 20
"""The largest document, packed or unpacked."""

_MOST_PARTS = 1_000
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_MACRO = re.compile(r"vba|macro", re.IGNORECASE)
_FOREIGN = re.compile(r"(?:^|/)(?:embeddings|activeX|customUI|ctrlProps)/|\.(?:bin|exe|js|vbs)$|afchunk", re.IGNORECASE)

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES"}


def read_parts(data: bytes) -> Mapping[str, bytes]:
    """The parts of a Word document by name. Raises LettersError where it is no document (.docx), damaged or too large."""
    if len(data) > MOST_BYTES:
        raise LettersError(f"文件超过 {MOST_BYTES >> 20} MB，请删去其中的图片等内容后再用。")
    try:
        package = open_package(data)
        parts = parts_of(package)
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts.values()) > MOST_BYTES:
            raise LettersError(f"文件解压后超过 {MOST_BYTES >> 20} MB，未予读取。")
        found = {name: unpack(package, part, MOST_BYTES) for name, part in parts.items() if not part.is_dir()}
    except UnreadableError as error:
        raise LettersError(f"不是可以使用的 Word 文件：{error}请在 Word 或者 WPS 中另存为 .docx 文件。") from error
    if _TYPES not in found or "word/document.xml" not in found:
        raise LettersError("不是 Word 文件（.docx）。请在 Word 或者 WPS 中另存为 .docx 文件。")
    return found


def parse_part(parts: Mapping[str, bytes], name: str) -> Any:
    """The root element of a part. Raises LettersError where its XML is damaged or declares entities."""
    try:
        root = parse_xml(parts[name], f"“{name}”")
    except UnreadableError as error:
        raise LettersError(f"Word 文件已经损坏：{error}") from error
    if root.getroottree().docinfo.doctype:
        raise LettersError(f"Word 文件的“{name}”中有不允许的实体声明，疑为恶意构造，未予读取。")
    return root


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a ZIP package, the same bytes for the same parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def dangers(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What may not stand in a letter's template, as code and Chinese sentence: macros, foreign objects, what is fetched
    from elsewhere, fields that compute. Raises LettersError where a part is damaged."""
    for name in sorted(parts):
        if name.endswith((".xml", ".rels")):
            parse_part(parts, name)  # libraries that open the document later trust every part
    types = parse_part(parts, _TYPES)
    declared = {kind for one in types if isinstance(kind := one.get("ContentType"), str)}
    if any(map(_MACRO.search, parts)) or any(map(_MACRO.search, declared)):
        yield "macros", "模板中含有宏，不能使用。请在 Word 中另存为不含宏的 .docx 文件。"
    elif _MAIN not in declared:
        yield "not_docx", "不是 .docx 格式的文档（可能是 .dotx 等格式）。请在 Word 中另存为 .docx 文件。"
    if any(map(_FOREIGN.search, parts)):
        yield "embedded", "模板中嵌入了其他文件或者控件，不能使用。请把它们删去。"
    for name in sorted(parts):
        if name.endswith(".rels"):
            root = parse_part(parts, name)
            if any(one.get("TargetMode", "").lower() == "external" for one in root):
                yield (
                    "external",
                    "模板引用了文件以外的内容（超链接、链接的图片或者联机模板），不能使用。请取消链接，只保留文字。",
                )
                break
    if unknown := sorted(set(_fields(parts)) - _FIELDS):
        yield "fields", f"模板中有不允许的域：{'、'.join(unknown)}。只能使用页码，其他的域请改为文字。"


def _fields(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The names of the fields in a document, in capitals. A name may be split over runs, so a paragraph's are joined."""
    for name in parts:
        if name.startswith("word/") and name.endswith(".xml"):
            for paragraph in parse_part(parts, name).iter(f"{WORD}p"):
                simple = [field.get(f"{WORD}instr", "") for field in paragraph.iter(f"{WORD}fldSimple")]
                for text in (*simple, *_instructions(paragraph)):
                    if words := text.split():
                        yield words[0].upper()


def _instructions(paragraph: Any) -> Iterator[str]:
    text = ""
    for one in paragraph.iter(f"{WORD}instrText", f"{WORD}fldChar"):
        if one.tag == f"{WORD}instrText":
            text += one.text or ""
        else:
            yield text
            text = ""
    yield text
