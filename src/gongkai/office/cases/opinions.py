"""What divisions, reviewers and leaders said of a case, as the approval sheet and the review screen show it."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.law.case.lists import label_of

from .desk import Desk
from .models import CaseEvent
from .presenting import chinese_day, ended

_SHEET: Mapping[str, str] = {
    "legal_opinion": "legally_reviewed",
    "confidentiality_opinion": "confidentiality_reviewed",
    "office_opinion": "reviewed",
    "approval": "approved",
}
"""Placeholders of the approval sheet by the step whose words they carry."""


def opinions(one: Desk) -> dict[str, str]:
    """The opinions by placeholder, each with name and day; those not given yet are left out."""
    found = {key: said(row) for key, kind in _SHEET.items() if (row := one.last(kind))}
    if finding := one.last("finding_returned"):
        found["division_opinion"] = said(finding)
    return found


def said(row: CaseEvent) -> str:
    """What a person said at an event: 同意。　周强　2026年11月16日."""
    words = row.data.get("remark") or row.data.get("opinion") or ""
    if row.kind == "confidentiality_reviewed":
        words = f"{label_of('review_results', row.data['result'])}。{words}"
    if row.kind == "finding_returned":
        words = f"{label_of('findings', row.data['finding'])}。{words}"
    return f"{ended(words) or '同意。'}　{row.actor or ''}　{chinese_day(row.on)}"
