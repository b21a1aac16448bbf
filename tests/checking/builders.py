"""Builders of reports and readings with sound defaults, for the tests of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.checking import RULES, check
from gongkai.reading.reading import Evidence, Heading, Reading
from gongkai.report import Finding, Report, load_form

OVERVIEW = """本年，我局认真做好政府信息公开工作，各项任务按期完成。
（一）主动公开。在门户网站发布信息，更新机构职能和办事指南。
（二）依申请公开。按时答复每一件申请。
（三）政府信息管理。制发公文时确定公开属性，发布前逐件审查。
（四）政府信息公开平台建设。维护门户网站专栏，方便群众查找。
（五）监督保障。开展培训两次，没有发生责任追究。"""
PROBLEMS = (
    "一是政策解读形式单一，二是更新不够及时。下一步将丰富解读形式，按月检查各栏目的更新情况，并向社会公开检查结果。"
)
INTRODUCTION = (
    "根据政府信息公开条例编制本报告。数据统计期限为2023年1月1日至2023年12月31日。"
    "如有疑问，请与江州市东湖区财政局办公室联系（电话：0999-7654321）。"
)
SECTIONS = {
    "overview": OVERVIEW,
    "proactive": "",
    "applications": "",
    "remedies": "",
    "problems": PROBLEMS,
    "other_matters": "本年未收取信息处理费，没有其他需要报告的事项。",
}


def make_values(edition: str = "2021", **changes: Any) -> dict[str, Any]:
    """Every cell 0, but for the changes; dots of a key are written as double underscores."""
    values: dict[str, Any] = dict.fromkeys(load_form(edition).cells, 0)
    return values | {key.replace("__", "."): value for key, value in changes.items()}


def make_report(**changes: Any) -> Report:
    """A report without fault of 江州市东湖区财政局 for 2023; ``sections`` are changed one by one."""
    edition = changes.get("edition", "2021")
    sections = SECTIONS | changes.pop("sections", {})
    defaults: dict[str, Any] = {
        "organ": "江州市东湖区财政局",
        "year": 2023,
        "edition": edition,
        "title": "江州市东湖区财政局2023年政府信息公开工作年度报告",
        "introduction": INTRODUCTION,
        "values": make_values(edition or "2021"),
    }
    return Report(**(defaults | changes), sections=sections)


def make_headings(
    tops: Iterable[str] | None = None, parts: Iterable[str] | None = None, edition: str = "2021"
) -> tuple[Heading, ...]:
    """Headings of the sections (``二、…``) and of the parts of section one (``（一）…``), the form's unless given."""
    form = load_form(edition)
    lines = [f"{s.number}、{s.heading}" for s in form.sections] if tops is None else list(tops)
    if parts is None:
        parts = [
            f"（{number}）{part.heading}" for number, part in zip("一二三四五", form.sections[0].parts, strict=True)
        ]
    headings = []
    for line in lines:
        number, _, text = line.partition("、")
        section = next((s.key for s in form.sections if text in (s.heading, *s.variants)), "overview")
        headings.append(Heading(line, f"{number}、", text, section, 1))
        if section == "overview":
            for index, part in enumerate(parts, 1):
                place = re.match(r"[（(].*?[）)]", part)
                end = place.end() if place else 0
                headings.append(Heading(part, part[:end], part[end:], section, 2, index))
    return tuple(headings)


def make_reading(
    report: Report | None = None,
    *,
    headings: Iterable[Heading] | None = None,
    raw: Mapping[str, str] | None = None,
    findings: Iterable[Finding] = (),
) -> Reading:
    """A reading of a report, with the form's headings and no evidence but ``raw``."""
    return Reading(
        report or make_report(),
        make_headings() if headings is None else tuple(headings),
        {key: Evidence(text, table=1, row=2, column=3) for key, text in (raw or {}).items()},
        tuple(findings),
    )


def run(subject: Report | Reading, *, previous: Report | None = None, family: str = "") -> list[Finding]:
    """The findings of one family, or of all."""
    findings = check(subject, previous=previous)
    return [one for one in findings if not family or (one.code in RULES and RULES[one.code].family == family)]


def codes(subject: Report | Reading, *, previous: Report | None = None, family: str = "") -> list[str]:
    """The codes of ``run``."""
    return [finding.code for finding in run(subject, previous=previous, family=family)]


def only(findings: Iterable[Finding], code: str) -> Finding:
    """The one finding of a code."""
    (finding,) = [one for one in findings if one.code == code]
    return finding
