"""What optical recognition makes of a scan: markdown, table 三 as many small tables whose column names are invented."""

from __future__ import annotations

import random

from ..draft import Cell, Draft, Paragraph, Table
from .base import Layout, as_text, figures_of

_INVENTED = ("类别", "数据1", "数据2", "数据3", "数据4", "数据5", "数据6", "总计")
_WRONG = ("项目", "本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度", "总计")


def _grid(rows: list[list[str]]) -> str:
    """A table of markdown; the first row is its head."""
    width = len(rows[0])
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    lines.insert(1, "|" + "---|" * width)
    return "\n".join(lines) + "\n\n"


def _proactive(table: Table) -> str:
    out: list[str] = []
    open_rows: list[list[str]] = []
    for row in table.rows:
        texts = [cell.text for cell in row]
        if open_rows and not figures_of(row) and not texts[-1].isdigit():
            out.append(_grid(open_rows))
            open_rows = []
        if len(row) == 1:
            out.append(f"### {texts[0]}\n")
        else:
            open_rows.append(texts)
    return "".join([*out, _grid(open_rows)])


def _applications(table: Table, rng: random.Random) -> str:
    """A heading for each group, and under it a small table; after a page break the column names are wrong."""
    out = ["### 申请人情况\n"] if rng.random() < 0.5 else []
    corner = table.rows[0][0].text
    out.append(corner + "\n\n")
    rows = [row for row in table.rows if figures_of(row)]
    page_break = rng.randrange(len(rows))
    names = list(_INVENTED)
    open_rows: list[list[str]] = []

    def close() -> None:
        if open_rows:
            out.append(_grid([names, *open_rows]))
            open_rows.clear()

    for place, row in enumerate(rows):
        labels, figures = [cell for cell in row if not cell.key], figures_of(row)
        if place == page_break:
            close()
            names = list(_WRONG)
        for group in labels[:-1]:
            close()
            out.append(f"### {group.text}\n")
        label = labels[-1]
        if label.columns > 1:
            close()
            if rng.random() < 0.5:
                out.append(f"### {label.text}\n")
        open_rows.append([_bare(label) if label.columns > 1 else label.text, *(cell.text for cell in figures)])
        if label.columns > 1:
            close()
            names = list(_INVENTED) if rng.random() < 0.5 else names
    close()
    return "".join(out)


def _bare(label: Cell) -> str:
    """The label without its number, which went into the heading."""
    for mark in ("）", ")", "、"):
        if mark in label.text[:4]:
            return label.text.split(mark, 1)[1].strip()
    return label.text


def _remedies(table: Table) -> str:
    out = []
    heads = [table.rows[0][0].text, *(f"{table.rows[0][1].text}（{cell.text}）" for cell in table.rows[1][5:])]
    figures = table.rows[3]
    outcomes = [cell.text for cell in table.rows[1][:5]]
    for place, head in enumerate(heads):
        out.append(f"### {head}\n" + _grid([outcomes, [cell.text for cell in figures[place * 5 : place * 5 + 5]]]))
    return "".join(out)


def _markdown(draft: Draft, rng: random.Random) -> str:
    out: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Table):
            if block.name == "proactive":
                out.append(_proactive(block))
            else:
                out.append(_applications(block, rng) if block.name == "applications" else _remedies(block))
        elif isinstance(block, Paragraph):
            sign = {"title": "# ", "heading": "## " * (rng.random() < 0.9)}.get(block.kind, "")
            out.append(sign + block.text.strip() + "\n\n")
    return "".join(out)


LAYOUTS = (Layout("recognised", "txt", as_text(_markdown)),)
