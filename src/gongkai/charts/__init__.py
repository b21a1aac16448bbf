"""Figures of reports as pictures for the public, and what may be shown behind a figure.

Pure functions: values in, SVG text or values out.
"""

from .behind import Behind, Spread, behind_figures, read_behind, write_behind
from .chart import Chart, Group, Value
from .drawing import draw
from .of_reports import (
    answer_chart,
    applicant_chart,
    outcome_chart,
    outcome_years_chart,
    period_chart,
    remedy_chart,
    remedy_years_chart,
    years_chart,
)
from .rules import SmallCounts, small_counts

__all__ = [
    "Behind",
    "Chart",
    "Group",
    "SmallCounts",
    "Spread",
    "Value",
    "answer_chart",
    "applicant_chart",
    "behind_figures",
    "draw",
    "outcome_chart",
    "outcome_years_chart",
    "period_chart",
    "read_behind",
    "remedy_chart",
    "remedy_years_chart",
    "small_counts",
    "write_behind",
    "years_chart",
]
