"""Which row, column or heading a printed label means: an index over both editions, built from the form's data.

Labels are compared by their *core*: folded, without numbering, bracketed explanations and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..report.form import Form, Row, editions, load_form
from .folding import fold, remembered

_NUMBER = re.compile(
    r"^(?:\(?(?:[一二三四五六七八九十]{1,2}|\d{1,2})\)|[一二三四五六七八九十]{1,2}(?=[,.:])|\d{1,2}(?=[.,:\)]))[.,:\)]*"
)
_BRACKETED = re.compile(r"\([^()]*\)?")
_PUNCTUATION = re.compile(r"[\"'.,;:·\-/\\#*_|\[\]<>《》?()]+")


@remembered(1 << 14)
def number_of(text: str) -> str:
    """The numbering a label begins with, folded and bare: ``（七）总计`` → ``七``, ``3.其他`` → ``3``."""
    match = _NUMBER.match(fold(text))
    return match.group().strip("().,:") if match else ""


@remembered(1 << 14)
def core(text: str) -> str:
    """What a label says, for comparison: ``（二）部分公开（区分处理的，…）`` → ``部分公开``."""
    folded = fold(text)
    rest = _NUMBER.sub("", folded, count=1)
    rest = _BRACKETED.sub("", rest) or rest
    return _PUNCTUATION.sub("", rest)


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, the measure of likeness of two labels."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row of a table of the form, with everything needed to recognise it. ``index`` runs through all its blocks;
    ``width``: how many figures it holds."""

    index: int
    block: int
    row: Row
    width: int
    number: str
    bigrams: frozenset[str]


@dataclass(frozen=True)
class TableLabels:
    """The rows of a table in printed order; ``by_core`` maps a core to the rows that may print it.

    ``merged``: core of the label under which a group's rows are printed as one → the row that stands for them.
    ``heads``: cores of everything in the table's head; ``groups``: of the labels over several rows.
    """

    rows: tuple[RowLabel, ...]
    by_core: dict[str, tuple[RowLabel, ...]]
    merged: dict[str, RowLabel]
    heads: frozenset[str]
    groups: frozenset[str]


@cache
def table_labels(edition: str, key: str) -> TableLabels:
    """The labels of an edition's table."""
    form = load_form(edition)
    rows: list[RowLabel] = []
    by_core: dict[str, list[RowLabel]] = {}
    merged: dict[str, RowLabel] = {}
    for number, block in enumerate(form.table(key).blocks):
        for row in block.rows:
            label = RowLabel(
                len(rows), number, row, len(block.columns), number_of(row.label), bigrams(full_core(row.label))
            )
            rows.append(label)
            for text in (row.label, *row.variants):
                if label not in by_core.setdefault(core(text), []):
                    by_core[core(text)].append(label)
            if row.merged:
                merged[core(row.merged)] = label
    heads = frozenset(core(text) for text in _heads(form, key))
    groups = frozenset(core(text) for group in form.table(key).row_groups for text in (group.label, *group.variants))
    return TableLabels(tuple(rows), {one: tuple(labels) for one, labels in by_core.items()}, merged, heads, groups)


def full_core(text: str) -> str:
    """The core with the bracketed explanation, whose characters a torn label may be recognised by."""
    return _PUNCTUATION.sub("", _NUMBER.sub("", fold(text), count=1))


def _heads(form: Form, key: str) -> Iterable[str]:
    table = form.table(key)
    yield from filter(None, (table.row_head, table.corner, table.head))
    for block in table.blocks:
        if block.heading:
            yield block.heading
        for column in block.columns:
            yield column.heading
            yield from column.variants
    for group in table.column_groups:
        yield group.label
        yield from group.variants


@cache
def all_cores(edition: str) -> frozenset[str]:
    """Cores of every label and head that an edition prints, groups included."""
    cores: set[str] = set()
    for table in load_form(edition).tables:
        labels = table_labels(edition, table.key)
        cores |= labels.heads | labels.groups | labels.by_core.keys() | labels.merged.keys()
    return frozenset(cores)


@cache
def distinctive_cores(edition: str) -> frozenset[str]:
    """Cores that this edition alone prints: they tell which edition a document follows."""
    return all_cores(edition).difference(*(all_cores(other) for other in editions() if other != edition))
