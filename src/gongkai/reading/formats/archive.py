"""ZIP archives of documents (压缩包): their members, with names in UTF-8 or GBK and with limits against bombs."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..document import UnreadableError
from .packages import MOST_BYTES, open_package, unpack

if TYPE_CHECKING:
    from zipfile import ZipInfo

MOST_MEMBERS = 2_000
MOST_TOTAL = 512 << 20
MOST_NESTING = 2
"""Archives in archives are opened down to this depth; deeper ones stay members."""

_UTF8_NAME = 0x800
_CLUTTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a ZIP that is not itself a document (Word, Excel, OFD, OpenDocument)."""
    return package_kind(data) == "archive"


def package_kind(data: bytes) -> str:
    """What a ZIP holds: ``docx``, ``xlsx``, ``pptx``, ``ofd``, ``odt``, ``ods``, ``archive``; ``""`` where it is none.

    Raises UnreadableError for a ZIP whose directory is damaged.
    """
    if not data.startswith(_ZIP_STARTS):
        return ""
    package = open_package(data)
    names = {part.filename.replace("\\", "/").lstrip("/") for part in package.infolist()}
    if "OFD.xml" in names:
        return "ofd"
    if "mimetype" in names:
        kind = unpack(package, package.getinfo("mimetype"), 1024) if "mimetype" in package.namelist() else b""
        if b"opendocument.text" in kind:
            return "odt"
        if b"opendocument" in kind:
            return "ods"
    if names & {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "xl/workbook.xml"}:
        folders = {name.split("/")[0] for name in names}
        for folder, kind_name in (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx")):
            if folder in folders:
                return kind_name
        return "docx"
    return "archive"


def members(data: bytes) -> list[tuple[str, bytes]]:
    """The documents in an archive by path, in its order; nested archives opened, their names in front.

    Raises UnreadableError for a damaged or encrypted archive, or one beyond the limits.
    """
    found: list[tuple[str, bytes]] = []
    _collect(data, "", 0, found, [0])
    return found


def _collect(data: bytes, prefix: str, depth: int, found: list[tuple[str, bytes]], total: list[int]) -> None:
    package = open_package(data)
    parts = [part for part in package.infolist() if not part.filename.endswith("/")]
    if len(parts) + len(found) > MOST_MEMBERS:
        raise UnreadableError(f"压缩包内的文件超过 {MOST_MEMBERS} 个，请分批打包。")
    for part in parts:
        name = _name(part)
        if is_clutter(name):
            continue
        content = unpack(package, part, MOST_BYTES)
        total[0] += len(content)
        if total[0] > MOST_TOTAL:
            raise UnreadableError(f"压缩包解压后合计超过 {MOST_TOTAL >> 20} MB，请分批打包。")
        path = prefix + name
        if depth < MOST_NESTING and _opens(content):
            _collect(content, f"{path}/", depth + 1, found, total)
        else:
            found.append((path, content))
        if len(found) > MOST_MEMBERS:
            raise UnreadableError(f"压缩包内的文件超过 {MOST_MEMBERS} 个，请分批打包。")


def _opens(content: bytes) -> bool:
    """Whether a member is an archive that can be opened; a damaged one stays a member, to be reported by itself."""
    try:
        return is_archive(content)
    except UnreadableError:
        return False


def _name(part: ZipInfo) -> str:
    """A member's path. Without the flag for UTF-8 the bytes are what the writer's system used, in China mostly GBK."""
    name = part.filename
    if not part.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").lstrip("/")


def is_clutter(name: str) -> bool:
    """Whether a path is a file that a system or a word processor left behind, not a document."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.lower() in _CLUTTER or path.name.startswith(("._", "~$"))
