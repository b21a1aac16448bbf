"""The text of a report as it is edited: sections cut into blocks, put together again, and merged where two people wrote at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from gongkai.narrative import INTRODUCTION
from gongkai.report.form import Form, Part, Section
from gongkai.report.report import Report

WHOLE = "whole"
"""Key of a block that belongs to no part: a section in one piece, or what stands before the first part's heading."""

_ORDINALS = "一二三四五六七八九十"
_HEADING = re.compile(
    r"\s*(?P<number>[（(]?[一二三四五六七八九十\d]{1,2}[)）、．.])?\s*(?P<name>[^。，,；;：:\n]{2,24})[：:。]?\s*"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a section that is edited by itself. ``key``: of a part of section one, or WHOLE; ``label``: how the page
    calls it; ``heading``: its heading's line as printed, "" for none; ``text``: what stands under it; ``start``: where ``text``
    begins in the section's text; ``printed``: whether the text has it, False for a part that is still to be written.
    """

    key: str
    label: str
    heading: str
    text: str
    start: int = 0
    printed: bool = True


def with_texts(report: Report, texts: Mapping[str, str]) -> Report:
    """The report with these texts; what is not among them stays."""
    introduction = texts.get(INTRODUCTION, report.introduction)
    sections = {**report.sections, **{key: text for key, text in texts.items() if key != INTRODUCTION}}
    return replace(report, introduction=introduction, sections=sections)


def tidy(text: str) -> str:
    """Paragraphs separated by one newline, without white space around them."""
    return "\n".join(filter(None, (line.strip() for line in text.splitlines())))


def label_of(form: Form, key: str) -> str:
    """What a text is called: 导语, or the section's number and heading. KeyError for no section."""
    if key == INTRODUCTION:
        return "导语"
    section = _section(form, key)
    return f"{section.number}、{section.heading}"


def blocks(form: Form, key: str, text: str) -> tuple[Block, ...]:
    """A text cut into the blocks in which it is edited, in the order in which they are printed.

    Section one has a block a part where its headings are found; parts that are not stand after the last one before them in
    the form, empty. Everything else is one block.
    """
    parts = () if key == INTRODUCTION else _section(form, key).parts
    found = _cut(text, parts)
    if len(found) == 1 and (text.strip() or not parts):
        return _whole(form, key, text)
    named = {one.key: one for one in found}
    ordered = [one for one in found if one.key != WHOLE or one.text.strip()]
    for number, part in enumerate(parts):
        if part.key not in named:
            before = {WHOLE, *(one.key for one in parts[:number])}
            at = max((place for place, one in enumerate(ordered, 1) if one.key in before), default=0)
            ordered.insert(
                at, Block(part.key, part.heading, f"（{_ORDINALS[number]}）{part.heading}", "", printed=False)
            )
    return tuple(ordered)


def joined(these: Sequence[Block]) -> str:
    """The text that consists of these blocks. Of a part that is not printed the heading is written once it has a text."""
    lines = []
    for one in these:
        if one.heading and (one.printed or one.text.strip()):
            lines.append(one.heading)
        if one.text.strip():
            lines.append(tidy(one.text))
    return "\n".join(lines)


def with_blocks(these: Sequence[Block], typed: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks with other texts by key; what is not among them stays."""
    return tuple(replace(one, text=typed.get(one.key, one.text)) for one in these)


@dataclass(frozen=True, slots=True)
class Merged:
    """Two people's texts of one section put together block by block. ``clashes``: keys of blocks that both have changed; of
    these ``texts`` holds one's own.
    """

    texts: Mapping[str, str]
    clashes: tuple[str, ...]


def merged(base: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]) -> Merged:
    """Blocks by key as they were (``base``), as another person saved them, and as one has typed them."""
    texts, clashes = {}, []
    for key, typed in mine.items():
        before, other = tidy(base.get(key, "")), tidy(theirs.get(key, ""))
        texts[key] = other if tidy(typed) == before else typed
        if tidy(typed) not in (before, other) and other != before:
            clashes.append(key)
    return Merged(texts, tuple(clashes))


@dataclass(frozen=True, slots=True)
class Edit:
    """What comes of an edit. ``text``: of the whole section, one's own wherever two clash; ``theirs``: blocks by key as another
    person saved them meanwhile; ``clashes``: keys of those that both have changed; ``blocks``: what is shown to be edited on.
    """

    text: str
    theirs: Mapping[str, str]
    clashes: tuple[str, ...]
    blocks: tuple[Block, ...]


def edited(form: Form, key: str, base: str, newest: str, typed: Mapping[str, str]) -> Edit:
    """A section edited from ``base`` to what was ``typed`` into its blocks, while ``newest`` may have been saved by somebody else.

    Where the two have not the same blocks the section is taken as a whole.
    """
    before, now = blocks(form, key, base), blocks(form, key, newest)
    if not {one.key for one in before} == {one.key for one in now} == typed.keys():
        mine = typed[WHOLE] if typed.keys() == {WHOLE} else joined(with_blocks(before, typed))
        before, now, typed = _whole(form, key, base), _whole(form, key, newest), {WHOLE: mine}
    theirs = {one.key: one.text for one in now}
    found = merged({one.key: one.text for one in before}, theirs, typed)
    result = with_blocks(now, found.texts)
    return Edit(joined(result), theirs, found.clashes, result)


def _whole(form: Form, key: str, text: str) -> tuple[Block, ...]:
    return (Block(WHOLE, label_of(form, key), "", text),)


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """The paragraphs of two texts that differ, old and new side by side, "" where one has none."""
    before, after = tidy(old).split("\n"), tidy(new).split("\n")
    found = []
    for what, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            found += zip_longest(before[i:j], after[m:n], fillvalue="")
    return [pair for pair in found if pair != ("", "")]


def _section(form: Form, key: str) -> Section:
    found = next((one for one in form.sections if one.key == key), None)
    if found is None:
        raise KeyError(key)
    return found


def _cut(text: str, parts: Sequence[Part]) -> list[Block]:
    """What stands before the first heading, then a block a heading that is the first of its part."""
    lines = text.split("\n")
    starts: list[tuple[int, Part, bool]] = []  # line, part, whether the line holds nothing but the heading
    for number, line in enumerate(lines):
        part, alone = _heading(line, parts)
        if part is not None and part not in [one for _, one, _ in starts]:
            starts.append((number, part, alone))
    ends = [number for number, _, _ in starts] + [len(lines)]
    found = [Block(WHOLE, "各部分之前的文字", "", "\n".join(lines[: ends[0]]))]
    for (number, part, alone), end in zip(starts, ends[1:], strict=True):
        first = number + alone
        place = sum(len(line) + 1 for line in lines[:first])
        heading = lines[number] if alone else ""
        found.append(Block(part.key, part.heading, heading, "\n".join(lines[first:end]), min(place, len(text))))
    return found


def _heading(line: str, parts: Sequence[Part]) -> tuple[Part | None, bool]:
    """The part that a line is the heading of, or opens with; and whether there is nothing else in the line."""
    match = _HEADING.match(line)
    if match is None:
        return None, False
    name, alone = match["name"].strip(), match.end() == len(line)
    for part in parts:
        if name in (part.heading, *part.variants) and (alone or match["number"]):
            return part, alone
    return None, False
