"""The report's text, composed from its figures and the facts of the year, ready to be edited.

Every figure is taken from the tables or the facts, never typed twice, and stays tied to them. What was not given is not
mentioned; a part for which nothing was given holds a line in 【】 that asks for it, so that no empty heading is published
unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..law import decision_cell, decision_kinds, document_kinds, outcome_row, outcomes, remedy_kinds
from ..report.form import CellKey, Form, Part
from ..report.report import Number, Report
from ..report.wording import unnumbered
from .facts import (
    FactItem,
    Facts,
    Medium,
    Shortcoming,
    fact_item,
    fact_items,
    information_kinds,
    media_kinds,
    published_key,
    reads_key,
)
from .openings import left_open
from .passage import Passage, figure, filled, joined
from .ties import INTRODUCTION, Texts, Tie

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Narrative:
    """A composed text. ``introduction`` (导语); ``sections``: texts by key; ``ties``: where each figure comes from;
    ``gaps``: what was left unsaid, each a Chinese clause."""

    introduction: str
    sections: Mapping[str, str]
    ties: tuple[Tie, ...]
    gaps: tuple[str, ...]

    @property
    def texts(self) -> Texts:
        """The texts by the key of their section, the introduction among them."""
        return {INTRODUCTION: self.introduction, **self.sections}


OWN = "本机关"
"""Whose figures a report states that is not a government's."""

_TERRITORY = re.compile(r"(?P<kind>省|州|盟|市|县|旗|区|镇|乡)(?:人民)?政府$")


def subject_of(government: str) -> str:
    """Whose figures the report of a government states, by its name: 全县 for ``丰谷县人民政府``, 全区 for a district or an
    autonomous region; 本机关 where the name tells no territory. The last sign of 自治县, 自治州, 民族乡 tells theirs, too.
    """
    match = _TERRITORY.search(government.strip())
    return f"全{match['kind']}" if match else OWN


def compose(report: Report, facts: Facts, *, subject: str = OWN) -> Narrative:
    """The text of a report. ``report`` holds organ, year, edition and the figures.

    ``subject``: whose figures the text says they are: 本机关, or 全县 in the report of a government, whose figures are the
    sum of its organs' (`subject_of`). Sections two to four are tables and have no text.
    """
    form, year = report.form, report.year
    assert form is not None and year is not None  # a report is composed for a year, on an edition
    gaps: list[str] = []
    sections = {section.key: Passage() for section in form.sections}
    sections["overview"] = joined(_overview(report, facts, form, subject, gaps), "\n")
    sections["problems"] = joined(_problems(facts, year, gaps), "\n")
    sections["other_matters"] = joined(_other_matters(facts, year, subject, gaps), "\n")
    return Narrative(
        introduction="\n".join(_introduction(facts, form, year)),
        sections={key: passage.text for key, passage in sections.items()},
        ties=tuple(tie for key, passage in sections.items() for tie in passage.ties(key)),
        gaps=tuple(gaps),
    )


# ── 导语 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _introduction(facts: Facts, form: Form, year: int) -> Iterator[str]:
    yield (
        "本报告根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{form.notice}）编制。本报告所列数据的统计期限为{year}年1月1日至12月31日。"
    )
    download = _bare(facts.text("download"))
    if download:
        yield f"本报告电子版可在{download}查阅和下载。"
    details = [
        f"{fact_item(key).lead}{_bare(facts.text(key))}"
        for key in ("contact_address", "contact_postcode", "contact_phone", "contact_email")
        if facts.text(key)
    ]
    office = _bare(facts.text("contact_office"))
    if office or details:
        brackets = f"（{'；'.join(details)}）" if details else ""
        yield f"公众对本报告有疑问的，可以与{office or '本机关'}联系{brackets}。"


# ── 一、总体情况 ───────────────────────────────────────────────────────────────────────────────────────────────────


def _overview(report: Report, facts: Facts, form: Form, subject: str, gaps: list[str]) -> Iterator[Passage]:
    year, opening = report.year, f"{report.year}年，{subject}"
    told = {
        "proactive": [*_published(facts, opening), *_documents(report), *_decisions(report, form)],
        "applications": [*_applications(report, form, opening), *_remedies(report)],
        "platform": list(_reads(facts)),
    }
    for number, part in enumerate(form.section("overview").parts):
        yield Passage(f"（{_ORDINALS[number]}）{part.heading}")
        counted = joined(told.get(part.key, ()), "")
        paragraphs = [counted, *_stated(report, facts, part, "全年" if counted else opening)]
        filled_in = [paragraph for paragraph in paragraphs if paragraph]
        if not filled_in:
            gaps.append(f"没有填写“{part.heading}”的情况，报告该处留有【】标出的提示，请补写")
            filled_in = [Passage(left_open(f"补写{year}年“{part.heading}”的情况。"))]
        yield from filled_in


