"""A chart as SVG: lying bars under their labels, made for a narrow screen, with patterns beside colours and no style or script.
A stacked one has a bar for each group, and says on top which pattern is which.

Everything is a presentation attribute, so that a site may forbid inline styles. The picture is 360 units wide; a page shows
it as wide as it has room for. Colours stand at least 3:1 from white and differ in pattern, not only in hue.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from .chart import Chart, Group, Value, percent, written

_WIDTH: Final = 360
_TEXT: Final = 15
_LINE: Final = 20
_BAR: Final = 16
_STACK: Final = 24
_GAP: Final = 12
_INK: Final = "#1a1f26"
_AXIS: Final = "#767f8a"

_PATTERNS: Final = (
    ("#0f3f7f", ""),
    ("#a40e26", '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#a40e26" stroke-width="2.5"/>'),
    ("#116329", '<path d="M0 4h8" stroke="#116329" stroke-width="3"/>'),
    ("#7a4a00", '<circle cx="4" cy="4" r="2.2" fill="#7a4a00"/>'),
    ("#454d58", '<path d="M4 0v8M0 4h8" stroke="#454d58" stroke-width="1.5"/>'),
    ("#5b2a86", '<path d="M0 8l4-8 4 8" fill="none" stroke="#5b2a86" stroke-width="1.8"/>'),
)
"""For each series its colour, and what is drawn on white in a square of 8; the first is plain."""


def draw(chart: Chart) -> str:
    """The chart as an ``svg`` element, with title and description. ValueError for more series than there are patterns."""
    if len(chart.series) > len(_PATTERNS):
        raise ValueError(f"at most {len(_PATTERNS)} series can be told apart")
    bars, height = _stacks(chart) if chart.stacked else _groups(chart)
    name = f"chart-{chart.key}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'aria-labelledby="{name}-title {name}-described" font-size="{_TEXT}" fill="{_INK}">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-described">{escape(chart.described)}</desc>'
    )
    return "".join((head, *_defined(chart), *bars, "</svg>"))


def _defined(chart: Chart) -> Iterator[str]:
    """The patterns of the series but the first."""
    if len(chart.series) < 2:
        return
    yield "<defs>"
    for number, (_, drawn) in enumerate(_PATTERNS[1 : len(chart.series)], 1):
        yield (
            f'<pattern id="{_pattern(chart, number)}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="#ffffff"/>{drawn}</pattern>'
        )
    yield "</defs>"


def _groups(chart: Chart) -> tuple[list[str], int]:
    """Labels and bars from the top downwards, and where they end."""
    told = [[_told(chart, number, value) for number, value in enumerate(group.values)] for group in chart.groups]
    most = max((value for group in chart.groups for value in group.values if value is not None), default=0)
    room = _WIDTH - 10 - max((_width(text) for texts in told for text in texts), default=0)
    found, y = [], 0
    for group, texts in zip(chart.groups, told, strict=True):
        for line in _lines(group.label):
            found.append(f'<text x="0" y="{y + 15}">{escape(line)}</text>')
            y += _LINE
        first = y
        for number, (value, text) in enumerate(zip(group.values, texts, strict=True)):
            long = round(room * float(value / most), 1) if value and most else 0
            if long:
                found.append(_rectangle(chart, number, 1, y + 1, max(long, 2), _BAR - 2))
            found.append(f'<text x="{round(long + 7, 1)}" y="{y + 13}">{escape(text)}</text>')
            y += _BAR + 4
        found.append(f'<path d="M0.5 {first}V{y - 3}" stroke="{_AXIS}" stroke-width="1"/>')
        y += _GAP
    return found, max(y - _GAP, 0) + 4


def _stacks(chart: Chart) -> tuple[list[str], int]:
    """Which pattern is which, and a bar of full length for each group, with the shares that have room in it."""
    found, y = _legend(chart)
    for group in chart.groups:
        told = None if all(value is None for value in group.values) else group.total
        label = f"{group.label}（{written(told, chart.unit)}）"
        found.append(f'<text x="0" y="{y + 15}">{escape(label)}</text>')
        y += _LINE
        x = 1.0
        for number, value in enumerate(group.values):
            if not value or value < 0 or not group.total:
                continue
            wide = (_WIDTH - 2) * float(value / group.total)
            found.append(_rectangle(chart, number, round(x, 1), y + 1, round(wide, 1), _STACK - 2))
            text = percent(value, group.total)
            if (room := _width(text) + 8) < wide:
                left = round(x + wide / 2, 1)
                found.append(
                    f'<rect x="{round(left - room / 2, 1)}" y="{y + 4}" width="{room}" height="{_STACK - 8}" fill="#ffffff"/>'
                )
                found.append(f'<text x="{left}" y="{y + 17}" text-anchor="middle">{text}</text>')
            x += wide
        y += _STACK + _GAP
    return found, max(y - _GAP, 0) + 4


def _legend(chart: Chart) -> tuple[list[str], int]:
    """A square of each pattern with the name of its series, as many in a line as fit, and where they end."""
    found, x, y = [], 0, 0
    for number, name in enumerate(chart.series):
        wide = _LINE + _width(name) + _GAP
        if x and x + wide - _GAP > _WIDTH:
            x, y = 0, y + _LINE
        found.append(_rectangle(chart, number, x + 1, y + 3, 13, 13))
        found.append(f'<text x="{x + _LINE}" y="{y + 15}">{escape(name)}</text>')
        x += wide
    return found, y + _LINE + _GAP


def _told(chart: Chart, number: int, value: Value) -> str:
    """What stands beside a bar: the series where there are several, the figure, and its share."""
    share = chart.share(value) if value else ""
    name = f"{chart.series[number]} " if len(chart.series) > 1 else ""
    return f"{name}{written(value)}" + (f"（{share}）" if share else "")


def _rectangle(chart: Chart, number: int, x: float, y: float, width: float, height: float) -> str:
    colour = _PATTERNS[number][0]
    fill = f"url(#{_pattern(chart, number)})" if number else colour
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'
    )


def _pattern(chart: Chart, number: int) -> str:
    return f"chart-{chart.key}-{number}"


def _width(text: str) -> int:
    """About how wide a text is: a Chinese character as wide as it is high, others a little more than half."""
    return sum(_TEXT if ord(letter) > 0x2E7F else 9 for letter in text)


def _lines(label: str) -> Iterator[str]:
    """A label in lines that the picture has room for; an empty one is no line."""
    line = ""
    for letter in label:
        if line and _width(line + letter) > _WIDTH:
            yield line
            line = ""
        line += letter
    if line:
        yield line


__all__ = ["Group", "draw"]
