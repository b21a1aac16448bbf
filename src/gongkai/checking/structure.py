"""Rules of the structure: title, the six headings, their wording, order and numbering, the parts of section one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..reading.folding import fold
from ..reading.reading import Heading
from ..report.finding import Finding, Where
from ..report.form import Form, Section
from .basis import FORM, NEWEST_FORM
from .coverage import coverage
from .findings import found
from .headings import named_sections, top_headings
from .numerals import Numbering, numbering
from .passages import flatten, fold_text, form_of, section_numbers
from .rules import Subject, rule

_TITLE_WORDS = "政府信息公开工作年度报告"
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|[二〇零一三四五六七八九]{4})(?:年度?)?")
_YEAR_DIGITS = re.compile(r"\d{4}(?=年度报告)")  # …工作2023年度报告
_BRACKETED = re.compile(r"\([^()]*\)")


# ── 标题 ──────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(
    "title",
    family="structure",
    severity="warning",
    basis=FORM,
    summary="报告应当有标题，写明机关名称、年份和“政府信息公开工作年度报告”。",
)
def title(subject: Subject) -> Iterator[Finding]:
    if subject.reading is None and subject.report.title is None:
        return  # given as data: the title is made from organ and year
    report = subject.report
    if report.title is None:
        yield found(
            "title",
            "warning",
            f"没有找到报告的标题。标题应当写明机关名称、年份和“{_TITLE_WORDS}”，请补上。",
        )
        return
    folded = fold(report.title)
    lacking = []
    if "公开" not in folded or "报告" not in folded:
        lacking.append(f"“{_TITLE_WORDS}”字样")
    if not _YEAR.search(folded):
        lacking.append("年份")
    if not report.organ:
        lacking.append("机关名称")
    if lacking:
        yield found(
            "title",
            "warning",
            f"标题“{flatten(report.title)}”缺少{'、'.join(lacking)}。标题应当写作“机关名称＋年份＋{_TITLE_WORDS}”。",
        )
    elif all(_TITLE_WORDS not in year.sub("", folded) for year in (_YEAR, _YEAR_DIGITS)):
        yield found(
            "title",
            "note",
            f"标题“{flatten(report.title)}”的用语与格式不同，格式的用语是“{_TITLE_WORDS}”。",
        )


# ── 六个部分 ──────────────────────────────────────────────────────────────────────────────────────────────────


@rule(
    "heading-missing",
    family="structure",
    severity="warning",
    basis=FORM,
    summary="报告由六个部分组成，六个标题都应当有。",
)
def heading_missing(subject: Subject) -> Iterator[Finding]:
    tops = top_headings(subject)
    if subject.reading is None or not (tops or subject.report.values):
        return
    form = form_of(subject.report, subject.form)
    there = {heading.section for heading in tops}
    lost = [section for section in _expected(subject, form) if section.key not in there]
    if lost:
        yield found(
            "heading-missing",
            "warning",
            f"缺少{named_sections(lost)}的标题。报告应当依次有六个部分，请补上标题和内容。",
            where=Where(section=section_numbers(form)[lost[0].key]),
        )


@rule(
    "heading-wording",
    family="structure",
    severity="note",
    basis=FORM,
    summary="六个部分的标题应当与格式的用语一致。",
)
def heading_wording(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    sections = {section.key: section for section in form.sections}
    for heading in top_headings(subject):
        section = sections.get(heading.section)
        plain = _BRACKETED.sub("", fold(heading.text)).strip(".,:;")
        if section is not None and plain and plain != fold(section.heading):
            yield found(
                "heading-wording",
                "note",
                f"第{section.number}部分的标题写作“{flatten(heading.text)}”，格式的用语是“{section.heading}”。",
                where=Where(section=section_numbers(form)[section.key]),
            )


@rule(
    "heading-order",
    family="structure",
    severity="warning",
    basis=FORM,
    summary="六个部分应当按格式的次序，每个标题只出现一次。",
)
def heading_order(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    numbers = section_numbers(form)
    order = [heading.section for heading in top_headings(subject) if heading.section in numbers]
    doubled = [form.section(key) for key in dict.fromkeys(order) if order.count(key) > 1]
    if doubled:
        yield found(
            "heading-order",
            "warning",
            f"{named_sections(doubled)}的标题出现了不止一次，请核对是否误写或者重复。",
            where=Where(section=numbers[doubled[0].key]),
        )
    once = list(dict.fromkeys(order))
    if once != sorted(once, key=numbers.__getitem__):
        printed = "、".join(form.section(key).heading for key in once)
        yield found(
            "heading-order",
            "warning",
            f"各部分的次序是{printed}，与格式不同。请按格式的次序排列。",
        )


@rule(
    "numbering",
    family="structure",
    severity="warning",
    basis="党政机关公文格式（GB/T 9704—2012）：结构层次序数依次用“一、”“（一）”“1.”“（1）”",
    summary="同一层标题的编号应当用同一种形式，依次递增，不跳号、不重号。",
)
def heading_numbers(subject: Subject) -> Iterator[Finding]:
    if subject.reading is None:
        return
    form = form_of(subject.report, subject.form)
    tops = top_headings(subject)
    wants = section_numbers(form)
    right = frozenset(
        heading for heading in tops if (own := numbering(heading.number)) and own.value == wants.get(heading.section)
    )
    faults = _sequence_faults(tops, restarts=True, right=right)
    for heading in tops:
        if not faults and heading not in right and numbering(heading.number) and heading.section in wants:
            faults.append(f"“{_short(heading)}”应当是第{form.section(heading.section).number}部分")
    bare = [heading for heading in tops if numbering(heading.number) is None]
    if bare and len(bare) < len(tops):
        faults.append(f"“{_short(bare[0])}”没有序号")
    if faults:
        yield found(
            "numbering",
            "warning",
            f"六个部分标题的编号有误：{'；'.join(faults)}。请统一用“一、”至“六、”编号。",
        )
    elif tops and (first := numbering(tops[0].number)) and first.style != _TOP_STYLE:
        yield found(
            "numbering",
            "note",
            f"六个部分的标题用“{_shown(tops[0])}”这样的序号，格式用“一、”至“六、”。请改用格式的编号。",
        )
    for section in (section for section in form.sections if section.kind == "text"):
        parts = [h for h in subject.reading.headings if h.level == 2 and h.section == section.key]
        numbered = [heading for heading in parts if numbering(heading.number)]
        text = fold_text(subject.report.sections.get(section.key, ""))
        faults = _sequence_faults(numbered, restarts=section.key == "overview", text=text)
        if faults:
            yield found(
                "numbering",
                "warning",
                f"第{section.number}部分各段标题的编号有误：{'；'.join(faults)}。请统一序号的形式并依次编号。",
                where=Where(section=wants[section.key]),
            )


_TOP_STYLE = "一."
"""The style of 一、 as ``numbering`` gives it."""


def _sequence_faults(
    headings: Sequence[Heading], *, restarts: bool, text: str = "", right: frozenset[Heading] = frozenset()
) -> list[str]:
    """What is wrong with the numbers of headings of one level.

    ``restarts``: whether beginning again at one is wrong. ``text``: where a skipped number may stand in running text.
    ``right``: headings whose number is the one that the form gives them, whatever stands before.
    """
    numbered = [(heading, own) for heading in headings if (own := numbering(heading.number))]
    faults = []
    styles = list(dict.fromkeys(own.style for _, own in numbered))
    if len(styles) > 1:
        firsts = [next(_shown(heading) for heading, own in numbered if own.style == style) for style in styles]
        faults.append(f"形式不统一，有{'、'.join(f'“{first}”' for first in firsts)}")
    for (_, before), (heading, own) in pairwise(numbered):
        if own.value == before.value + 1 or (own.value == 1 and not restarts) or heading in right:
            continue
        if own.value > before.value and _stands_in(text, own, range(before.value + 1, own.value)):
            continue
        faults.append(f"“{_shown(heading)}”前一个是第 {before.value} 个，{_step(before.value, own.value)}")
    first, start = numbered[0] if numbered else (None, None)
    if (
        first
        and start
        and start.value > 1
        and first not in right
        and not _stands_in(text, start, range(1, start.value))
    ):
        faults.append(f"从“{_shown(first)}”开始，缺少前面的编号")
    return faults[:4]


def _step(before: int, now: int) -> str:
    if now == before:
        return "重号"
    return "跳号" if now > before else "重新从前面编号"


def _stands_in(text: str, own: Numbering, values: range) -> bool:
    """Whether the numbers stand in the running text, where the reading takes none for a heading."""
    chinese = "〇一二三四五六七八九十"
    return all(
        value < len(chinese)
        and any(
            own.style.replace(stand_in, number, 1) in text
            for stand_in, number in (("一", chinese[value]), ("1", str(value)))
            if stand_in in own.style
        )
        for value in values
    )


# ── 总体情况各部分 ────────────────────────────────────────────────────────────────────────────────────────────


@rule(
    "parts-missing",
    family="structure",
    severity="warning",
    basis=NEWEST_FORM + " 第一部分；政府信息公开条例 第五十条",
    summary="总体情况应当包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。",
)
def parts_missing(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    section = next((section for section in form.sections if section.parts), None)
    if section is None:
        return
    text = fold_text(subject.report.sections.get(section.key, ""))
    held = coverage(subject)
    if not text or (held.cut and not held.beyond and len(subject.report.sections) == 1):
        return  # it may break off inside this section
    headings = [
        fold(heading.text)
        for heading in (subject.reading.headings if subject.reading else ())
        if heading.section == section.key and heading.level > 1
    ]
    names = {part.key: [fold(name) for name in (part.heading, *part.variants)] for part in section.parts}

    def headed(key: str) -> bool:
        return any(name in heading for name in names[key] for heading in headings)

    matched = [part for part in section.parts if headed(part.key)]
    lacking = [
        part
        for part in section.parts
        if part not in matched and not (len(matched) < 2 and any(name in text for name in names[part.key]))
    ]
    if lacking:
        strict = len(matched) >= 2 and form.edition != "2019"
        yield found(
            "parts-missing",
            "warning" if strict else "note",
            f"第{section.number}部分“{section.heading}”没有写{'、'.join(part.heading for part in lacking)}。"
            f"该部分应当写明{'、'.join(part.heading for part in section.parts)}{len(section.parts)}个方面的情况。",
            where=Where(section=section_numbers(form)[section.key]),
        )


def _expected(subject: Subject, form: Form) -> list[Section]:
    """The sections that the document should have; those behind the point where it is cut off are not asked for."""
    held = coverage(subject)
    if not held.cut:
        return list(form.sections)
    order = [section.key for section in form.sections]
    if not held.beyond:
        return [section for section in form.sections if section.key in subject.report.sections]
    reached = order.index(held.beyond[0].table.section)
    starts = next(cell for cell in held.beyond[0].table.blocks[0].rows) is held.beyond[0].row
    return [section for section in form.sections if order.index(section.key) < reached + (not starts)]


def _shown(heading: Heading) -> str:
    return heading.number.strip() or heading.printed.strip()[:8]


def _short(heading: Heading) -> str:
    return flatten(heading.printed)[:24]
