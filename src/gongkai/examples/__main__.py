"""``make run``: compile and check the examples, or check given files, and show the results as one page."""

from __future__ import annotations

import argparse
import os
import sys
import time
import webbrowser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..checking.page import page
from ..cli.examining import Outcome, examine_all
from ..cli.sources import sources
from ..cli.terminal import with_progress
from ..cli.told import heading, summarise
from ..report.finding import SEVERITY_NAMES
from .make import COMPILED, LEDGERS, PUBLISHED, make_examples


def main(args: Sequence[str] | None = None) -> int:
    """Write the page of results; tell what was done and how long it took."""
    parser = argparse.ArgumentParser(
        prog="python -m gongkai.examples", description="编制并核对示例，或者核对指定的文件。"
    )
    parser.add_argument("--out", type=Path, default=Path("build/examples"), help="放结果的文件夹")
    parser.add_argument("paths", nargs="*", help="要核对的文件、文件夹或者压缩包；不写时用项目自带的示例")
    options = parser.parse_args(args)
    options.out.mkdir(parents=True, exist_ok=True)
    paths = options.paths or _make(options.out)
    started = time.perf_counter()
    outcomes = _check(paths)
    target = options.out / "核对结果.html"
    target.write_text(page(outcomes), "utf-8", errors="backslashreplace")
    counts = [(one.read, Counter(finding.severity for finding in one.findings)) for one in outcomes]
    print(f"{summarise(counts)}用时 {time.perf_counter() - started:.1f} 秒。")
    print(f"结果在 {target.resolve()}")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin":
        webbrowser.open(target.resolve().as_uri())
    return 0


def _make(folder: Path) -> list[str]:
    """Make the examples and tell so; returns the folders to check."""
    started = time.perf_counter()
    made = make_examples(folder)
    print(f"填写了 {len(made.ledgers)} 份台账，放在 {folder / LEDGERS}。")
    print(f"由台账编制了 {len(made.compiled)} 份年度报告，放在 {folder / COMPILED}。")
    print(f"按各机关发布时的样子（包括当时的差错）写出 {len(made.published)} 个文件，放在 {folder / PUBLISHED}。")
    print("".join(f"{remark}\n" for remark in made.remarks), end="")
    print(f"用时 {time.perf_counter() - started:.1f} 秒。示例中的机关名称和文字是虚构的，数据来自真实的年度报告。\n")
    return [str(folder / COMPILED), str(folder / PUBLISHED)]


def _check(paths: Sequence[str]) -> list[Outcome]:
    """Check all, a line each."""
    outcomes = []
    for outcome in with_progress(examine_all(sources(paths))):
        counts = Counter(finding.severity for finding in outcome.findings)
        found = "，".join(f"{name} {counts[severity]}" for severity, name in SEVERITY_NAMES.items())
        print(f"{heading(outcome.report) if outcome.read else '（不是年度报告或者不能读取）'}  {found}  {outcome.path}")
        outcomes.append(outcome)
    print()
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
