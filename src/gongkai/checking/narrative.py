"""Rules of the narrative against the tables: figures stated in the text, their sums, shares and growth, and denials.

受理 and 收到 have two lawful meanings (new applications, or new ones and those carried in); a figure that fits any
lawful reading is right. A finding is an error only where the word has no other meaning, the figure is exact, and the
cells are printed and stand in no broken identity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from ..reading.figures import MONEY
from ..reading.narrative import strength
from ..reading.stated import Stated
from ..report.finding import Finding, Severity, Where
from ..report.form import CellKey, Form
from ..report.report import Number, Report
from .basis import FORM
from .findings import doubtful_cells, found
from .identities import repair_of
from .passages import form_of, section_numbers
from .rules import Subject, rule
from .tabled import Tabled, contradicted, describe, tabled

_BASIS = FORM + "：正文与表格应当一致；统计口径依通行做法"
_ARITHMETIC = "正文所列数据应当前后一致；计算依通行做法"
_COUNTS = ("件", "件次", "宗")
_STOPS = "。；;，,！？（）()"
_LONGEST_QUOTE = 48
_LIST_OPENS = ("含", "其中", "包括")
_DIGIT = re.compile(r"\d")
_REST = ("其他", "其它", "其余")
_NEAR = Decimal("0.9")
_GROUPS_TOLD = 4
"""A list of results that names so many of the six kinds is meant to be complete."""


@rule(
    "narrative-cell",
    family="narrative",
    severity="error",
    basis=_BASIS,
    summary="正文写到的件数应当与表格对应的格（或者几格之和）一致；“受理”“收到”可以只计本年新收，也可以包含上年结转。",
)
def narrative_cell(subject: Subject) -> Iterator[Finding]:
    if subject.form is None:
        return
    form, doubtful = subject.form, doubtful_cells(subject)
    verdicts = [(stated, _verdict(subject.report, form, stated, doubtful)) for stated in subject.stated]
    right = {stated.cells for stated, wrong in verdicts if wrong == []}
    broken = contradicted(subject.report, form) if any(wrong for _, wrong in verdicts) else frozenset()
    repaired = _repaired(subject) if broken else None
    for stated, wrong in verdicts:
        if not wrong or (repaired and _verdict(repaired, form, stated, doubtful) == []):
            continue  # what the text says is what the table will say once its own contradiction is repaired
        sides = "，".join(f"{describe(form, side.cells)}为 {side.value}" for side in wrong)
        # the same thing said rightly elsewhere: this one may count something narrower
        severity: Severity = "note" if stated.cells in right else _severity(subject, form, stated, wrong, broken)
        yield _found(
            "narrative-cell",
            severity,
            subject,
            stated,
            f"“{_quote(subject, stated)}”与表格不一致：正文为 {_printed(stated)}，{sides}。请核对正文和表格。",
            wrong[0].cells,
        )


@rule(
    "narrative-denial",
    family="narrative",
    severity="error",
    basis=_BASIS,
    summary="正文说没有收到申请、没有发生行政复议或者行政诉讼的，表格对应的格应当为 0。",
)
def narrative_denial(subject: Subject) -> Iterator[Finding]:
    if subject.form is None:
        return
    doubtful = doubtful_cells(subject)
    counted = {stated.cells for stated in subject.stated if stated.value > 0}
    denied = [stated for stated in subject.stated if stated.denied]
    broken = contradicted(subject.report, subject.form) if denied else frozenset()
    for stated in denied:
        side = tabled(subject.report, subject.form, stated.cells, doubtful)
        if side is None or side.value == 0:
            continue
        severity: Severity = "warning"
        if stated.what == "received" and stated.cells not in counted and _reliable([side], broken):
            severity = "error"
        yield _found(
            "narrative-denial",
            severity,
            subject,
            stated,
            f"“{_quote(subject, stated)}”与表格不一致：正文说没有，{describe(subject.form, side.cells)}为 {side.value}。"
            "请核对正文和表格。",
            side.cells,
        )


@rule(
    "narrative-sum",
    family="narrative",
    severity="warning",
    basis=_ARITHMETIC,
    summary="正文列举的各部分之和应当等于总数：各部分之和超过总数的，或者列举完整而不相等的，提出核对。",
)
def narrative_sum(subject: Subject) -> Iterator[Finding]:
    lists: dict[tuple[int, str], list[Stated]] = {}
    for stated in subject.stated:
        if stated.whole is not None and stated.unit != "%":
            lists.setdefault((stated.whole, _kind(stated)), []).append(stated)
    for (index, kind), parts in lists.items():
        whole = subject.stated[index]
        if kind == "flow" or whole.approximate or any(part.approximate for part in parts):
            continue
        figures = [part.value for part in parts]
        total = sum(figures)
        severity = _sum_severity(subject, whole, parts, kind)
        if total == whole.value or severity is None or _runs_to(figures, whole.value):
            continue
        more = "多" if total > whole.value else "少"
        yield _found(
            "narrative-sum",
            severity,
            subject,
            whole,
            f"“{_quote(subject, whole)}”与所列各部分之和不一致：{'＋'.join(map(str, figures))}＝{total}，"
            f"比 {_printed(whole)}{more} {abs(total - whole.value)}。请核对总数和各部分。",
            dict.fromkeys(cell for one in (*parts, whole) for cell in one.cells),
        )


@rule(
    "narrative-share",
    family="narrative",
    severity="warning",
    basis=_ARITHMETIC,
    summary="正文写到的百分比应当与它的件数和总数相符；直接舍去末位的只作提示。",
)
def narrative_share(subject: Subject) -> Iterator[Finding]:
    for index, stated in enumerate(subject.stated):
        if stated.what != "share" or stated.approximate:
            continue
        part = _figure_before(subject.stated, index)
        if part is None or part.approximate or not (stated.cells or stated.whole is not None):
            continue
        bases = _bases(subject, stated)
        shares = [Decimal(part.value) * 100 / Decimal(base) for base in bases if base]
        printed = Decimal(stated.value)
        step = _step(subject, stated)
        if not shares or any(abs(share - printed) * 2 <= step for share in shares):
            continue
        exact = shares[0].quantize(step, ROUND_HALF_UP)
        cut = any(abs(share - printed) <= step for share in shares)
        base = next(base for base in bases if base)
        yield _found(
            "narrative-share",
            "note" if cut else "warning",
            subject,
            stated,
            f"“{_quote(subject, part)}”所占比例写为 {_printed(stated)}，按 {part.value}÷{base} 计算为 {exact}%。"
            + ("末位没有四舍五入。" if cut else "请核对件数和百分比。"),
            stated.cells,
        )


@rule(
    "narrative-growth",
    family="narrative",
    severity="warning",
    basis=_ARITHMETIC,
    summary="正文写到的同比增减应当与上年报告的数相符（给出上年报告时）。",
)
def narrative_growth(subject: Subject) -> Iterator[Finding]:
    before, form = subject.last_year, subject.form
    if before is None or form is None:
        return
    for index, stated in enumerate(subject.stated):
        if stated.what not in ("growth", "decline") or stated.approximate or not stated.cells:
            continue
        counted = _figure_before(subject.stated, index)
        rates: list[tuple[Number, Number, Decimal]] = []
        for cells in (stated.cells, *stated.readings):
            now = tabled(subject.report, form, cells)
            then = _last_year(before, cells)
            same = counted is not None and counted.cells == stated.cells and not counted.approximate
            figure = counted.value if counted is not None and same else now.value if now else None
            if figure is not None and then:
                rates.append((figure, then, (Decimal(figure) / Decimal(then) - 1) * 100))
        printed = Decimal(stated.value) * (1 if stated.what == "growth" else -1)
        step = _step(subject, stated)
        if not rates or any(abs(rate - printed) <= step for _, _, rate in rates):
            continue
        figure, then, rate = rates[0]
        word = "增长" if rate >= 0 else "下降"
        yield _found(
            "narrative-growth",
            "warning",
            subject,
            stated,
            f"“{_quote(subject, stated)}”与上年报告不符：本年 {figure}，上年报告为 {then}，"
            f"应为{word} {abs(rate).quantize(step, ROUND_HALF_UP)}%。请核对。",
            stated.cells,
        )


# ── what a figure is compared with ───────────────────────────────────────────────────────────────────────────


def _repaired(subject: Subject) -> Report | None:
    """The report with those repairs that leave no choice, None where there are none."""
    figures: dict[CellKey, Number | None] = {}
    for group in repair_of(subject).groups:
        figures.update(group.repair or {})
    return replace(subject.report, values={**subject.report.values, **figures}) if figures else None


def _verdict(report: Report, form: Form, stated: Stated, doubtful: Iterable[CellKey]) -> list[Tabled] | None:
    """None where nothing can be said, no side where some lawful reading fits, else each reading that does not."""
    if not stated.cells or stated.unit == "%" or stated.denied:
        return None
    sides: list[Tabled] = []
    for cells in (stated.cells, *stated.readings):
        side = tabled(report, form, cells, doubtful)
        if side is None:
            return None
        sides.append(side)
    scale = _scale(form, stated)
    return [] if any(_fits(stated, side.value, scale) for side in sides) else sides


def _scale(form: Form, stated: Stated) -> Decimal:
    """元 in the text against 万元 in the table, and the other way round."""
    unit = form.cells[stated.cells[0]].unit
    return MONEY[stated.unit] / MONEY[unit] if stated.unit in MONEY and unit in MONEY else Decimal(1)


def _fits(stated: Stated, value: Number, scale: Decimal) -> bool:
    """Whether a stated figure may stand for a value: exactly, or as its word allows (近、余、约)."""
    said, real = Decimal(stated.value) * scale, Decimal(value)
    if stated.approximate == "over":
        return said <= real <= said * 2
    if stated.approximate == "under":
        return said * _NEAR - 1 <= real <= said
    if stated.approximate == "about":
        return abs(said - real) <= max(real / 10, Decimal(1))
    if scale != 1:
        return abs(said - real) < Decimal("0.01")
    return said == real


def _severity(
    subject: Subject, form: Form, stated: Stated, wrong: Sequence[Tabled], broken: frozenset[CellKey]
) -> Severity:
    sure = strength(stated.what, subject.report.edition)
    if sure == "loose":
        return "note"
    if sure != "strict" or stated.approximate or stated.unit not in _COUNTS or not _reliable(wrong, broken):
        return "warning"
    return "warning" if _otherwise_told(subject, form, stated) else "error"


def _reliable(sides: Sequence[Tabled], broken: frozenset[CellKey]) -> bool:
    """Whether the cells are printed and stand in no identity that the tables break."""
    return all(side.printed and broken.isdisjoint(side.cells) for side in sides)


def _otherwise_told(subject: Subject, form: Form, stated: Stated) -> bool:
    """Whether another total of 表三 has this value: the office counted otherwise, or named the figure otherwise."""
    totals = [
        subject.report.values.get(cell.key)
        for cell in form.cells.values()
        if cell.table.key == "applications" and not cell.row.result and cell.key not in stated.cells
    ]
    return stated.value in totals


def _last_year(before: Report, cells: tuple[CellKey, ...]) -> Number | None:
    form = before.form
    if form is None or not set(cells) <= form.cells.keys():
        return None
    side = tabled(before, form, cells)
    return side.value if side else None


# ── lists and percentages ────────────────────────────────────────────────────────────────────────────────────


def _kind(stated: Stated) -> str:
    """By what a list divides its whole: results, applicants, flow (new, carried in and over), or anything else."""
    if not stated.cells:
        return "item"
    names = {cell.split(".")[1] for cell in stated.cells if cell.startswith("applications.")}
    if not names:
        return "item"
    if names & {"received", "carried_in", "carried_over"} and all(cell.endswith(".total") for cell in stated.cells):
        return "flow"
    return "result" if all(cell.endswith(".total") for cell in stated.cells) else "applicant"


def _sum_severity(subject: Subject, whole: Stated, parts: Sequence[Stated], kind: str) -> Severity | None:
    """How sure it is that the parts ought to add up to the whole; None where they need not."""
    total = sum(part.value for part in parts)
    if total > whole.value:
        return "warning" if len(parts) > 1 else None
    if kind == "result":
        if whole.what != "handled":
            return None
        kinds = {part.what for part in parts}
        told = sum(name.count("+") + 1 for name in kinds)
        return "warning" if told >= _GROUPS_TOLD else None
    if kind == "applicant":
        return "warning" if {part.what for part in parts} >= {"natural_person", "legal_person"} else None
    text = _text(subject, whole)
    opening = text[whole.end : parts[0].start]
    listed = "（" in opening or "(" in opening
    if listed and len(parts) > 2 and not any(word in opening for word in _LIST_OPENS):
        return "warning"
    if len(parts) > 1 and _quote(subject, parts[-1]).startswith(_REST):
        return "warning"
    return "note" if len(parts) > 2 and total >= whole.value * _NEAR else None


def _runs_to(figures: Sequence[Number], whole: Number) -> bool:
    """Whether neighbouring parts add up to the whole: then the list divides it more than once."""
    sums = [0, *accumulate(figures)]
    seen: set[Number] = set()
    for before, now in zip(sums, sums[2:], strict=False):  # two parts at least
        seen.add(before)
        if now - whole in seen:
            return True
    return False


def _figure_before(stated: Sequence[Stated], index: int) -> Stated | None:
    """The figure of which a percentage speaks: the nearest before it in its sentence with the same cells and whole."""
    percent = stated[index]
    for place in range(index - 1, -1, -1):
        one = stated[place]
        if one.sentence != percent.sentence or one.section != percent.section:
            return None
        if one.unit != "%" and one.cells == percent.cells and (percent.what != "share" or one.whole == percent.whole):
            return one
    return None


def _bases(subject: Subject, stated: Stated) -> list[Number]:
    """The totals of which a share may be taken, the one stated in the text first."""
    bases: list[Number] = []
    if stated.whole is not None and not subject.stated[stated.whole].approximate:
        bases.append(subject.stated[stated.whole].value)
    if subject.form is not None and stated.cells and all(cell.startswith("applications.") for cell in stated.cells):
        rows = (("total",), ("received",), ("received", "carried_in"))
        for keys in rows:
            side = tabled(subject.report, subject.form, tuple(f"applications.{key}.total" for key in keys))
            if side is not None:
                bases.append(side.value)
    return bases


def _step(subject: Subject, stated: Stated) -> Decimal:
    """The last place of a percentage as printed: 0.1 for 33.9."""
    printed = _text(subject, stated)[stated.start : stated.end]
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))


# ── places and quotations ────────────────────────────────────────────────────────────────────────────────────


def _text(subject: Subject, stated: Stated) -> str:
    report = subject.report
    return report.introduction if stated.section == "introduction" else report.sections.get(stated.section, "")


def _quote(subject: Subject, stated: Stated) -> str:
    """The clause in which a figure stands, as printed."""
    text = _text(subject, stated)
    start, end = stated.start, stated.end
    while start and text[start - 1] not in _STOPS and stated.start - start < _LONGEST_QUOTE:
        start -= 1
    while end < len(text) and text[end] not in _STOPS and end - stated.end < _LONGEST_QUOTE:
        end += 1
    before, after = text[start : stated.start], text[stated.end : end].partition("、")[0]
    if "、" in before and _DIGIT.search(before):  # an item of a list
        before = before.rpartition("、")[2]
    return "".join(f"{before}{text[stated.start : stated.end]}{after}".split("\n")).strip()


def _printed(stated: Stated) -> str:
    word = {"about": "约 ", "over": "超过 ", "under": "近 "}.get(stated.approximate, "")
    unit = stated.unit if stated.unit in ("", "%") else f" {stated.unit}"
    return f"{word}{stated.value}{unit}"


def _found(
    code: str, severity: Severity, subject: Subject, stated: Stated, message: str, cells: Iterable[CellKey]
) -> Finding:
    form = form_of(subject.report, subject.form)
    number = section_numbers(form).get(stated.section)
    place = f"第{form.sections[number - 1].number}部分" if number else "导语"
    return found(code, severity, place + message, cells=cells, where=Where(section=number, sentence=stated.sentence))
