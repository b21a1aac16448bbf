"""The filing of an annual report (年度报告的编制、审核、批准、报送、发布): its steps, its state, its dates."""

from .dates import FilingDates, filing_dates
from .state import Edition, FilingEvent, FilingRules, FilingState, Refusal, refusal, state_of
from .steps import FilingStep, filing_steps, stages

__all__ = [
    "Edition",
    "FilingDates",
    "FilingEvent",
    "FilingRules",
    "FilingState",
    "FilingStep",
    "Refusal",
    "filing_dates",
    "filing_steps",
    "refusal",
    "stages",
    "state_of",
]
