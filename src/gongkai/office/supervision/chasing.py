"""Chasing (催报, 第四十七条): the organs whose reports are awaited, one or several at once, whether these have been begun or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from gongkai.law.filing import Refusal

from ..clock import now
from ..filings.models import Chase, Filing
from ..filings.needs import supervised_elsewhere, supervises
from ..filings.record import RefusedStepError, take
from ..organs.authority import note
from ..organs.models import Organ, Person


def chase(
    organs: Iterable[Organ], year: int, text: str, *, by: Person, roles: Collection[str], today: date
) -> tuple[list[Organ], list[tuple[Organ, str]]]:
    """Chase these organs. Returns those that were, and those that were not with the reason in Chinese. The roles are those that
    ``by`` holds over them.
    """
    wanted = list(organs)
    filings = {one.organ_id: one for one in Filing.objects.select_related("organ").filter(organ__in=wanted, year=year)}
    done, refused = [], []
    for organ in wanted:
        filing = filings.get(organ.pk)
        try:
            _chase(organ, filing, year, text, by, frozenset(roles), today)
        except RefusedStepError as error:
            refused.append((organ, error.refusal.message))
        else:
            done.append(organ)
    return done, refused


def _chase(
    organ: Organ, filing: Filing | None, year: int, text: str, by: Person, roles: frozenset[str], today: date
) -> None:
    if not supervises(organ, by):
        raise RefusedStepError(Refusal(supervised_elsewhere(organ)))
    if filing is not None:
        data = {"reason": text} if text else {}
        take(filing, "chased", version=filing.newest, by=by, roles=roles, today=today, data=data)
        return
    with transaction.atomic():
        made = Chase.objects.create(organ=organ, year=year, on=today, at=now(), by=by, text=text)
        note(made, "supervision.chase", by, organ, year=year)
