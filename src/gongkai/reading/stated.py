"""A figure that the narrative states (正文中的数据), with what it counts and the cells of the form it corresponds to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..report.form import CellKey
from ..report.report import Number


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated figure.

    ``section``: key of the section (``overview`` …, ``introduction``); ``part``: key of the part of section one or "".
    ``sentence``: the sentence as printed; ``start``, ``end``: the numeral's place in the section's text.
    ``what``: a stable word for what is counted (``received``, ``published``, ``published_web``, ``share`` …), ``""``
    where it can't be told. ``cells``: the cells whose sum it states, empty where none; ``readings``: further lawful
    meanings, each a tuple of cells (受理 may count the new ones, or the new ones and those carried in).
    ``approximate``: ``""`` exact, ``"about"`` (约、左右), ``"over"`` (余、超、逾), ``"under"`` (近).
    ``unit`` as printed (件、条、场次、%). ``whole``: index in the tuple of stated figures of the figure of which this
    one is a part by enumeration (共 374 条，其中政府网 79 条), None where it is none. ``denied``: the sentence says there
    were none (未收到申请), so the value 0 has no numeral.
    """

    section: str
    sentence: str
    value: Number
    start: int
    end: int
    what: str = ""
    cells: tuple[CellKey, ...] = ()
    readings: tuple[tuple[CellKey, ...], ...] = ()
    approximate: Literal["", "about", "over", "under"] = ""
    unit: str = ""
    part: str = ""
    whole: int | None = None
    denied: bool = False
