"""Running the worker: a process group of its own, without the office's environment, ended when an answer takes too long."""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from gongkai.report.writing import dumps

SECONDS = 120
"""The most one answer may take; an office suite's conversion alone may take half of it."""

_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
"""Of the environment the worker gets this: no keys, no secrets, no address of a database."""


class WorkerEndedError(Exception):
    """The worker was ended by the time limit, or broke down."""


def answers(task: Mapping[str, Any], seconds: float = SECONDS, *, whole: float = math.inf) -> Iterator[dict[str, Any]]:
    """The worker's answers to a task, each as soon as it is there. Raises WorkerEndedError. Nothing of it is left running.

    ``seconds``: the most one answer may take; ``whole``: the most that all of them together may.
    """
    until = time.monotonic() + whole
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai.office.portal.checking.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
        start_new_session=True,
    )
    assert process.stdin and process.stdout  # both are pipes
    try:
        with _ended_after(process, seconds), contextlib.suppress(BrokenPipeError):
            process.stdin.write(dumps(task).encode() + b"\n")
            process.stdin.close()
        while True:
            with _ended_after(process, max(0.0, min(seconds, until - time.monotonic()))):
                line = process.stdout.readline()
            if not line:
                break
            yield json.loads(line, parse_float=Decimal)
        if process.wait() != 0:
            raise WorkerEndedError
    finally:
        _end(process)
        process.stdout.close()


@contextlib.contextmanager
def _ended_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, _end, [process])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
