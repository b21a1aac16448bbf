"""Taking, reading and erasing files. What a file is, its content says, not its name or what the sender claims."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from datetime import datetime
from pathlib import Path, PurePosixPath

import filetype
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Field, OuterRef, QuerySet

from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.archive import package_kind
from gongkai.reading.formats.decoding import decode
from gongkai.reading.formats.packages import open_package, parse_xml, unpack

from ..clock import now
from ..downloads import MEDIA_TYPES
from .keys import cipher
from .models import StoredFile

KINDS = ("pdf", "jpg", "png", "docx", "xlsx", "ofd", "txt")
"""What may be stored: nothing that a browser would run and nothing that holds macros."""

REPORT_KINDS = ("html", "doc", "wps", "xls", "rtf", "odt", "mht", "xml")
"""What besides may be stored as somebody's report (`store_report`): the formats in which organs send them. They are handed
out under a media type that no browser opens, and only to be saved.
"""

_SAVED_ONLY = "application/octet-stream"

_OLE = b"\xd0\xcf\x11\xe0"

_RUN_FROM_ELSEWHERE = frozenset({"attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk"})
"""What an office program fetches and opens from elsewhere as soon as it opens the document."""

_MOST_LINKS = 2 << 20  # bytes of all lists of links of a document together


class RefusedFileError(ValueError):
    """A file that is not taken; the message is a Chinese sentence for who sent it."""


def kind_of(data: bytes) -> str:
    """The kind of a file by its content, one of KINDS. Raises RefusedFileError for any other."""
    if (kind := _known_kind(data)) is None:
        raise RefusedFileError("只能上传 PDF、JPG、PNG、DOCX、XLSX、OFD 和纯文本文件，请转换后再上传。")
    return kind


def _known_kind(data: bytes) -> str | None:
    """One of KINDS, None for any other. Raises RefusedFileError for a package that is none of them, or is not safe."""
    if data[:5] == b"%PDF-":
        return "pdf"
    if (image := filetype.image_match(data)) is not None and image.extension in KINDS:
        return str(image.extension)
    if data[:4] == b"PK\x03\x04":
        try:
            return _package(data)
        except UnreadableError as error:
            raise RefusedFileError(f"文件不能打开：{error}") from error
    if data and b"\x00" not in data and data.removeprefix(BOM_UTF8).lstrip()[:1] != b"<":
        try:
            decode(data[:4096])
        except ValueError:
            pass
        else:
            return "txt"
    return None


def report_kind_of(name: str, data: bytes) -> str:
    """The kind of a report's file, one of KINDS or REPORT_KINDS. ``name`` only tells WPS from DOC, whose container is
    the same. Raises RefusedFileError.
    """
    if data[:4] == _OLE:
        if "_VBA_PROJECT".encode("utf-16-le") in data:
            raise RefusedFileError("文件含有宏，不能接收，请另存为不含宏的文件。")
        ending = name.lower().rpartition(".")[2]
        workbook = any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book"))
        return "xls" if workbook else "wps" if ending == "wps" else "doc"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK") and _is_text_document(data):
        return "odt"
    kind = _known_kind(data)
    if kind in ("jpg", "png"):
        raise RefusedFileError("文件是图片，读不出数据，请提供 DOCX、PDF、HTML、XLSX、WPS 或者 OFD 文件。")
    if kind not in (None, "txt"):
        return str(kind)
    if kind is None and not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) and b"\x00" in data:
        raise RefusedFileError("不认识这种文件。可以接收 DOCX、PDF、HTML、XLSX、WPS、DOC、OFD 和 TXT 文件。")
    return _text_kind(decode(data[:4096])[0].lstrip())


def _text_kind(head: str) -> str:
    if "MIME-Version:" in head or head.startswith("From: <"):
        return "mht"
    if head.startswith("<"):
        return "xml" if "office/word/2003/wordml" in head or 'progid="Word.Document"' in head else "html"
    return "txt"


def _is_text_document(data: bytes) -> bool:
    try:
        return package_kind(data) == "odt"
    except UnreadableError:
        return False


def _package(data: bytes) -> str:
    """The kind of a document that is a ZIP package. Raises UnreadableError for a damaged one."""
    kind = package_kind(data)
    package = open_package(data)
    parts = [one.filename for one in package.infolist()]
    if kind not in KINDS or any(part.endswith("vbaProject.bin") or "/macrosheets/" in part for part in parts):
        raise RefusedFileError("不能接收压缩包和含有宏的文件，请逐个上传其中的文件。")
    left = _MOST_LINKS
    for part in parts:
        if part.endswith(".rels"):
            listed = unpack(package, package.getinfo(part), _MOST_LINKS)
            if (left := left - len(listed)) < 0:
                raise RefusedFileError(
                    "文件中的链接过多，不像一份普通的文件，不能接收。请另存以后再上传，或者转成 PDF。"
                )
            links = parse_xml(listed, f"“{part}”")
            outside = (one for one in links if one.get("TargetMode", "").lower() == "external")
            if any(one.get("Type", "").rpartition("/")[2] in _RUN_FROM_ELSEWHERE for one in outside):
                raise RefusedFileError(
                    "文件打开时会从别处载入内容，不能接收。请另存为不含链接的文件，或者转成 PDF 后上传。"
                )
    return kind


def store(name: str, data: bytes) -> StoredFile:
    """Check a file and keep it encrypted. Raises RefusedFileError."""
    _refuse_size(name, data)
    kind = kind_of(data)
    return _stored(name, data, kind, MEDIA_TYPES[kind])


def store_report(name: str, data: bytes) -> StoredFile:
    """Check a report that came as a file, for staff to read in, and keep it encrypted. Raises RefusedFileError.

    More kinds than `store` takes; what a browser might run is never handed out as anything but a file to save.
    """
    _refuse_size(name, data)
    kind = report_kind_of(name, data)
    return _stored(name, data, kind, MEDIA_TYPES[kind] if kind in KINDS else _SAVED_ONLY)


def _refuse_size(name: str, data: bytes) -> None:
    if not data:
        raise RefusedFileError(f"文件“{name}”是空的，请核对。")
    if len(data) > settings.GONGKAI_UPLOAD_LIMIT:
        raise RefusedFileError(
            f"文件“{name}”超过 {settings.GONGKAI_UPLOAD_LIMIT // 2**20} 兆字节，请压缩或者分开上传。"
        )


def _stored(name: str, data: bytes, kind: str, media_type: str) -> StoredFile:
    stored = StoredFile(
        name=_safe(name, kind),
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        stored_at=now(),
    )
    _write(stored, cipher().encrypt(data))
    stored.save(force_insert=True)
    return stored


def content(stored: StoredFile) -> bytes:
    """The file's bytes. Raises FileNotFoundError where it was erased."""
    return cipher().decrypt(_path(stored).read_bytes())


