"""The record of a case's events (办理记录) as a paper of its archive."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from gongkai.letters.body import Block, BodyParagraph
from gongkai.letters.writing import write_template

from .desk import Desk
from .history import Entry, entries
from .presenting import chinese_day

_BRACES = str.maketrans({"{": "｛", "}": "｝"})


def record_sheet(one: Desk) -> bytes:
    """All events, with what was said at each and what was set right, as DOCX. Personal values stay masked."""
    title = f"案件 {one.case.number} 办理记录"
    return write_template(title, (BodyParagraph("title", title), *_blocks(one)))


def _blocks(one: Desk) -> Iterator[Block]:
    for entry in entries(one.rows, one.names):
        head = f"{entry.number}.{entry.title}（{chinese_day(entry.on)}，{entry.actor}）"
        yield BodyParagraph("text", f"{head}{_said(entry)}".translate(_BRACES))
        for number, words in entry.corrections:
            yield BodyParagraph("text", f"　　第{number}条更正：{words}".translate(_BRACES))
    head = " ".join(wrap(one.case.head, 8))
    yield BodyParagraph("note", f"注：共 {one.case.events_count} 条，记录链末端摘要 {head}。")


def _said(entry: Entry) -> str:
    pairs = [*entry.said, *entry.personal, *((label, file.name) for label, file in entry.files)]
    return "：" + "；".join(f"{label}：{' '.join(value.split())}" for label, value in pairs) + "。" if pairs else "。"
