"""The findings of one or many reports as one standalone page: no script, nothing fetched, fit for telephone and paper.
A site that has pages of its own puts `draw_document` into them and serves `style_of_findings` as a file.

Each report's tables are drawn as the form has them. A wrong cell shows what is printed, what it should be and a link to
its finding; the finding stands beside the table and links back. Signs and words say what colours say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from typing import Protocol

from ..report.finding import SEVERITY_NAMES, Finding, Severity
from ..report.form import CellKey, Form, form_for_year
from ..report.report import Report
from ..report.writing.html import draw_table
from ..report.writing.layout import lay_out
from ..report.writing.tables import PrintedCell, PrintedTable, printed_number

SYMBOLS: dict[Severity, str] = {"error": "✗", "warning": "！", "note": "注"}
_VERDICTS = {"report": "", "reading": "读取存疑", "not-applicable": "未能核对"}

_MARKED = 12
"""A finding that names more cells than this speaks of the table as a whole: its cells are not marked one by one."""

_LINKED = 6
"""Cells to which a finding links by name."""

_BADGES = 2
"""Findings to which a cell links, the gravest first."""

_LISTED = 10
"""Alternatives shown of a finding."""


class Checked(Protocol):
    """What the page shows of a document: how its user finds it, the report in it, what was found, and whether it was read
    as a report at all."""

    @property
    def path(self) -> str: ...
    @property
    def report(self) -> Report: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def read(self) -> bool: ...


def page(results: Iterable[Checked], title: str = "年度报告核对结果") -> str:
    """The whole page as HTML. With several reports it opens with a list of them."""
    shown = [_Shown(number, result) for number, result in enumerate(results, 1)]
    style = style_of_findings() + _style("page.css")
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<header class="top">\n<h1>{escape(title)}</h1>\n{_summary(shown)}\n{draw_legend()}\n</header>\n<main>'
    ]
    if len(shown) > 1:
        parts += _index(shown)
    for one in shown:
        parts += one.draw()
    parts.append("</main>\n</body>\n</html>\n")
    return "\n".join(parts)


def draw_document(result: Checked, number: int = 1) -> str:
    """One document's part of a page as HTML: its name as a second-level heading, findings, tables. Neither script nor style
    stands in it, and no rule's code. ``number`` keeps the ids of several documents on one page apart."""
    return "\n".join(_Shown(number, result, alone=False).draw())


def style_of_findings() -> str:
    """The style of what `draw_document` and `draw_legend` make, as CSS."""
    return _style("findings.css")


def _style(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _summary(shown: Sequence[_Shown]) -> str:
    reports = sum(one.result.read for one in shown)
    total = sum((one.counts for one in shown), Counter[Severity]())
    others = f"，另有 {len(shown) - reports} 份文件不是年度报告或者不能读取" if reports < len(shown) else ""
    found = "，".join(f"{name} <b>{total[severity]}</b> 处" for severity, name in SEVERITY_NAMES.items())
    return f"<p>共核对 <b>{reports}</b> 份年度报告{others}：{found}。</p>"


def draw_legend() -> str:
    """What the signs mean, as an HTML list."""
    meanings = {"error": "可以确定有误", "warning": "很可能有误，请核对", "note": "供参考"}
    items = "".join(
        f"<li>{_badge(severity, '')} <b>{name}</b>：{meanings[severity]}</li>"
        for severity, name in SEVERITY_NAMES.items()
    )
    return f'<ul class="legend" aria-label="标记的含义">{items}</ul>'


def _badge(severity: Severity, number: str) -> str:
    return f'<span class="badge {severity}"><span aria-hidden="true">{SYMBOLS[severity]}</span>{number}</span>'


def _index(shown: Sequence[_Shown]) -> Iterator[str]:
    yield '<nav aria-labelledby="index">\n<h2 id="index">目录</h2>\n<div class="scroll" role="region" tabindex="0"'
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("序号", "机关", "年度", *SEVERITY_NAMES.values()))
    yield f' aria-labelledby="index">\n<table class="index">\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for one in shown:
        counts = "".join(
            f'<td class="{severity if one.counts[severity] else "none"}">{one.counts[severity]}</td>'
            for severity in SEVERITY_NAMES
        )
        yield (
            f'<tr><td>{one.number}</td><th scope="row"><a href="#{one.id}">{escape(one.organ)}</a>'
            f'<span class="file">{escape(one.result.path)}</span></th><td>{one.year}</td>{counts}</tr>'
        )
    yield "</tbody></table>\n</div>\n</nav>"


