"""Generated documents in every layout through the reader: figures right, wrong, and wrong without a word of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.generator import GeneratedDocument, make
from tests.generator.score import Score, score

from gongkai.checking import check
from gongkai.reading import read
from gongkai.report.writing import to_json

from .measuring import Measured

COUNT = 2_000
SEED = 10_000
LEAST_RIGHT = 99.9
"""Per cent."""


def reading_of(document: GeneratedDocument) -> dict[str, object]:
    """The contract's object, by way of the archive where the document is in one."""
    from gongkai.reading.formats.archive import is_archive, members

    name, data = document.name, document.data
    if is_archive(data):
        [(name, data)] = members(data)
    reading = read(name, data)
    read_back: dict[str, object] = json.loads(
        json.dumps(to_json(reading.report, (*reading.findings, *check(reading)), name), default=float)
    )
    return read_back


def scored(count: int = COUNT, seed: int = SEED) -> dict[str, Score]:
    """Scores by layout, and ``"all"``."""
    made = [make(number) for number in range(seed, seed + count)]
    return score((document.truth for document in made), (reading_of(document) for document in made))


def measure(count: int = COUNT, seed: int = SEED) -> Iterator[Measured]:
    """The whole must be right; each layout is printed for itself where it falls short."""
    scores = scored(count, seed)
    whole = scores.pop("all")
    yield Measured(
        f"figures right in {whole.documents} generated documents",
        whole.share * 100,
        LEAST_RIGHT,
        " %",
        True,
        str(whole),
    )
    yield Measured("figures wrong without a finding that names them", whole.unsaid, 0, "")
    for name, one in sorted(scores.items()):
        if one.share * 100 < LEAST_RIGHT or one.unsaid:
            yield Measured(f"  of these {name}", one.share * 100, LEAST_RIGHT, " %", True, str(one))
