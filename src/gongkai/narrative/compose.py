"""The report's text, composed from the compiled figures and the facts given, ready to be edited in Word.

Every figure is taken from the tables or the facts, never typed twice. What was not given is not mentioned; a part for
which nothing was given holds a line in 【】 that asks for it, so that no empty heading is published unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ..law import decision_cell, decision_kinds, document_kinds, outcome_row, outcomes, remedy_kinds
from ..report.form import Form
from ..report.report import Number, Report
from ..report.wording import unnumbered
from .facts import Facts, Shortcoming, fact_items, media_kinds
from .ties import Tie

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Narrative:
    """A composed text. ``introduction`` (导语); ``sections``: texts by key; ``ties``: where each figure comes from;
    ``gaps``: what was left unsaid, each a Chinese clause."""

    introduction: str
    sections: Mapping[str, str]
    ties: tuple[Tie, ...]
    gaps: tuple[str, ...]


def compose(report: Report, facts: Facts) -> Narrative:
    """The text of a report. ``report`` holds organ, year, edition and the figures.

    Sections two to four are tables and have no text.
    """
    form, year = report.form, report.year
    assert form is not None and year is not None  # a report is composed for a year, on an edition
    gaps: list[str] = []
    sections = {section.key: "" for section in form.sections}
    sections["overview"] = "\n".join(_overview(report, facts, form, year, gaps))
    sections["problems"] = "\n".join(_problems(facts, year, gaps))
    sections["other_matters"] = "\n".join(_other_matters(facts, year, gaps))
    return Narrative("\n".join(_introduction(facts, form, year)), sections, (), tuple(gaps))


# ── 导语 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _introduction(facts: Facts, form: Form, year: int) -> Iterator[str]:
    yield (
        "本报告根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{form.notice}）编制。本报告所列数据的统计期限为{year}年1月1日至12月31日。"
    )
    download = _bare(facts.text("download"))
    if download:
        yield f"本报告电子版可在{download}查阅和下载。"
    items = {item.key: item for item in fact_items()}
    details = [
        f"{items[key].lead}{_bare(facts.text(key))}"
        for key in ("contact_address", "contact_postcode", "contact_phone", "contact_email")
        if facts.text(key)
    ]
    office = _bare(facts.text("contact_office"))
    if office or details:
        brackets = f"（{'；'.join(details)}）" if details else ""
        yield f"公众对本报告有疑问的，可以与{office or '本机关'}联系{brackets}。"


# ── 一、总体情况 ───────────────────────────────────────────────────────────────────────────────────────────────────


def _overview(report: Report, facts: Facts, form: Form, year: int, gaps: list[str]) -> Iterator[str]:
    figures = {
        "proactive": [*_published(facts, year), *_documents(report, form), *_decisions(report, form)],
        "applications": [*_applications(report, form, year), *_remedies(report, form)],
        "platform": list(_platform(facts)),
    }
    for number, part in enumerate(form.section("overview").parts, 1):
        yield f"（{_numeral(number)}）{part.heading}"
        paragraphs = ["".join(figures.get(part.key, ())), *_stated(facts, part.key, year)]
        filled = [paragraph for paragraph in paragraphs if paragraph]
        if not filled:
            gaps.append(f"“情况”表没有填写“{part.heading}”的内容，报告该处留有【】标出的提示，请补写")
            filled = [f"【请补写{year}年“{part.heading}”的情况。】"]
        yield from filled


def _published(facts: Facts, year: int) -> Iterator[str]:
    """How much was published, by kind of channel: the whole is the sum of the parts given."""
    names = {term.code: term.label for term in media_kinds().terms}
    ordered = sorted((one for one in facts.media if one.published), key=lambda one: list(names).index(one.kind))
    parts = [
        (names[kind], sum(one.published or 0 for one in group))
        for kind, group in groupby(ordered, key=lambda one: one.kind)
    ]
    if len(parts) == 1:
        yield f"{year}年，本机关通过{parts[0][0]}主动公开政府信息{parts[0][1]}条。"
    elif parts:
        total = sum(number for _, number in parts)
        listed = "、".join(f"{name}{number}条" for name, number in parts)
        yield f"{year}年，本机关主动公开政府信息{total}条，其中{listed}。"


def _documents(report: Report, form: Form) -> Iterator[str]:
    clauses = []
    for term in document_kinds().terms:
        phrases = []
        for figure, verb in (("issued", "制发"), ("repealed", "废止"), ("in_force", "现行有效")):
            number = report.values.get(f"proactive.{term.code}.{figure}")
            if number:
                what = f"{verb}{term.label}{number}件"
                if figure == "in_force":
                    what = f"年末现行有效{term.label}{number}件"
                phrases.append(what)
        if phrases:
            clauses.append("，".join(phrases))
    if clauses:
        yield f"{'；'.join(clauses)}。"


def _decisions(report: Report, form: Form) -> Iterator[str]:
    counted, collected = [], ""
    for term in decision_kinds().terms:
        cell = decision_cell(term.code, form)
        number = report.values.get(cell) if cell else None
        if cell is None or not number:
            continue
        if form.cells[cell].type == "amount":
            collected = f"收取{term.label}{_figure(number)}{form.cells[cell].unit}"
        else:
            counted.append(f"{term.label}{number}件")
    made = f"作出处理决定：{'、'.join(counted)}" if counted else ""
    if made or collected:
        yield f"全年{'；'.join(filter(None, (made, collected)))}。"


def _applications(report: Report, form: Form, year: int) -> Iterator[str]:
    """The four sums of 表三, then the results by their groups; every result row is in exactly one group."""

    def total(row: str) -> int:
        return int(report.values.get(f"applications.{row}.total") or 0)

    received, carried_in, finished, left = map(total, ("received", "carried_in", "total", "carried_over"))
    if not received and not carried_in:
        yield f"{year}年，本机关未收到政府信息公开申请，没有上年结转的申请。"
        return
    new = f"新收政府信息公开申请{received}件" if received else "未新收政府信息公开申请"
    before = f"上年结转{carried_in}件" if carried_in else "没有上年结转的申请"
    done = f"办结{finished}件" if finished else "没有办结的申请"
    after = f"结转下年度继续办理{left}件" if left else "没有结转下年度继续办理的申请"
    yield f"{year}年，本机关{new}，{before}，{done}，{after}。"
    if finished:
        results: dict[str, int] = {}
        counted: set[str] = set()
        for term in outcomes().terms:
            row = outcome_row(term.code, form)
            name = unnumbered(term.group) or term.label
            results[name] = results.get(name, 0) + (total(row) if row not in counted else 0)
            counted.add(row)
        listed = "、".join(f"{name}{number}件" for name, number in results.items() if number)
        yield f"办结的申请中，{listed}。"


def _remedies(report: Report, form: Form) -> Iterator[str]:
    totals = {term: report.values.get(f"remedies.{term.code}.total") for term in remedy_kinds().terms}
    if any(number is None for number in totals.values()):
        return
    reviewed = sum(int(number or 0) for term, number in totals.items() if not term.group)
    sued = sum(int(number or 0) for term, number in totals.items() if term.group)
    if not reviewed and not sued:
        yield "没有因政府信息公开工作引起的行政复议和行政诉讼案件。"
        return
    first = f"行政复议案件{reviewed}件" if reviewed else ""
    second = f"行政诉讼案件{sued}件" if sued else ""
    yield f"因政府信息公开工作引起的{'、'.join(filter(None, (first, second)))}。"


def _platform(facts: Facts) -> Iterator[str]:
    names = {term.code: term.label for term in media_kinds().terms}
    for medium in facts.media:
        if medium.reads:
            name = f"{names[medium.kind]}“{medium.name}”" if medium.name else names[medium.kind]
            yield f"{name}全年阅读量{medium.reads}次。"


def _stated(facts: Facts, part: str, year: int) -> Iterator[str]:
    """The facts of a part: one sentence of its figures, then a paragraph for each text."""
    figures = [
        (item.phrase.replace("{n}", _figure(number)) if number else item.none)
        for item in fact_items()
        if item.part == part and (number := facts.number(item.key)) is not None
    ]
    clauses = "，".join(filter(None, figures))
    texts = [
        _sentence(item.lead + facts.text(item.key))
        for item in fact_items()
        if item.part == part and item.type == "text" and facts.text(item.key)
    ]
    if clauses:
        yield f"全年{clauses}。"
    yield from texts


# ── 五、存在的主要问题及改进情况 ─────────────────────────────────────────────────────────────────────────────────────


def _problems(facts: Facts, year: int, gaps: list[str]) -> Iterator[str]:
    before = [one for one in facts.shortcomings if one.previous]
    now = [one for one in facts.shortcomings if not one.previous]
    if not facts.shortcomings:
        gaps.append("“问题和改进”表没有填写，报告第五部分留有【】标出的提示，请补写")
        yield f"【请补写{year}年存在的主要问题及改进情况。】"
        return
    if before:
        yield f"（一）{year - 1}年度报告所列问题的改进情况" if now else f"{year - 1}年度报告所列问题的改进情况如下。"
        yield from _listed(before, "对“{problem}”的问题，{improvement}。", "“{problem}”的问题仍需继续改进。")
    if now:
        heading = f"{year}年存在的主要问题和下一步改进措施"
        yield f"（二）{heading}" if before else f"{heading}如下。"
        yield from _listed(now, "{problem}。改进措施：{improvement}。", "{problem}。")
    elif before:
        gaps.append("“问题和改进”表没有填写本年的问题")
    if missing := [one.problem for one in facts.shortcomings if not one.improvement]:
        gaps.append(f"“问题和改进”表没有填写改进情况：{'、'.join(missing)}")


def _listed(shortcomings: Sequence[Shortcoming], pattern: str, without: str) -> Iterator[str]:
    for number, one in enumerate(shortcomings, 1):
        text = (pattern if one.improvement else without).format(
            problem=_bare(one.problem), improvement=_bare(one.improvement)
        )
        yield f"{number}.{text}"


# ── 六、其他需要报告的事项 ───────────────────────────────────────────────────────────────────────────────────────────


def _other_matters(facts: Facts, year: int, gaps: list[str]) -> Iterator[str]:
    """Whether fees for processing were charged is always said, or asked for: the form asks for it here."""
    notices, fee = facts.number("fee_notices"), facts.number("processing_fee")
    items = {item.key: item for item in fact_items()}
    told = [items["fee_notices"].phrase.replace("{n}", _figure(notices))] if notices else []
    if fee is not None:
        told.append(
            items["processing_fee"].phrase.replace("{n}", _figure(fee)) if fee else items["processing_fee"].none
        )
    if told:
        yield f"{year}年，本机关{'，'.join(told)}。"
    if fee is None:
        gaps.append("“情况”表没有填写信息处理费，报告第六部分留有【】标出的提示，请补写")
        yield f"【请写明{year}年收取信息处理费的情况，没有收取的写“未收取信息处理费”。】"
    other = facts.text("other_text")
    yield _sentence(other) if other else "没有其他需要报告的事项。"


# ── 文字 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _figure(number: Number) -> str:
    """A figure as official text prints it: no exponent, no separators, no zeros at the end."""
    return format(number.normalize(), "f") if isinstance(number, Decimal) else str(number)


def _numeral(number: int) -> str:
    return _ORDINALS[number - 1]


def _bare(text: str) -> str:
    """A text without white space around it and without a stop at its end."""
    return text.strip().rstrip("。；;，,. ")


def _sentence(text: str) -> str:
    """A text that ends in a full stop; its paragraphs stay."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(line if line.endswith(("。", "！", "？", "”", "）")) else f"{_bare(line)}。" for line in lines)