def is_true(stored: StoredFile) -> bool:
    """Whether the stored content still is the one whose digest was taken; an erased one is, a lost one is not."""
    if stored.erased_at is not None:
        return True
    try:
        data = content(stored)
    except (FileNotFoundError, InvalidToken):
        return False
    return hashlib.sha256(data).hexdigest() == stored.sha256


def erase(stored: StoredFile) -> None:
    """Remove content and name for good; kind, size and digest stay in the record."""
    _path(stored).unlink(missing_ok=True)
    stored.name = f"文件.{stored.name.rpartition('.')[2]}"
    stored.erased_at = now()
    stored.save(update_fields=["name", "erased_at"])


def reencrypt(stored: StoredFile) -> None:
    """Encrypt the content with the newest key. Raises FileNotFoundError where it is gone."""
    _write(stored, cipher().rotate(_path(stored).read_bytes()))


def _write(stored: StoredFile, encrypted: bytes) -> None:
    """The whole file or none: a reader never meets half of it."""
    path = _path(stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_bytes(encrypted)
    half.replace(path)


def _path(stored: StoredFile) -> Path:
    key = str(stored.key)
    return Path(settings.MEDIA_ROOT) / key[:2] / key


def _safe(name: str, kind: str) -> str:
    """The last part of the name without control characters, with the ending of what it is."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = "".join(sign for sign in stem if sign.isprintable())[-150:].rsplit(".", 1)[0] or "文件"
    return f"{stem}.{kind}"


def references() -> list[Field]:
    """Every field of any app that refers to files. Django's list of what relates to a model leaves out fields whose reverse
    name is hidden, so the models' own fields are asked; the tables behind fields of many are models, too.
    """
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is not None and issubclass(field.related_model, StoredFile)
    ]


def unspoken_of() -> QuerySet[StoredFile]:
    """The files to which nothing refers."""
    spoken = (field.model._base_manager.filter(**{field.name: OuterRef("pk")}) for field in references())
    return StoredFile.objects.filter(*(~Exists(rows) for rows in spoken))


def erase_unused(before: datetime) -> int:
    """Remove the files stored before a moment of which nothing speaks: sent along with forms that were never sent.

    Returns how many. What refers to files keeps them, whatever app it belongs to.
    """
    found = list(unspoken_of().filter(stored_at__lt=before))
    for stored in found:
        path = _path(stored)
        with transaction.atomic():
            stored.delete()
            path.unlink(missing_ok=True)
    return len(found)
