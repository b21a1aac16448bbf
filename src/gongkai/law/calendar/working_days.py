"""The calendar of working days: which days count, and how many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from .festivals import statutory_days
from .local import LocalHoliday
from .notices import YearRecord, notices


@dataclass(frozen=True, slots=True)
class _Year:
    """One year, ready for counting. ``working``: its working days as ordinals; ``reasons``: days out of the ordinary."""

    working: tuple[int, ...]
    reasons: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days by the notices that are loaded; a value, equal to another with the same notices and local holidays.

    Years without a notice are provisional: weekends and statutory holidays (法定节假日) are off. A year is laid out when
    it is first asked for, so that counting costs a search in it and loading a notice costs nothing.
    """

    notices: tuple[YearRecord, ...]
    local: tuple[LocalHoliday, ...] = ()
    _records: dict[int, YearRecord] = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_records", {record.year: record for record in self.notices})
        object.__setattr__(self, "_years", {})

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day: not on a weekend unless it is worked (调休上班), not on a holiday."""
        working, ordinal = self._year(day.year).working, day.toordinal()
        place = bisect_left(working, ordinal)
        return place < len(working) and working[place] == ordinal

    def after(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day``, which itself never counts. ``n`` is at least 1."""
        if n < 1:
            raise ValueError(f"at least one working day, not {n}")
        year = day.year
        working = self._year(year).working
        place = bisect_right(working, day.toordinal()) + n - 1
        while place >= len(working):
            place -= len(working)
            year += 1
            working = self._year(year).working
        return date.fromordinal(working[place])

    def working_days(self, first: date, last: date) -> int:
        """Working days from ``first`` to ``last``, both included; 0 where ``last`` is before ``first``."""
        if last < first:
            return 0
        whole = sum(len(self._year(year).working) for year in range(first.year, last.year))
        before = bisect_left(self._year(first.year).working, first.toordinal())
        return whole + bisect_right(self._year(last.year).working, last.toordinal()) - before

    def is_provisional(self, day: date) -> bool:
        """Whether no notice for the day's year is loaded, so that the day may yet turn out otherwise (待国办通知)."""
        return day.year not in self._records

    def why(self, day: date) -> str:
        """Why the day is off or worked out of the ordinary; "" for an ordinary working day."""
        return self._year(day.year).reasons.get(day) or ("周末" if day.weekday() >= 5 else "")

    def notice(self, year: int) -> YearRecord | None:
        """The notice that the year follows, None where it is provisional."""
        return self._records.get(year)

    def with_year(self, record: YearRecord) -> Calendar:
        """This calendar with a notice more, in place of an earlier one for the same year."""
        records = self._records | {record.year: record}
        return Calendar(tuple(records[year] for year in sorted(records)), self.local)

    def with_local(self, holiday: LocalHoliday) -> Calendar:
        """This calendar with a local holiday more; where two speak of one day, the later one holds."""
        return Calendar(self.notices, (*self.local, holiday))

    def _year(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._laid_out(year)
        return found

    def _laid_out(self, year: int) -> _Year:
        off: set[date] = set()
        worked: set[date] = set()
        reasons: dict[date, str] = {}
        for day, works, reason in self._exceptions(year):
            (worked if works else off).add(day)
            (off if works else worked).discard(day)
            reasons[day] = reason
        first, after = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
        days = map(date.fromordinal, range(first, after))
        working = (day for day in days if day in worked or (day.weekday() < 5 and day not in off))
        return _Year(tuple(day.toordinal() for day in working), reasons)

    def _exceptions(self, year: int) -> Iterator[tuple[date, bool, str]]:
        """Days of the year, whether they are worked, and why; what comes later holds."""
        if record := self._records.get(year):
            yield from _of_notice(record, year)
        else:
            for day, name in statutory_days(year).items():
                yield day, False, f"{year}年{name}（按法定节假日暂定）"
        if record := self._records.get(year + 1):  # New Year's holiday may begin in December
            yield from _of_notice(record, year)
        for holiday in self.local:
            yield from ((day, False, f"{holiday.name}放假") for day in holiday.days if day.year == year)
            yield from ((day, True, f"{holiday.name}调休上班") for day in holiday.worked if day.year == year)


def _of_notice(record: YearRecord, year: int) -> Iterator[tuple[date, bool, str]]:
    for holiday in record.holidays:
        yield from ((day, False, f"{record.year}年{holiday.name}放假") for day in holiday.off if day.year == year)
        yield from ((day, True, "调休上班") for day in holiday.worked if day.year == year)


@cache
def national_calendar() -> Calendar:
    """The calendar by the State Council's notices that come with the program (2004 to 2026)."""
    return Calendar(notices())
