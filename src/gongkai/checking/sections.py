"""Rules of what sections five and six must say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..law.instruments import instrument
from ..report.finding import Finding, Where
from .basis import NEWEST_FORM
from .coverage import coverage
from .findings import found
from .headings import top_headings
from .passages import flatten, form_of, passages, section_numbers
from .rules import Subject, rule
from .similarity import similarity

_FEES = instrument("processing_fees")
_FEES_SINCE = _FEES.in_force_since.year
_TRIVIAL = 30  # characters: 无 and 进一步加强 are no account of problems and remedies
_FEE = re.compile(r"信息处理费|信息公开处理费|处理费|收费|收取|费用|缴费")
_NOTHING = re.compile(r"[（(]?[一1]?[)）、.]?[^。]{0,16}(?:无|没有|暂无)[^。]{0,22}。?")
_MARKS = re.compile(r"[^一-鿿0-9A-Za-z]")


@rule(
    "problems-empty",
    family="sections",
    severity="warning",
    basis="政府信息公开条例 第五十条第（四）项；" + NEWEST_FORM,
    summary="第五部分应当写明存在的主要问题和改进情况，不能空缺或者只有一两句话。",
)
def problems_empty(subject: Subject) -> Iterator[Finding]:
    if coverage(subject).cut or not _is_read(subject, "problems"):
        return
    section = form_of(subject.report, subject.form).section("problems")
    text = _MARKS.sub("", subject.report.sections.get("problems", ""))
    if len(text) >= _TRIVIAL:
        return
    said = f"只有 {len(text)} 个字" if text else "没有内容"
    yield found(
        "problems-empty",
        "warning",
        f"第{section.number}部分“{section.heading}”{said}。请写明本年存在的主要问题和改进情况。",
        where=_where(subject, "problems"),
    )


@rule(
    "problems-unchanged",
    family="sections",
    severity="warning",
    basis=NEWEST_FORM + "：内容雷同、敷衍塞责的，依照政府信息公开条例第四十七条处理",
    summary="第五部分与上年报告基本相同。",
)
def problems_unchanged(subject: Subject) -> Iterator[Finding]:
    before = subject.last_year
    if before is None:
        return
    section = form_of(subject.report, subject.form).section("problems")
    share = similarity(subject.report.sections.get("problems", ""), before.sections.get("problems", ""))
    if share is not None and share >= 0.7:
        yield found(
            "problems-unchanged",
            "warning",
            f"第{section.number}部分“{section.heading}”有 {share:.0%} 的文字与上年报告相同。"
            "请写本年的问题，并说明上年所列问题的改进情况。",
            where=_where(subject, "problems"),
        )


@rule(
    "fees-unmentioned",
    family="sections",
    severity="warning",
    basis=f"{NEWEST_FORM}；{_FEES.cited}",
    summary=f"{_FEES_SINCE} 年度起，第六部分应当报告收取信息处理费的情况；只写“无”的作提示。",
)
def fees_unmentioned(subject: Subject) -> Iterator[Finding]:
    report = subject.report
    if coverage(subject).cut or not _is_read(subject, "other_matters"):
        return
    if (report.year or _FEES_SINCE) < _FEES_SINCE or (report.edition == "2019" and report.year is None):
        return
    section = form_of(report, subject.form).section("other_matters")
    text = flatten(report.sections.get("other_matters", ""))
    if _FEE.search(text):
        return
    name = f"第{section.number}部分“{section.heading}”"
    where = _where(subject, "other_matters")
    elsewhere = next((p for p in passages(report) if p.key != "other_matters" and "处理费" in p.flat), None)
    if elsewhere is not None:
        severity, message = "note", f"收取信息处理费的情况写在{elsewhere.name}，格式要求在{name}报告，请移到该部分。"
    elif text and len(text) <= 60 and _NOTHING.fullmatch(text):
        severity, message = "note", f"{name}只写“{text}”。建议写明本年是否收取信息处理费，收取的写明件数和金额。"
    elif text:
        severity, message = "warning", f"{name}没有报告收取信息处理费的情况。没有收取的，也请写明未收取。"
    else:
        severity, message = "warning", f"{name}没有内容，应当报告收取信息处理费的情况。没有收取的，也请写明未收取。"
    yield found("fees-unmentioned", "note" if severity == "note" else "warning", message, where=where)


def _is_read(subject: Subject, key: str) -> bool:
    """Whether the section can be judged: texts were given, and where headings were read, that of the section too.

    A section without its heading is the finding of ``heading-missing``.
    """
    sections = subject.report.sections
    if sections.get(key, "").strip():
        return True
    if subject.reading is not None:
        return any(heading.section == key for heading in top_headings(subject))
    return any(text.strip() for text in sections.values())


def _where(subject: Subject, key: str) -> Where:
    return Where(section=section_numbers(form_of(subject.report, subject.form))[key])
