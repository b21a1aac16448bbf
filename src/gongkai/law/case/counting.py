"""What 表三 counts of a case (统计口径): one application, one result, in the years of its receipt and of its decision.

A case is one application, however many items it asks for; where an application was split into cases, each counts.
Rectifications, cancelled registrations and applications withdrawn before they were received are not counted; one
withdrawn later counts as （六）3.其他. The result counts in the year in which it was decided. Where a reconsideration
decision or a judgment orders a case to be handled anew, its first result stays counted and the later one is not: the form
has one result for an application, and what became of the first is in 表四. [infer] A case counts wholly for the organ that
handles it: transferred, it is with receipt and result no longer counted by the one that had it. [infer]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .state import CaseState


@dataclass(frozen=True, slots=True)
class CountedCase:
    """What 表三 needs of a case. ``outcome`` is "" and ``decided_on`` None while it is open.

    ``applicant_kind`` and ``outcome`` are keys of a column and of a row of the newest form; for an older edition see
    `gongkai.law.outcomes.outcome_row`.
    """

    received_on: date
    applicant_kind: str
    decided_on: date | None = None
    outcome: str = ""


def counted(state: CaseState) -> CountedCase | None:
    """What 表三 counts of this case, None where it counts nothing (yet)."""
    if not state.counted or state.received_on is None:
        return None
    outcome, decided = counted_decision(state)
    return CountedCase(state.received_on, state.applicant_kind, decided, outcome)


def counted_decision(state: CaseState) -> tuple[str, date | None]:
    """The outcome that counts and its day, "" and None while there is none: the first, whatever was ordered since."""
    if state.first_decided_on:
        return state.first_outcome, state.first_decided_on
    return state.outcome, state.decided_on


def rows_between(case: CountedCase, first: date, last: date) -> tuple[str, ...]:
    """Keys of the rows of 表三 in which a case counts for the period from ``first`` to ``last``, both included.

    ``received`` or ``carried_in``, and its result or ``carried_over``; none where it came later or was done before.
    """
    if case.received_on > last or (case.decided_on and case.decided_on < first):
        return ()
    came = "received" if case.received_on >= first else "carried_in"
    return came, case.outcome if case.decided_on and case.decided_on <= last else "carried_over"


def tally(cases: Iterable[CountedCase], year: int) -> Mapping[tuple[str, str], int]:
    """How many cases count in a year, by row and column, without the totals of the form."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Counter((row, case.applicant_kind) for case in cases for row in rows_between(case, first, last))
