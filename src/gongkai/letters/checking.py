"""Looking at a template before it is put to use: what would fail when a letter is made of it, said beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .catalogue import letter
from .context import placeholders
from .docx import read_document
from .errors import LettersError
from .package import dangers, read_parts
from .syntax import opened, usage


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template. ``message``: a whole Chinese sentence with what to do. ``code`` is stable:

    unreadable, not_docx, macros, embedded, external, fields; syntax, full_width, forbidden, rows, unknown, missing;
    unprintable. With an ``error`` it can't be used.
    """

    code: str
    message: str
    level: Literal["error", "notice"] = "error"


def check_template(data: bytes, key: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a template of the letter ``key``; empty where it may be used.

    Raises LettersError for an unknown letter only.
    """
    required = letter(key).required
    return tuple(dict.fromkeys(_problems(data, required)))


def _problems(data: bytes, required: tuple[str, ...]) -> Iterator[Problem]:
    try:
        parts = read_parts(data)
        found = [Problem(*one) for one in dangers(parts)]
    except LettersError as error:
        yield Problem("unreadable", str(error))
        return
    yield from found
    if found:
        return
    try:
        used = usage(opened(data))
        unprintable = read_document(data).unprintable
    except LettersError as error:
        yield Problem("unreadable", str(error))
        return
    yield from (Problem(*one) for one in used.wrong)
    for one in required:
        name = placeholders()[one].name
        if name not in used.printed:
            yield Problem("missing", f"模板缺少占位符 {{{{{name}}}}}，这种文书必须写明这一项。")
    for text in unprintable:
        yield Problem("unprintable", f"模板中有不能印成 PDF 的内容：{text}。请删去或者改成普通文字、表格。")
