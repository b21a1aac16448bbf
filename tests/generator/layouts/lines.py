"""One cell a line: a row opened by a tab, or every cell a paragraph of its own."""

from __future__ import annotations

import random

from ..draft import Cell, Draft, Paragraph, Table
from .base import Layout, as_text, leave_open, with_covered

_BREAKABLE = ("商业企业", "科研机构", "结果维持", "结果纠正", "其他结果", "尚未审结", "社会公益组织", "法律服务机构")


def _broken(text: str, rng: random.Random, by: str = "\n") -> str:
    """Header words broken in two, as narrow columns break them."""
    if text in _BREAKABLE[:6] or (text in _BREAKABLE and rng.random() < 0.3):
        return text[:2] + by + text[2:]
    if text.startswith("本年新") and len(text) == 7:
        return text[:3] + by + text[3:]
    return text


def _tabbed(draft: Draft, rng: random.Random, *, broken_cells: float = 0.0, drop: str = "") -> str:
    out: list[str] = []
    break_heads = rng.random() < 0.7
    break_headings = rng.random() < 0.15
    lost = _choose_lost(draft, rng, drop) if drop else None
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            text = block.text
            if block.kind == "heading" and break_headings and rng.random() < 0.4:
                text = text[:9] + "\n" + text[9:]
            out.append(text + "\n" * rng.choice((1, 1, 2)))
            continue
        for row in with_covered(block):
            for cell in row:
                if cell.key and cell.key == lost:
                    continue
                text = cell.text
                if not cell.key and break_heads:
                    text = _broken(text, rng)
                elif cell.key and rng.random() < broken_cells:
                    text = "\n" + text
                out.append(f"\t{text}\n")
            out.append("\n")
        if lost and block.rows[-1][-1].key == lost:
            out.pop()  # the row runs straight into the next heading
        else:
            out.append("\n" * rng.choice((1, 1, 3)))
    return "".join(out)


def _choose_lost(draft: Draft, rng: random.Random, which: str) -> str:
    """Lose the ``last`` cell of table 三 or 四, or ``any``: its figure is gone, the others of the row may be refused."""
    table = rng.choice([table for table in draft.tables if table.name != "proactive"])
    row = table.rows[-1] if which == "last" else rng.choice([row for row in table.rows if row[-1].key])
    leave_open(draft, row)
    key = row[-1].key if which == "last" else rng.choice([cell.key for cell in row if cell.key])
    assert key
    draft.values[key] = None
    return key


def _paragraphs(draft: Draft, rng: random.Random) -> str:
    out: list[str] = []
    apart = rng.random() < 0.6
    for block in draft.blocks:
        if isinstance(block, Table):
            texts = (_head(cell, rng, apart) for row in block.rows for cell in row)
            out += [f"{text}\n\n" for text in texts]
        else:
            out.append(block.text + "\n\n")
    return "".join(out)


def _head(cell: Cell, rng: random.Random, apart: bool) -> str:
    if cell.key or not apart:
        return " " * rng.choice((0, 0, 1)) + cell.text
    text = _broken(cell.text, rng, "\n\n")
    return text.replace("）不予", "）\n\n不予") if rng.random() < 0.3 else text


LAYOUTS = (
    Layout("lines", "txt", as_text(_tabbed)),
    Layout("lines_cell_missing", "txt", as_text(lambda d, r: _tabbed(d, r, drop="last")), filled=True),
    Layout("lines_gap", "txt", as_text(lambda d, r: _tabbed(d, r, drop="any")), filled=True),
    Layout("lines_broken_cells", "txt", as_text(lambda d, r: _tabbed(d, r, broken_cells=0.05)), filled=True),
    Layout("paragraphs", "txt", as_text(_paragraphs), filled=True),
)
