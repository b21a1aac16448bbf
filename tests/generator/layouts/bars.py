"""Bars between cells, in the manners in which page extractors leave them."""

from __future__ import annotations

import random
from functools import partial

from ..draft import Cell, Draft, Paragraph
from .base import Layout, as_text, gather_zeros

MANNERS = ("trailing", "framed", "line_each", "fillers", "bar_lines", "bar_first", "compact")


def _texts(row: list[Cell], *, fillers: bool) -> list[str]:
    """The texts of a row; with ``fillers``, an empty cell at its end for every column that a merged cell covers."""
    spare = sum(cell.columns - 1 for cell in row) if fillers else 0
    return [cell.text for cell in row] + [""] * spare


def _set_row(row: list[Cell], manner: str) -> str:
    match manner:
        case "trailing":
            return " ".join(f"{text} |" for text in _texts(row, fillers=False)) + "\n"
        case "framed":
            return "| " + " ".join(f"{text} |" for text in _texts(row, fillers=True)) + "\n"
        case "line_each":
            texts = _texts(row, fillers=False)
            spare = sum(cell.columns - 1 for cell in row)
            return " |\n".join(texts) + " |" + (" " + "|" * spare if spare else "") + "\n"
        case "fillers":
            return " ".join(f"{text} |" for text in _texts(row, fillers=True)) + " |\n"
        case "bar_lines":
            return "".join(f"{text}\n|\n" if text else "|\n" for text in _texts(row, fillers=False))
        case "bar_first":
            return "|\n" + " |\n".join(_texts(row, fillers=False)) + " | |\n"
        case _:
            return " | ".join(_texts(row, fillers=False)) + "\n"


def _bars(draft: Draft, rng: random.Random, manner: str) -> str:
    gather = rng.random() < 0.1
    out = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            out.append(block.text + "\n")
            continue
        if gather:
            gather_zeros(draft, block, merged=False)
        out += [_set_row(row, manner) for row in block.rows]
    return "".join(out)


LAYOUTS = tuple(
    Layout(f"bars_{manner}", "txt", as_text(partial(_bars, manner=manner)), filled=manner == "bar_lines")
    for manner in MANNERS
)
