"""The charts that go with a report: of its year, and of the years before it, each from the published figures alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from ..report.form import CellKey, Form
from ..report.report import Report
from ..report.wording import unnumbered
from .behind import Behind, Spread
from .chart import Chart, Group, Value, single

_LAWSUITS = ("litigation_direct", "litigation_after_reconsideration")


def years_chart(reports: Sequence[Report]) -> Chart:
    """Applications received, carried in, finished and carried over, year by year, the first year on top."""
    rows = {"received": "本年新收", "carried_in": "上年结转", "total": "本年办结", "carried_over": "结转下年"}
    groups = tuple(
        Group(f"{report.year}年", tuple(report.values.get(f"applications.{row}.total") for row in rows))
        for report in reports
    )
    title = f"{reports[0].year}年至{reports[-1].year}年收到和办理的申请" if len(reports) > 1 else "收到和办理的申请"
    return Chart("years", title, "年度", tuple(rows.values()), groups)


def outcome_chart(report: Report) -> Chart:
    """The results of the year as the form groups them: （一）予以公开 to （六）其他处理."""
    return single(
        "outcomes", f"{report.year}年申请的办理结果", "办理结果", list(_outcomes(report).items()), shares=True
    )


def outcome_years_chart(reports: Sequence[Report]) -> Chart:
    """How the results were mixed, year by year, the first year on top."""
    years = [_outcomes(report) for report in reports]
    series = tuple(dict.fromkeys(label for year in reversed(years) for label in year))
    groups = tuple(
        Group(f"{report.year}年", tuple(year.get(label) for label in series))
        for report, year in zip(reports, years, strict=True)
    )
    title = f"{reports[0].year}年至{reports[-1].year}年申请的办理结果"
    return Chart("outcome-years", title, "年度", series, groups, stacked=True)


def remedy_years_chart(reports: Sequence[Report]) -> Chart:
    """Reconsiderations and lawsuits year by year, and how many of them put the organ right, the first year on top."""
    kinds = ("reconsideration", *_LAWSUITS)
    sums = {"行政复议": [("reconsideration", "total")], "行政诉讼": [(one, "total") for one in _LAWSUITS]}
    sums["结果纠正"] = [(one, "corrected") for one in kinds]
    groups = tuple(
        Group(
            f"{report.year}年",
            tuple(
                _sum(report.values.get(f"remedies.{row}.{column}") for row, column in cells) for cells in sums.values()
            ),
        )
        for report in reports
    )
    title = f"{reports[0].year}年至{reports[-1].year}年行政复议、行政诉讼"
    return Chart(
        "remedy-years",
        title,
        "年度",
        tuple(sums),
        groups,
        note="“结果纠正”是其中复议机关或者法院纠正了本机关处理结果的。",
    )


def _outcomes(report: Report) -> dict[str, Value]:
    form = _form(report)
    table = form.table("applications")
    sums: dict[str, Value] = {}
    for row in table.blocks[0].rows:
        if not row.result:
            continue
        own = not table.group(row.group).parent
        label = _short(row.label if own else table.group(row.group).label)
        value = report.values.get(f"applications.{row.key}.total")
        sums[label] = _plus(sums.get(label), value)
    return sums


def applicant_chart(report: Report) -> Chart:
    """Who applied in the year, by kind of applicant."""
    columns = _form(report).table("applications").blocks[0].columns
    labelled = [
        (column.name, report.values.get(f"applications.received.{column.key}"))
        for column in columns
        if not column.total
    ]
    return single("applicants", f"{report.year}年新收申请的申请人", "申请人", labelled, shares=True)


def remedy_chart(report: Report) -> Chart:
    """Reconsiderations and lawsuits of the year by result."""
    block = _form(report).table("remedies").blocks[0]
    columns = [column for column in block.columns if not column.total]
    groups = tuple(
        Group(row.label, tuple(report.values.get(f"remedies.{row.key}.{column.key}") for column in columns))
        for row in block.rows
    )
    series = tuple(column.heading for column in columns)
    return Chart("remedies", f"{report.year}年行政复议、行政诉讼", "类型", series, groups)


def answer_chart(year: int, behind: Behind) -> Chart:
    """How many working days answers of the year took."""
    labelled: list[tuple[str, Value]] = [(_bracket(first, last), number) for first, last, number in behind.answers]
    note = (
        "自收到申请的次日起，到答复之日止，按工作日计算；补正、征求第三方意见等依法不计入期限的时间也算在内，"
        "所以超过20个工作日的不一定是逾期。"
    )
    return single("answers", f"{year}年答复申请所用的工作日", "工作日", labelled, shares=True, note=note)


def period_chart(name: str, spread: Spread) -> Chart:
    """A figure by month or quarter."""
    periods = [f"Q{n}" for n in range(1, 5)] if spread.level == "quarter" else [f"{n:02}" for n in range(1, 13)]
    labelled: list[tuple[str, Value]] = [(period_label(one), spread.periods.get(one, 0)) for one in periods]
    return single("periods", name, "时间", labelled)


def period_label(period: str) -> str:
    """A month or a quarter in Chinese: 3月 for "03", 第一季度 for "Q1"."""
    return f"第{'一二三四'[int(period[1]) - 1]}季度" if period.startswith("Q") else f"{int(period)}月"


def parts_of(form: Form, key: CellKey) -> tuple[CellKey, ...]:
    """The cells of the report that a sum consists of: the parts of its row for 总计, else the results for （七）总计."""
    table, row, column = key.split(".") if key.count(".") == 2 else ("", "", "")
    if not table:
        return ()
    block = form.table(table).blocks[0]
    if row == "total" and table == "applications":
        return tuple(f"{table}.{one.key}.{column}" for one in block.rows if one.result)
    if column == "total":
        return tuple(f"{table}.{row}.{one.key}" for one in block.columns if not one.total)
    return ()


def _form(report: Report) -> Form:
    form = report.form
    if form is None:
        raise ValueError("a report without edition has no tables")
    return form


def _sum(values: Iterable[Value]) -> Value:
    return reduce(_plus, values, None)


def _plus(one: Value, other: Value) -> Value:
    return other if one is None else one if other is None else one + other


def _short(label: str) -> str:
    """A label without its number and what it explains in brackets: 部分公开."""
    return unnumbered(label).split("（")[0]


def _bracket(first: int, last: int | None) -> str:
    if last is None:
        return f"{first}个工作日以上" if first else "全部"
    return f"{last}个工作日以内" if first == 0 else f"{first}至{last}个工作日"
