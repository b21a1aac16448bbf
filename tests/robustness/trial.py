"""Reading and checking mutants in a process of its own, watched from outside: time, memory, network, honesty.

The worker makes each mutant, says so, and reads it the way the command line does, from a file to the object printed.
The watcher kills it when the time is over and starts another; what it saw of each mutant is a ``Trial``.
"""

from __future__ import annotations

import contextlib
import json
import math
import multiprocessing
import resource
import socket
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from .bases import BY_SUITE
from .traps import SECRET, Traps

SECONDS = 5.0
"""The longest that one file may take to be read and checked, in processor time: other work must not make a fault."""

_PATIENCE = 6
"""So many times as long the watcher waits on the wall's clock before it kills a worker."""

SUITE_SECONDS = 75.0
"""The longest on the wall's clock where an office suite is called, which has a minute of its own."""

MOST_MEMORY = 512
"""Megabytes that reading one file may take, Python and all libraries included."""

_ADDRESS_SPACE = 4 << 30
_CALLS = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "urllib.Request",
    "ftplib.connect",
    "os.system",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one mutant. ``faults``: what must not happen; ``seconds``, and ``memory`` in megabytes at the peak;
    ``codes``: of the findings that say that a file was no report."""

    name: str
    how: str
    size: int
    seconds: float
    memory: float
    faults: tuple[str, ...]
    codes: tuple[str, ...] = ()


def trials(format: str, numbers: range, seed: int, *, seconds: float | None = None) -> Iterator[Trial]:
    """Try the mutants of these numbers, in order."""
    limit = seconds or (SUITE_SECONDS if format in BY_SUITE else SECONDS)
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as name, _Listener() as listener:
        folder = Path(name)
        (folder / "secret.txt").write_text(SECRET, "utf-8")
        traps = Traps(f"http://127.0.0.1:{listener.port}/", (folder / "secret.txt").as_uri())
        following = numbers.start
        while following < numbers.stop:
            ours, theirs = context.Pipe()
            rest = range(following, numbers.stop)
            process = context.Process(target=_work, args=(theirs, format, rest, seed, traps, name), daemon=True)
            process.start()
            theirs.close()
            for trial in _watch(ours, limit):
                following += 1
                yield trial
            process.kill()
            process.join()
            ours.close()
        if listener.calls:
            yield Trial("listener", "", 0, 0.0, 0.0, (f"{listener.calls} calls to the server of the trap",))


def _watch(connection: Connection, limit: float) -> Iterator[Trial]:
    """Trials until the worker is done, dies or must be killed; the last of them is then a fault."""
    while True:
        try:
            begun = connection.recv()
        except EOFError:
            raise RuntimeError("the worker died before it had made the next mutant") from None
        if begun is None:
            return
        name, how, size = begun
        began = time.monotonic()
        if not connection.poll(limit if limit == SUITE_SECONDS else limit * _PATIENCE):
            yield Trial(name, how, size, time.monotonic() - began, 0.0, ("hangs",))
            return
        try:
            took, memory, faults, codes = connection.recv()
        except EOFError:
            yield Trial(name, how, size, time.monotonic() - began, 0.0, ("the process died",))
            return
        if took > limit:
            faults = (*faults, f"took {took:.1f} s")
        if memory > MOST_MEMORY:
            faults = (*faults, f"took {memory:.0f} MB")
        yield Trial(name, how, size, took, memory, tuple(faults), tuple(codes))


class _Listener:
    """A server on this machine that answers nobody and counts who calls."""

    def __enter__(self) -> _Listener:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def _accept(self) -> None:
        while True:
            try:
                self._socket.accept()[0].close()
            except OSError:
                return
            self.calls += 1

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def _work(connection: Connection, format: str, numbers: range, seed: int, traps: Traps, folder: str) -> None:
    """The worker: mutants one after the other."""
    from gongkai.reading.formats import office_suite

    from .mutate import mutant

    clock = time.monotonic if format in BY_SUITE else time.process_time
    calls: list[str] = []
    sys.addaudithook(lambda event, _: calls.append(event) if event in _CALLS else None)
    read_and_check(Path(folder) / "secret.txt")  # loads what every reading needs, before memory is limited and measured
    if format not in BY_SUITE:
        office_suite.find_suite = lambda: None  # what a mutation made look like another format is not sent there
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    fresh = _memory("VmRSS")
    for number in numbers:
        made = mutant(format, number, seed, traps)
        path = Path(folder) / made.name
        path.write_bytes(made.data)
        size, name, how = len(made.data), made.name, made.how
        del made
        calls.clear()
        before = _forget_peak()
        connection.send((name, how, size))
        began = clock()
        try:
            printed = read_and_check(path)
            took = clock() - began
            memory = fresh + _memory("VmHWM") - before
            faults, codes = judge(printed)
        except BaseException as error:
            took, memory, codes = clock() - began, fresh + _memory("VmHWM") - before, ()
            faults = (f"raises {type(error).__name__}: {error}"[:300],)
        if calls:
            faults = (*faults, f"calls {sorted(set(calls))}")
        connection.send((took, memory, faults, codes))
        path.unlink()
    connection.send(None)


def read_and_check(path: Path) -> list[str]:
    """The objects that the command line prints for a file."""
    from gongkai.cli.examining import examine
    from gongkai.cli.read import as_object
    from gongkai.cli.sources import sources
    from gongkai.report.writing import dumps

    return [dumps(as_object(examine(source), evidence=True)) for source in sources([str(path)])]


def judge(printed: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is wrong with the objects printed, and which codes say that files were not read."""
    faults: list[str] = []
    codes: list[str] = []
    for line in printed:
        try:
            found: dict[str, Any] = json.loads(line, parse_constant=_no_constant)
        except ValueError as error:
            faults.append(f"prints what is no JSON: {error}"[:200])
            continue
        faults += _faults(found)
        codes += [one["code"] for one in found["findings"] if one["code"] in _UNREAD]
        if SECRET in line:
            faults.append("shows what stands in another file")
        if not found["findings"] and not found["values"]:
            faults.append("says nothing at all")
    return tuple(dict.fromkeys(faults)), tuple(codes)


