"""Repeated text over the reports that a district's organs have filed for a year, and against their former year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.comparing import Likeness, Texts

from ..filings.filed import Filed, filed_contents, newest_contents
from ..filings.models import Filing
from ..filings.prints import kept
from ..filings.rollup import Territory
from ..organs.models import Organ


@dataclass(frozen=True, slots=True)
class District:
    """The texts of one section of a district's reports. By code of the organ: ``names``; ``texts`` of this year, as filed;
    ``former``: of the year before. ``prints``, ``former_prints``: what was kept of them to compare them by.
    """

    names: Mapping[str, str]
    texts: Mapping[str, str]
    former: Mapping[str, str]
    prints: Mapping[str, bytes] = field(default_factory=dict)
    former_prints: Mapping[str, bytes] = field(default_factory=dict)

    def read(self) -> Texts:
        """This year's texts, read for comparing."""
        return Texts.of(self.texts, kept=self.prints)

    @property
    def stock(self) -> frozenset[int]:
        """What most of the texts hold, which is no repetition."""
        return self.read().stock


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
    this, last = _by_code(filed, below, section), _by_code(former, below, section)
    return District(names, this.texts, last.texts, this.prints, last.prints)


def alike(district: District) -> list[Alike]:
    """Every organ that has filed, the most repeated first."""
    texts, former, prints = district.read(), district.former, district.former_prints
    rows = [
        Alike(
            code,
            district.names[code],
            likeness,
            texts.shared(code, former[code], prints.get(code, b"")) if code in former else None,
        )
        for code, likeness in texts.repeated().items()
    ]
    return sorted(rows, key=lambda one: (-one.most, one.code))


@dataclass(frozen=True, slots=True)
class _Year:
    texts: Mapping[str, str]
    prints: Mapping[str, bytes]


def _by_code(read: Mapping[int, Filed], organs: Mapping[int, Organ], section: str) -> _Year:
    codes = {pk: organs[one.filing.organ_id].code for pk, one in read.items() if one.text(section)}
    prints = kept((read[pk] for pk in codes), section)
    return _Year(
        {code: read[pk].text(section) for pk, code in codes.items()}, {codes[pk]: data for pk, data in prints.items()}
    )
