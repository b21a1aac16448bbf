"""Rules of the text's dates: the period of the statistics, and years that can't be meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..report.finding import Finding
from .basis import PRACTICE
from .findings import found
from .passages import Passage, passages, sentence_at
from .rules import Subject, rule

# every pattern here begins with a set of characters, which re looks for fast
_DATE = r"([0-9][0-9年]{0,7})月([0-9]{1,2})[日号]?"
_PERIOD = re.compile(rf"{_DATE}起?[，,]?(?:至|到|[—\-－~～]+){_DATE}")
_YEAR_AND_MONTH = re.compile(r"(?:([0-9]{4})(年?))?([0-9]{1,2})")
_PERIOD_WORDS = re.compile(r"统计|数据|期限|时限|涵盖")


@rule(
    "statistics-period",
    family="text",
    severity="warning",
    basis="政府信息公开条例 第四十九条、第五十条",
    summary="数据的统计期限应当是报告年度 1 月 1 日至 12 月 31 日。",
)
def statistics_period(subject: Subject) -> Iterator[Finding]:
    year = subject.report.year
    for passage in passages(subject.report):
        if passage.key not in ("introduction", "overview", "other_matters"):
            continue
        for match in _PERIOD.finditer(passage.flat):
            around = passage.flat[max(0, match.start() - 25) : match.end() + 12]
            if not _PERIOD_WORDS.search(around):
                continue
            begin, end = _YEAR_AND_MONTH.fullmatch(match[1]), _YEAR_AND_MONTH.fullmatch(match[3])
            if begin is None or end is None:
                continue
            days = (int(begin[3]), int(match[2]), int(end[3]), int(match[4]))
            want = year if year is not None else int(begin[1] or end[1] or 0)
            years = {int(printed) for printed in (begin[1], end[1]) if printed}
            where = passage.where(around)
            of_period = "统计" in around or "期限" in around or "时限" in around
            if of_period and (days != (1, 1, 12, 31) or years - {want}):
                yield found(
                    "statistics-period",
                    "warning",
                    f"统计期限写的是“{match[0]}”，{want} 年度报告应当是 {want} 年 1 月 1 日至 12 月 31 日。请核对。",
                    where=where,
                )
                continue
            if (begin[1] and not begin[2]) or (end[1] and not end[2]):
                yield found(
                    "statistics-period",
                    "warning",
                    f"统计期限“{match[0]}”缺少“年”字，应当写成 {want} 年 1 月 1 日至 12 月 31 日。",
                    where=where,
                )


_YEAR = re.compile(r"([0-9]{4})年度?")
_NO_YEAR_AFTER = frozenset("0123456789.〔[第")
_PLANS = re.compile(r"到|至|面向|展望|远景|目标|规划|底前|计划|下一年|将|力争|拟|预计")


@rule(
    "year-not-meant",
    family="text",
    severity="warning",
    basis=PRACTICE,
    summary="正文中不可能是本意的年份：数字颠倒、离报告年度过远，或者总体情况以其他年份开头叙述当年工作。",
)
def year_not_meant(subject: Subject) -> Iterator[Finding]:
    year = subject.report.year
    if year is None:
        return
    for passage in passages(subject.report):
        text = passage.tight
        reported: set[int] = set()
        for match in _YEAR.finditer(text):
            printed = int(match[1])
            if printed in reported or printed == year or text[match.start() - 1 : match.start()] in _NO_YEAR_AFTER:
                continue
            if _plausible(printed, year, passage, text, match):
                continue
            reported.add(printed)
            yield found(
                "year-not-meant",
                "warning",
                f"{passage.name}写有“{match[0]}”，报告年度是 {year} 年。请核对是否为 {year} 年之误。",
                where=passage.where(sentence_at(text, match.start(), match.end())),
            )


def _plausible(printed: int, year: int, passage: Passage, text: str, match: re.Match[str]) -> bool:
    """Whether a year other than the report's may be meant where it stands."""
    if not 1900 <= printed <= year + 40:  # no calendar year: a slip for this one, or a number of years (1500年历史)
        return not _alike(printed, year)
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 12]
    begins = not before or before[-1] in "。；\n"
    narrates = begins and after[:1] in "，," and not _PLANS.search(after)
    if printed > year + 1:
        # 2032年 for 2023年, and not where a plan would stand
        return not ((_alike(printed, year, swapped=True) and not _PLANS.search(before + after)) or narrates)
    if printed < year and narrates and passage.key == "overview":
        # last year's opening left standing; a sentence that compares goes on with this year
        return f"{year}年" in sentence_at(text, match.start(), match.end())
    return True


def _alike(printed: int, year: int, *, swapped: bool = False) -> bool:
    """Whether one is the other with digits in another order or, unless only ``swapped`` counts, one digit wrong."""
    one, other = str(printed), str(year)
    if sorted(one) == sorted(other):
        return True
    return not swapped and len(one) == len(other) and sum(map(str.__ne__, one, other)) == 1


@rule(
    "title-year",
    family="text",
    severity="warning",
    basis=PRACTICE,
    summary="标题的年份应当与正文一致。",
)
def title_year(subject: Subject) -> Iterator[Finding]:
    year = subject.report.year
    if year is None or subject.report.title is None:
        return
    counts: Counter[int] = Counter()
    for passage in passages(subject.report):
        if passage.key in ("introduction", "overview"):
            counts.update(int(match[1]) for match in _YEAR.finditer(passage.flat))
    if not counts:
        return
    most, times = counts.most_common(1)[0]
    if most != year and times >= 3 and counts[year] == 0:
        yield found(
            "title-year",
            "warning",
            f"标题写的是 {year} 年，正文没有提到 {year} 年，却有 {times} 处写 {most} 年。请核对标题的年份。",
        )
