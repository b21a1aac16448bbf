"""The report out to Word and back without losing its ties: each tied numeral stands in a content control (内容控件)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ..reading import read
from ..reading.document import UnreadableError
from ..reading.formats.archive import package_kind
from ..reading.formats.docx import MAIN_PART
from ..reading.formats.packages import open_package, parse_xml, parts_of, unpack
from ..reading.read import Convert
from ..reading.reading import Reading
from ..report.form import Form
from ..report.report import Number, Report
from ..report.writing import lay_out
from ..report.writing.docx import Control, write_docx
from ..report.writing.tables import printable
from .carrying import carried
from .naming import sources_name
from .ties import INTRODUCTION, Texts, Tie, numerals, printed, sentence_at, texts_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST = 64
"""Characters of a control's tag and name that Word takes."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = _W + "val"

_OPEN, _CLOSE = 0xF0000, 0x10FFFD
"""Signs put around what stands in a control, so that its place is known in the text read: of the planes for private use,
where no document has any. ``_OPEN`` and those after it number the controls."""

_MOST = 10_000
"""Controls that are looked at, far more than a report has figures."""


def to_word(report: Report, ties: Iterable[Tie], theme: str = "official") -> bytes:
    """The report as DOCX, each tied numeral in a control whose tag holds its sources and whose name says them in Chinese.

    Raises WritingError for a report without edition.
    """
    layout, form, texts = lay_out(report), report.form, texts_of(report)
    assert form is not None  # laid out by it
    given = tuple(ties)
    labels = _labels(given, form)
    controls: dict[str, list[Control]] = {}
    for tie in given:
        text = texts.get(tie.section, "")
        start, end = (len(printable(text[:place])) for place in (tie.start, tie.end))
        controls.setdefault(tie.section, []).append(Control(start, end, *labels[tie.sources]))
    return write_docx(layout, theme, controls)


def _labels(ties: Iterable[Tie], form: Form) -> dict[tuple[str, ...], tuple[str, str]]:
    """Tag and name of a control by its sources. Both tell the sources: some editors keep only the name."""
    labels: dict[tuple[str, ...], tuple[str, str]] = {}
    names: set[str] = set()
    for tie in ties:
        if tie.sources not in labels:
            name = unique = _name(tie.sources, form)
            while unique in names:
                unique = f"{name[: _LONGEST - 4]}（{len(names)}）"
            names.add(unique)
            labels[tie.sources] = (_tag(tie.sources), unique)
    return labels


def _tag(sources: tuple[str, ...]) -> str:
    """The sources with ``+`` between them; where Word would not take so many, what they are recognised by."""
    tag = "+".join(sources)
    return tag if len(tag) <= _LONGEST else "sum:" + sha256(tag.encode()).hexdigest()[:32]


def _name(sources: tuple[str, ...], form: Form) -> str:
    name = sources_name(sources, form)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 10]}…等{len(sources)}项之和"


# ── 取回 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back. ``ties`` at their places in the texts; ``lost``: those that are no longer there, at their places in
    the text that went out; ``notes``: Chinese sentences on what was not taken over or is to be looked at.
    """

    introduction: str
    sections: Mapping[str, str]
    ties: tuple[Tie, ...]
    lost: tuple[Tie, ...]
    notes: tuple[str, ...]


def from_word(
    data: bytes, report: Report, ties: Sequence[Tie], *, name: str = "报告.docx", convert: Convert | None = None
) -> Returned:
    """The text of a document that `to_word` wrote from ``report`` and ``ties`` and a person edited.

    Tables are not taken back: where they differ, a note says so. ``name`` and ``convert`` are for documents saved in
    another format, as `gongkai.reading.read` takes them. Raises UnreadableError for what can't be read.
    """
    form = report.form
    assert form is not None  # it was written by its form
    known = {label: sources for sources, labels in _labels(ties, form).items() for label in labels}
    marked, controls = _with_signs(data, known) if package_kind(data) == "docx" else (data, [])
    reading = read(name, marked, convert=convert)
    if unreadable := next((one for one in reading.findings if one.code == "unreadable"), None):
        raise UnreadableError(unreadable.message)
    clean: dict[str, str] = {}
    controlled: list[Tie] = []
    keys = [INTRODUCTION, *(section.key for section in form.sections)]
    for key in keys:
        clean[key], spans = _without_signs(texts_of(reading.report).get(key, ""))
        controlled += _ties_of(key, clean[key], spans, controls)
    kept, lost = _settled(tuple(dict.fromkeys(ties)), controlled, texts_of(report), clean)
    return Returned(
        introduction=clean.pop(INTRODUCTION),
        sections=clean,
        ties=kept,
        lost=lost,
        notes=(
            *_headings_gone(reading, report, form),
            *_tables_changed(reading.report, report, form),
            *(_tie_lost(tie, texts_of(report), form) for tie in lost),
        ),
    )


def _with_signs(data: bytes, known: Mapping[str, tuple[str, ...]]) -> tuple[bytes, list[tuple[str, ...]]]:
    """The document with signs around what stands in each control of ours, and the controls' sources in their order."""
    from lxml import etree

    package = open_package(data)
    parts = parts_of(package)
    if MAIN_PART not in parts:
        return data, []
    root = parse_xml(unpack(package, parts[MAIN_PART]), "Word 文档正文")
    controls: list[tuple[str, ...]] = []
    for control in root.iter(_W + "sdt"):
        content = control.find(_W + "sdtContent")
        labels = [one.get(_VAL, "") for name in ("tag", "alias") for one in control.iterfind(f"{_W}sdtPr/{_W}{name}")]
        sources = next((known[label] for label in labels if label in known), None)
        if content is not None and sources is not None and len(controls) < _MOST:
            _put_signs(content, chr(_OPEN + len(controls)))
            controls.append(sources)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            whole = etree.tostring(root, encoding="UTF-8") if name == MAIN_PART else unpack(package, part)
            archive.writestr(name, whole)
    return buffer.getvalue(), controls


