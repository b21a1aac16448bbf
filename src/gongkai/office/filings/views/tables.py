"""Screens of 统计表: the three tables of a report in their official shape, and what of their figures wants attention."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe

from gongkai.report.finding import Finding
from gongkai.report.form import CellKey
from gongkai.report.report import Number
from gongkai.report.writing.html import draw_table
from gongkai.report.writing.tables import PrintedCell, print_table, printed_number

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE, guarded
from ..compiling import Computed, compute
from ..content import Content, Override
from ..drafting import recompiled
from ..figuring import Late, base_of, late_facts, late_figures
from ..gate import findings_of, summary
from ..models import Filing
from ..needs import READ as READ_FILING
from ..needs import WRITE as WRITE_FILING
from ..recorded import content_of
from . import cells
from .frame import address, filing_page
from .saving import asked_version, saved

NO_FIGURE = "未填"
"""What stands in a cell that holds nothing, so that it can be opened."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that a person set, as the page lists it. ``computed``: what the records gave at this version; ``at``: when."""

    key: CellKey
    name: str
    override: Override
    computed: Number | None
    at: datetime
    address: str


def tables(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The tables, what came late, what a person set, and how much the checks find."""
    filing: Filing = request.subject.thing
    content = content_of(filing, filing.newest)
    computed = compute([filing.organ], year, content.report.form)[filing.organ_id]
    findings = findings_of(filing, content)
    form = content.report.form
    assert form is not None  # a filing's report has an edition
    late, facts = late_figures(content, computed), late_facts(content, computed)
    return filing_page(
        request,
        "filings/tables.html",
        "filings_tables",
        tables=[
            (table.section, table.name, _drawn(filing, content, table.key, late, findings)) for table in form.tables
        ],
        version=filing.newest,
        late=[(one, address("filings_cell", filing, one.key)) for one in late],
        late_facts=facts,
        overrides=changed(filing, content),
        counts=summary(filing, content, findings),
        blank=[key for key in form.cells if content.report.values.get(key) is None],
        from_file=not content.computed,
    )


def recompile(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Take over what the records give now, as another version."""
    filing: Filing = request.subject.thing
    based_on = asked_version(request, filing)
    if based_on is not None:
        content = content_of(filing, based_on)
        computed: Computed = compute([filing.organ], year, content.report.form)[filing.organ_id]
        why = "按最新登记重新统计"
        done = "已按最新的登记数据重新统计。人工更正过的数没有变；文字中与新的数不一致的句子，请到“文字”页核对。"
        if content.computed:
            saved(request, filing, recompiled(content, computed), based_on, why, done)
            return redirect(address("filings_tables", filing))
    saved(request, filing, content_of(filing, filing.newest), None, "", "")
    return redirect(address("filings_tables", filing))


def changed(filing: Filing, content: Content) -> list[Changed]:
    """The figures that a person set, in the order of the form."""
    form = content.report.form
    names = {key: cell.name for key, cell in form.cells.items()} if form else {}
    return [
        Changed(
            key,
            names[key],
            content.overrides[key],
            base_of(content, key),
            datetime.fromisoformat(content.overrides[key].at),
            address("filings_cell", filing, key),
        )
        for key in names
        if key in content.overrides
    ]


def _drawn(
    filing: Filing, content: Content, table: str, late: Collection[Late], findings: Sequence[Finding]
) -> SafeString:
    """A table as HTML; every figure opens its page, and says what is the matter with it."""
    form = content.report.form
    assert form is not None  # the caller has seen to it
    changes = {one.key: one for one in late}
    wrong = {key for one in findings if one.severity == "error" for key in one.cells}

    def mark(cell: PrintedCell) -> tuple[str, str]:
        key = cell.key or ""
        notes = list(_notes(content, key, changes, wrong))
        text = escape(cell.text) if cell.text else NO_FIGURE
        told = "，".join([text, escape(form.cells[key].name), *(said for _, _, said in notes)])
        where = escape(address("filings_cell", filing, key))
        shown = "".join(
            f'<span class="ft-note ft-{kind}" aria-hidden="true">{short}</span>' for kind, short, _ in notes
        )
        kinds = " ".join(f"ft-is-{kind}" for kind, _, _ in notes)
        return (
            f'class="{kinds}"' if kinds else "",
            f'<a href="{where}" aria-label="{told}">{text}</a>{shown}',
        )

    printed = print_table(form.table(table), "", content.report.values, content.report.marks)
    return mark_safe("\n".join(draw_table(printed, mark=mark, widths=False)))  # every text in it was escaped


def _notes(
    content: Content, key: CellKey, changes: Mapping[CellKey, Late], wrong: Collection[CellKey]
) -> list[tuple[str, str, str]]:
    """What is the matter with a figure: kind, as it is shown below it, as it is read out."""
    found = []
    if key in content.overrides:
        base = told(base_of(content, key))
        found.append(("set", f"改·原{base}", f"人工更正，原数{base}"))
    if key in changes:
        now = told(changes[key].now)
        found.append(("late", f"△现{now}", f"登记数据已变为{now}"))
    if key in wrong:
        found.append(("wrong", "✕核对", "核对有错误"))
    return found


def told(value: Number | str | None) -> str:
    """A figure for a sentence."""
    if value is None:
        return "无"
    return value if isinstance(value, str) else printed_number(value)


patterns = [
    guarded("<str:organ>/<int:year>/tables/", tables, name="filings_tables", need=READ_FILING, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/recompile/", recompile, name="filings_recompile", need=WRITE_FILING, methods=WRITE),
    *cells.patterns,
]
