"""How the benchmarks measure: contestants take turns in one process, and medians are compared as ratios.

Times are processor time: none of the contestants waits for anything, and other work on the machine does not count.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

SECONDS = 2.0
"""How long one contest on one document may take, in seconds; slow contestants get fewer rounds, three at least."""

MOST_ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table. ``value``: what was measured; ``bound``: what it must reach; ``least``: a lower bound."""

    what: str
    value: float
    bound: float
    unit: str = "×"
    least: bool = False
    remark: str = ""

    @property
    def reached(self) -> bool:
        """Whether the bound is kept."""
        return self.value >= self.bound if self.least else self.value <= self.bound

    def __str__(self) -> str:
        verdict = "ok   " if self.reached else "SHORT"
        bound = f"{'≥' if self.least else '≤'} {self.bound:g}{self.unit}"
        remark = f"  ({self.remark})" if self.remark else ""
        return f"{verdict} {self.what}: {self.value:.5g}{self.unit}, bound {bound}{remark}"


def medians(contestants: Mapping[str, Callable[[], object]], seconds: float = SECONDS) -> dict[str, float]:
    """The median time of each contestant in seconds, run in turns (A B A B) after one round that warms the caches."""
    for run in contestants.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in contestants}
    ends = time.process_time() + seconds
    gc.collect()
    for rounds in range(MOST_ROUNDS):
        if rounds >= 3 and time.process_time() > ends:
            break
        for name, run in contestants.items():
            began = time.process_time()
            run()
            times[name].append(time.process_time() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}


def ratio(
    what: str,
    ours: str,
    theirs: str,
    runs: Mapping[str, Mapping[str, float]],
    bound: float,
) -> Measured:
    """Our median time against theirs, the median over the documents; ``runs``: medians by document."""
    ratios = {name: run[ours] / run[theirs] for name, run in runs.items()}
    worst = max(ratios, key=lambda name: ratios[name])
    value = statistics.median(ratios.values())
    milliseconds = statistics.median(run[ours] for run in runs.values()) * 1000
    remark = f"{len(runs)} documents, median {milliseconds:.1f} ms, worst {ratios[worst]:.2f}× {worst}"
    return Measured(what, value, bound, remark=remark)
