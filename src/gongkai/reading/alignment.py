"""Candidate rows → rows of the form.

A whole label says which row it is, wherever it stands. Candidates whose labels are torn, damaged or lost are aligned,
between those that are sure, with the rows that are left, so that the order is kept and the likeness of labels is
greatest. A row without any label is placed only where its neighbours leave it no other place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .labels import RowLabel, TableLabels, bigrams, core, full_core, number_of
from .rows import Candidate

How = Literal["label", "likeness", "order"]

_LIKE = 0.45
"""Least share of a label's character pairs by which a torn or damaged label is recognised."""
_SHRED = 4
"""A text of no more characters is only a shred of a label and speaks against no row."""
_BY_ORDER = 0.05
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Aligned:
    """A candidate with its row: by ``label``, by ``likeness`` of a damaged label, or by ``order`` alone."""

    candidate: Candidate
    label: RowLabel
    how: How


def align(candidates: Sequence[Candidate], labels: TableLabels, trailing: Sequence[str]) -> list[Aligned]:
    """The rows that the candidates are, in the candidates' order; candidates that are no row are left out."""
    chosen: dict[int, Aligned] = {}
    taken: dict[int, int] = {}
    for i, candidate in enumerate(candidates):
        label = _exact(candidate, labels)
        if label is None:
            continue
        rival = taken.get(label.index)
        if rival is not None and len(candidates[rival].values) >= len(candidate.values):
            continue
        if rival is not None:
            del chosen[rival]
        taken[label.index] = i
        chosen[i] = Aligned(candidate, label, "label")
    if len(chosen) < len(candidates):
        _fill_gaps(candidates, labels, trailing, chosen, taken)
    return [chosen[i] for i in sorted(chosen)]


def named_row(text: str, labels: TableLabels) -> tuple[RowLabel | None, bool]:
    """The row that a whole label names, and whether the label is that of its merged group."""
    bare = core(text)
    rows = labels.by_core.get(bare, ())
    number = number_of(text)
    for row in rows:
        if not number or number == row.number:
            return row, False
    if bare in labels.merged:
        return labels.merged[bare], True
    return (rows[0], False) if len(rows) == 1 and len(bare) > 2 else (None, False)


def _exact(candidate: Candidate, labels: TableLabels) -> RowLabel | None:
    """The row whose whole label the candidate prints: in its own line, or as the last text before its figures."""
    if _heaped(candidate, labels):
        return None
    texts = candidate.own or candidate.before[-1:]
    for at, text in enumerate(reversed(texts)):
        for printed in (text, _last_item(text)):
            row, merged = named_row(printed, labels)
            if row and not (merged and at):  # behind a group's label stands the label of the row itself
                return row
    for wrapped in (
        candidate.own,
        candidate.before[-2:],
        [*candidate.before[-1:], *candidate.own],
        candidate.before[-3:],
    ):
        joined = "".join(wrapped)
        if len(wrapped) > 1 and len(joined) <= _LONGEST:
            row, _ = named_row(joined, labels)
            if row:
                return row
    return None


def _heaped(candidate: Candidate, labels: TableLabels) -> bool:
    """Whether several labels stand in a heap above figures on lines of their own: then only the order tells them apart."""
    if candidate.own or candidate.stacked or len(candidate.before) < 2:
        return False
    above = bigrams(full_core("".join(candidate.before)))
    return sum(len(row.bigrams & above) >= 0.8 * len(row.bigrams) for row in labels.rows) > 1


_ITEM = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}\s*[)）.．、]")


def _last_item(text: str) -> str:
    """What a label says from its last numeral on: a group's label may be glued before it (（三）不予公开1.属于国家秘密)."""
    starts = [match.start() for match in _ITEM.finditer(text) if match.start() > 1]
    return text[starts[-1] :] if starts else text


