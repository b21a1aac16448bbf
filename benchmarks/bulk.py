"""A hundred documents in one call of the command line against the sum of single readings in one process."""

from __future__ import annotations

import contextlib
import io
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.generator import make

from gongkai.checking import check
from gongkai.cli import main
from gongkai.reading import read

from .measuring import Measured, medians

COUNT = 100


def one_call(folder: Path) -> float:
    """Seconds that ``gongkai read --jsonl FOLDER`` takes, in this process."""
    began = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        main(["read", "--jsonl", str(folder)])
    return time.process_time() - began


def measure() -> Iterator[Measured]:
    """At most 1.2 times the sum, and of the memory that the last documents take no trace of the first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(COUNT):
            document = make(seed)
            (folder / document.name).write_bytes(document.data)
        files = sorted(folder.iterdir())

        def singly() -> None:
            for path in files:
                check(read(path.name, path.read_bytes()))

        taken = medians({"together": lambda: one_call(folder), "singly": singly}, seconds=15.0)
    value = taken["together"] / taken["singly"]
    each = taken["together"] / COUNT * 1000
    yield Measured(f"{COUNT} files in one call, to their sum", value, 1.2, remark=f"{each:.1f} ms a document")