@dataclass(slots=True)
class _Shown:
    """One document on the page. ``marks``: for each cell the numbers of the findings that speak of it; ``alone``: whether it
    stands on the standalone page, where tables bear their columns' widths as inline style, and findings their rule's code."""

    number: int
    result: Checked
    alone: bool = True
    marks: dict[CellKey, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, finding in enumerate(self.result.findings, 1):
            for cell in _meant(finding):
                self.marks.setdefault(cell, []).append(number)

    @property
    def id(self) -> str:
        return f"r{self.number}"

    @property
    def report(self) -> Report:
        return self.result.report

    @property
    def organ(self) -> str:
        return self.report.organ or self.report.title or ("没有写明机关" if self.result.read else "没有读取的文件")

    @property
    def year(self) -> str:
        return str(self.report.year) if self.report.year else "—"

    @property
    def counts(self) -> Counter[Severity]:
        return Counter(finding.severity for finding in self.result.findings)

    @property
    def form(self) -> Form:
        return self.report.form or form_for_year(self.report.year or 9999)

    def draw(self) -> Iterator[str]:
        """The document's part of the page."""
        short = all(finding.severity == "note" for finding in self.result.findings)  # several on a printed page
        kind = ' class="short"' if short else ""
        yield f'<article id="{self.id}"{kind} aria-labelledby="{self.id}-title">'
        edition = f"，{self.report.edition} 版格式" if self.report.edition else ""
        year = f"{self.report.year} 年度{edition}" if self.report.year else f"年度不明{edition}"
        yield f'<h2 id="{self.id}-title">{escape(self.organ)}<span class="year">{year}</span></h2>'
        yield f'<p class="file">文件：{escape(self.result.path)}</p>'
        tables = lay_out(self.report).tables() if self.report.form else ()
        placed = {number: table.key for table in tables for number in self._of_table(table)}
        rest = [number for number in range(1, len(self.result.findings) + 1) if number not in placed]
        if not self.result.findings:
            yield '<p class="clean">没有发现问题。</p>'
        if rest:
            yield f"<section>\n<h3>{'结构和文字' if self.result.read else '原因'}</h3>"
            yield from self._findings(rest)
            yield "</section>"
        for table in tables:
            yield from self._table(table, [number for number, key in placed.items() if key == table.key])
        yield "</article>"

    def _of_table(self, table: PrintedTable) -> Iterator[int]:
        """The findings that stand beside a table: those whose first cell is in it, or that speak of its section."""
        sections = {section.key: place for place, section in enumerate(self.form.sections, 1)}
        for number, finding in enumerate(self.result.findings, 1):
            if finding.cells:
                if finding.cells[0].split(".")[0] == table.key:
                    yield number
            elif finding.where and finding.where.section == sections[table.section] and not finding.where.sentence:
                yield number

    def _table(self, table: PrintedTable, numbers: list[int]) -> Iterator[str]:
        whose = f'<span class="hidden">{escape(self.organ)} </span>'  # tells the tables of many reports apart by ear
        heading = f'<h3 id="{self.id}-{table.section}">{whose}{table.name} {escape(table.caption)}</h3>'
        marked = any(cell.key in self.marks for cell in table.cells() if cell.key)
        if not numbers and not marked:
            yield f"<details>\n<summary>{heading}"
            yield '<span class="clean">没有发现问题</span></summary>'
            yield from draw_table(table, f"{self.id}-", widths=self.alone)
            yield "</details>"
            return
        yield f"<section>\n{heading}"
        yield f'<div class="{"beside" if numbers else "alone"}">'
        yield from draw_table(table, f"{self.id}-", self._figure, widths=self.alone)
        if numbers:
            yield from self._findings(numbers)
        yield "</div>\n</section>"

    def _figure(self, cell: PrintedCell) -> tuple[str, str]:
        """A cell of the table: what is printed, what it should be, and the way to the finding."""
        key = cell.key or ""
        numbers = self.marks.get(key, ())
        if not numbers:
            return "", escape(cell.text)
        findings = [(number, self.result.findings[number - 1]) for number in numbers]
        first = findings[0][1]
        repaired = next((one.repair[key] for _, one in findings if one.repair and key in one.repair), None)
        printed = escape(cell.text) or '<span class="hidden">空白</span>'
        if repaired is not None:
            printed = (
                f'<del><span class="hidden">原 </span>{printed}</del> '
                f'<ins><span class="hidden">应为 </span>{printed_number(repaired)}</ins>'
            )
        links = "".join(
            f' <a href="#{self.id}-f{number}" aria-label="{SEVERITY_NAMES[one.severity]} {number}">'
            f"{_badge(one.severity, str(number))}</a>"
            for number, one in findings[:_BADGES]
        )
        return f'id="{self._cell_id(key)}" class="marked {first.severity}"', printed + links

    def _cell_id(self, cell: CellKey) -> str:
        return f"{self.id}-c-{cell}"

    def _findings(self, numbers: Iterable[int]) -> Iterator[str]:
        yield '<ol class="findings">'
        for number in numbers:
            yield from self._finding(number, self.result.findings[number - 1])
        yield "</ol>"

    def _finding(self, number: int, finding: Finding) -> Iterator[str]:
        verdict = f"（{_VERDICTS[finding.verdict]}）" if self.result.read and _VERDICTS[finding.verdict] else ""
        yield f'<li id="{self.id}-f{number}" class="finding {finding.severity}">'
        yield (
            f'<p class="kind">{_badge(finding.severity, str(number))} <b>{SEVERITY_NAMES[finding.severity]}{verdict}</b>'
            f'<span class="place">{escape(self._place(finding))}</span></p>'
        )
        if finding.repair:
            items = "".join(f"<li>{self._change(cell, value)}</li>" for cell, value in finding.repair.items())
            yield f'<ul class="repair">{items}</ul>'
        yield f"<p>{escape(finding.message)}</p>"
        if finding.where and finding.where.sentence:
            yield f"<blockquote>{escape(finding.where.sentence)}</blockquote>"
        if finding.alternatives:
            yield '<p class="choices">可选的改法：</p><ol class="alternatives">'
            for alternative in finding.alternatives[:_LISTED]:
                yield f"<li>{'；'.join(self._change(cell, value) for cell, value in alternative.items())}</li>"
            yield "</ol>"
        if (cells := [cell for cell in _meant(finding) if cell not in (finding.repair or ())]) and self.report.form:
            links = "、".join(self._link(cell) for cell in cells[:_LINKED])
            more = f" 等 {len(cells)} 格" if len(cells) > _LINKED else ""
            yield f'<p class="cells">见 {links}{more}</p>'
        basis = f"依据：{escape(finding.basis)} " if self.result.read else ""  # no law says why a file can't be read
        rule = f"规则 <code>{finding.code}</code>" if self.alone else ""
        yield f'<p class="basis">{basis}{rule}</p>\n</li>' if basis or rule else "</li>"

    def _change(self, cell: CellKey, value: object) -> str:
        number = self.report.values.get(cell)
        before = printed_number(number) if number is not None else self.report.marks.get(cell, "空白")
        values = f"原 <del>{escape(before)}</del> → 应为 <ins>{value}</ins>"
        return f'{self._link(cell)}：<span class="values">{values}</span>'

    def _link(self, cell: CellKey) -> str:
        known = self.form.cells.get(cell)
        name = escape(known.name if known else cell)
        return f'<a href="#{self._cell_id(cell)}">{name}</a>' if cell in self.marks and self.report.form else name

    def _place(self, finding: Finding) -> str:
        where = finding.where
        if where is None:
            return ""
        parts = []
        if where.section:
            section = self.form.sections[where.section - 1]
            parts.append(f"{section.number}、{section.heading}")
        parts += [f"第 {where.page} 页"] if where.page else []
        return "，".join(parts)


def _meant(finding: Finding) -> tuple[CellKey, ...]:
    """The cells to mark: those that the repair changes, or could; else those that the finding names, unless too many."""
    if finding.repair:
        return tuple(finding.repair)
    if finding.alternatives:
        return tuple(dict.fromkeys(cell for alternative in finding.alternatives for cell in alternative))
    return finding.cells if len(finding.cells) <= _MARKED else ()
