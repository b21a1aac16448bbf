"""Rules of the structure: title, headings, their wording, order and numbering, introduction and contact paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..reading.folding import fold
from ..reading.reading import Heading
from ..report.finding import Finding, Where
from ..report.form import Form, Section
from .coverage import coverage
from .findings import enumerate_some, found
from .numerals import Numbering, chinese_number, numbering
from .passages import Passage, flatten, fold_text, form_of, passages, section_numbers, sentence_at
from .rules import Subject, rule

_FORM = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号、〔2019〕60号）"
_TITLE_WORDS = "政府信息公开工作年度报告"
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|[二〇零一三四五六七八九]{4})(?:年度?)?")
_YEAR_DIGITS = re.compile(r"\d{4}(?=年度报告)")  # …工作2023年度报告
_BRACKETED = re.compile(r"\([^()]*\)")


# ── 标题 ──────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(
    "title",
    family="structure",
    severity="warning",
    basis=_FORM,
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
    basis=_FORM,
    summary="报告由六个部分组成，六个标题都应当有。",
)
def heading_missing(subject: Subject) -> Iterator[Finding]:
    tops = _tops(subject)
    if subject.reading is None or not (tops or subject.report.values):
        return
    form = form_of(subject.report, subject.form)
    there = {heading.section for heading in tops}
    lost = [section for section in _expected(subject, form) if section.key not in there]
    if lost:
        yield found(
            "heading-missing",
            "warning",
            f"缺少{_named(lost)}的标题。报告应当依次有六个部分，请补上标题和内容。",
            where=Where(section=section_numbers(form)[lost[0].key]),
        )


@rule(
    "heading-wording",
    family="structure",
    severity="note",
    basis=_FORM,
    summary="六个部分的标题应当与格式的用语一致。",
)
def heading_wording(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    sections = {section.key: section for section in form.sections}
    for heading in _tops(subject):
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
    basis=_FORM,
    summary="六个部分应当按格式的次序，每个标题只出现一次。",
)
def heading_order(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    numbers = section_numbers(form)
    order = [heading.section for heading in _tops(subject) if heading.section in numbers]
    doubled = [form.section(key) for key in dict.fromkeys(order) if order.count(key) > 1]
    if doubled:
        yield found(
            "heading-order",
            "warning",
            f"{_named(doubled)}的标题出现了不止一次，请核对是否误写或者重复。",
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
    tops = _tops(subject)
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
    basis="政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）第一部分；政府信息公开条例 第五十条",
    summary="总体情况应当包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。",
)
def parts_missing(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    section = next((section for section in form.sections if section.parts), None)
    if section is None:
        return
    text = fold_text(subject.report.sections.get(section.key, ""))
    if not text:
        return
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


# ── 模板、导语、联系方式 ──────────────────────────────────────────────────────────────────────────────────────

_THING = "(?=年|月|日|件|条|次|个|局|县|市|区|镇|乡|单位)"
# Each begins with a character or a set of characters, which re looks for fast.
_TEMPLATE = (
    re.compile(
        r"[（(](?:(?:文字|表格)(?:描述|叙述|说明|部分)|填报说明|填写说明|示例|样例|模板|请填写[^）)]{0,30}|此处[^）)]{0,40}|"
        r"请?根据实际[^）)]{0,40})[）)]"
    ),
    re.compile(r"[该本此](?:部分|项)(?:内容)?以(?:表格|文字)(?:的)?形式(?:报告|填报|体现|描述|表述)"),
    re.compile("表格如下"),
    re.compile(rf"[×╳✕〇○]{{2,}}{_THING}"),
    re.compile(rf"XX+{_THING}"),
    re.compile(rf"xx+{_THING}"),
    re.compile("___+"),
    re.compile("＿＿+"),
)


@rule(
    "template-instructions",
    family="structure",
    severity="warning",
    basis=_FORM,
    summary="格式或者模板的填写说明、占位符没有删去，如“（文字描述）”“该部分以表格形式报告”“XX年”。",
)
def template_instructions(subject: Subject) -> Iterator[Finding]:
    texts = list(passages(subject.report, whole=True))
    if subject.reading is not None:
        numbers = section_numbers(form_of(subject.report, subject.form))
        texts += [Passage(h.section, numbers.get(h.section), "标题", h.printed) for h in _tops(subject)]
    for passage in texts:
        if match := next((one for pattern in _TEMPLATE if (one := pattern.search(passage.flat))), None):
            yield found(
                "template-instructions",
                "warning",
                f"{passage.name}留有模板的说明或者占位符“{match[0]}”，请删去或者填写实际内容。",
                where=passage.where(sentence_at(passage.flat, match.start(), match.end())),
            )


_ANNOUNCED = re.compile(
    r"(?:由|包括|包含|涵盖|分为|分别为|内容为|内容有|组成如下)[:：]?(?P<list>[^。；;]{8,240}?)"
    r"(?:等)?(?:(?P<count>[一二三四五六七八九十两\d]{1,2})个?(?:大)?(?:部分|方面|部份)(?:内容)?|组成|构成|等内容|等方面|。|$)"
)
# What each section's name can't do without, so that an announcement in other words is still understood.
_TELLING = {
    "overview": re.compile(r"总体情况|基本情况|概述|概况|总体"),
    "proactive": re.compile(r"主动公开"),
    "applications": re.compile(r"申请情况|依申请|处理政府信息公开申请|公开申请"),
    "remedies": re.compile(r"复议|诉讼"),
    "problems": re.compile(r"问题"),
    "other_matters": re.compile(r"其[他它](?:需要|需|应当|报告)|需要报告的|报告的事项|报告事项"),
}
_REMEDY_NAMES = re.compile(r"(行政复议)[、，,](?=[^、，,]{0,4}(?:行政)?诉讼)|(复议)[、，,](?=诉讼)")
_ITEM_ENDS = re.compile(
    r"[、，,；;]|(?:以及|和|及|与)(?=其[他它]|存在|需要报告|政府信息公开工作存在|下一步|因政府信息公开)"
)


@rule(
    "introduction-announces",
    family="structure",
    severity="warning",
    basis=_FORM,
    summary="导语说的部分数、部分名称应当与列举的和实际的一致。",
)
def introduction_announces(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    for passage in passages(subject.report):
        if passage.key not in ("introduction", "overview"):
            continue
        for match in _ANNOUNCED.finditer(passage.flat):
            items = [item for item in _ITEM_ENDS.split(_REMEDY_NAMES.sub(r"\1\2", match["list"])) if item]
            named = {key for item in items for key, telling in _TELLING.items() if telling.search(item)}
            if len(named) < 3 or not ("报告" in passage.flat or "全文" in passage.flat):
                continue
            where = passage.where(sentence_at(passage.flat, match.start(), match.end()))
            count = chinese_number(match["count"]) if match["count"] else None
            if count is not None and count != len(items):
                yield found(
                    "introduction-announces",
                    "warning",
                    f"{passage.name}说报告由 {count} 个部分组成，列举的是 {len(items)} 个：{'、'.join(items)}。"
                    "请核对，补上漏写的部分。",
                    where=where,
                )
                continue
            if subject.reading is None or coverage(subject).cut:
                continue
            actual = {heading.section for heading in _tops(subject)}
            unnamed = [section for section in form.sections if section.key in actual - named]
            absent = [section for section in form.sections if section.key in named - actual]
            if len(actual) >= 4 and (unnamed or absent):
                said = [f"没有列出{_named(unnamed)}"] if unnamed else []
                said += [f"列出的{_named(absent)}在报告中没有"] if absent else []
                yield found(
                    "introduction-announces",
                    "warning",
                    f"{passage.name}介绍的组成部分与报告实际不一致：{'；'.join(said)}。请核对。",
                    where=where,
                )


@rule(
    "introduction-missing",
    family="structure",
    severity="note",
    basis="政府信息公开条例 第五十条；各地年度报告通行写法",
    summary="标题之后一般有导语，写明依据、统计期限和联系方式。",
)
def introduction_missing(subject: Subject) -> Iterator[Finding]:
    if not subject.report.introduction.strip() and _has_text(subject):
        opening = flatten(subject.report.sections.get("overview", ""))[:400]
        if "统计" in opening or "本报告" in opening or "年度报告" in opening:
            return  # the introduction stands inside section one
        yield found(
            "introduction-missing",
            "note",
            "报告没有导语。建议在标题之后写明编制依据、数据的统计期限（1 月 1 日至 12 月 31 日）和联系方式。",
        )


_CONTACT = ("联系", "咨询", "电话", "邮编", "邮箱", "地址")
_CONTACT_DETAIL = re.compile(r"[0-9]{7}|@|地址[:：]|电话[:：]")


@rule(
    "contact-missing",
    family="structure",
    severity="note",
    basis="政府信息公开条例 第四条、第十二条；各地年度报告通行写法",
    summary="报告一般写明联系方式，方便公众对报告提出疑问。",
)
def contact_missing(subject: Subject) -> Iterator[Finding]:
    if coverage(subject).cut or not _has_text(subject):
        return
    for passage in passages(subject.report):
        if any(word in passage.flat for word in _CONTACT) and _CONTACT_DETAIL.search(passage.flat):
            return
    yield found(
        "contact-missing",
        "note",
        "报告没有写明联系方式。建议在导语或者文末写明政府信息公开工作机构的名称、地址、邮编和电话。",
    )


def _tops(subject: Subject) -> list[Heading]:
    """The headings of the sections, in the order of the document."""
    return [heading for heading in subject.reading.headings if heading.level == 1] if subject.reading else []


def _expected(subject: Subject, form: Form) -> list[Section]:
    """The sections that the document should have; those behind the point where it is cut off are not asked for."""
    held = coverage(subject)
    if not held.cut:
        return list(form.sections)
    order = [section.key for section in form.sections]
    reached = order.index(held.beyond[0].table.section)
    starts = next(cell for cell in held.beyond[0].table.blocks[0].rows) is held.beyond[0].row
    return [section for section in form.sections if order.index(section.key) < reached + (not starts)]


def _has_text(subject: Subject) -> bool:
    return any(text.strip() for text in subject.report.sections.values())


def _named(sections: list[Section]) -> str:
    return enumerate_some([f"第{section.number}部分“{section.heading}”" for section in sections], 6, "个部分")


def _shown(heading: Heading) -> str:
    return heading.number.strip() or heading.printed.strip()[:8]


def _short(heading: Heading) -> str:
    return flatten(heading.printed)[:24]