def _fill_gaps(
    candidates: Sequence[Candidate],
    labels: TableLabels,
    trailing: Sequence[str],
    chosen: dict[int, Aligned],
    taken: dict[int, int],
) -> None:
    anchors = _increasing([(i, chosen[i].label.index) for i in sorted(chosen)])
    bounds = [(-1, -1), *anchors, (len(candidates), len(labels.rows))]
    for (i0, r0), (i1, r1) in pairwise(bounds):
        places = [i for i in range(i0 + 1, i1) if i not in chosen]
        rows = [labels.rows[r] for r in range(r0 + 1, r1) if r not in taken]
        if places and rows:
            _align_gap(candidates, places, rows, labels, trailing, chosen)


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose rows increase (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for at, (_, row) in enumerate(pairs):
        size = bisect_left(tails, row)
        back.append(ends[size - 1] if size else -1)
        if size == len(tails):
            tails.append(row)
            ends.append(at)
        else:
            tails[size], ends[size] = row, at
    run: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = back[at]
    return run[::-1]


def _align_gap(
    candidates: Sequence[Candidate],
    places: Sequence[int],
    rows: Sequence[RowLabel],
    labels: TableLabels,
    trailing: Sequence[str],
    chosen: dict[int, Aligned],
) -> None:
    """Best alignment in order of the candidates at ``places`` with ``rows`` (dynamic programming)."""
    scores = []
    for i in places:
        after = candidates[i + 1].before if i + 1 < len(candidates) else trailing
        heaped = _heaped(candidates[i], labels)
        scores.append([_BY_ORDER if heaped else _score(candidates[i], after, row, labels) for row in rows])
    m, n = len(places), len(rows)
    best = [[0.0] * (n + 1) for _ in range(m + 1)]
    for a in range(m - 1, -1, -1):
        for b in range(n - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], scores[a][b] + best[a + 1][b + 1])
    a = b = 0
    like: list[tuple[int, int]] = []
    while a < m and b < n:
        if scores[a][b] >= _LIKE and best[a][b] == scores[a][b] + best[a + 1][b + 1]:
            like.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a][b + 1]:
            b += 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            a, b = a + 1, b + 1
    for (a0, b0), (a1, b1) in zip([(-1, -1), *like], [*like, (m, n)], strict=True):
        # Rows without a label, as many as there are rows of the form left between two sure ones.
        between = range(a0 + 1, a1)
        if a1 - a0 == b1 - b0 and all(_fits(candidates[places[a]], rows[b0 + a - a0], labels) for a in between):
            for step in range(1, a1 - a0):
                i = places[a0 + step]
                chosen[i] = Aligned(candidates[i], rows[b0 + step], "order")
        if a1 < m:
            i = places[a1]
            chosen[i] = Aligned(candidates[i], rows[b1], "likeness")


def _fits(candidate: Candidate, row: RowLabel, labels: TableLabels) -> bool:
    """Whether a row without a label of its own has as many figures as the row of the form it would be."""
    return not _own(candidate, labels) and sum(bool(cell.text) for cell in candidate.values) == row.width


def _own(candidate: Candidate, labels: TableLabels) -> str:
    """What the line of the figures says itself, without labels of groups; empty where it is only a shred."""
    own = "".join(one for text in candidate.own if (one := core(text)) not in labels.groups)
    return own if len(own) > _SHRED else ""


def _score(candidate: Candidate, after: Sequence[str], row: RowLabel, labels: TableLabels) -> float:
    own = _own(candidate, labels)
    around = bigrams(full_core("".join([*candidate.before[-3:], *candidate.own, *after[:1]])))
    share = len(row.bigrams & around) / len(row.bigrams)
    if row.number and any(number_of(text) == row.number for text in candidate.own[-1:]):
        share += 0.1
    if own and len(bigrams(own) & row.bigrams) < 0.5 * len(bigrams(own)):
        return 0.0  # a line with a label of its own must itself be like the row's
    if share >= _LIKE:
        return share
    return 0.0 if own else _BY_ORDER
