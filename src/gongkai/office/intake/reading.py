"""Reading a batch in the background, by workers side by side; what they tell is written as it comes."""

from __future__ import annotations

import base64
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

from django.db import connections, transaction

from ..clock import now, today
from ..portal.checking import process
from ..vault.files import content
from .matching import SURE, Register, senders
from .models import Batch, Received

SILENT = timedelta(seconds=2 * process.SECONDS)
"""A batch of which nothing was heard for so long was interrupted: the server was stopped."""

_WORKERS = 2
"""Processes that read one batch side by side."""

_PORTION = 24 * 2**20
"""Bytes given to one worker."""

_WRITTEN_EVERY = 0.5  # seconds; each writing is a transaction

_pool = ThreadPoolExecutor(2, thread_name_prefix="intake")
_log = logging.getLogger(__name__)

_FIELDS = (
    "state", "trouble", "reading", "read_organ", "read_year", "edition", "errors", "doubts", "organ", "match", "year",
)  # fmt: skip


def start(batch: Batch) -> None:
    """Have the files read that have not been read yet. Returns at once."""
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.READING, moved_at=now())
    _submit(batch.pk)


def interrupted(batch: Batch) -> bool:
    """Whether a batch that should be read has not moved for so long that nothing reads it any more."""
    return batch.state == Batch.State.READING and now() - batch.moved_at > SILENT


def wait(batch: Batch, seconds: float) -> None:
    """Wait until the batch is read, or so long, so that a single file leads straight to what was read."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and Batch.objects.filter(pk=batch.pk, state=Batch.State.READING).exists():
        time.sleep(0.1)


def _submit(pk: int) -> None:
    _pool.submit(_in_background, pk)


def _in_background(pk: int) -> None:
    try:
        read_batch(pk)
    except Exception:
        _log.exception("reading of batch %s was interrupted", pk)
    finally:
        connections.close_all()


def read_batch(pk: int) -> None:
    """Read what waits in a batch, to the end."""
    batch = Batch.objects.select_related("organ").get(pk=pk)
    register = register_of(batch)
    waiting = list(batch.received.filter(state=Received.State.WAITING).select_related("file").order_by("number"))
    done: list[Received] = []
    last_written = time.monotonic()
    for received, answer in _read(waiting):
        _take_down(batch, received, answer, register)
        done.append(received)
        if time.monotonic() - last_written > _WRITTEN_EVERY:
            _write(batch, done)
            done, last_written = [], time.monotonic()
    _write(batch, done)
    Batch.objects.filter(pk=pk, state=Batch.State.READING).update(state=Batch.State.READ, moved_at=now())


def register_of(batch: Batch) -> Register:
    """The names by which the organs of a batch are found."""
    organs = [batch.organ] if batch.own else senders(batch.organ, batch.year, today())
    return Register(organs, date(batch.year, 12, 31))


def _read(waiting: Sequence[Received]) -> Iterator[tuple[Received, Mapping[str, Any] | None]]:
    """Each file with the worker's answer, None where it gave none, as they come; several workers at once."""
    found: queue.SimpleQueue[tuple[Received, Mapping[str, Any] | None] | None] = queue.SimpleQueue()
    shares = [share for first in range(_WORKERS) if (share := waiting[first::_WORKERS])]
    for share in shares:
        threading.Thread(target=_read_share, args=(share, found), daemon=True).start()
    going = len(shares)
    while going:
        one = found.get()
        if one is None:
            going -= 1
        else:
            yield one


def _read_share(share: Sequence[Received], found: queue.SimpleQueue[Any]) -> None:
    try:
        for portion in _portions(share):
            for one in _answered(portion):
                found.put(one)
    except Exception:
        _log.exception("files of a batch were not read")
    finally:
        found.put(None)


def _portions(waiting: Sequence[Received]) -> Iterator[list[Received]]:
    portion: list[Received] = []
    size = 0
    for one in waiting:
        if portion and size + one.file.size > _PORTION:
            yield portion
            portion, size = [], 0
        portion.append(one)
        size += one.file.size
    if portion:
        yield portion


def _answered(portion: Sequence[Received]) -> Iterator[tuple[Received, Mapping[str, Any] | None]]:
    """A file at which the worker ends is passed over, and the rest goes on with another worker."""
    rest = list(portion)
    while rest:
        with contextlib.suppress(process.WorkerEndedError):
            for answer in process.answers(_task(rest)):
                if "about" in answer:
                    yield rest.pop(0), answer
        if rest:
            yield rest.pop(0), None


def _task(files: Sequence[Received]) -> Mapping[str, Any]:
    sent = [{"name": one.name, "data": base64.b64encode(content(one.file)).decode()} for one in files]
    return {"task": "examine", "seen": True, "most": len(sent), "skip": 0, "files": sent}


def _take_down(batch: Batch, received: Received, answer: Mapping[str, Any] | None, register: Register) -> None:
    if answer is None:
        received.state = Received.State.UNREAD
        received.trouble = f"没有在 {process.SECONDS} 秒内读完，已经停止读取。文件可能已损坏，请另存后再上传。"
        return
    about = answer["about"]
    if not about["read"]:
        received.state, received.trouble = Received.State.UNREAD, about["trouble"]
        return
    received.state = Received.State.READ
    received.reading = answer["reading"]
    received.read_organ = about["organ"][:200]
    received.read_year = about["year"] if about["year"] and about["year"] < 2**15 else None
    received.edition = about["edition"]
    received.errors, received.doubts = about["errors"], about["open"]
    received.year = batch.year if received.read_year == batch.year else None
    if found := register.find(received.read_organ, received.name):
        received.organ, received.match = found.organ, found.how


def is_sure(received: Received) -> bool:
    """Whether nobody has to look at the organ once more."""
    return received.match in SURE


def _write(batch: Batch, done: Sequence[Received]) -> None:
    with transaction.atomic():
        for one in done:  # unless the batch was ended meanwhile
            waiting = Received.objects.filter(pk=one.pk, state=Received.State.WAITING)
            waiting.update(**{name: getattr(one, name) for name in _FIELDS})
        Batch.objects.filter(pk=batch.pk).update(moved_at=now())
