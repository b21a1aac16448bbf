"""Numbers (编号) of cases and letters: one after the other, none twice, none left out."""

from __future__ import annotations

from django.db import transaction

from ..organs.models import Organ
from .chain import register_seal
from .models import LetterSeries, Register


def next_case_number(organ: Organ, year: int) -> str:
    """The organ's next number of the year: 2026-0001. To be called in the transaction that makes the case."""
    Register.objects.get_or_create(organ=organ, year=year, defaults={"seal": register_seal(organ.code, year, 0)})
    register = Register.objects.select_for_update().get(organ=organ, year=year)
    register.last += 1
    register.seal = register_seal(organ.code, year, register.last)
    register.save(update_fields=["last", "seal"])
    return case_number(year, register.last)


def case_number(year: int, serial: int) -> str:
    """A case's number: year and place in the year's register."""
    return f"{year}-{serial:04}"


def next_letter_number(organ: Organ, kind: str, year: int) -> str:
    """The next number of a letter by the organ's template, e.g. 云政公复〔2026〕3号. ``kind``: what stands for it there, 复."""
    with transaction.atomic():
        LetterSeries.objects.get_or_create(organ=organ, year=year, kind=kind)
        series = LetterSeries.objects.select_for_update().get(organ=organ, year=year, kind=kind)
        series.last += 1
        series.save(update_fields=["last"])
    return organ.number_template.format(code=organ.short_code, kind=kind, year=year, serial=series.last)
