"""What another calendar would do to the open cases, shown before it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ...cases.models import Case
from ...clock import today


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one open case: its number, organ, and the day due before and after."""

    organ: str
    number: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The cases whose day due changes."""

    cases: list[Change]

    @property
    def by_organ(self) -> list[tuple[str, int]]:
        """How many of each organ."""
        return sorted(Counter(one.organ for one in self.cases).items())


def changes_of(do: Callable[[], object]) -> Changes:
    """Which open cases would have another day due if this were done. Nothing is kept: it is done and taken back."""
    open_cases = Case.objects.exclude(status="closed").select_related("organ").prefetch_related("organ__names")
    with transaction.atomic():
        before = dict(open_cases.values_list("pk", "due"))
        do()
        changed = [case for case in open_cases if case.due != before[case.pk]]
        transaction.set_rollback(True)
    day = today()
    return Changes([Change(case.organ.name_on(day), case.number, before[case.pk], case.due) for case in changed])
