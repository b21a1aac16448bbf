"""The gate before review: what the checks find, and which of it is excused by a written reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.checking import check, sort_findings
from gongkai.checking.basis import FORM
from gongkai.comparing.unusual import UNUSUAL
from gongkai.narrative import Point, Stale, is_finished, missing_points, openings, sources_name, texts_of
from gongkai.report.finding import Finding, Where
from gongkai.report.form import Form
from gongkai.report.report import Report

from ..organs.queries import is_peoples_government
from .content import Content, Excuse
from .models import Filing
from .recorded import content_of
from .rollup import differences_of
from .tied import stale_in
from .writing import label_of

_LONGEST_NAME = 90
"""Characters of a sum's name that a message bears."""

_CONTRADICTS = frozenset({"narrative-cell", "narrative-denial"})
"""What the core finds of a sentence that a stale tie tells more exactly."""

_OPEN = "placeholder-open"

_NEVER_EXCUSED = frozenset({_OPEN})
"""What no written reason excuses: a report with a place left open is not finished."""

_TEMPLATE = "template-instructions"
"""What the core finds of a place left open, among other things that a template leaves."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How much stands in the way. ``errors``: those without a written reason; ``excused``: those with one."""

    errors: int
    excused: int
    warnings: int
    notes: int


def fingerprint(finding: Finding) -> str:
    """What tells a finding from others when it is found again: rule, cells, sentence, and what it says."""
    sentence = finding.where.sentence if finding.where and finding.where.sentence else ""
    return "|".join((finding.code, ",".join(finding.cells), sentence, finding.message))


def findings_of(filing: Filing, content: Content) -> tuple[Finding, ...]:
    """Everything that is found in a version, last year's report beside it where there is one: by the rules of the core, and by
    what the office knows beyond the report: sentences that no longer state their figures, points of which nothing is said, a
    government's sums that are not those of its parts, places of the text that are left open.
    """
    stale = [finding for _, finding in stale_findings(content)]
    told = {(one.where.sentence, cell) for one in stale if one.where for cell in one.cells}
    ruled = [one for one in check(content.report, previous=previous_report(filing)) if not _told_by(one, told)]
    opened = [] if filing.outside else list(_left_open(content.report))
    ruled = [one for one in ruled if not _told_as_open(one, opened)]
    return sort_findings([*stale, *opened, *ruled, *differences_of(filing, content.report), *_missing(filing, content)])


def excusable(finding: Finding) -> bool:
    """Whether a finding may be left as it is for a written reason."""
    return finding.severity != "note" and finding.code not in _NEVER_EXCUSED


def reason_for(content: Content, finding: Finding) -> Excuse | None:
    """The written reason that excuses a finding, None where there is none or none can."""
    if finding.code in _NEVER_EXCUSED:
        return None
    mark = fingerprint(finding)
    return next((one for one in content.excuses if one.finding == mark), None)


def is_written_out(report: Report) -> bool:
    """Whether no text of the report leaves a place open, so that it may be published."""
    return is_finished(texts_of(report).values())


def unexcused_errors(filing: Filing, content: Content) -> int:
    """How many errors stand without a written reason."""
    return summary(filing, content).errors


def summary(filing: Filing, content: Content, findings: Sequence[Finding] | None = None) -> Summary:
    """How much of each severity is found in a version. ``findings``: those of `findings_of`, where they are at hand."""
    found = findings_of(filing, content) if findings is None else findings
    errors = [one for one in found if one.severity == "error"]
    excused = sum(reason_for(content, one) is not None for one in errors)
    of = {name: sum(one.severity == name for one in found) for name in ("warning", "note")}
    return Summary(len(errors) - excused, excused, of["warning"], of["note"])


def lapsed(content: Content, findings: Sequence[Finding]) -> list[Excuse]:
    """Written reasons for what is no longer found as it was. Those for unusual changes are asked on a page of their own."""
    found = {fingerprint(one) for one in findings}
    asked_elsewhere = f"{UNUSUAL}|"
    return [one for one in content.excuses if one.finding not in found and not one.finding.startswith(asked_elsewhere)]


