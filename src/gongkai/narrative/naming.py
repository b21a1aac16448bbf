"""What a figure is called in Chinese by which a tie is explained: a cell of the form, or a fact of the year."""

from __future__ import annotations

from collections.abc import Sequence

from ..report.form import Form
from .facts import fact_items, information_kinds, media_kinds

FACT = "fact:"
"""What the key of a fact begins with where a tie names it."""


def sources_name(sources: Sequence[str], form: Form) -> str:
    """The name of several sources together: of a whole group of rows its own (``表三“（三）不予公开”总计``), else theirs."""
    cells = [form.cells[source] for source in sources if source in form.cells]
    first = cells[0] if cells else None
    if first is not None and len(cells) == len(sources) > 1 and first.row.group:
        group = [row.key for row in first.block.rows if row.group == first.row.group]
        if sorted(cell.row.key for cell in cells) == sorted(group) and {cell.column for cell in cells} == {
            first.column
        }:
            return f"{first.table.name}“{first.table.group(first.row.group).label}”{first.column.name}"
    return "＋".join(source_name(source, form) for source in sources)


def source_name(source: str, form: Form) -> str:
    """The name of a source: ``表三“（七）总计”自然人``, ``情况“组织培训（场）”``; the key itself where it is unknown."""
    if source in form.cells:
        return form.cells[source].name
    key = source.removeprefix(FACT)
    if key.startswith("media."):
        return _medium_name(key)
    label = next((item.label for item in fact_items() if item.key == key), "")
    return f"情况“{label}”" if label else source


def _medium_name(key: str) -> str:
    """``media.website.published``, ``media.website.documents.published``, ``media.wechat.某公众号.reads``."""
    _, kind, *middle = key.split(".")
    name = ".".join(middle[:-1])
    label = media_kinds()[kind].label if kind in media_kinds() else kind
    if middle[-1:] == ["reads"]:
        return f"公开渠道“{name or label}”阅读量"
    inner = f"（{information_kinds()[name].label}）" if name in information_kinds() else ""
    return f"公开渠道“{label}”公开信息{inner}"
