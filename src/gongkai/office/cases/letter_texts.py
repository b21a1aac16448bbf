"""The text of a draft (文书正文) as one readable text: each part of the letter under its name in 【】, so that versions compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gongkai.letters import Placeholder, placeholders

_HEAD = re.compile(r"^【(.+?)】[ \t]*$", re.MULTILINE)


def composed(texts: Mapping[str, str]) -> str:
    """The parts, by key of their placeholder, as one text."""
    known = placeholders()
    return "\n".join(f"【{known[key].name}】\n{text.strip()}" for key, text in texts.items() if text.strip())


def taken_apart(text: str) -> dict[str, str]:
    """The parts of a text by key of their placeholder; a text without such headings has none."""
    keys = {one.name: key for key, one in placeholders().items()}
    pieces = _HEAD.split(text.replace("\r\n", "\n"))
    return {keys[name]: part.strip() for name, part in zip(pieces[1::2], pieces[2::2], strict=True) if name in keys}


def asked_in(printed: Iterable[str], known: Mapping[str, object]) -> list[Placeholder]:
    """What a letter prints that the case does not tell, in the order of the list of placeholders."""
    names = set(printed)
    return [
        one for key, one in placeholders().items() if one.name in names and one.kind != "rows" and not known.get(key)
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two versions: in both, only in the newer, only in the older."""

    text: str
    kind: Literal["same", "new", "old"]


def difference(older: str, newer: str) -> list[Piece]:
    """What was taken out of the older version and put into the newer."""
    old, new = _signs(older), _signs(newer)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("".join(old[a:b]), "same"))
            continue
        if b > a:
            found.append(Piece("".join(old[a:b]), "old"))
        if d > c:
            found.append(Piece("".join(new[c:d]), "new"))
    return found


def _signs(text: str) -> Sequence[str]:
    """The text in pieces that a reader compares: clauses, each with the mark that ends it."""
    return re.findall(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+", text)
