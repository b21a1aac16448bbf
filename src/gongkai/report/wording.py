"""What a printed label of the form is made of: its number, its words, and the explanation in brackets at its end."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*")
_EXPLANATION = re.compile(r"（[^（）]*）$")


def numbering(label: str) -> str:
    """The number a label begins with: ``（一）予以公开`` has ``（一）``; "" where there is none."""
    found = _NUMBER.match(label)
    return found.group() if found else ""


def unexplained(label: str) -> str:
    """A label without the explanation at its end: ``（二）部分公开（区分处理的，…）`` is ``（二）部分公开``."""
    return _EXPLANATION.sub("", label)


def unnumbered(label: str) -> str:
    """A label without its number and without the explanation at its end: ``部分公开``."""
    return unexplained(label[len(numbering(label)) :])
