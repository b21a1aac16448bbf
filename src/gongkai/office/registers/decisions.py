"""处理决定数量和收费: entering, correcting and withdrawing figures, so that none is ever counted twice.

Two figures in force that count never cover the same decisions: of one source they are of different months or different
divisions; of two sources that give figures for the same months and division, all but one were said to be 另计 (other
decisions) or 只作核对 (a comparison, not counted).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from gongkai.law import decision_kinds
from gongkai.report.report import Number

from ..organs.authority import note
from ..organs.models import Division, Organ, Person
from .models import DecisionFigure, exact, millionths_of, told_months
from .responsible import end, entered, locked, require

Use = DecisionFigure.Use

AMOUNTS = frozenset({"fees"})
"""Kinds whose figure is an amount of money in 万元; the others count decisions."""

MOST = 1_000_000_000
"""The largest figure taken: more is a slip of the pen."""

SUGGESTED = ("行政许可平台", "双公示", "行政执法平台", "非税收入系统", "手工台账")
"""Sources offered where an organ has used none yet."""


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months of a year, from ``first`` to ``last``."""

    first: int
    last: int

    def meets(self, other: DecisionFigure) -> bool:
        """Whether a figure covers some of these months."""
        return self.first <= other.last and other.first <= self.last


WHOLE_YEAR = Months(1, 12)


def in_force(organ: Organ, year: int) -> QuerySet[DecisionFigure]:
    """The figures of a year that were neither corrected nor withdrawn, comparisons included."""
    return DecisionFigure.objects.filter(DecisionFigure.in_force, organ=organ, year=year).select_related("division")


def unit_of(kind: str) -> str:
    """件, or 万元."""
    return "万元" if kind in AMOUNTS else "件"


def sources_of(organ: Organ) -> list[str]:
    """The sources the organ has used, or those that are usual, by name."""
    used = DecisionFigure.objects.filter(organ=organ).order_by("source").values_list("source", flat=True).distinct()
    return list(dict.fromkeys([*used, *SUGGESTED]))


@transaction.atomic
def enter_figure(
    organ: Organ,
    year: int,
    *,
    kind: str,
    months: Months,
    source: str,
    number: Number,
    by: Person | None,
    today: date,
    division: Division | None = None,
    use: str = "",
    reason: str = "",
) -> DecisionFigure:
    """Enter a figure, or correct the one of the same months, source and division: that needs a ``reason``, and is kept.

    ``use``: the answer where another source gives figures of the same months: `Use.ADD` or `Use.COMPARE`; it then holds for
    the source's other figures of the kind and year as well. Raises ValidationError with the field (number, months, use, reason).
    """
    require(by, organ, today)
    locked(organ)
    source = source.strip()
    of_kind = in_force(organ, year).filter(kind=kind)
    figures = list(
        of_kind.filter(first__lte=months.last, last__gte=months.first)
    )  # of other months are other decisions
    before = same_figure(figures, source, months, division)
    if before is not None and before.number == number and (not use or use == before.use):
        return before
    one = DecisionFigure(
        organ=organ,
        year=year,
        kind=kind,
        source=source,
        division=division,
        division_key=division.key if division else "",
        first=months.first,
        last=months.last,
        millionths=_checked(kind, number),
        follows=before,
    )
    _check(one, months, today)
    if before is not None and not reason.strip():
        raise ValidationError({"reason": f"更正{before.period}的数字，请写明原因。"})
    others = [each for each in figures if before is None or each.pk != before.pk]
    _refuse_overlap(one, months, others)
    own = of_kind.filter(source=source).exclude(pk=before.pk if before else None)
    said = use or (before.use if before else "") or own.values_list("use", flat=True).first() or Use.ONLY.value
    one.use = _use(one, months, others, said)
    _answer(own, one.use)
    if before is not None:
        end(before, by, reason)
    told = {
        "kind": kind,
        "source": source,
        "months": one.period,
        "division": str(division or ""),
        "use": one.use,
    }
    entered(one, by, "registers.figure.enter", year=year, amount=str(number), reason=reason, **told)
    return one


@transaction.atomic
def withdraw_figure(figure: DecisionFigure, *, reason: str, by: Person | None, today: date) -> None:
    """Withdraw a figure; it is kept with the reason, and no longer counts."""
    require(by, figure.organ, today)
    locked(figure.organ)
    figure.refresh_from_db()
    if figure.ended_at:
        raise ValidationError("这个数字已经更正或者撤回。")
    if not reason.strip():
        raise ValidationError({"reason": "请写明撤回的原因。"})
    end(figure, by, reason)
    note(figure, "registers.figure.withdraw", by, figure.organ, year=figure.year, kind=figure.kind, reason=reason)


@transaction.atomic
def change_use(
    organ: Organ, year: int, *, kind: str, source: str, use: str, reason: str, by: Person | None, today: date
) -> None:
    """Answer anew what a source's figures of a kind are beside other sources': `Use.ADD` or `Use.COMPARE`."""
    require(by, organ, today)
    locked(organ)
    own = in_force(organ, year).filter(kind=kind, source=source)
    if (first := own.first()) is None:
        raise ValidationError({"use": "这个来源没有这一事项的数字。"})
    if use not in (Use.ADD.value, Use.COMPARE.value):
        raise ValidationError({"use": "请选择另计或者只作核对。"})
    if not reason.strip():
        raise ValidationError({"reason": "请写明依据。"})
    _answer(own, use)
    note(first, "registers.figure.use", by, organ, year=year, kind=kind, source=source, use=use, reason=reason)


