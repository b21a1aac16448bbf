"""A letter's text as data: ``bodies/KEY.txt`` and the frame around it, as paragraphs and tables in order.

One line is one paragraph. ``|: 6 8 6 8`` begins a table and gives its columns' widths in characters; the lines after it that
begin with ``|`` are its rows, ``||`` a tall one, ``|||`` a taller one; a cell ``<`` belongs to the one on its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal

from .catalogue import Letter
from .errors import LettersError

Role = Literal[
    "title", "number", "addressee", "heading", "part", "text", "control", "attachments", "signature", "date", "note"
]


@dataclass(frozen=True, slots=True)
class BodyParagraph:
    """A paragraph. ``role``: how it is set; ``control`` is a ``{%p … %}`` that is never printed itself."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class BodyCell:
    """A cell. ``span``: columns it covers. ``label``: whether it names what stands beside or below it."""

    text: str
    span: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row. ``lines``: its least height in lines of text."""

    cells: tuple[BodyCell, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class BodyTable:
    """A table. ``widths``: of its columns, in characters."""

    widths: tuple[float, ...]
    rows: tuple[BodyRow, ...]


Block = BodyParagraph | BodyTable

_ADDRESSEE = {"applicant": "申请人", "third_party": "第三方", "organ": "其他机关名称"}
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。]{1,30}$")
_PART = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。]{1,30}$")
_FILLED_IN = ("{{", "□", "\u3000")
"""What a cell begins with that is to be filled in, not a label."""

_LINES = {1: 1, 2: 2, 3: 4}


def body_text(key: str) -> str:
    """The text of a letter's body as the data file has it."""
    return files("gongkai.letters").joinpath("bodies", f"{key}.txt").read_text("utf-8")


def framed(letter: Letter, text: str) -> tuple[Block, ...]:
    """The whole letter: what stands above the body, the body, what stands below. Raises LettersError."""
    body = tuple(parse_body(text, f"bodies/{letter.key}.txt"))
    if letter.frame == "sheet":
        return (BodyParagraph("title", letter.title), *body)
    return (
        BodyParagraph("title", "{{机关名称}}\n" + letter.title),
        *_optional("文号", BodyParagraph("number", "{{文号}}"), "number" in letter.required),
        BodyParagraph("addressee", f"{{{{{_ADDRESSEE[letter.to]}}}}}："),
        *body,
        *_optional("附件", BodyParagraph("attachments", "附件：{{附件}}"), False),
        BodyParagraph("signature", "{{机关名称}}"),
        *_optional("成文日期", BodyParagraph("date", "{{成文日期}}"), "date" in letter.required),
        *_optional("联系人", BodyParagraph("note", "（联系人：{{联系人}}，联系电话：{{联系电话}}）"), False),
    )


def _optional(name: str, paragraph: BodyParagraph, always: bool) -> tuple[BodyParagraph, ...]:
    if always:
        return (paragraph,)
    return BodyParagraph("control", f"{{%p if {name} %}}"), paragraph, BodyParagraph("control", "{%p endif %}")


def parse_body(text: str, source: str) -> Iterator[Block]:
    """The paragraphs and tables of a body. Raises LettersError with file and line."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.startswith("|"):
            if line.strip():
                yield BodyParagraph(_role(line), line)
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end].startswith("|") and not lines[end].startswith("|:"):
            end += 1
        yield _table(lines[at:end], source, at + 1)
        at = end


def _role(line: str) -> Role:
    if line.startswith("{%p "):
        return "control"
    if line.startswith("注："):
        return "note"
    if line.endswith("}}：") and line.startswith("{{"):
        return "addressee"
    if _HEADING.match(line):
        return "heading"
    return "part" if _PART.match(line) else "text"


def _table(lines: list[str], source: str, number: int) -> BodyTable:
    if not lines[0].startswith("|:"):
        raise LettersError(f"{source}：第 {number} 行：表格要以“|:”和各列的宽度开始。")
    try:
        widths = tuple(float(width) for width in lines[0][2:].split())
    except ValueError:
        raise LettersError(f"{source}：第 {number} 行：列宽应当是数字。") from None
    rows = tuple(_row(line, len(widths), f"{source}：第 {at} 行") for at, line in enumerate(lines[1:], number + 1))
    return BodyTable(widths, rows)


def _row(line: str, columns: int, where: str) -> BodyRow:
    bars = len(line) - len(line.lstrip("|"))
    rest = line[bars:]
    if rest.startswith("{%tr "):
        return BodyRow((BodyCell(rest, columns),))
    cells: list[BodyCell] = []
    for text in rest.split("|"):
        if text.strip() == "<":
            if not cells:
                raise LettersError(f"{where}：第一格左边没有可以合并的格。")
            cells[-1] = replace(cells[-1], span=cells[-1].span + 1)
        else:
            words = text.strip(" ")
            cells.append(BodyCell(words, label=bool(words) and not words.startswith(_FILLED_IN)))
    if bars not in _LINES or sum(cell.span for cell in cells) != columns:
        raise LettersError(f"{where}：应当有 {columns} 格。")
    return BodyRow(tuple(cells), _LINES[bars])
