"""``python -m tests.robustness --seed S --count N [--format F] [--start K]``: mutants of each format, read and checked.

Prints every fault with the mutant's number, by which it can be made again, and for each format how many there were, how
many were read as reports, the slowest five and the greatest peak of memory. Exit status 1 where there was any fault.
``--write DIR --start K --count 1`` writes the mutant instead.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from gongkai.reading.formats.office_suite import find_suite

from .bases import BY_SUITE, NATIVE
from .mutate import mutant
from .traps import Traps
from .trial import Trial, trials

SUITE_COUNT = 200
"""At most so many mutants of a format that an office suite reads, each of which takes seconds."""


def main() -> int:
    """Run, print, and tell whether all was well."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness", description=__doc__)
    parser.add_argument("--seed", type=int, default=2021)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--format", choices=(*NATIVE, *BY_SUITE), action="append")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    bad = False
    for format in options.format or (*NATIVE, *BY_SUITE):
        count = min(options.count, SUITE_COUNT) if format in BY_SUITE else options.count
        numbers = range(options.start, options.start + count)
        if format in BY_SUITE and find_suite() is None:
            print(f"{format}: skipped, no office suite is installed", flush=True)
        elif options.write:
            for number in numbers:
                made = mutant(format, number, options.seed, Traps())
                (options.write / made.name).write_bytes(made.data)
                print(made.name, made.how)
        else:
            bad |= _run(format, numbers, options.seed)
    return int(bad)


def _run(format: str, numbers: range, seed: int) -> bool:
    tried: list[Trial] = []
    for trial in trials(format, numbers, seed):
        tried.append(trial)
        for fault in trial.faults:
            print(f"  {format} {trial.name} ({trial.size} bytes, {trial.how}): {fault}", flush=True)
    faulty = [trial for trial in tried if trial.faults]
    told = Counter(code for trial in tried for code in set(trial.codes))
    whole = sum(not trial.codes and not trial.faults for trial in tried)
    print(f"{format}: {len(tried)} mutants, {len(faulty)} with faults; {whole} read as reports, {dict(told)}")
    slowest = sorted(tried, key=lambda trial: -trial.seconds)[:5]
    print("  slowest:", "; ".join(f"{one.seconds:.2f} s {one.name} {one.size >> 10} KB {one.how}" for one in slowest))
    largest = max(tried, key=lambda trial: trial.memory)
    print(f"  most memory: {largest.memory:.0f} MB {largest.name} {largest.size >> 10} KB {largest.how}", flush=True)
    return bool(faulty)


if __name__ == "__main__":
    sys.exit(main())