def same_figure(
    figures: Iterable[DecisionFigure], source: str, months: Months, division: Division | None
) -> DecisionFigure | None:
    """The figure of exactly these months, this source and division."""
    wanted = (source, division.key if division else "", months.first, months.last)
    return next((one for one in figures if (one.source, one.division_key, one.first, one.last) == wanted), None)


def rivals(figures: Iterable[DecisionFigure], source: str, months: Months, division_key: str) -> list[DecisionFigure]:
    """The figures of other sources that may count the same decisions and that nobody said are others."""
    return [
        one
        for one in figures
        if one.source != source
        and one.use == Use.ONLY
        and months.meets(one)
        and _same_scope(one.division_key, division_key)
    ]


def answer_of(figures: Iterable[DecisionFigure], source: str) -> str:
    """What was said of a source among figures of a kind and year."""
    return next((one.use for one in figures if one.source == source), Use.ONLY.value)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A source that is only compared. ``counted``: what is counted for the same months; None where months differ."""

    kind: str
    source: str
    number: Number
    counted: Number | None

    @property
    def difference(self) -> Number | None:
        """By how much the source gives more than is counted."""
        return None if self.counted is None else self.number - self.counted


def comparisons(figures: Sequence[DecisionFigure]) -> list[Comparison]:
    """Each source that is only compared, beside what is counted without what is said to be other decisions."""
    found = []
    for kind, source in dict.fromkeys((one.kind, one.source) for one in figures if one.use == Use.COMPARE):
        own = [one for one in figures if (one.kind, one.source) == (kind, source)]
        of_division = {one.division_key for one in own}
        months = {month for one in own for month in range(one.first, one.last + 1)}
        beside = [
            one
            for one in figures
            if one.kind == kind
            and one.use == Use.ONLY
            and ("" in of_division or one.division_key in of_division)
            and months & set(range(one.first, one.last + 1))
        ]
        fits = bool(beside) and all(months >= set(range(one.first, one.last + 1)) for one in beside)
        covered = {month for one in beside for month in range(one.first, one.last + 1)}
        counted = exact(sum(one.millionths for one in beside)) if fits and covered == months else None
        found.append(Comparison(kind, source, exact(sum(one.millionths for one in own)), counted))
    return found


def _same_scope(one: str, other: str) -> bool:
    """Whether two divisions, "" for the whole organ, may have made the same decisions."""
    return one == other or not one or not other


def _checked(kind: str, number: Number) -> int:
    if kind not in decision_kinds():
        raise ValidationError({"kind": "没有这一事项。"})
    if (isinstance(number, Decimal) and not number.is_finite()) or not 0 <= number <= MOST:
        raise ValidationError({"number": "数字应当不小于 0，并且不超过 10 亿，请核对。"})
    if kind not in AMOUNTS and number != int(number):
        raise ValidationError({"number": "件数应当是整数。"})
    try:
        return millionths_of(number)
    except ValueError:
        raise ValidationError({"number": "金额最多写六位小数（精确到分）。"}) from None


def _check(one: DecisionFigure, months: Months, today: date) -> None:
    one.check_typed()
    if not 1 <= months.first <= months.last <= 12:
        raise ValidationError({"months": "月份应当在 1 至 12 之间。"})
    if one.division is not None and one.division.organ_id != one.organ_id:
        raise ValidationError({"division": "这不是本机关的内设机构。"})
    begins = months.first if months != WHOLE_YEAR else 1
    if (one.year, begins) > (today.year, today.month):
        raise ValidationError({"months": f"{told_months(one.year, months.first, months.last)}还没有到，不能填报。"})


def _refuse_overlap(one: DecisionFigure, months: Months, others: Iterable[DecisionFigure]) -> None:
    """The same source gives each decision once: by the month or by the year, for the organ or for its divisions."""
    for other in others:
        if (
            other.source != one.source
            or not months.meets(other)
            or not _same_scope(other.division_key, one.division_key)
        ):
            continue
        if other.division_key == one.division_key:
            reason = f"来源“{one.source}”已填报{other.period}的数字，期间重叠，会重复计数。请只按月填或者只填全年数，不用的先撤回。"
        else:
            scope = f"“{other.division}”" if other.division else "全机关"
            reason = f"来源“{one.source}”已填报{scope}{other.period}的数字，会重复计数。请只填全机关的或者只分机构填，不用的先撤回。"
        raise ValidationError({"months": reason})


def _use(one: DecisionFigure, months: Months, others: Sequence[DecisionFigure], said: str) -> str:
    """The figure's use beside other sources. Raises ValidationError where it has to be said and was not."""
    if said not in Use.values:
        raise ValidationError({"use": "请选择另计或者只作核对。"})
    if said == Use.ONLY.value and (found := rivals(others, one.source, months, one.division_key)):
        given = f"来源“{found[0].source}”已填报{found[0].period}的{one.kind_label}数字。"
        raise ValidationError({"use": f"{given}请说明：是另外的决定，另计；还是同样的决定，只作核对。"})
    return said


def _answer(figures: QuerySet[DecisionFigure], use: str) -> None:
    """One answer holds for all figures of a source for a kind and year."""
    figures.exclude(use=use).update(use=use)


def counted_sums(figures: Iterable[DecisionFigure]) -> Mapping[str, Number]:
    """By kind, the sum of what is counted; no key where nothing is."""
    sums: dict[str, int] = {}
    for one in figures:
        if one.counted:
            sums[one.kind] = sums.get(one.kind, 0) + one.millionths
    return {kind: exact(total) for kind, total in sums.items()}
