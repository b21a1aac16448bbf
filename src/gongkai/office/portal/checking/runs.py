"""Runs: what one visitor gave to be checked, and what was found, for an hour, encrypted, under an address nobody can guess.

A run is a folder of encrypted files. The uploaded documents go as soon as they have been read; the rest goes with the run.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.report.writing import dumps

from ...clock import now
from ...vault.keys import cipher, sealed
from . import process

KEPT_SECONDS = 3600
"""How long results can be fetched."""

MOST_DOCUMENTS = 200
"""Documents checked in one run."""

MOST_WAITING = 20
"""Runs that may wait or go on at once."""

_SILENT_SECONDS = 2 * process.SECONDS
"""A run of which nothing was heard for so long has died with its server."""

_pool = ThreadPoolExecutor(max(1, min(4, (os.cpu_count() or 2) - 1)), thread_name_prefix="check")
_waiting = threading.BoundedSemaphore(MOST_WAITING)


class BusyError(Exception):
    """Too many runs wait already."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent. ``name``: its last part, as the visitor knows it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. ``documents``: how many there are, None while that is not known; ``done``: how many have been checked;
    ``current``: the one in work; ``remarks``: whole sentences about the run; ``lost``: it ended without finishing."""

    documents: int | None
    done: int
    current: str
    finished: bool
    lost: bool
    remarks: tuple[str, ...]
    expires: float


def start(files: Sequence[Upload], previous: Upload | None = None) -> str:
    """Begin to check files; without any, the project's examples. Returns the run's token. Raises BusyError."""
    erase_expired()
    if not _waiting.acquire(blocking=False):
        raise BusyError
    token = secrets.token_urlsafe(24)
    folder = _folder(token)
    folder.mkdir(parents=True, mode=0o700)
    (folder / "begun").write_text(str(_moment()), "ascii")
    try:
        task = {
            "task": "examine" if files else "examples",
            "most": MOST_DOCUMENTS,
            "files": [_sent(one) for one in files],
            "previous": _sent(previous) if previous else None,
        }
        _write(folder / "task", task)
        _tell(folder, _nothing_told())
        _pool.submit(_work, folder)
    except BaseException:
        _waiting.release()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return token


def progress(token: str) -> Progress | None:
    """How far the run is; None where there is none, or no longer."""
    folder = _folder(token)
    if not _is_there(folder):
        return None
    try:
        told = _read(folder / "progress")
    except FileNotFoundError:
        return None
    silent = _moment() - float(told["heard"]) > _SILENT_SECONDS
    return Progress(
        documents=told["documents"],
        done=told["done"],
        current=told["current"],
        finished=told["finished"],
        lost=told["started"] and not told["finished"] and silent,
        remarks=tuple(told["remarks"]),
        expires=_begun(folder) + KEPT_SECONDS,
    )


def wait(token: str, seconds: float) -> None:
    """Wait until the run is finished, or so long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and (told := progress(token)) is not None and not told.finished:
        time.sleep(0.1)


def found(token: str, number: int) -> dict[str, Any] | None:
    """What was found in the run's document of a number, from 1: ``found`` (the contract's object) and ``read``."""
    folder = _folder(token)
    if not _is_there(folder):
        return None
    try:
        return _read(folder / f"found-{number}")
    except FileNotFoundError:
        return None


def erase(token: str) -> None:
    """Remove a run and all that belongs to it."""
    shutil.rmtree(_folder(token), ignore_errors=True)


def erase_expired() -> int:
    """Remove all runs that are older than they may be; returns how many."""
    root = _root()
    old = [folder for folder in root.iterdir() if not _is_there(folder)] if root.is_dir() else []
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _work(folder: Path) -> None:
    try:
        with contextlib.suppress(FileNotFoundError):  # the visitor removed the run meanwhile
            _examine(folder, _read(folder / "task"))
    finally:
        (folder / "task").unlink(missing_ok=True)
        _waiting.release()


def _examine(folder: Path, task: dict[str, Any]) -> None:
    """Have all documents checked; one at which the worker ends is passed over and the rest goes on with another worker."""
    told = {**_nothing_told(), "started": True}
    _tell(folder, told)
    for _ in range(task["most"] + 1):
        try:
            for answer in process.answers({**task, "skip": told["done"]}):
                _take(folder, told, answer)
            break
        except process.WorkerEndedError:
            if not told["current"]:
                told["remarks"].append("这些文件没有能够核对，请确认文件可以正常打开后再试。")
                break
            _take(folder, told, _stopped(told["current"]))
    told |= {"finished": True, "current": ""}
    _tell(folder, told)


def _take(folder: Path, told: dict[str, Any], answer: dict[str, Any]) -> None:
    match answer:
        case {"documents": number}:
            told["documents"] = number
        case {"remark": text}:
            if text not in told["remarks"]:
                told["remarks"].append(text)
        case {"begun": path}:
            told["current"] = path
        case {"found": _}:
            told["done"] += 1
            told["current"] = ""
            _write(folder / f"found-{told['done']}", answer)
    _tell(folder, told)


def _nothing_told() -> dict[str, Any]:
    return {"documents": None, "done": 0, "current": "", "started": False, "finished": False, "remarks": []}


def _tell(folder: Path, told: dict[str, Any]) -> None:
    """Write how far it is, and when that was."""
    _write(folder / "progress", {**told, "heard": str(_moment())})


def _stopped(path: str) -> dict[str, Any]:
    message = f"这份文件没有在 {process.SECONDS} 秒内读完，已经停止读取。文件可能已损坏，请另存后再试。"
    finding = {"code": "unreadable", "verdict": "reading", "severity": "error", "message": message, "basis": ""}
    return {"found": {"path": path, "findings": [finding]}, "read": False}


def _sent(upload: Upload) -> dict[str, str]:
    return {"name": upload.name, "data": base64.b64encode(upload.data).decode()}


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "checks"


def _folder(token: str) -> Path:
    return _root() / sealed(token.encode(), "check")


def _moment() -> float:
    return now().timestamp()


def _begun(folder: Path) -> float:
    """When the run began; 0 where there is none."""
    try:
        return float((folder / "begun").read_text("ascii"))
    except FileNotFoundError:
        return 0


def _is_there(folder: Path) -> bool:
    return _moment() - _begun(folder) < KEPT_SECONDS


def _write(path: Path, value: Any) -> None:
    """Encrypted, and whole or not at all. Raises FileNotFoundError where the run is gone."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_bytes(cipher().encrypt(dumps(value).encode()))
    temporary.replace(path)


def _read(path: Path) -> dict[str, Any]:
    return json.loads(cipher().decrypt(path.read_bytes()), parse_float=Decimal)


def all_found(token: str, done: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and findings of each document that has been checked."""
    for number in range(1, done + 1):
        if (one := found(token, number)) is not None:
            yield number, one