def previous_report(filing: Filing) -> Report | None:
    """Last year's report of the same organ: the public edition, or the newest version where none is public yet."""
    before = Filing.objects.filter(organ=filing.organ, year=filing.year - 1).first()
    return content_of(before, before.public or before.newest).report if before else None


def is_government(filing: Filing) -> bool:
    """Whether the report is a people's government's, which has more to tell (政府信息公开条例第五十条第（四）项)."""
    return is_peoples_government(filing.organ, date(filing.year, 12, 31))


def missing_of(filing: Filing, report: Report) -> tuple[Point, ...]:
    """The points that every report has to make and of which this one says nothing."""
    return missing_points(report, None, government=is_government(filing))


def stale_findings(content: Content) -> Iterator[tuple[Stale, Finding]]:
    """Each numeral that no longer states its figures, as a finding; a tie that has lost its numeral is one to look at."""
    form = content.report.form
    for one in stale_in(content):
        if form is not None:
            yield (
                one,
                Finding(
                    code="tie-lost" if one.printed is None else "tie-stale",
                    verdict="report",
                    severity="warning" if one.printed is None else "error",
                    message=_told(one, form),
                    basis=f"{FORM}：正文与表格、登记的情况应当一致",
                    cells=tuple(source for source in one.tie.sources if source in form.cells),
                    where=Where(section=number_of(form, one.tie.section), sentence=one.sentence),
                ),
            )


def _told(one: Stale, form: Form) -> str:
    if one.printed is None:
        return f"“{one.sentence}”中与{told_sources(one.tie.sources, form)}关联的数字已经不在原处，请核对这一句，重新保存这一部分。"
    now = f"现在是 {one.current}，请改为现在的数" if one.current is not None else "现在没有填报，请改写这一句"
    return f"“{one.sentence}”写的 {one.printed}，与数据不一致：{told_sources(one.tie.sources, form)}{now}。"


def told_sources(sources: Sequence[str], form: Form) -> str:
    """What the figures are called whose sum a numeral states; of many that have no name together the first."""
    name = sources_name(sources, form)
    return name if len(name) <= _LONGEST_NAME else f"{sources_name(sources[:1], form)}等 {len(sources)} 项之和"


def _missing(filing: Filing, content: Content) -> Iterator[Finding]:
    form = content.report.form
    for point in missing_of(filing, content.report):
        if form is not None and not point.table:  # an empty table is found by the rules
            where = Where(section=number_of(form, point.section))
            yield Finding(
                "point-missing", "report", "warning", f"{point.label}：{point.ask}", point.article, where=where
            )


def _left_open(report: Report) -> Iterator[Finding]:
    form = report.form
    assert form is not None  # a filing's report has an edition
    for key, text in texts_of(report).items():
        for place in openings(text):
            yield Finding(
                code=_OPEN,
                verdict="report",
                severity="error",
                message=f"{label_of(form, key)}还有待补写的地方：{place.rstrip('。')}。请写上实际情况；没有这方面情况的，把这一处删去。",
                basis=f"{FORM}：正文应当写明实际情况，提示补写的文字不能公布",
                where=Where(section=number_of(form, key), sentence=place),
            )


def _told_as_open(finding: Finding, opened: Sequence[Finding]) -> bool:
    """Whether the core tells of a place left open that is found already."""
    places = (one.where.sentence for one in opened if one.where)
    return finding.code == _TEMPLATE and any(f"“{place}”" in finding.message for place in places)


def number_of(form: Form, key: str) -> int | None:
    """A section's number from 1, as findings name it; None for the introduction."""
    return next((number for number, section in enumerate(form.sections, 1) if section.key == key), None)


def _told_by(finding: Finding, told: set[tuple[str | None, str]]) -> bool:
    """Whether a stale tie tells of the same sentence and figure already."""
    sentence = finding.where.sentence if finding.where else None
    return finding.code in _CONTRADICTS and any((sentence, cell) in told for cell in finding.cells)
