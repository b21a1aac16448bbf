"""A problem: one thing in a ledger that can't be taken, or that its office should know. A value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """Where and why. ``severity``: ``error`` stands in the way of a report, ``note`` does not.

    ``row`` as the spreadsheet program numbers it, from 1; ``column`` its letters and head (``H列“办结日期”``); None
    where the problem is one of the whole sheet or ledger. ``reason``: Chinese, without the place, without a full stop.
    """

    severity: Literal["error", "note"]
    sheet: str | None
    row: int | None
    column: str | None
    reason: str

    @property
    def text(self) -> str:
        """The whole sentence: ``工作表“依申请公开”第 12 行 H列“办结日期”：……。``"""
        place = f"工作表“{self.sheet}”" if self.sheet else ""
        place += f"第 {self.row} 行" if self.row else ""
        place += f"{' ' if self.row else '的 '}{self.column}" if self.column else ""
        return f"{place}：{self.reason}。" if place else f"{self.reason}。"


def ranges(rows: tuple[int, ...]) -> str:
    """Row numbers briefly: ``4—9、12``."""
    parts: list[list[int]] = []
    for row in sorted(set(rows)):
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in parts)
