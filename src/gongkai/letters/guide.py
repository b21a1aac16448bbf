"""The lists of letters and placeholders for offices, as tables of text: for the screen, and for ``docs/letters.md``."""

from __future__ import annotations

from collections.abc import Iterator

from .catalogue import letters
from .context import placeholders

LETTER_HEADS = ("文书", "文种", "依据", "说明")
PLACEHOLDER_HEADS = ("类别", "占位符", "说明", "示例")
_MARKS = {"": "", "memory": "（待核）", "infer": "（推定）"}


def letter_rows() -> Iterator[tuple[str, str, str, str]]:
    """A row for each letter: label, word in the number, articles, when to use it with its mark."""
    for one in letters().values():
        yield one.label, one.kind, "；".join(one.articles), one.note + _MARKS[one.mark]


def placeholder_rows() -> Iterator[tuple[str, str, str, str]]:
    """A row for each placeholder: group, how to write it, meaning, example."""
    for one in placeholders().values():
        note = f"{one.note}（可空）" if one.blank else one.note
        if one.columns:
            note += f"各列：{'、'.join(one.columns.values())}。"
        example = "，".join(one.example) if isinstance(one.example, tuple) else one.example
        written = f"{{%tr for 行 in {one.name} %}}" if one.kind == "rows" else f"{{{{{one.name}}}}}"
        yield one.group, written, note, " ".join(example.split())
