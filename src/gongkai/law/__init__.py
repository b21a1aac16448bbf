"""The law as data: what an office may decide, from whom and how applications come, each with its article."""

from .outcomes import (
    applicant_kinds,
    channels,
    decision_cell,
    decision_kinds,
    document_figures,
    document_kinds,
    outcome_row,
    outcomes,
    remedy_kinds,
    remedy_results,
)
from .terms import LawError, Term, Vocabulary

__all__ = [
    "LawError",
    "Term",
    "Vocabulary",
    "applicant_kinds",
    "channels",
    "decision_cell",
    "decision_kinds",
    "document_figures",
    "document_kinds",
    "outcome_row",
    "outcomes",
    "remedy_kinds",
    "remedy_results",
]
