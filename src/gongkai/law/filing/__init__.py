"""The filing of an annual report (年度报告的编制、审核、批准、报送、发布): its steps, its state, its dates, its remarks."""

from .dates import (
    Due,
    FilingDates,
    Press,
    day_faults,
    due_of,
    filing_dates,
    first_due,
    last_working,
    press_of,
    until,
)
from .remarks import Remark, remarks_of
from .state import Edition, FilingEvent, FilingRules, FilingState, Refusal, next_steps, refusal, state_of
from .statutory import filing_terms
from .steps import FilingStep, filing_steps, stages

__all__ = [
    "Due",
    "Edition",
    "FilingDates",
    "FilingEvent",
    "FilingRules",
    "FilingState",
    "FilingStep",
    "Press",
    "Refusal",
    "Remark",
    "day_faults",
    "due_of",
    "filing_dates",
    "filing_steps",
    "filing_terms",
    "first_due",
    "last_working",
    "next_steps",
    "press_of",
    "refusal",
    "remarks_of",
    "stages",
    "state_of",
    "until",
]
