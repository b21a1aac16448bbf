"""A ledger filled with invented rows, whose compiled tables are those of a given report.

For examples that carry published figures under invented names, and for tests: what is filled in here and compiled again
gives the same figures.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from ..law import (
    applicant_kinds,
    channels,
    decision_cell,
    decision_kinds,
    document_figures,
    document_kinds,
    outcome_row,
    outcomes,
    remedy_kinds,
    remedy_results,
)
from ..narrative import Facts
from ..report.form import Form
from ..report.report import Number, Report
from .columns import ledger_facts
from .errors import LedgerError
from .workbook import write_ledger

Row = dict[str, str | Number | date]

_SUBJECTS = (
    "某地块征收补偿安置方案",
    "某小区规划许可和竣工验收材料",
    "本年度惠民补贴发放名单和标准",
    "某路段改造工程招标投标文件",
    "某企业行政处罚决定书",
    "某村集体土地征收批复文件",
    "公共停车场收费标准和批准文件",
    "某项目环境影响评价审批文件",
    "信访事项办理过程材料",
    "部门职责和内设机构设置文件",
)
_TITLES = ("管理办法", "实施细则", "工作规定", "暂行办法", "实施意见")
_MATTERS = (
    "公共停车场",
    "城市绿化",
    "农村供水",
    "建筑垃圾处置",
    "户外广告设置",
    "校外培训",
    "老旧小区改造",
    "集体资产",
)


def ledger_from_report(report: Report, facts: Facts, seed: int = 0) -> bytes:
    """A ledger as XLSX bytes that compiles to the figures of ``report`` and the narrative of ``facts``.

    The same report, facts and seed give the same bytes. ``report`` needs edition and year; a blank figure counts as 0.
    Raises LedgerError where no ledger can give its figures: they contradict each other, or its edition asks for figures
    that a ledger does not hold.
    """
    form, year = report.form, report.year
    if form is None or year is None:
        raise LedgerError("要填写台账，报告应当有年度和格式版本。")
    _refuse_others(report, form)
    chance = random.Random(seed)
    contents: dict[str, Sequence[Row]] = {
        "applications": _applications(report, form, year, chance),
        "remedies": list(_remedies(report, year, chance)),
        "documents": list(_documents(report, year, chance)),
        "decisions": list(_decisions(report, form, year, chance)),
        "media": [
            {key: value for key, value in row.items() if value not in (None, "")}
            for row in (
                {
                    "kind": one.kind,
                    "information": one.information,
                    "name": one.name,
                    "published": one.published,
                    "reads": one.reads,
                }
                for one in facts.media
            )
        ],
        "facts": [
            {"item": item.key, "value": facts.items[item.key]} for item in ledger_facts() if item.key in facts.items
        ],
        "problems": [
            {"year": "previous" if one.previous else "current", "problem": one.problem, "improvement": one.improvement}
            for one in facts.shortcomings
        ],
    }
    return write_ledger(contents, year)


def _refuse_others(report: Report, form: Form) -> None:
    """Figures of 表二 that no register holds (those of the first edition only) can't be filled in, unless they are 0."""
    figures = [column.key for column in document_figures()]
    documents = {f"proactive.{kind.code}.{figure}" for kind in document_kinds().terms for figure in figures}
    decisions = {decision_cell(kind.code, form) for kind in decision_kinds().terms}
    for key in form.cells:
        if key.startswith("proactive.") and key not in documents | decisions and report.values.get(key):
            raise LedgerError(f"台账不登记“{form.cells[key].name}”，不能由台账得出。")


def _whole(report: Report, key: str) -> int:
    """A count of the report; one that is blank or not there counts as 0."""
    number = report.values.get(key) or 0
    if number != int(number) or number < 0:
        raise LedgerError(f"“{key}”为 {number}，件数应当是非负整数。")
    return int(number)


