"""Generated documents through the reader: nearly every figure right, and none wrong without a finding that names it."""

from __future__ import annotations

import pytest

from gongkai.cli.examining import examine
from gongkai.cli.read import as_object
from gongkai.cli.sources import Source
from gongkai.reading.formats.archive import is_archive, members
from tests.generator import LAYOUTS, GeneratedDocument, make
from tests.generator.score import FIELDS, Score, score

SEEDS = range(40_000, 40_250)


def reading_of(document: GeneratedDocument) -> dict[str, object]:
    """What ``gongkai read`` says of a document; one in an archive is read from there."""
    name, data = document.name, document.data
    if is_archive(data):
        [(name, data)] = members(data)
    return as_object(examine(Source(name, data)))


def scored(documents: list[GeneratedDocument]) -> Score:
    return score((one.truth for one in documents), map(reading_of, documents))["all"]


@pytest.fixture(scope="module")
def whole() -> Score:
    return scored([make(seed) for seed in SEEDS])


def test_nearly_all_figures_are_right(whole: Score) -> None:
    assert whole.share >= 0.999, whole.faults[:20]


def test_no_figure_is_wrong_without_a_finding_that_names_its_cell(whole: Score) -> None:
    assert whole.unsaid == 0, whole.faults[:20]


@pytest.mark.parametrize("field", FIELDS)
def test_organ_year_and_edition_are_told(whole: Score, field: str) -> None:
    right, judged = whole.told[field]

    assert right >= 0.97 * judged, whole.faults[:20]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_document_of_each_layout_is_read_right(layout: str) -> None:
    one = scored([make(21, layout=layout)])

    assert (one.missed, one.wrong, one.invented) == (0, 0, 0), one.faults
