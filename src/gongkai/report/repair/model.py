"""The same question as a mixed-integer model in HiGHS, for parts of a report that contradict themselves all over.

For each figure a whole number at least 0 and a switch; a figure may differ from what is printed only where its switch
is on; the sum of the switches is made small. The model holds one component whole, so its optimum is that of the form.
The largest value a figure can need is the sum of all printed ones: a solution exists whose figures are sums and
differences of unchanged ones (the matrix is totally unimodular), so the bound excludes no smallest set.
"""

from __future__ import annotations

from typing import Any

from .network import Component, bits
from .search import Found, Opening

_NODES = 2000
"""Nodes of HiGHS's own tree a solution may take; a count and not a time, so that results repeat."""


def model_openings(
    component: Component, values: list[int], free: int, changeable: int, *, openings: int
) -> tuple[Found, bool]:
    """Smallest sets out of ``changeable``, ``openings`` at most, where ``free`` cells cost nothing; and whether proven.

    Every further set is asked for by forbidding those found.
    """
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call, unused-ignore]
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", _NODES)
    most = max(sum(values), 1)
    figures = [_figure(solver, n, values[n], most, free, changeable) for n in range(len(component.cells))]
    switches = {n: solver.addBinary(obj=1.0) for n in bits(changeable)}
    for n, switch in switches.items():
        solver.addConstr(figures[n] - most * switch <= values[n])
        solver.addConstr(figures[n] + values[n] * switch >= values[n])
    for plus, minus in component.rows:
        solver.addConstr(sum(figures[n] for n in bits(plus)) - sum(figures[n] for n in bits(minus)) == 0)
    found: list[Opening] = []
    size, proven = None, True
    while len(found) < openings:
        solver.minimize()
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        proven = proven and (optimal or bool(found))
        solution = list(solver.getSolution().col_value)
        if not solution or (not optimal and found):
            return Found(tuple(found), False), proven
        now = [round(solution[figure.index]) for figure in figures]
        cells = sum(1 << n for n in bits(changeable) if now[n] != values[n])
        if size is not None and cells.bit_count() > size:
            return Found(tuple(found), True), proven
        size = cells.bit_count()
        found.append(Opening(cells, tuple(now), 0))
        if not optimal:
            return Found(tuple(found), False), False
        solver.addConstr(sum(switches[n] for n in bits(cells)) <= size - 1)
    return Found(tuple(found), False), proven


def _figure(solver: Any, cell: int, value: int, most: int, free: int, changeable: int) -> Any:
    if (free | changeable) >> cell & 1:
        return solver.addIntegral(lb=0, ub=most + value)
    return solver.addIntegral(lb=value, ub=value)