def _applications(report: Report, form: Form, year: int, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for kind in applicant_kinds().terms:
        origins, fates = _applications_of(report, form, kind.code)
        if len(origins) != len(fates):
            raise LedgerError(
                f"表三“{kind.label}”一列收到 {len(origins)} 件，办结和结转 {len(fates)} 件，两者应当相等。"
            )
        chance.shuffle(fates)
        rows += [
            _application(kind.code, origin, fate, year, chance) for origin, fate in zip(origins, fates, strict=True)
        ]
    for cell in (key for key in form.cells if key.startswith("applications.") and key.endswith(".total")):
        parts = [_whole(report, f"{cell.removesuffix('.total')}.{kind.code}") for kind in applicant_kinds().terms]
        if sum(parts) != _whole(report, cell):
            raise LedgerError(f"“{cell}”为 {report.values.get(cell)}，各列之和为 {sum(parts)}，两者应当相等。")
    rows.sort(key=lambda row: str(row["received"]))
    counts: dict[int, int] = {}
    for row in rows:
        received = row["received"]
        assert isinstance(received, date)
        counts[received.year] = counts.get(received.year, 0) + 1
        row["number"] = f"{received.year}-{counts[received.year]:03}"
    return rows


def _applications_of(report: Report, form: Form, kind: str) -> tuple[list[str], list[str]]:
    """Where the applications of one kind of applicant came from, and what became of them, one item an application."""
    origins = [row for row in ("received", "carried_in") for _ in range(_whole(report, f"applications.{row}.{kind}"))]
    codes = {outcome_row(term.code, form): term.code for term in outcomes().terms if term.code in _own_rows(form)}
    fates = [code for row, code in codes.items() for _ in range(_whole(report, f"applications.{row}.{kind}"))]
    finished = _whole(report, f"applications.total.{kind}")
    if finished != len(fates):
        raise LedgerError(f"“applications.total.{kind}”为 {finished}，各办理结果之和为 {len(fates)}，两者应当相等。")
    fates += [""] * _whole(report, f"applications.carried_over.{kind}")
    return origins, fates


def _own_rows(form: Form) -> set[str]:
    return {row.key for block in form.table("applications").blocks for row in block.rows if row.result}


def _application(kind: str, origin: str, fate: str, year: int, chance: random.Random) -> Row:
    """One application that came and went within the law's usual time, as far as the year allows."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if origin == "carried_in":
        received = first - timedelta(days=chance.randint(1, 25))
    elif fate:
        received = first + timedelta(days=chance.randint(0, (last - first).days))
    else:
        received = last - timedelta(days=chance.randint(0, 20))
    row: Row = {
        "received": received,
        "applicant_kind": kind,
        "subject": chance.choice(_SUBJECTS),
        "channel": chance.choice(channels().terms).code,
    }
    if fate:
        earliest = max(received, first)
        row["finished"] = min(earliest + timedelta(days=chance.randint(0, 26)), last)
        row["outcome"] = fate
    return row


def _remedies(report: Report, year: int, chance: random.Random) -> Iterator[Row]:
    for kind in remedy_kinds().terms:
        total = 0
        for result in remedy_results().terms:
            number = _whole(report, f"remedies.{kind.code}.{result.code}")
            total += number
            for _ in range(number):
                begun = date(year, 1, 1) + timedelta(days=chance.randint(0, 364))
                row: Row = {"kind": kind.code, "begun": begun, "result": result.code}
                if result.code != "pending":
                    row["closed"] = min(begun + timedelta(days=chance.randint(20, 80)), date(year, 12, 31))
                yield row
        if total != _whole(report, f"remedies.{kind.code}.total"):
            raise LedgerError(f"表四“{kind.listed}”各结果之和为 {total}，与总计不符。")


def _documents(report: Report, year: int, chance: random.Random) -> Iterator[Row]:
    """Documents issued this year and before, repealed or expired so that the three figures come out."""
    number = 0
    for kind in document_kinds().terms:
        issued, repealed, in_force = (
            _whole(report, f"proactive.{kind.code}.{figure.key}") for figure in document_figures()
        )
        fates = [("new", "")] * issued + [("old", "repealed")] * repealed
        kept = min(issued, in_force)
        fates[kept:issued] = [("new", "expired")] * (issued - kept)
        fates += [("old", "")] * (in_force - kept)
        for age, fate in fates:
            number += 1
            back = 0 if age == "new" else chance.randint(1, 6)
            made = date(year - back, 1, 1) + timedelta(days=chance.randint(0, 180))
            row: Row = {
                "title": f"{chance.choice(_MATTERS)}{chance.choice(_TITLES)}（之{number}）",
                "number": f"某政规〔{made.year}〕{number}号",
                "kind": kind.code,
                "issued": made,
            }
            ended = date(year, 7, 1) + timedelta(days=chance.randint(0, 180))
            if fate:
                row["repealed" if fate == "repealed" else "expires"] = ended
            yield row


def _decisions(report: Report, form: Form, year: int, chance: random.Random) -> Iterator[Row]:
    """The year's figures spread over its quarters."""
    rows: list[Row] = [{"period": f"{year}年第{quarter}季度", "division": "办公室"} for quarter in "一二三四"]
    for term in decision_kinds().terms:
        cell = decision_cell(term.code, form)
        figure = report.values.get(cell) if cell else None
        for row, part in zip(rows, _spread(figure or 0, chance), strict=True):
            if part:
                row[term.code] = part
    yield from (row for row in rows if len(row) > 2)


def _spread(figure: Number, chance: random.Random) -> Sequence[Number]:
    """Four parts that add up to the figure, with as many decimals as it has."""
    amount = Decimal(figure)
    exponent = amount.as_tuple().exponent
    unit = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    units = int(amount / unit)
    cuts = sorted(chance.randint(0, units) for _ in range(3))
    parts = [upper - lower for lower, upper in zip((0, *cuts), (*cuts, units), strict=True)]
    return [part * unit if unit != 1 else part for part in parts]
