"""Repeated text over the reports that a district's organs have filed for a year, and against their former year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.comparing import Likeness, Texts, common_stock

from ..filings.filed import Filed, filed_contents, newest_contents
from ..filings.models import Filing
from ..filings.rollup import Territory
from ..organs.models import Organ


@dataclass(frozen=True, slots=True)
class District:
    """The texts of one section of a district's reports. By code of the organ: ``names``; ``texts`` of this year, as filed;
    ``former``: of the year before.
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


def district_of_texts(government: Organ, year: int, section: str) -> District:
    """The texts of a section of the organs below a government, of this year as filed and of the year before. A fixed number of
    queries.
    """
    territory = Territory.on(date(year, 12, 31))
    below = {one.pk: one for one in territory.below(government)}
    filings = list(Filing.objects.filter(organ__in=below, year__in=(year, year - 1)))
    filed = filed_contents(one for one in filings if one.year == year)
    former = newest_contents(one for one in filings if one.year == year - 1)
    names = {one.code: territory.names[pk] for pk, one in below.items()}
    return District(names, _texts(filed, below, section), _texts(former, below, section))


def alike(district: District) -> list[Alike]:
    """Every organ that has filed, the most repeated first."""
    texts, former = Texts.of(district.texts), district.former
    rows = [
        Alike(code, district.names[code], likeness, texts.shared(code, former[code]) if code in former else None)
        for code, likeness in texts.repeated().items()
    ]
    return sorted(rows, key=lambda one: (-one.most, one.code))


def _texts(read: Mapping[int, Filed], organs: Mapping[int, Organ], section: str) -> dict[str, str]:
    return {organs[one.filing.organ_id].code: one.text(section) for one in read.values() if one.text(section)}
