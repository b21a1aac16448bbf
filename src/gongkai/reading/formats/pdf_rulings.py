"""The ruled lines of a page: stroked paths, thin filled rectangles, edges of stroked boxes; also inside form objects.

Word draws a border as thin filled rectangles, one a cell; LibreOffice and typst stroke lines; browsers stroke whole
boxes. All come down to two lists of segments, horizontal and vertical, joined where they continue each other.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import NamedTuple

from .pdf_chars import Frame, direct

MAX_OBJECTS = 20_000
"""Page objects looked at on one page."""

MAX_SEGMENTS = 20_000
"""Segments of paths looked at on one page."""

MAX_DEPTH = 4
"""Form objects inside form objects."""

THIN = 3.5
"""A filled shape not thicker than this, in points, is a ruled line."""

SMALL = 2.0
"""What is smaller than this, in points, in both directions is a dot, not even a piece of a line."""

SHORT = 6.0
"""Shorter lines, in points, are parts of letters or ornaments."""

JOIN = 3.5
"""Lines at the same place whose ends are not further apart continue each other."""

SAME = 1.5
"""Lines not further apart than this, in points, lie at the same place."""

MAX_RULINGS = 400
"""Ruled lines in one direction after joining; a page with more is a drawing, not a table."""

CORNERS = 6
"""A path of so few segments is a single shape."""

_PATH, _IMAGE, _FORM = 2, 3, 5  # pdfium's FPDF_PAGEOBJ_…
_LINES = (_PATH, _IMAGE)  # some producers draw lines as images of one pixel
_LINE = 0  # FPDF_SEGMENT_LINETO
_POINTER, _INT = ctypes.c_void_p, ctypes.c_int

Matrix = tuple[float, ...]
"""The six numbers a b c d e f of a PDF matrix."""

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in the file's coordinates."""

Point = tuple[float, float]


