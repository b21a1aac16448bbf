"""Taking files in: archives opened, each file checked, encrypted and kept, and a batch made of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from django.conf import settings
from django.db import transaction

from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.archive import is_archive, is_clutter

from ..clock import now
from ..organs.authority import note
from ..organs.models import Organ, Person
from ..portal.checking import process
from ..vault.files import RefusedFileError, store_report
from .models import Batch, Received

MOST_FILES = 200
"""Files of one batch; a county has some eighty organs."""

MOST_BYTES = 100 * 2**20
"""Of all files of one batch together, archives opened."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent; ``name`` may have the path inside an archive in front."""

    name: str
    data: bytes


class NothingReceivedError(Exception):
    """None of the files could be kept; ``reasons``: whole Chinese sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("".join(reasons))
        self.reasons = tuple(reasons)


def receive(
    organ: Organ, year: int, files: Sequence[Sent], *, by: Person, received_on: date, own: bool = False
) -> Batch:
    """Keep the files of a batch, unread yet. ``organ``: see `Batch`. Raises NothingReceivedError."""
    remarks: list[str] = []
    opened = list(_within_bounds(_opened(files, remarks), remarks))
    with transaction.atomic():
        kept = list(_kept(opened, remarks))
        if not kept:
            raise NothingReceivedError(remarks or ["没有收到文件，请选择文件后再上传。"])
        batch = Batch.objects.create(
            organ=organ,
            year=year,
            own=own,
            received_on=received_on,
            remarks=remarks,
            started_by=by,
            started_at=now(),
            moved_at=now(),
        )
        rows = [
            Received(batch=batch, number=number, name=name, file=file) for number, (name, file) in enumerate(kept, 1)
        ]
        Received.objects.bulk_create(rows)
        note(batch, "intake.upload", by, organ, year=year, files=len(rows), own=own)
    return batch


def _opened(files: Sequence[Sent], remarks: list[str]) -> Iterator[Sent]:
    """The files, archives as what is in them; they are opened by the worker, whatever they hold."""
    for one in files:
        if not _is_archive(one.data):
            yield one
            continue
        task = {
            "task": "unpack",
            "data": base64.b64encode(one.data).decode(),
            "largest": settings.GONGKAI_UPLOAD_LIMIT,
        }
        try:
            for answer in process.answers(task):
                match answer:
                    case {"problem": why}:
                        remarks.append(f"压缩包“{one.name}”没有打开：{why}")
                    case {"too_large": True, "member": path}:
                        remarks.append(f"“{path}”超过 {settings.GONGKAI_UPLOAD_LIMIT // 2**20} 兆字节，没有接收。")
                    case {"member": path, "data": data}:
                        yield Sent(path, base64.b64decode(data))
        except process.WorkerEndedError:
            remarks.append(f"压缩包“{one.name}”没有能够打开，请解压后上传其中的文件。")


def _is_archive(data: bytes) -> bool:
    try:
        return data.startswith(b"PK") and is_archive(data)
    except UnreadableError:
        return False  # refused as the damaged file that it is


def _within_bounds(files: Iterator[Sent], remarks: list[str]) -> Iterator[Sent]:
    total = 0
    for number, one in enumerate(files, 1):
        total += len(one.data)
        if number > MOST_FILES:
            remarks.append(f"一批最多接收 {MOST_FILES} 个文件，从“{one.name}”起没有接收，请另外上传。")
            return
        if total > MOST_BYTES:
            remarks.append(f"一批文件合计最多 {MOST_BYTES // 2**20} 兆字节，从“{one.name}”起没有接收，请另外上传。")
            return
        yield one


def _kept(files: Sequence[Sent], remarks: list[str]) -> Iterator[tuple[str, object]]:
    seen: dict[str, str] = {}
    for one in files:
        name = "".join(sign for sign in one.name.replace("\\", "/") if sign.isprintable())[-200:] or "文件"
        if is_clutter(name):
            continue
        try:
            stored = store_report(PurePosixPath(name).name, one.data)
        except RefusedFileError as error:
            remarks.append(f"“{name}”没有接收：{error}")
            continue
        if (twin := seen.get(stored.sha256)) is not None:
            remarks.append(f"“{name}”与“{twin}”完全相同，只接收一份。")  # what was stored of it goes by the hour
            continue
        seen[stored.sha256] = name
        yield name, stored
