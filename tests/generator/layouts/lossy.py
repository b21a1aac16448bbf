"""Extractors that lose something: cells glued together, blank cells gone, repeated lines dropped."""

from __future__ import annotations

import random

from ..draft import Cell, Draft, Paragraph, Table
from .base import Layout, as_text, figures_of, has_blank, leave_open


def _glued(draft: Draft, rng: random.Random) -> str:
    margin = rng.choice(("", "    "))
    out: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            out.append(f"{margin}{block.text}\n\n")
            continue
        for row in block.rows:
            figures = figures_of(row)
            if len(figures) > 1 and not _one_digit_each(draft, figures):
                leave_open(draft, row)
            out.append(margin + "".join(cell.text for cell in row) + "\n")
        out.append("\n")
    return "".join(out)


def _one_digit_each(draft: Draft, figures: list[Cell]) -> bool:
    """Whether the run of digits can only be one digit a cell: all are, and the sums printed in the row are right."""
    if any(len(cell.text) != 1 for cell in figures):
        return False
    digits = [int(cell.text) for cell in figures]
    if len(digits) == 7:
        return sum(digits[:6]) == digits[6]
    if len(digits) == 15:
        return all(sum(digits[at : at + 4]) == digits[at + 4] for at in (0, 5, 10))
    return True


def _vanished(draft: Draft, rng: random.Random) -> str:
    out: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            out.append(block.text + "\n\n")
            continue
        for row in block.rows:
            if has_blank(draft, row):
                leave_open(draft, row)
            for cell in row:
                if cell.text.strip():
                    out.append(cell.text + "\n\n")
                elif rng.random() < 0.1:
                    out.append(" \n\n")
    return "".join(out)


def _without_repeats(draft: Draft, rng: random.Random) -> str:
    """Every line that stood before is dropped: which cell a figure left over is of can't be told."""
    seen: set[str] = set()
    out: list[str] = []
    for block in draft.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in _cells(block)]
        for text in texts:
            if text.strip() and text not in seen:
                seen.add(text)
                out.append(text + "\n")
    draft.unsettled.update(draft.values)
    draft.unjudged.add("sections")
    return "".join(out)


def _cut_off(draft: Draft, rng: random.Random) -> str:
    """The page ends somewhere in table 三 or later; what comes after is not in the document."""
    out: list[str] = []
    draft.unjudged.add("sections")
    places = [(block, row) for block in draft.tables for row in block.rows]
    last = rng.randrange(len(places) // 2, len(places))
    printed: set[str] = set()
    at = 0
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            out.append(block.text + "\n")
            continue
        for row in block.rows:
            text = " ".join(f"{cell.text} |" for cell in row) + "\n"
            printed.update(cell.key for cell in row if cell.key)
            if at == last:
                leave_open(draft, row)
                draft.values = {key: value for key, value in draft.values.items() if key in printed}
                draft.marks = {key: mark for key, mark in draft.marks.items() if key in printed}
                draft.broken = tuple(key for key in draft.broken if key in printed)
                draft.unsettled &= printed
                # never within a figure: half of one could not be told from a whole one
                return "".join(out) + text[: rng.randrange(len(text))].rstrip("0123456789.,-+")
            out.append(text)
            at += 1
    return "".join(out)


def _without_tables(draft: Draft, rng: random.Random) -> str:
    """The tables were pictures: only the prose is left, and what it states is no figure of a cell."""
    draft.values, draft.marks, draft.broken, draft.unsettled = {}, {}, (), set()
    draft.unjudged.add("edition")
    return "".join(block.text + "\n\n" for block in draft.blocks if isinstance(block, Paragraph))


def _cells(table: Table) -> list[Cell]:
    return [cell for row in table.rows for cell in row]


LAYOUTS = (
    Layout("glued", "txt", as_text(_glued), filled=True, plain=True),
    Layout("blanks_vanish", "txt", as_text(_vanished)),
    Layout("repeats_dropped", "txt", as_text(_without_repeats)),
    Layout("cut_off", "txt", as_text(_cut_off)),
    Layout("without_tables", "txt", as_text(_without_tables)),
)
