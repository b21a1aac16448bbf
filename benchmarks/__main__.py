"""``python -m benchmarks [SUBJECT...]``: every bound of speed, memory and rightness, measured in one run.

One line for each: whether it is kept, what was measured, the bound. Exit status 1 where one is not. Subjects: ``html``,
``docx``, ``pdf``, ``bulk``, ``process``, ``generated``, ``repair``, ``figures``, ``compiling``, ``intake``, ``district``,
``office``; all of them without any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

from .measuring import Measured

SUBJECTS = (
    "process",
    "html",
    "docx",
    "pdf",
    "bulk",
    "generated",
    "repair",
    "figures",
    "compiling",
    "intake",
    "district",
    "office",
)


TRIALS, PLAIN_TRIALS = 1000, 20
"""Of the repair; the plain model takes half a second each time."""


def _measure(subject: str) -> Iterator[Measured]:
    measured: Iterator[Measured] = (
        _repair() if subject == "repair" else import_module(f"{__package__}.{subject}").measure()
    )
    return measured


def _repair() -> Iterator[Measured]:
    from .repair import TARGETS, TIME_TARGET, run

    for count, target in TARGETS.items():
        result = run(count, TRIALS, seed=2021, plain_trials=PLAIN_TRIALS)
        what = f"repair with {count} changed"
        yield Measured(f"{what}: explained", 100 * result.share, 100 * target, " %", True, f"{TRIALS} trials")
        remark = f"median {result.ours * 1000:.2f} ms"
        yield Measured(f"{what}: time, to the plain model", result.ours / result.plain, TIME_TARGET, remark=remark)


def main(arguments: list[str]) -> int:
    """Measure the subjects; 1 where a bound is not kept, 2 for an unknown subject."""
    chosen = arguments or SUBJECTS
    if unknown := set(chosen) - set(SUBJECTS):
        print(f"no such subject: {', '.join(sorted(unknown))}; {__doc__}", file=sys.stderr)
        return 2
    short = False
    for subject in chosen:
        for measured in _measure(subject):
            print(measured, flush=True)
            short |= not measured.reached
    return int(short)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
