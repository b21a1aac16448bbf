"""Repeated text over the reports that a district's organs have filed for a year, and against their former year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.comparing import Likeness, common_stock, repeated, shared

from ..filings.filed import Filed, filed_contents, newest_contents
from ..filings.likeness import SECTION
from ..filings.models import Filing
from ..filings.rollup import Territory
from ..organs.models import Organ


@dataclass(frozen=True, slots=True)
class District:
    """The texts of a district's reports. By code of the organ: ``names``; ``texts`` of this year, as filed; ``former``: of the
    year before.
    """

    names: Mapping[str, str]
    texts: Mapping[str, str]
    former: Mapping[str, str]

    @property
    def stock(self) -> frozenset[int]:
        """What most of the texts hold, which is no repetition."""
        return common_stock(self.texts)


@dataclass(frozen=True, slots=True)
class Alike:
    """An organ's text: how much of it stands in other organs' reports, and in its own of the year before."""

    code: str
    name: str
    likeness: Likeness
    former: Likeness | None

    @property
    def most(self) -> float:
        """By what it is listed."""
        return max(self.likeness.share or 0.0, (self.former.share or 0.0) if self.former else 0.0)


def district_of_texts(government: Organ, year: int) -> District:
    """The texts of the organs below a government, of this year as filed and of the year before. A fixed number of queries."""
    territory = Territory.on(date(year, 12, 31))
    below = {one.pk: one for one in territory.below(government)}
    filings = list(Filing.objects.filter(organ__in=below, year__in=(year, year - 1)))
    filed = filed_contents(one for one in filings if one.year == year)
    former = newest_contents(one for one in filings if one.year == year - 1)
    names = {one.code: territory.names[pk] for pk, one in below.items()}
    return District(names, _texts(filed, below), _texts(former, below))


def alike(district: District) -> list[Alike]:
    """Every organ that has filed, the most repeated first."""
    found, stock = repeated(district.texts), district.stock if district.former else frozenset()
    rows = [
        Alike(
            code,
            district.names[code],
            found[code],
            shared(text, {code: district.former[code]}, stock) if code in district.former else None,
        )
        for code, text in district.texts.items()
    ]
    return sorted(rows, key=lambda one: (-one.most, one.code))


def _texts(read: Mapping[int, Filed], organs: Mapping[int, Organ]) -> dict[str, str]:
    return {organs[one.filing.organ_id].code: one.text(SECTION) for one in read.values() if one.text(SECTION)}
