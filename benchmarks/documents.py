"""The documents that are measured: real ones where they lie beside the repository, and generated ones of fixed seeds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.generator import make

REAL = Path(__file__).parents[2] / "shared" / "reports"
"""Published reports, beside the repository; where there are none, only generated documents are measured."""

Documents = Mapping[str, bytes]
"""Bytes by name."""


def real(*endings: str) -> Documents:
    """The published reports with these endings, in the order of their paths."""
    files = sorted(path for path in REAL.rglob("*") if path.suffix.lstrip(".") in endings)
    return {path.name: path.read_bytes() for path in files}


def generated(format: str, count: int = 6) -> Documents:
    """``count`` documents of one format, always the same."""
    made = (make(seed, format=format) for seed in range(count))
    return {document.name: document.data for document in made}


def groups(*endings: str, count: int = 6) -> Mapping[str, Documents]:
    """Real and generated documents of a format, by which they are; without groups that have none."""
    both = {"real": real(*endings), "generated": generated(endings[0], count)}
    return {name: documents for name, documents in both.items() if documents}