class Ruling(NamedTuple):
    """A ruled line: ``at`` its height (or distance from the left), from ``start`` to ``end`` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Rulings:
    """The ruled lines of a page as seen, in points from the top left corner. ``cut``: some were not looked at."""

    horizontal: list[Ruling] = field(default_factory=list)
    vertical: list[Ruling] = field(default_factory=list)
    cut: bool = False


def page_rulings(page: int, frame: Frame) -> Rulings:
    """The joined rulings of a page. ``page``: pdfium's handle."""
    budget = _Budget()
    boxes = list(_thin_boxes(page, budget))
    left, top, right, bottom = frame.upright(
        [box[0] for box in boxes], [box[1] for box in boxes], [box[2] for box in boxes], [box[3] for box in boxes]
    )
    found = Rulings(cut=budget.spent)
    for x0, y0, x1, y1 in zip(left, top, right, bottom, strict=True):
        if y1 - y0 <= THIN and x1 - x0 > y1 - y0:
            found.horizontal.append(Ruling((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= THIN and y1 - y0 > x1 - x0:
            found.vertical.append(Ruling((x0 + x1) / 2, y0, y1))
    found.horizontal, found.vertical = joined(found.horizontal), joined(found.vertical)
    if len(found.horizontal) > MAX_RULINGS or len(found.vertical) > MAX_RULINGS:
        return Rulings(cut=True)
    return found


def has_image(page: int) -> bool:
    """Whether a page shows a picture, or something inside a form, which may be one."""
    count = min(direct("FPDFPage_CountObjects", _INT, _POINTER)(page), MAX_OBJECTS)
    get = direct("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
    kind_of = direct("FPDFPageObj_GetType", _INT, _POINTER)
    return any(kind_of(get(page, index)) in (_IMAGE, _FORM) for index in range(count))


def joined(rulings: list[Ruling]) -> list[Ruling]:
    """Rulings at one place whose ends meet as one; those that stay short left out."""
    found: list[Ruling] = []
    for group in _groups(sorted(rulings)):
        at = sum(ruling.at for ruling in group) / len(group)
        group.sort(key=lambda ruling: ruling.start)
        start, end = group[0].start, group[0].end
        for ruling in group[1:]:
            if ruling.start > end + JOIN:
                found.append(Ruling(at, start, end))
                start, end = ruling.start, ruling.end
            else:
                end = max(end, ruling.end)
        found.append(Ruling(at, start, end))
    return [ruling for ruling in found if ruling.end - ruling.start >= SHORT]


def _groups(rulings: list[Ruling]) -> Iterator[list[Ruling]]:
    """Sorted rulings in groups that lie at the same place."""
    group: list[Ruling] = []
    for ruling in rulings:
        if group and ruling.at - group[0].at > SAME:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


class _Budget:
    """What is left to be looked at on a page."""

    def __init__(self) -> None:
        self.objects = MAX_OBJECTS
        self.segments = MAX_SEGMENTS

    @property
    def spent(self) -> bool:
        """Whether something was left out."""
        return self.objects <= 0 or self.segments <= 0


def _thin_boxes(page: int, budget: _Budget) -> Iterator[Bounds]:
    """Left, bottom, right, top of everything thin that is drawn, in the file's coordinates."""
    bounds = direct("FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
    found = (ctypes.c_float * 4)()
    at = ctypes.addressof(found)
    for item, kind, outer in _drawn(page, budget):
        if not bounds(item, at, at + 4, at + 8, at + 12):
            continue
        left, bottom, right, top = found
        width, height = right - left, top - bottom
        if width <= THIN or height <= THIN:
            if width >= SMALL or height >= SMALL:
                yield _moved((left, bottom, right, top), outer)
        elif kind == _PATH and width >= SHORT and height >= SHORT:
            yield from _edges(item, outer, budget)


def _drawn(page: int, budget: _Budget) -> Iterator[tuple[int, int, Matrix | None]]:
    """Paths and images of the page and of the forms in it: handle, kind, and the matrix of the form around."""
    kind_of = direct("FPDFPageObj_GetType", _INT, _POINTER)
    get = direct("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
    waiting = []
    count = direct("FPDFPage_CountObjects", _INT, _POINTER)(page)
    budget.objects -= count
    items = list(map(get, repeat(page), range(count if budget.objects > 0 else MAX_OBJECTS)))
    for item, kind in zip(items, map(kind_of, items), strict=True):
        if kind in _LINES:
            yield item, kind, None
        elif kind == _FORM:
            waiting.append((item, _matrix(item), 1))
    get = direct("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
    while waiting:
        form, outer, depth = waiting.pop()
        for index in range(direct("FPDFFormObj_CountObjects", _INT, _POINTER)(form)):
            budget.objects -= 1
            if budget.objects <= 0:
                return
            item = get(form, index)
            kind = kind_of(item)
            if kind in _LINES:
                yield item, kind, outer
            elif kind == _FORM and depth < MAX_DEPTH:
                waiting.append((item, _product(_matrix(item), outer), depth + 1))


def _edges(path: int, outer: Matrix | None, budget: _Budget) -> Iterator[Bounds]:
    """The thin boxes in a path that is not thin: straight edges where it is stroked, thin shapes where it is filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    mode = direct("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
    count = direct("FPDFPath_CountSegments", _INT, _POINTER)(path)
    mode(path, ctypes.addressof(fill), ctypes.addressof(stroke))
    if not stroke.value and (not fill.value or count <= CORNERS):
        return  # a single filled shape is a background
    matrix = _product(_matrix(path), outer)
    for outline in _outlines(path, count, budget):
        points = [_point(point, matrix) for point in outline]
        for (x0, y0), (x1, y1) in pairwise(points) if stroke.value else [_extent(points)]:
            if abs(x1 - x0) <= THIN or abs(y1 - y0) <= THIN:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _outlines(path: int, count: int, budget: _Budget) -> Iterator[list[Point]]:
    """The corners of each stretch of straight lines in a path; a closed one ends where it began."""
    get = direct("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
    kind_of = direct("FPDFPathSegment_GetType", _INT, _POINTER)
    closes = direct("FPDFPathSegment_GetClose", _INT, _POINTER)
    place = direct("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[Point] = []
    for index in range(count):
        budget.segments -= 1
        if budget.segments <= 0:
            break
        segment = get(path, index)
        kind = kind_of(segment)
        place(segment, ctypes.addressof(x), ctypes.addressof(y))
        if kind != _LINE:  # the start of another stretch, or a curve, which no table has
            if len(outline) > 1:
                yield outline
            outline = []
        outline.append((x.value, y.value))
        if closes(segment):
            outline.append(outline[0])
    if len(outline) > 1:
        yield outline


def _extent(points: list[Point]) -> tuple[Point, Point]:
    """The least and the greatest corner of the box around some points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _matrix(item: int) -> Matrix:
    """The matrix of a page object."""
    found = (ctypes.c_float * 6)(1, 0, 0, 1, 0, 0)
    direct("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)(item, ctypes.addressof(found))
    return tuple(found)


def _product(inner: Matrix, outer: Matrix | None) -> Matrix:
    """First ``inner``, then ``outer``."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    x, y = _point((e, f), outer)
    p, q, r, s, _, _ = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)


def _point(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def _moved(box: Bounds, outer: Matrix | None) -> Bounds:
    """A box inside a form on the page."""
    if outer is None:
        return box
    left, bottom, right, top = box
    (x0, y0), (x1, y1) = _point((left, bottom), outer), _point((right, top), outer)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
