"""The pages of a received file as images, and where its figures stand on them; drawn by the worker when somebody first looks."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongkai.reading.document import Box
from gongkai.report.form import CellKey, Form
from gongkai.report.writing import dumps

from ..portal.checking import process
from ..portal.checking.drawing import is_pdf
from ..vault.files import content, store
from .models import PageImage, Received
from .readings import TakenDown

Place = tuple[int, Box]
"""Page from 1, and the box on it in points."""

_ROOM = (150.0, 16.0)
"""Points shown around a cell to the sides, and above and below it."""


PDF_SECONDS = 30.0
"""The most that drawing a file may take that has pages already: whoever looks first waits for it, ten pages take some two seconds."""

PRINTED_SECONDS = 90.0
"""The most for a file that an office suite prints first, which alone may take a minute."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """``pages``; or ``lines`` of a document without pages, each with ``table``, ``row``, ``line``, ``cells`` (text, columns, rows).

    ``places``: where figures stand on pages that were printed from a document without any. ``remarks``: what can't be shown.
    """

    pages: Sequence[PageImage]
    places: Mapping[CellKey, Place]
    lines: Sequence[Mapping[str, Any]]
    remarks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a page (``x``, ``y``, ``width``, ``height``) around a ``box``; ``exact``: the box is the cell's own, not its row's."""

    page: PageImage
    x: float
    y: float
    width: float
    height: float
    box: tuple[float, float, float, float]
    exact: bool


def drawn(received: Received, seconds: float | None = None) -> Drawn:
    """What the file looks like; drawn now where nobody looked yet, in at most ``seconds`` (None: what is usual for the format)."""
    if not received.drawn:
        _draw(received, seconds)
    told = json.loads(received.drawn)
    places = {key: (one["page"], tuple(one["box"])) for key, one in told["places"].items()}
    return Drawn(list(received.pages.select_related("file")), places, told["lines"], told["remarks"])


def _draw(received: Received, seconds: float | None) -> None:
    told: dict[str, Any] = {"places": {}, "lines": [], "remarks": []}
    pages: list[tuple[int, float, float, bytes]] = []
    data = content(received.file)
    task = {"task": "draw", "name": received.name, "data": base64.b64encode(data).decode()}
    usual = PDF_SECONDS if is_pdf(data) else PRINTED_SECONDS
    try:
        for answer in process.answers(task, whole=usual if seconds is None else seconds):
            match answer:
                case {"page": number, "width": width, "height": height, "png": png}:
                    pages.append((number, float(width), float(height), base64.b64decode(png)))
                case {"remark": text}:
                    told["remarks"].append(text)
                case {"places": places}:
                    told["places"] = places
                case {"lines": lines}:
                    told["lines"] = lines
    except process.WorkerEndedError:
        told["remarks"].append(_not_drawn(len(pages)))
    with transaction.atomic():
        locked = Received.objects.select_for_update().get(pk=received.pk)
        if not locked.drawn:  # nobody else drew it meanwhile
            for number, width, height, png in pages:
                file = store(f"第{number}页.png", png)
                PageImage.objects.create(received=locked, number=number, width=width, height=height, file=file)
            locked.drawn = dumps(told)
            locked.save(update_fields=["drawn"])
    received.drawn = locked.drawn


def _not_drawn(before: int) -> str:
    pages = f"第 {before + 1} 页起的页面图像" if before else "页面图像"
    return (
        f"{pages}没有能够生成：这份文件画起来太慢、占用的内存太多，或者已经损坏。请下载原件，对照原件核对、确认各格。"
    )


def place_of(key: CellKey, found: TakenDown, shown: Drawn) -> Place | None:
    """Where a cell stands on a page."""
    if key in shown.places:
        return shown.places[key]
    seen = found.seen.get(key)
    return (seen.page, seen.box) if seen and seen.page and seen.box else None


def cut_of(key: CellKey, found: TakenDown, shown: Drawn) -> Cut | None:
    """The piece of a page to look at for a cell: around it, or around its row where it was not read itself."""
    place = place_of(key, found, shown)
    return _cut(place, shown, exact=True) if place else row_cut_of(key, found, shown)


def row_cut_of(key: CellKey, found: TakenDown, shown: Drawn) -> Cut | None:
    """The piece of a page around what was read of a cell's row."""
    return _cut(_row_place(key, found, shown), shown, exact=False)


def _cut(place: Place | None, shown: Drawn, *, exact: bool) -> Cut | None:
    pages = {one.number: one for one in shown.pages}
    if place is None or place[0] not in pages:
        return None
    page, (left, top, right, bottom) = pages[place[0]], place[1]
    x, y = max(0.0, left - _ROOM[0]), max(0.0, top - _ROOM[1])
    width, height = min(page.width, right + _ROOM[0]) - x, min(page.height, bottom + _ROOM[1]) - y
    if width <= 0 or height <= 0:
        return None
    return Cut(page, x, y, width, height, (left, top, right - left, bottom - top), exact)


def _row_place(key: CellKey, found: TakenDown, shown: Drawn) -> Place | None:
    """The box around what was read of the cell's row, on the first page on which it stands."""
    row = [place for other in row_of(key, found.form) if (place := place_of(other, found, shown))]
    if not row:
        return None
    page = min(number for number, _ in row)
    boxes = [box for number, box in row if number == page]
    return page, (
        min(one[0] for one in boxes),
        min(one[1] for one in boxes),
        max(one[2] for one in boxes),
        max(one[3] for one in boxes),
    )


def row_of(key: CellKey, form: Form) -> list[CellKey]:
    """The cells of the form's row in which a cell stands."""
    cell = form.cells[key]
    return [one.key for one in form.cells.values() if one.row is cell.row and one.table is cell.table]


def line_of(key: CellKey, found: TakenDown, shown: Drawn) -> int | None:
    """The index of the line, of a document without pages, in which a cell stands, or its row."""
    for other in (key, *row_of(key, found.form)):
        if (seen := found.seen.get(other)) is None:
            continue
        for index, line in enumerate(shown.lines):
            by_line = seen.line is not None and line["line"] == seen.line
            by_row = (
                seen.table is not None
                and seen.row is not None
                and (line["table"], line["row"]) == (seen.table, seen.row)
            )
            if by_line or (seen.line is None and by_row):
                return index
    return None


def blocks_of(lines: Sequence[Mapping[str, Any]], marked: Collection[int | None]) -> list[dict[str, Any]]:
    """The lines of a document without pages, those of a table together; ``marked``: indexes of those to look at."""
    blocks: list[dict[str, Any]] = []
    for index, line in enumerate(lines):
        if not blocks or blocks[-1]["table"] != line["table"]:
            blocks.append({"table": line["table"], "lines": []})
        blocks[-1]["lines"].append({"cells": line["cells"], "marked": index in marked})
    return blocks
