"""Which term of a list a cell means: by code, by label with or without number and group, or by another known word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..law.terms import Term, Vocabulary
from ..reading.folding import fold
from ..report.wording import unnumbered

_NOISE = re.compile(r"""["'\-:;,./|()（）\s]""")
_NUMBERING = re.compile(r"^(?:[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[,、.]|\d+[.,、])+")


def plain(text: str) -> str:
    """A wording for comparison: folded, without numbering and punctuation."""
    folded = fold(text)
    return _NOISE.sub("", _NUMBERING.sub("", folded)).lower()


def recognise(text: str, vocabulary: Vocabulary) -> Term | None:
    """The one term that the text means, None where it means none or several."""
    found = _index(vocabulary).get(plain(text), ())
    return found[0] if len(found) == 1 else None


def choices(text: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The terms that a wording may mean: those of a group where it names only the group (不予公开), else all."""
    key = plain(text)
    within = tuple(term for term in vocabulary.terms if term.group and plain(term.group) == key)
    return within or _index(vocabulary).get(key) or vocabulary.terms


@cache
def _index(vocabulary: Vocabulary) -> Mapping[str, tuple[Term, ...]]:
    """From every plain wording to the terms it may mean. A full wording outranks a variant of another term."""
    exact: dict[str, dict[str, Term]] = {}
    loose: dict[str, dict[str, Term]] = {}
    for term in vocabulary.terms:
        group = unnumbered(term.group)
        for wording in (term.code, term.label, term.listed, group + term.label):
            exact.setdefault(plain(wording), {})[term.code] = term
        for wording in term.variants:
            for one in (wording, group + unnumbered(wording)) if group else (wording,):
                loose.setdefault(plain(one), {})[term.code] = term
    groups = {plain(term.group) for term in vocabulary.terms if term.group}
    index = {key: tuple(terms.values()) for key, terms in {**loose, **exact}.items()}
    return {key: terms for key, terms in index.items() if key and key not in groups}
