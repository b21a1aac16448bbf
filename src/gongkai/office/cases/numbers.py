"""Numbers (编号) of cases and letters: one after the other, none twice, none left out."""

from __future__ import annotations

import re

from django.db import transaction

from gongkai.letters.numbers import letter_number

from ..organs.models import Organ
from .chain import register_seal
from .models import Case, LetterSeries, Register

KEPT = 0
"""In place of a year: the register that counts the cases with a number kept from a ledger, outside the series of a year."""

_FITTING = re.compile(r"(?=.*\d)[^\s/\\?#%]{1,20}")


def next_case_number(organ: Organ, year: int) -> str:
    """The organ's next number of the year: 2026-0001. To be called in the transaction that makes the case.

    A number that an imported case has kept is passed over: that case is from then on one of the series.
    """
    register = _register(organ, year)
    register.last += 1
    while Case.objects.filter(organ=organ, number=case_number(year, register.last)).exists():
        register.last += 1
        _count(organ, _register(organ, KEPT), -1)
    _count(organ, register, 0)
    return case_number(year, register.last)


def keep_case_number(organ: Organ, number: str) -> bool:
    """Whether a case may keep a number from elsewhere: it is free and can stand in an address. To be called as above."""
    if not _FITTING.fullmatch(number) or Case.objects.filter(organ=organ, number=number).exists():
        return False
    _count(organ, _register(organ, KEPT), 1)
    return True


def _register(organ: Organ, year: int) -> Register:
    fresh = {"seal": register_seal(organ.code, year, 0)}
    return Register.objects.select_for_update().get_or_create(organ=organ, year=year, defaults=fresh)[0]


def _count(organ: Organ, register: Register, more: int) -> None:
    register.last += more
    register.seal = register_seal(organ.code, register.year, register.last)
    register.save(update_fields=["last", "seal"])


def case_number(year: int, serial: int) -> str:
    """A case's number: year and place in the year's register."""
    return f"{year}-{serial:04}"


def next_letter_number(organ: Organ, kind: str, year: int) -> str:
    """The next number of a letter by the organ's template, e.g. 云政公复〔2026〕3号. ``kind``: what stands for it there, 复."""
    with transaction.atomic():
        series, _ = LetterSeries.objects.select_for_update().get_or_create(organ=organ, year=year, kind=kind)
        series.last += 1
        series.save(update_fields=["last"])
    return letter_number(organ.number_template, code=organ.short_code, kind=kind, year=year, serial=series.last)
