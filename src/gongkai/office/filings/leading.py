"""The one page for the leader (领导审阅): what changed since last year and why, what was found and excused, what was set by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.charts import draw, outcome_chart, years_chart
from gongkai.comparing import Change, Unusual, by_row, findings
from gongkai.report.finding import Finding
from gongkai.report.form import CellKey, Form
from gongkai.report.report import Number, Report
from gongkai.report.writing import dumps, read_json

from .content import Content, Excuse, Override
from .gate import findings_of, previous_report, reason_for
from .models import Filing
from .years import Year, former_years, unusual_figures

BIG: Mapping[str, tuple[CellKey, ...]] = {
    "新收申请": ("applications.received.total",),
    "办结申请": ("applications.total.total",),
    "结转下年": ("applications.carried_over.total",),
    "行政复议": ("remedies.reconsideration.total",),
    "行政诉讼": ("remedies.litigation_direct.total", "remedies.litigation_after_reconsideration.total"),
    "复议、诉讼结果纠正": (
        "remedies.reconsideration.corrected",
        "remedies.litigation_direct.corrected",
        "remedies.litigation_after_reconsideration.corrected",
    ),
    "制发规范性文件": ("proactive.normative_documents.issued",),
    "废止规范性文件": ("proactive.normative_documents.repealed",),
    "行政许可": ("proactive.licences",),
    "行政处罚": ("proactive.penalties",),
}
"""The figures a leader sees first, each the sum of its cells; one whose cells the form lacks is left out."""

_YEARS = 3
"""Years that the chart shows: more don't fit on the page."""


@dataclass(frozen=True, slots=True)
class Big:
    """A big figure, this year and last."""

    label: str
    change: Change


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the form of which a reason is asked. ``field``: name of its field; ``excuse``: the reason there is."""

    field: str
    name: str
    figures: tuple[Unusual, ...]
    finding: Finding
    excuse: Excuse | None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything on the page. ``charts``: title and SVG; ``errors``: those without a reason; ``excused``: findings with one;
    ``warnings``: how many without; ``overrides``: name of the cell and what was set.
    """

    figures: tuple[Big, ...]
    previous: Report | None
    asked: tuple[Asked, ...]
    charts: tuple[tuple[str, str], ...]
    errors: tuple[Finding, ...]
    excused: tuple[tuple[Finding, Excuse], ...]
    warnings: int
    overrides: tuple[tuple[str, Override], ...]


def briefing(filing: Filing, content: Content) -> Briefing:
    """What the leader has to know of a version."""
    report, form = content.report, content.report.form
    assert form is not None  # a filing's report has an edition
    former, previous = former_years(filing), previous_report(filing)
    found = findings_of(filing, content)
    reasons = [(one, reason_for(content, one)) for one in found]
    return Briefing(
        figures=_big(report, previous, form),
        previous=previous,
        asked=asked_of(content, unusual_figures(filing, report, former), form),
        charts=_charts(report, former),
        errors=tuple(one for one, excuse in reasons if one.severity == "error" and excuse is None),
        excused=tuple((one, excuse) for one, excuse in reasons if excuse is not None),
        warnings=sum(one.severity == "warning" and excuse is None for one, excuse in reasons),
        overrides=tuple((form.cells[key].name, one) for key, one in content.overrides.items() if key in form.cells),
    )


def asked_of(content: Content, odd: Sequence[Unusual], form: Form) -> tuple[Asked, ...]:
    """The rows of which a reason is asked, with the reasons that the content holds."""
    return tuple(
        Asked(
            f"{row[0].cell.table.key}.{row[0].cell.row.key}",
            f"{row[0].cell.table.name}“{row[0].cell.row.label}”",
            row,
            finding,
            reason_for(content, finding),
        )
        for row, finding in zip(by_row(odd), findings(odd, form), strict=True)
    )


def change_told(change: Change) -> tuple[str, str]:
    """A change as pages print it: difference and share, "" where there is none."""
    difference, ratio = change.difference, change.ratio
    if difference is None:
        return "", ""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{abs(difference)}", "" if ratio is None else f"{sign}{abs(ratio):.1%}"


def _big(report: Report, previous: Report | None, form: Form) -> tuple[Big, ...]:
    before = previous.values if previous else {}
    return tuple(
        Big(label, Change(form.cells[keys[0]], _sum(report.values, keys), _sum(before, keys)))
        for label, keys in BIG.items()
        if form.cells.keys() >= set(keys)
    )


def _sum(values: Mapping[CellKey, Number | None], keys: Sequence[CellKey]) -> Number | None:
    known = [number for key in keys if (number := values.get(key)) is not None]
    return sum(known) if known else None


def _charts(report: Report, former: Sequence[Year]) -> tuple[tuple[str, str], ...]:
    years = [read_json(dumps(one.filed.raw["report"])) for one in reversed(former[: _YEARS - 1])]
    drawn = (years_chart([*years, report]) if years else None, outcome_chart(report))
    return tuple((one.title, draw(one)) for one in drawn if one is not None and not one.empty)
