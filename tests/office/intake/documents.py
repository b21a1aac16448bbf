"""Documents of organs and years that a test names, made by the generator, which knows nothing of how they are read."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from tests.generator import model
from tests.generator.draft import PLAIN

maker = importlib.import_module("tests.generator.make")

LAYOUTS = {"docx": "docx_plain", "pdf": "pdf_plain", "html": "html_plain", "xlsx": "xlsx_one_sheet", "txt": "lines"}
"""A plain layout of each format."""


@dataclass(frozen=True)
class Made:
    """A document, and what each of its cells prints."""

    name: str
    data: bytes
    values: dict[str, Any]


def document(
    organ: str, year: int = 2025, kind: str = "docx", *, layout: str = "", seed: int = 1, name: str = ""
) -> Made:
    """The report of an organ for a year, consistent in itself, in the form of 2021."""
    with (
        patch.object(model, "random_organ", lambda rng: organ),
        patch.object(model, "random_year", lambda rng, edition: year),
        patch.object(maker, "_dress", lambda rng, sample, layout: PLAIN),
    ):
        made = maker.make(seed, layout=layout or LAYOUTS[kind], edition="2021", consistent=True)
    ending = made.name.rsplit(".", 1)[1]
    return Made(name or f"{organ}年报.{ending}", made.data, made.truth["values"])
