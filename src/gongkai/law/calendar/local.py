"""Local holidays (地方性节假日) laid over the national calendar, such as 广西“壮族三月三”: records of the local office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..records import check_dates, check_shape, parse_toml
from ..terms import LawError


@dataclass(frozen=True, slots=True)
class LocalHoliday:
    """Days off in one place. ``basis``: the local provision or notice; ``worked``: days worked for them instead.

    What it says of a day goes before what the national calendar says. Raises LawError where it contradicts itself.
    """

    name: str
    basis: str
    days: tuple[date, ...]
    worked: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.basis.strip():
            raise LawError("地方性节假日应当写明名称和依据。")
        if not self.days and not self.worked:
            raise LawError(f"地方性节假日“{self.name}”没有日期。")
        if both := sorted(set(self.days) & set(self.worked)):
            raise LawError(f"地方性节假日“{self.name}”的 {_listed(both)} 既放假又上班，请核对。")


def parse_local(text: str, source: str = "地方性节假日") -> LocalHoliday:
    """A local holiday given as TOML: name, basis, days and, where there are any, worked. Raises LawError."""
    raw = check_shape(parse_toml(text, source), source, {"name": str, "basis": str, "days": list}, {"worked": list})
    days = check_dates(raw["days"], f"{source}的 days")
    return LocalHoliday(raw["name"], raw["basis"], days, check_dates(raw.get("worked", []), f"{source}的 worked"))


def _listed(days: Iterable[date]) -> str:
    return "、".join(map(str, days))
