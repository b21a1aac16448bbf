"""How well and how fast the smallest repair finds figures changed at random, against the plain mixed-integer model.

``python -m benchmarks.repair [TRIALS]`` changes 1, 2 and 3 of the figures that stand in an identity of a random
consistent 2021 report, prints in how many trials the set found is the set changed, is among the alternatives listed, or
is a proven smaller explanation, and the median time as a ratio to that of the plain model of the whole form, solved by
HiGHS on the same reports in the same run.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import highspy

from gongkai.report.form import CellKey, Form, load_form
from gongkai.report.repair import Repair, smallest_repair

Outcome = Literal["found", "listed", "smaller", "missed"]

TARGETS = {1: 0.99, 2: 0.98, 3: 0.96}
"""Share of trials that must not miss, by the number of figures changed."""

TIME_TARGET = 0.2
"""Median time as a share of the plain model's."""


def random_report(form: Form, rng: random.Random) -> dict[CellKey, int]:
    """A consistent report with figures as offices have them: most cells 0, most applicants natural persons."""
    cells = {cell: 0 for identity in form.identities for cell in identity.cells}
    block = form.table("applications").blocks[0]
    results = [row.key for row in block.rows if row.result]
    parts = [column.key for column in block.columns if not column.total]
    scale = rng.choice((5, 30, 200, 2000))
    for rank, part in enumerate(parts):
        size = scale if rank == 0 else scale // rng.choice((8, 20, 50))
        for result in results:
            if rng.random() < (0.45 if rank == 0 else 0.15):
                cells[f"applications.{result}.{part}"] = rng.randint(0, size)
        total = sum(cells[f"applications.{result}.{part}"] for result in results)
        over = rng.randint(0, size // 4) if rng.random() < 0.5 else 0
        carried = rng.randint(0, min(size // 4, total + over)) if rng.random() < 0.5 else 0
        cells[f"applications.total.{part}"] = total
        cells[f"applications.carried_over.{part}"] = over
        cells[f"applications.carried_in.{part}"] = carried
        cells[f"applications.received.{part}"] = total + over - carried
    for row in block.rows:
        cells[f"applications.{row.key}.total"] = sum(cells[f"applications.{row.key}.{part}"] for part in parts)
    for table in (table for table in form.tables if table.layout == "strip"):
        for row in table.blocks[0].rows:
            kinds = [column.key for column in table.blocks[0].columns if not column.total]
            for kind in kinds:
                if rng.random() < 0.4:
                    cells[f"{table.key}.{row.key}.{kind}"] = rng.randint(0, max(2, scale // 20))
            cells[f"{table.key}.{row.key}.total"] = sum(cells[f"{table.key}.{row.key}.{kind}"] for kind in kinds)
    return cells


def changed(value: int, rng: random.Random) -> int:
    """Another figure in its place: a slip of digits, a little more or less, or any plausible number."""
    while True:
        digits = list(str(value))
        kind = rng.randrange(5)
        if kind == 0 and len(digits) > 1:
            place = rng.randrange(len(digits) - 1)
            digits[place], digits[place + 1] = digits[place + 1], digits[place]
        elif kind == 1:
            digits[rng.randrange(len(digits))] = str(rng.randrange(10))
        elif kind == 2 and len(digits) > 1:
            del digits[rng.randrange(len(digits))]
        elif kind == 3:
            digits = list(str(max(0, value + rng.choice((-10, -2, -1, 1, 2, 10)))))
        else:
            digits = list(str(rng.choice((rng.randint(0, 9), rng.randint(0, 99), rng.randint(0, 2 * value + 1)))))
        new = int("".join(digits))
        if new != value:
            return new


def spoil(values: Mapping[CellKey, int], count: int, rng: random.Random) -> tuple[dict[CellKey, int], set[CellKey]]:
    """The report with this many figures changed, and which."""
    wrong = set(rng.sample(sorted(values), count))
    return {cell: changed(value, rng) if cell in wrong else value for cell, value in values.items()}, wrong


def outcome(repair: Repair, wrong: set[CellKey]) -> Outcome:
    """What the repair says of the set that was changed."""
    if repair.size < len(wrong):
        return "smaller" if repair.proven else "missed"
    if len(repair.groups) and all(
        any(set(choice.figures) == wrong & set(group.cells) for choice in group.choices) for group in repair.groups
    ):
        named = {cell for group in repair.groups for cell in group.cells}
        if wrong <= named:
            return "found" if all(len(group.choices) == 1 for group in repair.groups) else "listed"
    return "missed"


def plain_model(form: Form, values: Mapping[CellKey, int | None]) -> tuple[int, float]:
    """The smallest number of figures to change by a mixed-integer model of the whole form, and the seconds to solve it."""
    solver = highspy.Highs()
    solver.silent()
    for tolerance in ("mip_feasibility_tolerance", "primal_feasibility_tolerance"):
        solver.setOptionValue(tolerance, 1e-9)  # the switches' large factor would let figures change unnoticed
    most = sum(value or 0 for value in values.values()) + 1
    figures, switches = {}, {}
    for cell in dict.fromkeys(cell for identity in form.identities for cell in identity.cells):
        value = values.get(cell)
        figures[cell] = solver.addIntegral(lb=0, ub=most)
        if value is not None:
            switches[cell] = solver.addBinary(obj=1.0)
            solver.addConstr(figures[cell] - most * switches[cell] <= value)
            solver.addConstr(figures[cell] + most * switches[cell] >= value)
    for identity in form.identities:
        solver.addConstr(
            sum(figures[cell] for cell in identity.left) - sum(figures[cell] for cell in identity.right) == 0
        )
    began = time.perf_counter()
    solver.minimize()
    seconds = time.perf_counter() - began
    solution = list(solver.getSolution().col_value)
    return sum(round(solution[switch.index]) for switch in switches.values()), seconds


@dataclass(frozen=True, slots=True)
class Run:
    """Outcomes of the trials with one number of figures changed; medians in seconds, over the reports solved by both."""

    outcomes: Mapping[Outcome, int]
    ours: float
    plain: float

    @property
    def share(self) -> float:
        """Share of trials in which nothing was missed."""
        return 1 - self.outcomes["missed"] / sum(self.outcomes.values())


def run(count: int, trials: int, seed: int, *, plain_trials: int) -> Run:
    """``trials`` random reports with ``count`` figures changed; the first ``plain_trials`` also by the plain model."""
    rng = random.Random(f"{seed}-{count}")
    form = load_form("2021")
    outcomes: dict[Outcome, int] = {"found": 0, "listed": 0, "smaller": 0, "missed": 0}
    ours, plain = [], []
    for trial in range(trials):
        values, wrong = spoil(random_report(form, rng), count, rng)
        began = time.perf_counter()
        repair = smallest_repair(form, values)
        ours.append(time.perf_counter() - began)
        outcomes[outcome(repair, wrong)] += 1
        if trial < plain_trials:
            plain.append(plain_model(form, values)[1])
    return Run(outcomes, statistics.median(ours[: plain_trials or None]), statistics.median(plain) if plain else 0.0)


def main() -> int:
    """Print each share and time ratio beside its target. Returns 1 where one falls short."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    short = False
    for count, target in TARGETS.items():
        result = run(count, trials, seed=2021, plain_trials=max(20, trials // 10))
        ratio = result.ours / result.plain
        short = short or result.share < target or ratio > TIME_TARGET
        told = ", ".join(f"{name} {number}" for name, number in result.outcomes.items())
        print(
            f"{count} changed: {result.share:.1%} of {trials} (at least {target:.0%}; {told}); median time "
            f"{result.ours * 1000:.2f} ms, {ratio:.3f} of the plain model's (at most {TIME_TARGET})"
        )
    return int(short)


if __name__ == "__main__":
    sys.exit(main())
