"""A small run of the mutants: nothing dies, hangs, calls out, raises, or reads what is not printed."""

from __future__ import annotations

import pytest

from .bases import NATIVE
from .mutate import mutant
from .traps import Traps
from .trial import trials

SEED = 2021


@pytest.mark.parametrize("format", NATIVE)
def test_whatever_is_done_to_a_document_it_is_read_honestly_or_refused(format: str) -> None:
    faults = [(trial.name, trial.how, trial.faults) for trial in trials(format, range(40), SEED) if trial.faults]

    assert not faults


@pytest.mark.parametrize("format", NATIVE)
def test_a_mutant_is_made_again_from_its_number(format: str) -> None:
    assert mutant(format, 7, SEED, Traps()) == mutant(format, 7, SEED, Traps())
