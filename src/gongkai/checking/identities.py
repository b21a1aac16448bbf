"""Identities of the edition (勾稽关系), reported as the smallest contradiction and not as every sum that fails.

One finding for each independent contradiction: the figures that must be wrong, both sides of each identity that they
break, and the repair where it is unique or a witness decides it. The rules are those of the edition files: a code for
each kind of identity, and ``blank-determined`` for cells left blank that the identities fill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from ..reading.stated import Stated
from ..report.finding import Finding, Verdict
from ..report.form import CellKey, Form, Identity, editions, load_form
from ..report.identities import Violation, is_count
from ..report.repair import Choice, Repair, RepairGroup, Witnesses, smallest_repair
from ..report.report import Number, Report
from .coverage import coverage
from .findings import doubtful_cells, place_of
from .rules import Subject, rule

_BLANK = "blank-determined"

_NAMED = 6
"""How many cells or alternatives a message names before it says 等."""


@lru_cache(maxsize=8)
def _repair(
    edition: str,
    values: tuple[tuple[CellKey, Number | None], ...],
    witnesses: tuple[tuple[tuple[CellKey, ...], Number], ...],
    beyond: frozenset[CellKey],
) -> Repair:
    """Every rule of this family asks for the same repair of the same report; it is computed once."""
    form = load_form(edition)
    if beyond:
        form = replace(form, identities=tuple(one for one in form.identities if beyond.isdisjoint(one.cells)))
    return smallest_repair(form, dict(values), dict(witnesses))


def repair_of(subject: Subject) -> Repair:
    """The smallest repair of a report, the narrative and last year's report being witnesses.

    Identities that need cells behind the point where a document breaks off say nothing.
    """
    if subject.form is None:
        return Repair()
    told = witnesses(subject.form, subject.stated, subject.last_year)
    beyond = frozenset(cell.key for cell in coverage(subject).beyond)
    return _repair(subject.form.edition, tuple(subject.report.values.items()), tuple(told.items()), beyond)


def witnesses(form: Form, stated: Iterable[Stated], previous: Report | None) -> Witnesses:
    """What the narrative states exactly of cells, and what last year's report carried over into each column.

    A sentence with several lawful meanings is no witness; where two witnesses contradict each other, neither is.
    """
    told: dict[tuple[CellKey, ...], Number] = {}
    against: set[tuple[CellKey, ...]] = set()
    for cells, value in [*_stated(stated), *_carried(form, previous)]:
        if told.setdefault(cells, value) != value:
            against.add(cells)
    return {cells: value for cells, value in told.items() if cells not in against}


def _stated(stated: Iterable[Stated]) -> Iterator[tuple[tuple[CellKey, ...], Number]]:
    for figure in stated:
        if figure.cells and not figure.approximate and not figure.readings and is_count(figure.value):
            yield figure.cells, figure.value


def _carried(form: Form, previous: Report | None) -> Iterator[tuple[tuple[CellKey, ...], Number]]:
    """四、结转下年度继续办理 of last year is 二、上年结转政府信息公开申请数量 of this year, column by column."""
    if previous is None:
        return
    for column in form.table("applications").blocks[0].columns:
        value = previous.values.get(f"applications.carried_over.{column.key}")
        if value is not None:
            yield (f"applications.carried_in.{column.key}",), value


def _contradictions(code: str) -> Callable[[Subject], Iterator[Finding]]:
    def check(subject: Subject) -> Iterator[Finding]:
        if subject.form is not None:
            for group in repair_of(subject).groups:
                if (named := _naming(group)) and named.identity.code == code:
                    yield _finding(subject, subject.form, group, named)

    return check


def _naming(group: RepairGroup) -> Violation | None:
    """The broken identity that names the finding: one whose total is the wrong figure, else the shortest."""
    wrong = set(group.choices[0].figures) if group.choices else set()
    return min(
        group.violations,
        key=lambda broken: (wrong.isdisjoint(broken.identity.left), len(broken.identity.cells)),
        default=None,
    )


def _finding(subject: Subject, form: Form, group: RepairGroup, named: Violation) -> Finding:
    """One contradiction; where the reading itself doubts one of the figures, the publication is not blamed."""
    ordered = [named, *(broken for broken in group.violations if broken is not named)]
    totals = [cell for broken in ordered for cell in broken.identity.left]
    cells = tuple(dict.fromkeys((*group.cells, *totals)))
    sides = "；".join(_sides(subject, form, broken) for broken in ordered[:_NAMED])
    if len(ordered) > _NAMED:
        sides += f"；另有 {len(ordered) - _NAMED} 项勾稽关系不成立"
    doubtful = not (doubtful_cells(subject) | _torn(subject, form)).isdisjoint(group.cells)
    return Finding(
        code=named.identity.code,
        verdict="reading" if doubtful else "report",
        severity="warning" if doubtful else "error",
        message=f"{sides}。{_advice(subject, form, group)}",
        basis="；".join(dict.fromkeys(broken.identity.basis for broken in ordered)),
        cells=cells,
        where=place_of(subject, form.cells[cells[0]]),
        repair=group.repair,
        alternatives=() if group.repair else tuple(choice.figures for choice in group.choices),
    )


def _torn(subject: Subject, form: Form) -> set[CellKey]:
    """The last figure before a document breaks off: it may be the beginning of a longer one."""
    keys, beyond = list(form.cells), coverage(subject).beyond
    return {keys[keys.index(beyond[0].key) - 1]} if beyond else set()


def _sides(subject: Subject, form: Form, broken: Violation) -> str:
    """Both sides of a broken identity, in the words of the edition file.

    A side that counts other cells as they should be, not as they are printed, says so: whoever adds up the printed
    figures comes to another sum.
    """
    left, right = broken.identity.name.split("等于", 1)
    first = form.cells[broken.identity.left[0]]

    printed, values = "填报", subject.report.values
    sides = []
    for value, cells in ((broken.left, broken.identity.left), (broken.right, broken.identity.right)):
        as_printed = value == sum((values.get(cell) or 0 for cell in cells), start=0)
        if not as_printed and len(cells) == 1:
            printed = "应填"
        sides.append(f"{value}" if as_printed or len(cells) == 1 else f"{value}（其他有误或者空白的格按应填的数计）")
    if len(broken.identity.left) == 1:
        told = f"{first.name}{printed} {sides[0]}，{right}为 {sides[1]}"
    else:
        told = f"{first.table.name}“{first.column.name}”一列{left.rstrip('，')}为 {sides[0]}，{right}为 {sides[1]}"
    return f"{told}，相差 {abs(broken.difference)}"


def _advice(subject: Subject, form: Form, group: RepairGroup) -> str:
    """What to change, and why this and nothing else."""
    if not group.choices:
        return "填报的数据相互矛盾之处过多，无法指出应改哪几格，请逐格核对。"
    change = _change(subject, form, group.choices[0])
    holds = "上述勾稽关系" + ("均" if len(group.violations) > 1 else "") + "成立"
    if group.decided == "witness":
        return f"正文或者上年年度报告的数据与此相符：{change}，{holds}。"
    if group.decided == "unfilled":
        return f"各项已有数据而总计为 0，应为漏填：{change}，{holds}。"
    if group.decided:
        return f"{change}，{holds}。"
    if len(group.choices) == 1 and not group.cut:
        return f"应改的格是确定的，数值不止一种：例如{change}，{holds}。请核对原始数据后确定。"
    count = f"不少于 {len(group.choices)}" if group.cut else str(len(group.choices))
    least = "" if group.proven else "（未能证明这是最少的改动）"
    return f"改动 {group.size} 格即可使{holds}{least}，改法有 {count} 种，例如{change}。请核对原始数据后选定。"


def _change(subject: Subject, form: Form, choice: Choice) -> str:
    cells = list(choice.figures.items())
    told = "，".join(
        f"{form.cells[cell].name}由 {subject.report.values.get(cell)} 改为 {value}" for cell, value in cells[:_NAMED]
    )
    return f"将{told}{f'等共 {len(cells)} 格' if len(cells) > _NAMED else ''}"


def _register() -> None:
    """One rule for each kind of identity that an edition file has."""
    kinds: dict[str, list[Identity]] = {}
    for edition in editions():
        for identity in load_form(edition).identities:
            kinds.setdefault(identity.code, []).append(identity)
    for code, identities in kinds.items():
        table = load_form(editions()[-1]).cells[identities[-1].left[0]].table.name
        rule(
            code,
            family="identity",
            severity="error",
            basis="；".join(dict.fromkeys(identity.basis for identity in identities)),
            summary=f"{table}：{identities[-1].name}。相互矛盾的数据合并为一处，指出最少应改哪几格。",
        )(_contradictions(code))


_register()


@rule(
    _BLANK,
    family="identity",
    severity="warning",
    basis="政府信息公开工作年度报告格式 表三、表四勾稽关系",
    summary="空白的格，按勾稽关系可以确定应填的数不是 0；或者不补填空白，勾稽关系就不能成立。",
)
def blank_determined(subject: Subject) -> Iterator[Finding]:
    """One finding a table for the blanks whose figure is determined, one for those where it is not clear which."""
    if subject.form is None:
        return
    repair, form, doubtful = repair_of(subject), subject.form, doubtful_cells(subject)
    for table in form.tables:
        filled = {cell: value for cell, value in repair.proposals.items() if form.cells[cell].table is table}
        unread = filled.keys() & doubtful
        if blank := {cell: value for cell, value in filled.items() if cell not in unread}:
            yield _fill_in(subject, form, blank, "report")
        if unread:
            yield _fill_in(subject, form, {cell: filled[cell] for cell in filled if cell in unread}, "reading")
        gaps = [gap for gap in repair.undetermined if form.cells[gap.identity.left[0]].table is table]
        if gaps := [gap for gap in gaps if gap.left and gap.right]:
            yield _unclear(subject, form, gaps)


def _fill_in(subject: Subject, form: Form, filled: Mapping[CellKey, int], verdict: Verdict) -> Finding:
    """What the cells without a figure must hold; ``reading`` where it may be printed but could not be read."""
    cells = tuple(filled)
    table = form.cells[cells[0]].table.name
    told = "，".join(f"{form.cells[cell].name}应为 {value}" for cell, value in list(filled.items())[:_NAMED])
    more = f"等（共 {len(cells)} 格）" if len(cells) > _NAMED else ""
    lack, advice = ("没有填报数据", "请补填") if verdict == "report" else ("没有读到可靠的数据", "请对照原文核对")
    return Finding(
        code=_BLANK,
        verdict=verdict,
        severity="warning",
        message=f"{table}有 {len(cells)} 格{lack}，而按勾稽关系其数不是 0：{told}{more}。{advice}。",
        basis=_bases(form, cells),
        cells=cells,
        where=place_of(subject, form.cells[cells[0]]),
        repair=filled,
    )


def _unclear(subject: Subject, form: Form, gaps: list[Violation]) -> Finding:
    values = subject.report.values
    cells = tuple(dict.fromkeys(cell for gap in gaps for cell in gap.identity.cells if values.get(cell) is None))
    sides = "；".join(_sides(subject, form, gap) for gap in gaps[:_NAMED])
    more = f"；另有 {len(gaps) - _NAMED} 项同样如此" if len(gaps) > _NAMED else ""
    return Finding(
        code=_BLANK,
        verdict="report",
        severity="warning",
        message=f"{sides}{more}。空白的格若都是 0，勾稽关系不成立；请补填空白的格，或者核对已填的数据。",
        basis="；".join(dict.fromkeys(gap.identity.basis for gap in gaps)),
        cells=cells,
        where=place_of(subject, form.cells[cells[0]]),
    )


def _bases(form: Form, cells: Iterable[CellKey]) -> str:
    wanted = set(cells)
    return "；".join(
        dict.fromkeys(identity.basis for identity in form.identities if wanted.intersection(identity.cells))
    )
