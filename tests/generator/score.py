"""How well a reader reads generated documents: figures right, missed, wrong and invented, by layout.

``python -m tests.generator.score TRUTHS READINGS.jsonl``: a folder that ``python -m tests.generator`` wrote, and what
``gongkai read --jsonl`` printed for its documents.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

FIELDS = ("organ", "year", "edition")
_TO_IGNORE = re.compile(r"\s|\[bookmark: _GoBack\]")


@dataclass
class Score:
    """``figures``: printed and to be told for certain, of which ``right``, ``missed`` (read as nothing), ``wrong``.

    ``invented``: a number where the document has none. ``unsaid``: wrong or invented ones that no finding of verdict
    ``reading`` names. ``unsettled``: figures that may be left, of which ``ventured`` were read, and right.
    ``told``: right and all, for organ, year, edition, and the sections' text (white space apart).
    ``faults``: one line for each thing that is not right.
    """

    documents: int = 0
    figures: int = 0
    right: int = 0
    missed: int = 0
    wrong: int = 0
    invented: int = 0
    unsaid: int = 0
    unsettled: int = 0
    ventured: int = 0
    told: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in (*FIELDS, "sections")})
    faults: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Figures right of those that can be told."""
        return self.right / self.figures if self.figures else 1.0

    def __str__(self) -> str:
        told = ", ".join(f"{name} {right}/{of}" for name, (right, of) in self.told.items())
        return (
            f"{self.documents} documents: {self.right}/{self.figures} figures right ({self.share:.3%}), "
            f"{self.missed} missed, {self.wrong} wrong, {self.invented} invented, {self.unsaid} of these unsaid; "
            f"{self.ventured}/{self.unsettled} unsettled read; {told}"
        )


def score(truths: Iterable[Mapping[str, Any]], readings: Iterable[Mapping[str, Any]]) -> dict[str, Score]:
    """Compare truths with readings, pairwise in the same order; by layout, and ``"all"`` for the whole.

    Readings are objects as the contract prints them. A reading's None for a figure that can be told counts as missed.
    """
    scores: dict[str, Score] = {"all": Score()}
    for truth, reading in zip(truths, readings, strict=True):
        layout = scores.setdefault(truth["layout"], Score())
        for one in (scores["all"], layout):
            _compare(one, truth, reading)
    return scores


def _compare(tally: Score, truth: Mapping[str, Any], reading: Mapping[str, Any]) -> None:
    tally.documents += 1
    label = f"{truth['layout']} {truth['seed']}"
    open_cells = set(truth["unsettled"])
    named = {cell for f in reading.get("findings", ()) if f.get("verdict") == "reading" for cell in f.get("cells", ())}
    read = {key: _number(value) for key, value in reading.get("values", {}).items()}
    for key, value in truth["values"].items():
        want, have = _number(value), read.get(key)
        if key in open_cells:
            tally.unsettled += 1
            if have is None or have == want:
                tally.ventured += have is not None
                continue
        elif want is not None:
            tally.figures += 1
            if have == want:
                tally.right += 1
                continue
            if have is None:
                tally.missed += 1
                tally.faults.append(f"{label} {key}: {want} missed")
                continue
        elif have is None:
            continue
        _false(tally, label, key, want, have, named)
    for key in read.keys() - truth["values"].keys():
        if read[key] is not None:
            _false(tally, label, key, None, read[key], named)
    for name in FIELDS:
        if name in truth:
            tally.told[name][1] += 1
            if str(truth[name]) == str(reading.get(name)):
                tally.told[name][0] += 1
            else:
                tally.faults.append(f"{label} {name}: {truth[name]} read as {reading.get(name)}")

    for name, text in truth.get("sections", {}).items():
        tally.told["sections"][1] += 1
        got = reading.get("sections", {}).get(name) or ""
        if _TO_IGNORE.sub("", text) == _TO_IGNORE.sub("", got):
            tally.told["sections"][0] += 1
        else:
            tally.faults.append(f"{label} section {name}: {text[:60]!r} read as {got[:60]!r}")


def _false(tally: Score, label: str, key: str, want: Decimal | None, have: Decimal | None, named: set[str]) -> None:
    if want is None:
        tally.invented += 1
    else:
        tally.wrong += 1
    if key not in named:
        tally.unsaid += 1
    tally.faults.append(f"{label} {key}: {want} read as {have}" + (" (said)" if key in named else ""))


def _number(value: Any) -> Decimal | None:
    """A figure in one shape, whether it comes as int, Decimal, or the float that JSON makes of it."""
    return None if value is None else Decimal(str(value))


def main() -> None:
    """Print the score of each layout, then of all; faults on standard error."""
    folder, jsonl = Path(sys.argv[1]), Path(sys.argv[2])
    truths = {path.name.removesuffix(".json"): json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    readings = [json.loads(line) for line in jsonl.read_text("utf-8").splitlines() if line.startswith("{")]
    chosen = [truths[_document(reading["path"], truths)] for reading in readings]
    scores = score(chosen, readings)
    print(*scores["all"].faults, sep="\n", file=sys.stderr)
    for layout in sorted(scores, key=lambda name: (name == "all", name)):
        print(f"{layout:24}", scores[layout])


def _document(path: str, truths: Mapping[str, Any]) -> str:
    """The document that a reading is of: the last part of its path, or for a member of an archive the archive's."""
    return next(part for part in reversed(path.replace("!", "/").split("/")) if part in truths)


if __name__ == "__main__":
    main()
