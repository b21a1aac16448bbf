"""Rules against last year's report: what must carry over, and what must not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..report.finding import Finding, Where
from ..report.form import Cell
from ..report.wording import unnumbered
from .basis import FORM, NEWEST_FORM, PRACTICE, form_basis
from .findings import enumerate_some, found, found_cells, stocks
from .passages import Passage, flatten, form_of, passages
from .rules import Subject, rule
from .similarity import similarity

_REPEATED = 0.8
_EXPLAINED = re.compile(
    r"结转[^。；]{0,60}(?:口径|机构改革|调整|划转|更正|差异|不一致)|(?:口径|机构改革|划转|更正)[^。；]{0,60}结转"
)


@rule(
    "previous-year",
    family="previous",
    severity="note",
    basis=FORM,
    summary="与上年报告比较，须是同一机关上一年度的报告；不是的，不作比较。",
)
def previous_year(subject: Subject) -> Iterator[Finding]:
    year, before = subject.report.year, subject.previous
    if before is not None and subject.last_year is None:
        yield found(
            "previous-year",
            "note",
            f"给出的对照报告是 {before.year} 年度，不是 {year} 年度的上一年度，没有作跨年度比较。"
            f"请换用 {(year or 0) - 1} 年度报告。",
            verdict="not-applicable",
        )


@rule(
    "carried-in",
    family="previous",
    severity="error",
    basis=FORM + " 表三：上年结转与上年报告的结转下年度继续办理是同一批申请",
    summary="表三“上年结转”各列应当等于上年报告“结转下年度继续办理”；报告中说明了原因的，只作提醒。",
)
def carried_in(subject: Subject) -> Iterator[Finding]:
    before = subject.last_year
    if before is None or subject.form is None:
        return
    differing: list[tuple[Cell, str]] = []
    for key, cell in subject.form.cells.items():
        if not key.startswith("applications.carried_in."):
            continue
        now = subject.report.values.get(key)
        then = before.values.get(key.replace("carried_in", "carried_over"))
        if now is not None and then is not None and now != then:
            differing.append((cell, f"{cell.column.name}列本年填 {now}，上年报告为 {then}"))
    if not differing:
        return
    explained = any(_EXPLAINED.search(passage.flat) for passage in passages(subject.report))
    cells = [cell for cell, _ in differing]
    over = unnumbered(subject.form.cells[cells[0].key.replace("carried_in", "carried_over")].row.label)
    advice = (
        "报告中已有说明，请核对说明是否写清了差额。"
        if explained
        else "两者应当逐列相等，请核对；确因机构改革、统计口径调整或者上年报告更正造成的，请在报告中说明。"
    )
    yield found_cells(
        subject,
        "carried-in",
        "warning" if explained else "error",
        f"{cells[0].table.name}“{cells[0].row.label}”与上年报告“{over}”不一致："
        f"{'；'.join(said for _, said in differing)}。{advice}",
        cells,
    )


@rule(
    "in-force-carried",
    family="previous",
    severity="warning",
    basis=FORM + " 表二",
    summary="现行有效件数应当等于上年现行有效加本年制发减本年废止；自然失效、修改、机构划转等会造成差异。",
)
def in_force_carried(subject: Subject) -> Iterator[Finding]:
    before = subject.last_year
    if before is None or subject.form is None or before.edition != subject.report.edition:
        return
    for _, held, added, removed in stocks(subject.form, opening=False):
        if removed is None:
            continue
        values = subject.report.values
        last, there = before.values.get(held.key), values.get(held.key)
        new, gone = values.get(added.key), values.get(removed.key)
        if last is None or new is None or gone is None or there is None:
            continue
        due = last + new - gone
        if due != there:
            yield found_cells(
                subject,
                "in-force-carried",
                "warning",
                f"{held.name}填报 {there} {held.unit}；上年{held.column.name} {last}，加{added.column.name} {new}，"
                f"减{removed.column.name} {gone}，为 {due} {held.unit}，相差 {abs(due - there)} {held.unit}。"
                "请核对；有自然失效、划转等情形的，请在表下说明。",
                (held, added, removed),
            )


@rule(
    "items-carried",
    family="previous",
    severity="warning",
    basis=form_basis("2019") + " 表二",
    summary="2019 版“上一年项目数量”应当等于上年报告的“上一年项目数量”加“本年增/减”。",
)
def items_carried(subject: Subject) -> Iterator[Finding]:
    before = subject.last_year
    if before is None or subject.form is None or before.edition != subject.report.edition:
        return
    for _, held, change, _ in stocks(subject.form, opening=True):
        now = subject.report.values.get(held.key)
        last, more = before.values.get(held.key), before.values.get(change.key)
        if now is not None and last is not None and more is not None and now != last + more:
            yield found_cells(
                subject,
                "items-carried",
                "warning",
                f"{held.name}填报 {now}；上年报告为 {last}，{change.column.name} {more}，应为 {last + more}。请核对。",
                (held,),
            )


@rule(
    "pending-vanished",
    family="previous",
    severity="note",
    basis=FORM + " 表四",
    summary="上年尚未审结的行政复议、行政诉讼，本年应当有结果或者仍在审理。",
)
def pending_vanished(subject: Subject) -> Iterator[Finding]:
    before = subject.last_year
    if before is None or subject.form is None:
        return
    for key, cell in subject.form.cells.items():
        if not (key.startswith("remedies.") and key.endswith(".pending")):
            continue
        total = key.removesuffix("pending") + "total"
        then, now = before.values.get(key), subject.report.values.get(total)
        if then and now == 0:
            yield found_cells(
                subject,
                "pending-vanished",
                "note",
                f"{cell.table.name}“{cell.row.label}”上年{cell.column.name} {then} 件，本年总计为 0。"
                "这些案件本年有结果或者仍未审结的，应当计入，请核对。",
                (subject.form.cells[total],),
            )


@rule(
    "text-repeated",
    family="previous",
    severity="warning",
    basis=NEWEST_FORM + "：内容雷同、敷衍塞责的，依照政府信息公开条例第四十七条处理",
    summary="总体情况大部分文字与上年报告相同；年份不计，写着本年数据的句子不算相同。",
)
def text_repeated(subject: Subject) -> Iterator[Finding]:
    before = subject.last_year
    if before is None:
        return
    section = form_of(subject.report, subject.form).section("overview")
    theirs = before.sections.get("overview", "")
    share = similarity(_without_new_figures(subject.report.sections.get("overview", ""), theirs), theirs)
    if share is not None and share >= _REPEATED:
        yield found(
            "text-repeated",
            "warning",
            f"第{section.number}部分“{section.heading}”除写着本年数据的句子外，有 {share:.0%} 的文字与上年报告相同。"
            "请写本年的工作和数据。",
            where=Where(section=1),
        )


def _without_new_figures(text: str, theirs: str) -> str:
    """The text without sentences that state figures of their own: a fixed wording around this year's figure is no copy."""
    known = {flatten(match[0]) for match in _SENTENCE.finditer(theirs)}
    return "".join(
        match[0]
        for match in _SENTENCE.finditer(text)
        if not _FIGURE.search(flatten(match[0])) or flatten(match[0]) in known
    )


