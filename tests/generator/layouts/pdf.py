"""PDF with a text layer, set by typst: tables over page breaks, wrapped labels, a vertical head of the results."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

from ..draft import Cell, Draft, Table
from ..form import RESULTS
from .base import Layout, Setter

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC", "WenQuanYi Micro Hei")


@cache
def fonts_present() -> tuple[str, ...]:
    """Which of the fonts that can set Chinese are on this machine."""
    stems = {
        path.name.replace(" ", "").lower()
        for folder in FONT_FOLDERS
        if Path(folder).is_dir()
        for path in Path(folder).rglob("*")
        if path.suffix in (".ttc", ".otf", ".ttf")
    }
    return tuple(
        f for f in FONTS if any(stem.startswith(f.removesuffix(" SC").replace(" ", "").lower()) for stem in stems)
    )


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(font_paths=list(FONT_FOLDERS))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _cell(cell: Cell, vertical: bool) -> str:
    spans = (f"colspan: {cell.columns}, " if cell.columns > 1 else "") + (
        f"rowspan: {cell.rows}, " if cell.rows > 1 else ""
    )
    text = _quoted(cell.text)
    if vertical and cell.text.startswith(RESULTS[:2]) and cell.rows > 1:
        text = "[" + " \\ ".join(f"#{_quoted(character)}" for character in cell.text) + "]"
    align = "center + horizon" if cell.key or cell.rows > 1 else "left + horizon"
    return f"table.cell({spans}align: {align}, {text})"


_LABELS = {"plain": (2, 4, 9), "wide": (2.2, 4.5, 13), "narrow": (1.9, 3.2, 6.5), "unruled": (2, 4, 9)}


def _table(table: Table, rng: random.Random, style: str, width: float, size: float) -> str:
    """The table in ``width`` points, its type made smaller where a figure would not fit its column."""
    labels = _LABELS[style] if table.name == "applications" else ()
    rest = {"applications": 7, "remedies": 15, "proactive": 4}[table.name]
    longest = max(len(word) for row in table.rows for cell in row if cell.key for word in (cell.text or "0").split())
    if table.name != "proactive":
        size = min(size, (width / rest - 8) / (sum(labels) / rest + 0.6 * longest))
    columns = ", ".join([f"{em}em" for em in labels] + ["1fr"] * rest)
    head = {"applications": 3, "remedies": 3, "proactive": 0}[table.name]
    repeat = head and rng.random() < 0.3
    texts = [[_cell(cell, style != "wide") for cell in row] for row in table.rows]
    top = f"table.header({', '.join(cell for row in texts[:head] for cell in row)}),\n" if repeat else ""
    body = ",\n".join(", ".join(row) for row in texts[head if repeat else 0 :])
    stroke = "none" if style == "unruled" else "0.5pt"
    return (
        f"#[#set text(size: {size:.2f}pt)\n#table(columns: ({columns}), stroke: {stroke}, inset: 3pt,\n{top}{body})]\n"
    )


def as_pdf(style: str) -> Setter:
    """A layout of PDF. Raises LookupError where no font of this machine can set Chinese."""

    def set_pdf(draft: Draft, rng: random.Random) -> bytes:
        fonts = fonts_present()
        if not fonts:
            raise LookupError("no font for Chinese is installed; on Debian: apt install fonts-noto-cjk")
        size = rng.choice((9, 10, 10.5, 12))
        numbers = rng.choice(('"1"', '"— 1 —"', '"-1-"', "none"))
        margin = rng.choice((57, 71, 85))  # points: 2, 2.5 and 3 centimetres
        out = [
            "#set document(date: none)\n",
            f'#set page(paper: "a4", margin: {margin}pt, numbering: {numbers})\n',
            f'#set text(font: "{fonts[0]}", size: {size}pt, lang: "zh", region: "cn")\n',
            "#set par(justify: true)\n",
        ]
        for block in draft.blocks:
            if isinstance(block, Table):
                out.append(_table(block, rng, style, 595 - 2 * margin, size))
            elif block.kind == "title":
                out.append(f"#align(center, text(size: 18pt, {_quoted(block.text)}))\n")
            else:
                out.append(f"#par({_quoted(block.text)})\n")
        return bytes(_compiler().compile("".join(out).encode(), format="pdf"))

    return set_pdf


LAYOUTS = tuple(
    Layout(f"pdf_{style}", "pdf", as_pdf(style), filled=style == "unruled")
    for style in ("plain", "wide", "narrow", "unruled")
)
