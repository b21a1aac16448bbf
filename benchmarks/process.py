"""A fresh process: what importing loads, how much memory one report takes, and how long one command takes."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .documents import generated, real
from .measuring import Measured

OPTIONAL = (
    "django", "docx", "duckdb", "highspy", "lxml", "numpy", "opencc", "openpyxl", "pandas", "pdfplumber", "polars",
    "pyarrow", "pypdfium2", "python_calamine", "rapidocr_onnxruntime", "selectolax", "typst", "wagtail", "xlsxwriter",
)  # fmt: skip
"""Libraries that ``import gongkai`` and its core must not load: each is for one format, one task or one extra."""

MOST_MEMORY = 150.0
"""Megabytes."""

_IMPORTED = """
import json, sys
import gongkai, gongkai.reading, gongkai.checking, gongkai.report, gongkai.cli
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""
_PEAK = """
import contextlib, io, resource, sys
from gongkai.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    main(["read", "--jsonl", "--evidence", sys.argv[1]])
try:  # Linux hands the parent's largest size down to the child in getrusage, but not here
    with open("/proc/self/status") as status:
        print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / (1 << 10))
except OSError:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))
"""


def _fresh(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def loaded() -> list[str]:
    """The optional libraries that importing the core loads."""
    return sorted(set(OPTIONAL) & set(json.loads(_fresh(_IMPORTED))))


def measure() -> Iterator[Measured]:
    """Nothing optional loaded; memory of one report in each format, the largest of its documents."""
    found = loaded()
    yield Measured("optional libraries loaded by import gongkai", len(found), 0, "", remark=" ".join(found))
    with tempfile.TemporaryDirectory() as name:
        for kind in ("txt", "html", "docx", "pdf", "xlsx", "zip"):
            documents = {**real(kind), **generated(kind, 2)}
            largest = max(documents, key=lambda name: len(documents[name]))
            path = Path(name) / largest
            path.write_bytes(documents[largest])
            peak = float(_fresh(_PEAK, str(path)))
            yield Measured(f"peak memory of one {kind}", peak, MOST_MEMORY, " MB", remark=largest)
        yield Measured("gongkai read, one page, whole process", _whole_process(path), 1.0, " s", remark=path.name)


def _whole_process(path: Path) -> float:
    """Median seconds of ``gongkai read --jsonl FILE`` from start to end."""
    taken = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "gongkai", "read", "--jsonl", path], capture_output=True, check=False)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
