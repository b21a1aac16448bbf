"""The steps from one sequence to another, where both may be as long as a hostile file can make them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

Step = tuple[str, int, int, int, int]
"""As `difflib.SequenceMatcher.get_opcodes` tells it: kind, from and to in the old, from and to in the new."""


def steps(old: Sequence[str], new: Sequence[str], most: int) -> list[Step]:
    """The steps from ``old`` to ``new``. Comparing grows with the square: of what lies between a common beginning and a common
    end, and holds more than ``most`` pairs, it is only told that one takes the place of the other.
    """
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    end = next((n for n in range(shorter - start) if old[-1 - n] != new[-1 - n]), shorter - start)
    there, here = old[start : len(old) - end], new[start : len(new) - end]
    between: list[Step] = [("replace", 0, len(there), 0, len(here))]
    if len(there) * len(here) <= most:
        between = list(SequenceMatcher(None, there, here, autojunk=False).get_opcodes())
    return [
        *([("equal", 0, start, 0, start)] if start else []),
        *((kind, i + start, j + start, k + start, m + start) for kind, i, j, k, m in between),
        *([("equal", len(old) - end, len(old), len(new) - end, len(new))] if end else []),
    ]
