"""Rules of the opening and of what a template leaves: announced sections, introduction, contact, instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..report.finding import Finding
from .basis import FORM
from .coverage import coverage
from .findings import found
from .headings import named_sections, top_headings
from .numerals import numeral
from .passages import Passage, flatten, form_of, passages, section_numbers, sentence_at
from .rules import Subject, rule

_THING = "(?=年|月|日|件|条|次|个|局|县|市|区|镇|乡|单位)"
# Each begins with a character or a set of characters, which re looks for fast.
_TEMPLATE = (
    re.compile(
        r"[（(](?:(?:文字|表格)(?:描述|叙述|说明|部分)|填报说明|填写说明|示例|样例|模板|请填写[^）)]{0,30}|此处[^）)]{0,40}|"
        r"请?根据实际[^）)]{0,40})[）)]"
    ),
    re.compile(r"[该本此](?:部分|项)(?:内容)?以(?:表格|文字)(?:的)?形式(?:报告|填报|体现|描述|表述)"),
    re.compile("表格如下"),
    re.compile(r"【(?:请|待|此处|填写)[^【】]{0,60}】"),
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
    basis=FORM,
    summary="格式或者模板的填写说明、占位符没有删去，如“（文字描述）”“该部分以表格形式报告”“XX年”。",
)
def template_instructions(subject: Subject) -> Iterator[Finding]:
    texts = list(passages(subject.report, whole=True))
    if subject.reading is not None:
        numbers = section_numbers(form_of(subject.report, subject.form))
        texts += [Passage(h.section, numbers.get(h.section), "标题", h.printed) for h in top_headings(subject)]
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
_REMEDY_NAMES = re.compile(r"(行政复议)[、，,](?=[^、，,]{0,4}(?:行政)?诉讼)|(复议)[、，,](?=诉讼)")
_ITEM_ENDS = re.compile(
    r"[、，,；;]|(?:以及|和|及|与)(?=其[他它]|存在|需要报告|政府信息公开工作存在|下一步|因政府信息公开)"
)


@rule(
    "introduction-announces",
    family="structure",
    severity="warning",
    basis=FORM,
    summary="导语说的部分数、部分名称应当与列举的和实际的一致。",
)
def introduction_announces(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    for passage in passages(subject.report):
        if passage.key not in ("introduction", "overview"):
            continue
        for match in _ANNOUNCED.finditer(passage.flat):
            items = [item for item in _ITEM_ENDS.split(_REMEDY_NAMES.sub(r"\1\2", match["list"])) if item]
            named = {
                section.key
                for section in form.sections
                if any(word in item for item in items for word in section.telling)
            }
            if len(named) < 3 or not ("报告" in passage.flat or "全文" in passage.flat):
                continue
            where = passage.where(sentence_at(passage.flat, match.start(), match.end()))
            count = numeral(match["count"]) if match["count"] else None
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
            actual = {heading.section for heading in top_headings(subject)}
            unnamed = [section for section in form.sections if section.key in actual - named]
            absent = [section for section in form.sections if section.key in named - actual]
            if len(actual) >= 4 and (unnamed or absent):
                said = [f"没有列出{named_sections(unnamed)}"] if unnamed else []
                said += [f"列出的{named_sections(absent)}在报告中没有"] if absent else []
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


def _has_text(subject: Subject) -> bool:
    return any(text.strip() for text in subject.report.sections.values())
