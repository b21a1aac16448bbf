"""Which organ handles a case (办理机关): the one that registered it, or the one it was transferred to when duties moved.

A case keeps its number and its chain in the register of the organ that registered it (`Case.organ`). Everything else goes
by the organ that handles it (`Case.handled_by`): who may open it, whose divisions and people work on it, by whose time
limits and holidays its days count, who signs and numbers its letters, and who counts it in its tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from gongkai.law.case.state import CaseState

from ..organs.models import Division, Organ
from .models import Case, CaseEvent


def handler(case: Case, state: CaseState) -> Organ:
    """The organ that handles the case by what its events come to."""
    return _of_code(case, state.transferred_to)


def handler_at(case: Case, state: CaseState, number: int) -> Organ:
    """The organ that took the step of this number; a case is transferred by the organ that had it."""
    before = [event for event in state.effective if event.kind == "transferred" and event.number < number]
    return _of_code(case, before[-1].data["organ"]) if before else case.organ


def division_names(case: Case, rows: Iterable[CaseEvent]) -> dict[str, str]:
    """The names, by key, of the divisions of all organs that have handled the case."""
    codes = [row.data["organ"] for row in rows if row.kind == "transferred"]
    codes += [row.data.get("values", {}).get("organ", "") for row in rows if row.kind == "record_corrected"]
    held = Division.objects.filter(Q(organ=case.organ_id) | Q(organ__code__in=codes))
    found: dict[str, list[str]] = {}
    for key, name in held.order_by("organ", "key").values_list("key", "name"):
        found.setdefault(key, []).append(name)
    return {key: "／".join(dict.fromkeys(names)) for key, names in found.items()}  # two organs may use one key


def case_called(organ: Organ, text: str) -> Case | None:
    """The case that an organ means by a number of its own register, or by the reference of one that was transferred to it."""
    code, _, number = text.rpartition("/")
    if code:
        return Case.objects.filter(handled_by=organ, organ__code=code, number=number).first()
    return Case.objects.filter(organ=organ, number=number).first()


def _of_code(case: Case, code: str) -> Organ:
    for known in (case.organ, case.handled_by):
        if known.code == code or not code:
            return known
    return Organ.objects.get(code=code)
