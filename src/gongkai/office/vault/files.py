"""Taking, reading and erasing files. What a file is, its content says, not its name or what the sender claims."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

import filetype
from cryptography.fernet import InvalidToken
from django.conf import settings

from gongkai.reading.formats.archive import package_kind
from gongkai.reading.formats.decoding import decode

from ..clock import now
from .keys import cipher
from .models import StoredFile

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "txt": "text/plain",
}
"""What may be stored: nothing that a browser would run and nothing that holds macros."""


class RefusedFileError(ValueError):
    """A file that is not taken; the message is a Chinese sentence for who sent it."""


def kind_of(data: bytes) -> str:
    """The kind of a file by its content, one of MEDIA_TYPES. Raises RefusedFileError for any other."""
    if data[:5] == b"%PDF-":
        return "pdf"
    if (image := filetype.image_match(data)) is not None and image.extension in MEDIA_TYPES:
        return str(image.extension)
    if data[:4] == b"PK\x03\x04":
        kind = package_kind(data)
        if kind in MEDIA_TYPES and b"vbaProject" not in data:
            return kind
        raise RefusedFileError("不能接收压缩包和含有宏的文件，请逐个上传其中的文件。")
    if data and b"\x00" not in data and data.lstrip()[:1] != b"<":
        try:
            decode(data[:4096])
        except ValueError:
            pass
        else:
            return "txt"
    raise RefusedFileError("只能上传 PDF、JPG、PNG、DOCX、XLSX、OFD 和纯文本文件，请转换后再上传。")


def store(name: str, data: bytes) -> StoredFile:
    """Check a file and keep it encrypted. Raises RefusedFileError."""
    if not data:
        raise RefusedFileError(f"文件“{name}”是空的，请核对。")
    if len(data) > settings.GONGKAI_UPLOAD_LIMIT:
        raise RefusedFileError(f"文件“{name}”超过 {settings.GONGKAI_UPLOAD_LIMIT // 2**20} 兆字节，请压缩或者分开上传。")
    kind = kind_of(data)
    stored = StoredFile(
        name=_safe(name, kind),
        media_type=MEDIA_TYPES[kind],
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
    """Remove the content for good; name, size and digest stay in the record."""
    _path(stored).unlink(missing_ok=True)
    stored.erased_at = now()
    stored.save(update_fields=["erased_at"])


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
