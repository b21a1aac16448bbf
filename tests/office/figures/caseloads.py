"""Random caseloads: organs whose applications went through random lawful histories, and reconsiderations and lawsuits about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from gongkai.law import remedy_kinds, remedy_results
from gongkai.law.case.state import CaseState
from gongkai.office.organs.models import Organ
from gongkai.office.remedies.models import Remedy
from tests.law.case.histories import History, histories
from tests.office.cases.test_histories import moves, replayed, world

few = settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
"""Each example is dozens of transactions; to make a failing one smaller would take many."""

FIRST, LAST = date(2024, 10, 8), date(2026, 11, 20)
"""The histories lie in two turns of a year and the years about them."""

YEARS = (2024, 2025, 2026)


@dataclass(frozen=True)
class Suit:
    """A remedy as drawn; ``closed``: None while it is pending."""

    kind: str
    begun: date
    closed: date | None
    result: str
    joint: bool


@dataclass(frozen=True)
class Caseload:
    """What one organ has to do."""

    histories: tuple[History, ...]
    suits: tuple[Suit, ...]

    def states(self, *, transferred: bool) -> list[CaseState]:
        """What the events of each case come to, by the core alone: of those that stayed, or of those that went over."""
        return [one.state for one in self.histories if moves(one) % 2 == transferred]


@st.composite
def suits(draw) -> Suit:
    begun = draw(st.dates(FIRST, LAST))
    closed = draw(st.none() | st.dates(begun, LAST))
    result = draw(st.sampled_from([term.code for term in remedy_results().terms if term.code != "pending"]))
    kind = draw(st.sampled_from([term.code for term in remedy_kinds().terms]))
    return Suit(kind, begun, closed, result if closed else "", draw(st.integers(0, 5)) == 0)


def caseloads(most: int = 4) -> st.SearchStrategy[Caseload]:
    """Some cases, some of them led to their end, and some remedies."""
    cases = st.booleans().flatmap(lambda ended: histories(first=FIRST, today=LAST, longest=12, ended=ended))
    return st.builds(Caseload, st.lists(cases, max_size=most).map(tuple), st.lists(suits(), max_size=5).map(tuple))


@contextmanager
def recorded(load: Caseload) -> Iterator[Organ]:
    """An organ that has recorded the caseload; its one earlier case is of 2019. All is undone afterwards."""
    with recorded_by_both(load) as (organ, _):
        yield organ


@contextmanager
def recorded_by_both(load: Caseload) -> Iterator[tuple[Organ, Organ]]:
    """The same, and the organ to which its transferred cases went."""
    with world() as here:
        add(here, load)
        yield here.organ, here.other


def add(here, load: Caseload) -> None:
    """Record a caseload."""
    for history in load.histories:
        replayed(here, history)
    for number, suit in enumerate(load.suits):
        remedy = Remedy(
            organ=here.organ,
            kind=suit.kind,
            number=f"青行〔{suit.begun.year}〕{number}号",
            begun_on=suit.begun,
            closed_on=suit.closed,
            result=suit.result,
            joint=suit.joint,
        )
        remedy.full_clean()
        remedy.save()