_UNREAD = ("unreadable", "not-a-report", "older-format", "internal-error")


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _faults(found: dict[str, Any]) -> Iterator[str]:
    """Errors of the program, cells that the edition has not, figures that are none or are nowhere printed."""
    from gongkai.report.form import editions, load_form

    for finding in found["findings"]:
        if finding["code"] == "internal-error":
            yield f"internal error: {finding['message']}"[:300]
        if not finding["message"].endswith(("。", "”", "）", "！", "？")):
            yield f"message without end: {finding['code']} {finding['message'][-40:]}"
    values = found["values"]
    known = [found["edition"]] if found["edition"] else editions()  # rows that both have may leave it open
    cells = {cell for edition in known for cell in load_form(edition).cells}
    for key, value in values.items():
        if key not in cells:
            yield f"no such cell: {key}"
        if value is None:
            continue
        if not isinstance(value, int | float) or not math.isfinite(value):
            yield f"no figure: {key} {value!r}"[:100]
        elif not _printed(value, found["evidence"].get(key, {}).get("raw")):
            yield f"figure that is not printed: {key} {value} {found['evidence'].get(key)}"[:200]


def _printed(value: float, raw: str | None) -> bool:
    """Whether what was read in the document holds the value's digits; amounts may be in another unit."""
    if raw is None:
        return False
    digits = "".join(str(unicodedata.digit(sign)) for sign in raw if unicodedata.digit(sign, None) is not None)
    own = str(abs(value)).replace(".", "").strip("0")
    return (
        own in digits
        or "e" in own
        or any(unit in raw for unit in "万元亿十百千一二三四五六七八九两〇零壹贰叁肆伍陆柒捌玖")
    )


def _forget_peak() -> float:
    """Start measuring the peak of memory anew, where the system can; what is in use now, the mutant's making included."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(kind: str) -> float:
    """Megabytes of memory, in use (``VmRSS``) or at the peak (``VmHWM``)."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