def _published(facts: Facts, opening: str) -> Iterator[Passage]:
    """How much was published, by kind of channel and of information: the whole is the sum of the parts given."""
    given = [one for one in facts.media if one.published]
    if not given:
        return
    channels = [
        (term.label, those)
        for term in media_kinds().terms
        if (those := [one for one in given if one.kind == term.code])
    ]
    if len(channels) == 1:
        name, those = channels[0]
        yield filled(f"{opening}通过{name}主动公开政府信息{{n}}条。", n=_published_by(those))
    else:
        listed = joined((Passage(name) + _published_by(those) + "条" for name, those in channels), "、")
        pattern = f"{opening}主动公开政府信息{{n}}条，其中{{listed}}。"
        yield filled(pattern, n=_published_by(given), listed=listed)
    subjects = [
        (term.label, those)
        for term in information_kinds().terms
        if (those := [one for one in given if one.information == term.code])
    ]
    if subjects:
        lead = "按信息类别分" if all(one.information for one in given) else "已按类别统计的信息中"
        listed = joined((Passage(name) + _published_by(those) + "条" for name, those in subjects), "、")
        yield filled(f"{lead}，{{listed}}。", listed=listed)


def _published_by(media: Sequence[Medium]) -> Passage:
    return figure(sum(one.published or 0 for one in media), *dict.fromkeys(map(published_key, media)))


def _documents(report: Report) -> Iterator[Passage]:
    clauses = []
    for term in document_kinds().terms:
        phrases = []
        for name, words in (("issued", "制发"), ("repealed", "废止"), ("in_force", "年末现行有效")):
            key = f"proactive.{term.code}.{name}"
            if number := report.values.get(key):
                phrases.append(Passage(f"{words}{term.label}") + figure(number, key) + "件")
        clauses.append(joined(phrases, "，"))
    if told := joined(clauses, "；"):
        yield told + "。"


def _decisions(report: Report, form: Form) -> Iterator[Passage]:
    counted, collected = [], Passage()
    for term in decision_kinds().terms:
        cell = decision_cell(term.code, form)
        number = report.values.get(cell) if cell else None
        if cell is None or not number:
            continue
        if form.cells[cell].type == "amount":
            collected = Passage(f"收取{term.label}") + figure(number, cell) + form.cells[cell].unit
        else:
            counted.append(Passage(term.label) + figure(number, cell) + "件")
    made = Passage("作出处理决定：") + joined(counted, "、") if counted else Passage()
    if told := joined((made, collected), "；"):
        yield Passage("全年") + told + "。"


def _total(report: Report, rows: Iterable[str]) -> Passage:
    """The figure of some rows of 表三 together; empty where it is 0."""
    cells = [f"applications.{row}.total" for row in rows]
    number = _sum(report, cells)
    return figure(number, *cells) if number else Passage()


def _sum(report: Report, cells: Iterable[CellKey]) -> Number:
    return sum(report.values.get(cell) or 0 for cell in cells)


def _applications(report: Report, form: Form, opening: str) -> Iterator[Passage]:
    """The four sums of 表三, then the results by their groups; every result row is in exactly one group."""
    new, before, done, left = (_total(report, [row]) for row in ("received", "carried_in", "total", "carried_over"))
    if not new and not before:
        yield Passage(f"{opening}未收到政府信息公开申请，没有上年结转的申请。")
        return
    yield filled(
        f"{opening}{{new}}，{{before}}，{{done}}，{{left}}。",
        new=Passage("新收政府信息公开申请") + new + "件" if new else "未新收政府信息公开申请",
        before=Passage("上年结转") + before + "件" if before else "没有上年结转的申请",
        done=Passage("办结") + done + "件" if done else "没有办结的申请",
        left=Passage("结转下年度继续办理") + left + "件" if left else "没有结转下年度继续办理的申请",
    )
    if done:
        groups: dict[str, list[str]] = {}
        counted: set[str] = set()
        for term in outcomes().terms:
            row = outcome_row(term.code, form)
            if row not in counted:
                groups.setdefault(unnumbered(term.group) or term.label, []).append(row)
            counted.add(row)
        results = (Passage(name) + number + "件" for name, rows in groups.items() if (number := _total(report, rows)))
        yield filled("办结的申请中，{results}。", results=joined(results, "、"))


def _remedies(report: Report) -> Iterator[Passage]:
    cells = {term: f"remedies.{term.code}.total" for term in remedy_kinds().terms}
    if any(report.values.get(cell) is None for cell in cells.values()):
        return
    told = []
    for words, grouped in (("行政复议案件", False), ("行政诉讼案件", True)):
        those = [cell for term, cell in cells.items() if bool(term.group) == grouped]
        if number := _sum(report, those):
            told.append(Passage(words) + figure(number, *those) + "件")
    if told:
        yield filled("因政府信息公开工作引起的{cases}。", cases=joined(told, "、"))
    else:
        yield Passage("没有因政府信息公开工作引起的行政复议和行政诉讼案件。")


