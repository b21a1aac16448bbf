"""For parts of a report that contradict themselves all over: a good repair first, then the proof that none is smaller.

The repair is found greedily over the reasons of the tableau. Then HiGHS is asked, in a mixed-integer model of the whole
component, for one with fewer changes; what it finds takes the place of the first, and where it shows that there is none,
the last is proven smallest. For each figure the model has a whole number at least 0 and a switch, and the figure may
differ from what is printed only where its switch is on. No figure needs to exceed the sum of all printed ones: there is
a smallest repair whose figures are sums and differences of unchanged ones, each at most once (the matrix is totally
unimodular), so this bound excludes nothing that is smaller.
"""

from __future__ import annotations

from typing import Any

from .network import Component, Tableau, bits
from .search import Found, Opening, opening_of

_NODES = 10
"""Nodes of HiGHS's tree before the repair is left unproven: a second or two. A count, so that results repeat."""

_SECONDS = 2.0
"""And a net below it: a single node of a thoroughly damaged report can take longer than a user waits."""

_PROVABLE = 10
"""Repairs of more cells are left unproven: such a report is wrong as a whole, and the proof takes too long."""


def one_opening(
    component: Component, values: tuple[int, ...], free: int, changeable: int, *, at_least: int
) -> tuple[Found, bool]:
    """One small set out of ``changeable`` that closes every gap where ``free`` cells cost nothing; and whether it is
    proven that none is smaller. ``at_least``: a size below which there is none.

    Other sets of the same size are not looked for. Nothing is found only if there is none.
    """
    start = Tableau(component, list(values), free)
    best = _greedy(start, changeable)
    while best is not None:
        size = best.cells.bit_count()
        if not at_least < size <= _PROVABLE:
            return Found((best,), False), size <= at_least
        smaller, settled = _smaller(component, values, free, changeable, size - 1)
        if smaller is None:
            return Found((best,), False), settled
        tableau = start.copy()
        tableau.open |= smaller
        tableau.settle(changeable)
        best = opening_of(smaller, tableau)
    return Found((), True), True


def _greedy(start: Tableau, changeable: int) -> Opening | None:
    """Open, for every reason, the cell that stands in most of them, until every gap closes; then close what can be."""
    tableau = start.copy()
    opened = 0
    while reasons := tableau.settle(changeable):
        if not all(reasons):
            return None
        for reason in reasons:
            if not reason & opened:
                opened |= 1 << max(bits(reason), key=lambda cell: (sum(r >> cell & 1 for r in reasons), -cell))
        tableau.open |= opened
    for cell in bits(opened):
        fewer = start.copy()
        fewer.open |= opened ^ (1 << cell)
        if not fewer.settle(changeable):
            opened, tableau = opened ^ (1 << cell), fewer
    return opening_of(opened, tableau)


def _smaller(
    component: Component, values: tuple[int, ...], free: int, changeable: int, size: int
) -> tuple[int | None, bool]:
    """A set of at most ``size`` cells, or None; and whether None means that there is none."""
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call, unused-ignore]
    solver.silent()
    for option, setting in {
        "threads": 1,
        "mip_max_nodes": _NODES,
        "time_limit": _SECONDS,
        "mip_heuristic_effort": 0.0,
        "mip_detect_symmetry": False,
    }.items():
        solver.setOptionValue(option, setting)
    most = max(sum(values), 1)
    movable = free | changeable
    figures = [
        solver.addIntegral(lb=0, ub=most + value) if movable >> n & 1 else solver.addIntegral(lb=value, ub=value)
        for n, value in enumerate(values)
    ]
    switches = {n: solver.addBinary(obj=1.0) for n in bits(changeable)}
    for n, switch in switches.items():
        solver.addConstr(figures[n] - most * switch <= values[n])
        solver.addConstr(figures[n] + values[n] * switch >= values[n])
    for plus, minus in component.rows:
        solver.addConstr(sum(figures[n] for n in bits(plus)) - sum(figures[n] for n in bits(minus)) == 0)
    solver.addConstr(sum(switches.values()) <= size)
    solver.minimize()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        solution = list(solver.getSolution().col_value)
        return sum(1 << n for n, switch in switches.items() if solution[switch.index] > 0.5), True
    return None, status == highspy.HighsModelStatus.kInfeasible
