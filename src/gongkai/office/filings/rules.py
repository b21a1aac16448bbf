"""What a district has set for the annual reports of its organs, as the core asks for it."""

from __future__ import annotations

from gongkai.law.filing import FilingDates, FilingRules, filing_dates

from ..organs.models import Organ
from ..organs.queries import ancestors
from .models import DistrictRules, Filing


def district_of(organ: Organ) -> Organ | None:
    """The government whose supervising office an organ files with: the nearest above it, None for the topmost."""
    return next((one for one in ancestors(organ) if one.kind == Organ.Kind.GOVERNMENT), None)


def district_rules(government: Organ | None) -> DistrictRules:
    """What the government has set; the defaults where it has set nothing."""
    found = DistrictRules.objects.filter(organ=government).first() if government else None
    return found or DistrictRules(organ=government)


def dates_of(filing: Filing) -> FilingDates:
    """The statutory day of a filing."""
    return filing_dates(filing.year, government=filing.organ.kind == Organ.Kind.GOVERNMENT)


def rules_for(filing: Filing) -> FilingRules:
    """The rules by which a filing goes its way."""
    district = district_of(filing.organ)
    return FilingRules(
        acceptance=district_rules(district).acceptance,
        supervised=district is not None,
        outside=filing.outside,
        statutory=dates_of(filing).statutory,
    )