def _put_signs(content: _Element, sign: str) -> None:
    """A sign before and after the text of a control, inside its first and last paragraph where it holds paragraphs."""
    paragraphs = [content] if content.find(_W + "p") is None else list(content.iter(_W + "p"))
    first = paragraphs[0]
    first.insert(1 if len(first) and first[0].tag == _W + "pPr" else 0, _run(sign))
    paragraphs[-1].append(_run(chr(_CLOSE)))


def _run(text: str) -> Any:
    from lxml import etree

    run = etree.Element(_W + "r")
    etree.SubElement(run, _W + "t").text = text
    return run


def _without_signs(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text without the signs, and for each control its number and where its text begins and ends."""
    pieces: list[str] = []
    length = 0
    spans: list[tuple[int, int, int]] = []
    opened: list[tuple[int, int]] = []
    for character in text:
        if ord(character) < _OPEN:
            pieces.append(character)
            length += 1
        elif ord(character) < _CLOSE:
            opened.append((ord(character) - _OPEN, length))
        elif opened:
            number, start = opened.pop()
            spans.append((number, start, length))
    return "".join(pieces), spans


def _ties_of(
    section: str, text: str, spans: Iterable[tuple[int, int, int]], controls: Sequence[tuple[str, ...]]
) -> Iterator[Tie]:
    """A tie for each control that holds one numeral, or a part of one; its value is still to be told."""
    places = numerals(text)
    taken: set[int] = set()
    for number, start, end in spans:
        inside = [place for place, stop in places.items() if place < end and start < stop]
        if number < len(controls) and len(inside) == 1 and inside[0] not in taken:
            taken.add(inside[0])
            yield Tie(section, inside[0], places[inside[0]], controls[number], 0)


def _settled(
    ties: tuple[Tie, ...], controlled: Sequence[Tie], before: Texts, after: Texts
) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
    """The ties as the controls have them; where an editor dropped a control, as the text around the numeral tells."""
    values = {tie.sources: tie.value for tie in ties}
    kept = [Tie(one.section, one.start, one.end, one.sources, values[one.sources]) for one in controlled]
    waiting = list(ties)
    carried_over, gone = carried(ties, before, after)
    moved = dict(zip((tie for tie in ties if tie not in gone), carried_over, strict=True))
    told = {(one.section, one.start, one.sources): one for one in kept}
    for tie in ties:  # those that both ways agree on, then those whose control stands elsewhere
        if (there := moved.get(tie)) and told.pop((there.section, there.start, there.sources), None):
            waiting.remove(tie)
    for tie in list(waiting):
        if key := next((key for key in told if key[2] == tie.sources), None):
            del told[key]
            waiting.remove(tie)
    taken = {(one.section, one.start) for one in kept}
    lost = []
    for tie in waiting:
        there = moved.get(tie)
        if there and (there.section, there.start) not in taken:
            kept.append(there)
        else:
            lost.append(tie)
    order = {key: number for number, key in enumerate(after)}
    return tuple(sorted(kept, key=lambda one: (order[one.section], one.start))), tuple(lost)


# ── 说明 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_MOST_TOLD = 20
"""Differences in tables that are told one by one."""


def _headings_gone(reading: Reading, report: Report, form: Form) -> Iterator[str]:
    there = {heading.section for heading in reading.headings if heading.level == 1}
    for section in form.sections:
        if section.key not in there:
            yield (
                f"Word 文件中没有找到标题“{section.number}、{section.heading}”，这一部分的文字可能并入了前一部分，"
                "请在 Word 中恢复标题后重新取回，或者核对取回的文字。"
            )


def _tables_changed(read_back: Report, report: Report, form: Form) -> Iterator[str]:
    if not read_back.values:
        yield "Word 文件中没有读到统计表。表格不从 Word 文件取回，报告中的表格不变。"
        return
    told = [
        f"{cell.name}在 Word 文件中为{_shown(read_back.values.get(key))}，在报告中为{_shown(report.values.get(key))}"
        for key, cell in form.cells.items()
        if read_back.values.get(key) != report.values.get(key)
    ]
    for one in told[:_MOST_TOLD]:
        yield f"{one}。表格不从 Word 文件取回，要改数字，请在表格页面修改。"
    if len(told) > _MOST_TOLD:
        yield f"Word 文件的表格另有{len(told) - _MOST_TOLD}处与报告不同。表格不从 Word 文件取回。"


def _shown(number: Number | None) -> str:
    return "空白" if number is None else f" {printed(number)} "


def _tie_lost(tie: Tie, before: Texts, form: Form) -> str:
    text = before[tie.section]
    start, end = sentence_at(text, tie.start)
    number = next((section.number for section in form.sections if section.key == tie.section), "")
    place = f"第{number}部分" if number else "导语"
    return (
        f"{place}“{text[start:end]}”中的 {text[tie.start : tie.end]} 在取回的文字中已经找不到，不再与{_name(tie.sources, form)}关联。"
        "这个数字以后变化时，不会在文字中提示。"
    )
