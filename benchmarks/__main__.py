"""``python -m benchmarks [SUBJECT...]``: every bound of speed, memory and rightness, measured in one run.

One line for each: whether it is kept, what was measured, the bound. Exit status 1 where one is not. Subjects: ``html``,
``docx``, ``pdf``, ``bulk``, ``process``, ``generated``, ``repair``; all of them without any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

from .measuring import Measured

SUBJECTS = ("process", "html", "docx", "pdf", "bulk", "generated")


def _measure(subject: str) -> Iterator[Measured]:
    measured: Iterator[Measured] = import_module(f"{__package__}.{subject}").measure()
    return measured


def main(arguments: list[str]) -> int:
    """Measure the subjects; 1 where a bound is not kept, 2 for an unknown subject."""
    chosen = arguments or [*SUBJECTS, "repair"]
    if unknown := set(chosen) - {*SUBJECTS, "repair"}:
        print(f"no such subject: {', '.join(sorted(unknown))}; {__doc__}", file=sys.stderr)
        return 2
    short = False
    for subject in chosen:
        if subject == "repair":
            from .repair import main as measure_repair

            sys.argv[1:] = []
            short |= bool(measure_repair())
            continue
        for measured in _measure(subject):
            print(measured, flush=True)
            short |= not measured.reached
    return int(short)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
