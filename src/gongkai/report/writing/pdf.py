"""A report as PDF, set by typst from the same layout and theme as the Word document.

typst takes any installed font that has a character and drops what none has, so every character is looked up in the
installed fonts first, and a report that they can't print is refused. The file is tagged for screen
readers (PDF/UA-1).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from ..errors import WritingError
from .breaking import Width, is_wide, lines
from .coverage import installed, stand_in, uncovered
from .layout import Paragraph, PrintedReport
from .measuring import widths
from .tables import PrintedCell, PrintedTable
from .theme import A4, BAND_SHADE, CELL_MARGIN, LATIN, ROW_HEIGHT, RULE, THEMES, Face, Theme, points, title_lines


def write_pdf(printed: PrintedReport, theme_name: str = "official") -> bytes:
    """The PDF's bytes, the same for the same report and fonts. Raises WritingError where no installed font has one of
    the report's characters."""
    theme = THEMES[theme_name]
    report = _report(printed, theme)
    refuse_uncovered(json.dumps(report, ensure_ascii=False))
    inputs = {
        "report": json.dumps(report, ensure_ascii=False),
        "theme": json.dumps(_theme(theme), ensure_ascii=False),
    }
    template = files(__package__).joinpath("themes", "report.typ").read_bytes()
    return typeset(template, inputs)


def typeset(template: bytes | dict[str, bytes], inputs: dict[str, str]) -> bytes:
    """What typst makes of a template (or of text files by name, ``main.typ`` among them) and its inputs.

    Set by PDF/UA-1, the standard of accessible PDF, where the text allows (it forbids private characters).
    """
    import typst

    with _ONE_AT_A_TIME:
        try:
            result: bytes = _compiler().compile(template, format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
        except typst.TypstError:
            result = _compiler().compile(template, format="pdf", sys_inputs=inputs)
    return result


_ONE_AT_A_TIME = Lock()
"""The compiler refuses a second thread while it works."""


@cache
def _compiler() -> Any:
    """One compiler for the process: looking for fonts takes longer than setting a report."""
    import typst

    return typst.Compiler()


def refuse_uncovered(text: str) -> None:
    """Raises WritingError, naming them, where a text has characters that no installed font has."""
    missing = uncovered(text)
    if not missing:
        return
    shown = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in missing[:5])
    more = f"等 {len(missing)} 个字" if len(missing) > 5 else ""
    raise WritingError(
        f"不能写成 PDF：本机安装的字体中没有{shown}{more}，排印后会缺字。"
        "请先安装中文字体，在 Debian、Ubuntu 上的命令是：sudo apt-get install fonts-noto-cjk fonts-noto-cjk-extra。"
    )


def _report(printed: PrintedReport, theme: Theme) -> dict[str, Any]:
    setter = _Setter(theme)
    return {
        "title": title_lines(printed.title, printed.organ, theme),
        "full_title": printed.full_title,
        "organ": printed.organ,
        "introduction": [{**setter.paragraph(paragraph), "alone": False} for paragraph in printed.introduction],
        "sections": [
            {
                "heading": setter.headline(section.heading, 1),
                "paragraphs": [setter.paragraph(paragraph) for paragraph in section.paragraphs],
                "table": setter.table(section.table) if section.table else None,
            }
            for section in printed.sections
        ],
    }


class _Setter:
    """Breaks the texts of a report into lines, by the measures of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.latin = _families(LATIN)

    def paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        if paragraph.alone:
            return {"alone": True, "lines": self.headline(paragraph.text, 2)}
        head, rest = paragraph.text[: paragraph.heading], paragraph.text[paragraph.heading :]
        return {"alone": False, "lines": self._running((head, self._weight), (rest, "regular"))}

    def headline(self, text: str, level: int) -> list[list[str]]:
        return self._running((text, self._weight))

    def table(self, table: PrintedTable) -> dict[str, Any]:
        return {
            "widths": table.widths,
            "heading_rows": table.heading_rows,
            "rows": [[self._cell(cell, table.widths) for cell in row] for row in table.rows],
        }

    @property
    def _weight(self) -> str:
        return "bold" if self.theme.bold_headings else "regular"

    def _running(self, *parts: tuple[str, str]) -> list[list[str]]:
        """Lines of running text; each part with its weight."""
        plain = [(text.replace("\t", " "), weight) for text, weight in parts]
        theme = self.theme
        return lines(
            [(text, self._width(text, weight)) for text, weight in plain],
            theme.width,
            theme.body_size,
            indent=2 * theme.body_size,
            tracking=theme.tracking,
        )

    def _cell(self, cell: PrintedCell, columns: Sequence[float]) -> dict[str, Any]:
        own = {name: getattr(cell, name) for name in ("role", "rows", "span", "vertical", "centred")}
        if cell.vertical:
            return {**own, "lines": list(cell.text)}
        room = sum(columns[cell.place[1] : cell.place[1] + cell.span]) * self.theme.width - 2 * CELL_MARGIN
        width, size = self._width(cell.text, "regular"), self.theme.table_size
        broken = (lines([(text, width)], room, size, hang=False) for text in cell.text.split("\n"))
        return {**own, "lines": ["".join(line) for found in broken for line in found]}

    def _width(self, text: str, weight: str) -> Width:
        return widths(self.latin, weight, {sign for sign in text if not is_wide(sign)}).__getitem__


def _theme(theme: Theme) -> dict[str, Any]:
    """The theme with lengths in points and faces as lists of families."""
    values: dict[str, Any] = {
        name: _families(value) if isinstance(value, Face) else value
        for name in theme.__dataclass_fields__
        for value in [getattr(theme, name)]
    }
    for side in ("top", "right", "bottom", "left", "footer"):
        values[side] = points(values[side])
    return values | {
        "page": [points(length) for length in A4],
        "width": theme.width,
        "table_pitch": theme.table_pitch,
        "row_height": ROW_HEIGHT,
        "cell_margin": CELL_MARGIN,
        "latin": _families(LATIN),
        "rule": RULE,
        "band": f"#{BAND_SHADE}",
    }


def _families(face: Face) -> list[str]:
    """Families to look for, the best first. Where the design is not installed, what an office suite here would take comes
    before our own choice, so that the Word document opened on this machine has the same fonts as its PDF."""
    found = None if installed(face.design) else stand_in(face.name)
    return [*face.design, *([found] if found else []), *face.instead]
