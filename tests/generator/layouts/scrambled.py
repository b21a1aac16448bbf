"""PDF taken apart and put together badly: labels torn from their figures, while the rows keep their order."""

from __future__ import annotations

import random

from ..draft import Draft, Paragraph, Table
from .base import Layout, as_text, figures_of


def _row(texts: list[str], *, rule: bool) -> str:
    line = f"| {' | '.join(texts)} |\n"
    return line + ("|" + "---|" * len(texts) + "\n" if rule else "")


def _applications(table: Table, rng: random.Random, torn: float) -> str:
    """Rows in order; of some, the label stands in a heap above or below the small table that their figures are in."""
    heap = [cell.text for row in table.rows[:3] for cell in row]
    cut = len(heap[0]) // 2
    out = [heap[0][:cut] + "\n", *(text + "\n" for text in heap[1:] if rng.random() < 0.6), heap[0][cut:] + "\n"]
    fresh = True
    for row in table.rows[3:]:
        labels = [cell.text for cell in row if not cell.key]
        figures = [cell.text for cell in figures_of(row)]
        groups, label = labels[:-1], labels[-1]
        if groups and rng.random() < 0.5:
            out += ["\n", *(f"{group[:4]}\n{group[4:]}\n" for group in groups)]
            groups, fresh = [], True
        if rng.random() < torn and len(label) > 12:
            part = len(label) // 2
            out += ["\n", label[:part] + "\n", label[part:] + "\n"]
            out.append(_row(figures, rule=True))
            fresh = False
            continue
        if rng.random() < 0.15:
            out.append("\n")
            fresh = True
        out.append(_row([*groups, label, *figures], rule=fresh))
        fresh = False
    return "".join(out) + "\n"


def _heaped(table: Table, rng: random.Random) -> str:
    """Rows in small tables; the longer labels of each are torn out and lie in a heap before it."""
    rows = table.rows[3:]
    out = [table.rows[0][0].text + "\n", "申请人情况\n法人或其他组织\n"]
    at = 0
    while at < len(rows):
        some = rows[at : at + rng.randint(3, 8)]
        at += len(some)
        heap: list[str] = []
        lines: list[str] = []
        for row in some:
            *groups, label = [cell.text for cell in row if not cell.key]
            heap += [half for group in groups for half in (group[:4], group[4:]) if half]
            torn = len(label) > 12 and rng.random() < 0.5
            if torn:
                heap += [label[: len(label) // 2], label[len(label) // 2 :]]
            figures = [cell.text for cell in figures_of(row)]
            lines.append(_row(figures if torn else [label, *figures], rule=not lines))
        out += ["\n", *(f"{line}\n" for line in heap), *lines]
    return "".join(out) + "\n"


def _remedies(table: Table, rng: random.Random) -> str:
    words = [cell.text for row in table.rows[:3] for cell in row]
    top = "".join(words[:2]) + "\n" + "".join(words[7:9]) + "\n"
    halves = "".join(word[:2] for word in words[2:7] * 3) + "\n" + "".join(word[2:] for word in words[2:7] * 3) + "\n"
    return top + halves + _row([cell.text for cell in table.rows[3]], rule=True) + "\n"


def _proactive(table: Table, rng: random.Random) -> str:
    out = []
    for row in table.rows:
        texts = [cell.text for cell in row]
        if len(texts) == 1:
            out.append(texts[0] + "\n")
        elif not figures_of(row) and row[-1].columns > 1:
            out.append("".join(texts) + "\n")
        elif len(texts) == 2:
            out.append(" ".join(texts) + "\n")
        else:
            out.append(_row(texts, rule=rng.random() < 0.5))
    return "".join(out)


def _scrambled(draft: Draft, rng: random.Random, *, torn: float | None) -> str:
    """``torn``: the share of long labels torn from their rows; None heaps them up before their tables."""
    out: list[str] = []
    page = rng.randint(2, 5)
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            text = block.text
            if block.kind == "text":
                text = "\n".join(text[at : at + 28] for at in range(0, len(text), 28))
            out.append(text + "\n")
            continue
        if rng.random() < 0.4:
            out.append(f"— {page} —\n")
            page += 1
        match block.name:
            case "applications":
                out.append(_heaped(block, rng) if torn is None else _applications(block, rng, torn))
            case "remedies":
                out.append(_remedies(block, rng))
            case _:
                out.append(_proactive(block, rng))
    return "".join(out)


LAYOUTS = (
    Layout("scrambled_little", "txt", as_text(lambda d, r: _scrambled(d, r, torn=0.3)), filled=True, undressed=True),
    Layout("scrambled", "txt", as_text(lambda d, r: _scrambled(d, r, torn=0.9)), filled=True, undressed=True),
    Layout("scrambled_heaped", "txt", as_text(lambda d, r: _scrambled(d, r, torn=None)), filled=True, undressed=True),
)