_SENTENCE = re.compile(r"[^。；;！？\n]{6,}[。；;！？]?")
_FIGURE = re.compile(r"(?<![\d年月.〔])\d+(?:\.\d+)?(?![\d年月日号〕])")
_SINCE = re.compile(r"^度?(?:起|以来|开始|施行|印发|成立|制定|修订)")


@rule(
    "figures-left",
    family="previous",
    severity="warning",
    basis="政府信息公开条例 第五十条",
    summary="正文的句子连同数字与上年报告完全相同，可能是上年的数据没有更新。",
)
def figures_left(subject: Subject) -> Iterator[Finding]:
    for passage, sentence in _repeated_sentences(subject):
        figures = [figure for figure in _FIGURE.findall(sentence) if float(figure) >= 10]
        if figures:
            yield found(
                "figures-left",
                "warning",
                f"{passage.name}“{sentence[:60]}”与上年报告完全相同，{enumerate_some(figures, 4, '个数')}没有变化。"
                "请核对是否沿用了上年的数据。",
                where=passage.where(sentence),
            )


@rule(
    "year-left",
    family="previous",
    severity="warning",
    basis=PRACTICE,
    summary="正文照抄上年报告的句子，留有上年的年份。",
)
def year_left(subject: Subject) -> Iterator[Finding]:
    year = subject.report.year
    if year is None:
        return
    last = f"{year - 1}年"
    for passage, sentence in _repeated_sentences(subject, years=True):
        place = sentence.find(last)
        if place >= 0 and not _SINCE.match(sentence, place + len(last)):
            yield found(
                "year-left",
                "warning",
                f"{passage.name}“{sentence[:60]}”与上年报告完全相同，写的是 {year - 1} 年；"
                f"本报告是 {year} 年度。请核对更新。",
                where=passage.where(sentence),
            )


def _repeated_sentences(subject: Subject, *, years: bool = False) -> Iterator[tuple[Passage, str]]:
    """Sentences outside the introduction that stand in last year's report word for word.

    The report's own year and last year's count as the same unless ``years``.
    """
    before = subject.last_year
    if before is None:
        return
    known = {
        _key(match[0], before.year if not years else None)
        for passage in passages(before)
        for match in _SENTENCE.finditer(passage.tight)
    }
    for passage in passages(subject.report):
        if passage.key == "introduction":
            continue
        for match in _SENTENCE.finditer(passage.tight):
            if _key(match[0], subject.report.year if not years else None) in known:
                yield passage, match[0]


def _key(sentence: str, year: int | None) -> str:
    """The sentence for comparison, with the report's own year as a placeholder."""
    return sentence.replace(f"{year}年", "本年") if year is not None else sentence
