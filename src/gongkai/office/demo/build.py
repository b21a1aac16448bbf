"""The whole demonstration: the district, the past year, the year that runs, and lawsuits about both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from ..cases.models import Case
from ..organs.models import Organ
from ..remedies.models import Remedy
from .district import House, Member, build_district
from .reports import tell_reports
from .years import tell_past_year, tell_this_year


def is_empty() -> bool:
    """Whether there is nothing yet: a demonstration is never put among real records."""
    return not Organ.objects.exists() and not get_user_model().objects.exists()


@transaction.atomic
def build(today: date, password: str, told: Callable[[str], None]) -> list[Member]:
    """Make it all or nothing; ``told`` gets a line after each part. Returns who may sign in."""
    houses, members = build_district(today, password)
    told(f"建立了 {len(houses)} 个机关，{len(members)} 个账号。")
    for house in houses.values():
        past = sum(1 for _ in tell_past_year(house, today.year - 1))
        if "clerk" not in house.holders:
            continue
        stories = list(tell_this_year(house, today))
        _remedies(house, today)
        told(f"{house.name}：{today.year - 1} 年 {past} 件，{today.year} 年 {len(stories)} 件。")
    for line in tell_reports(houses, today.year - 1):
        told(line)
    return members


def _remedies(house: House, today: date) -> None:
    """Somebody who was refused something this year went further."""
    refused = Case.objects.filter(
        organ=house.organ, outcome="withheld_third_party", decided_on__year=today.year
    ).first()
    if refused is None or refused.delivered_on is None:
        return
    begun = refused.delivered_on + timedelta(12)
    if begun < today:
        remedy = Remedy(
            organ=house.organ,
            kind="reconsideration",
            number=f"望政复〔{begun.year}〕{house.organ.code[-1]}号",
            body="云岭市望湖区人民政府",
            case=refused,
            begun_on=begun,
            summary=True,
        )
        remedy.full_clean()
        remedy.save()
