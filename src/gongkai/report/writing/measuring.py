"""How wide the characters of Latin text are in the fonts that the typesetter takes, asked of itself once a process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from string import ascii_letters, digits, punctuation
from typing import Any

_TEMPLATE = b"""#let asked = json(bytes(sys.inputs.asked))
#context [#metadata(asked.signs.map(sign => measure(
  text(font: asked.families, weight: asked.weight, size: 100pt, kerning: false, ligatures: false, sign)
).width / 100pt)) <widths>]"""

_KNOWN: dict[tuple[tuple[str, ...], str], dict[str, float]] = {}


def widths(families: Sequence[str], weight: str, characters: Iterable[str]) -> dict[str, float]:
    """The width in ems of each of these characters, and of others that are known already."""
    known = _KNOWN.setdefault((tuple(families), weight), {})
    wanted = {sign for sign in characters if sign not in known and not sign.isspace()}
    if wanted:
        wanted |= set(ascii_letters + digits + punctuation) - known.keys()
        known |= _measured(families, weight, sorted(wanted))
    return known | {" ": 0.25, "\u00a0": 0.25}


def _measured(families: Sequence[str], weight: str, characters: Sequence[str]) -> dict[str, float]:
    import typst

    asked = json.dumps({"families": list(families), "weight": weight, "signs": characters}, ensure_ascii=False)
    found = typst.query(
        _TEMPLATE, "<widths>", field="value", one=True, sys_inputs={"asked": asked}, font_paths=_fonts()
    )
    return dict(zip(characters, json.loads(found), strict=True))


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts()