def _reads(facts: Facts) -> Iterator[Passage]:
    """How often each channel was read; rows of the same channel together."""
    channels: dict[str, tuple[Medium, int]] = {}
    for one in facts.media:
        if one.reads:
            key = reads_key(one)
            channels[key] = (one, one.reads + (channels[key][1] if key in channels else 0))
    for key, (medium, reads) in channels.items():
        name = media_kinds()[medium.kind].label + (f"“{medium.name}”" if medium.name else "")
        yield Passage(f"{name}全年阅读量") + figure(reads, key) + "次。"


def _stated(report: Report, facts: Facts, part: Part, opening: str) -> Iterator[Passage]:
    """The facts of a part: its figures in sentences, none of them of a single clause if it can be helped, then a paragraph
    for each text."""
    items = [item for item in fact_items() if item.part == part.key]
    idle = part.key == "applications" and not _sum(report, ["applications.total.total"])
    sentences: list[list[Passage]] = []
    for item in items:
        number = facts.number(item.key)
        clause = _clause(item, number) if number or (number is not None and not idle) else Passage()
        if clause and (not sentences or (item.begins and len(sentences[-1]) > 1)):
            sentences.append([])
        if clause:
            sentences[-1].append(clause)
    if sentences:
        yield Passage(opening) + joined((joined(one, "，") + "。" for one in sentences), "")
    for item in items:
        if item.type == "text" and facts.text(item.key).strip():
            yield Passage(_sentence(item.lead + facts.text(item.key).strip()))


def _clause(item: FactItem, number: Number) -> Passage:
    return filled(item.phrase, n=figure(number, f"fact:{item.key}")) if number else Passage(item.none)


# ── 五、存在的主要问题及改进情况 ─────────────────────────────────────────────────────────────────────────────────────


def _problems(facts: Facts, year: int, gaps: list[str]) -> Iterator[Passage]:
    """What became of each problem of last year's report, then this year's with what will be done."""
    before = [one for one in facts.shortcomings if one.previous]
    now = [one for one in facts.shortcomings if not one.previous]
    if not facts.shortcomings:
        gaps.append("没有填写存在的主要问题和改进情况，报告第五部分留有【】标出的提示，请补写")
        yield Passage(left_open(f"补写{year}年存在的主要问题及改进情况。"))
        return
    if before:
        heading = f"{year - 1}年度报告所列问题的改进情况"
        yield Passage(f"（一）{heading}" if now else f"{heading}如下。")
        yield from _listed(before, "针对“{problem}”的问题，{improvement}。", "“{problem}”的问题仍需继续改进。")
    if now:
        heading = f"{year}年存在的主要问题和下一步改进措施"
        yield Passage(f"（二）{heading}" if before else f"{heading}如下。")
        yield from _listed(now, "{problem}。改进措施：{improvement}。", "{problem}。")
    elif before:
        gaps.append("没有填写本年存在的主要问题")
    if missing := [one.problem for one in facts.shortcomings if not one.improvement]:
        gaps.append(f"没有填写这些问题的改进情况：{'、'.join(missing)}")


def _listed(shortcomings: Sequence[Shortcoming], pattern: str, without: str) -> Iterator[Passage]:
    for number, one in enumerate(shortcomings, 1):
        chosen = pattern if one.improvement else without
        yield filled(f"{number}.{chosen}", problem=_bare(one.problem), improvement=_bare(one.improvement))


# ── 六、其他需要报告的事项 ───────────────────────────────────────────────────────────────────────────────────────────


def _other_matters(facts: Facts, year: int, subject: str, gaps: list[str]) -> Iterator[Passage]:
    """Whether fees for processing were charged is always said, or asked for: the form asks for it here."""
    told = [
        _clause(fact_item(key), number)
        for key in ("fee_notices", "processing_fee")
        if (number := facts.number(key)) is not None
    ]
    if clauses := joined(told, "，"):
        yield Passage(f"{year}年，{subject}") + clauses + "。"
    if facts.number("processing_fee") is None:
        gaps.append("没有填写收取信息处理费的情况，报告第六部分留有【】标出的提示，请补写")
        yield Passage(left_open(f"写明{year}年收取信息处理费的情况，没有收取的写“未收取信息处理费”。"))
    other = facts.text("other_text").strip()
    yield Passage(_sentence(other) if other else "没有其他需要报告的事项。")


# ── 文字 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bare(text: str) -> str:
    """A text without white space around it and without a stop at its end."""
    return text.strip().rstrip("。；;，,. ")


def _sentence(text: str) -> str:
    """A text that ends in a full stop; its paragraphs stay."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(line if line.endswith(("。", "！", "？", "”", "）")) else f"{_bare(line)}。" for line in lines)
