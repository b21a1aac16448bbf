"""One row a line, cells apart by tabs; after a page break some rows begin at the left margin."""

from __future__ import annotations

import random

from ..draft import Draft, Paragraph
from .base import Layout, as_text, with_covered


def _rows(draft: Draft, rng: random.Random, *, shifted: bool) -> str:
    out: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            out.append(block.text + "\n\n")
            continue
        page_break = rng.randrange(8, len(block.rows) + 1) if shifted and block.name == "applications" else 99
        for place, row in enumerate(with_covered(block)):
            fields = [text for cell in row for text in (cell.text, *[""] * (cell.columns - 1))]
            fields += [""] * (block.width - len(fields))
            if place >= page_break:
                kept = [field for field in fields if field]
                fields = kept + [""] * (block.width - len(kept))
            out.append("\t".join(fields) + "\n")
        out.append("\n")
    return "".join(out)


def _bare(draft: Draft, rng: random.Random, *, by: str) -> str:
    """Rows as a browser copies them: cells that reach down or across leave no trace."""
    out: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            out.append(block.text + "\n")
        else:
            out += [by.join(cell.text for cell in row) + "\n" for row in block.rows]
    return "".join(out)


LAYOUTS = (
    Layout("tabs", "txt", as_text(lambda d, r: _rows(d, r, shifted=False))),
    Layout("tabs_shifted", "txt", as_text(lambda d, r: _rows(d, r, shifted=True)), filled=True),
    Layout("tabs_bare", "txt", as_text(lambda d, r: _bare(d, r, by="\t"))),
    Layout("spaces", "txt", as_text(lambda d, r: _bare(d, r, by=" ")), filled=True),
)
