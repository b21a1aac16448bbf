"""A report as PDF, set by typst from the same layout and theme as the Word document.

typst takes any installed font that has a character and drops what none has, so every character is looked up in the
installed fonts first, and a report that they can't print is refused. The file is tagged for screen
readers (PDF/UA-1).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from ..errors import WritingError
from .coverage import uncovered
from .layout import Paragraph, PrintedReport
from .tables import PrintedCell, PrintedTable
from .theme import A4, BAND_SHADE, CELL_MARGIN, ROW_HEIGHT, THEMES, Face, Theme, points, title_lines


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
    return {
        "title": title_lines(printed.title, printed.organ, theme),
        "full_title": printed.full_title,
        "organ": printed.organ,
        "introduction": [{**_paragraph(paragraph), "alone": False} for paragraph in printed.introduction],
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": [_paragraph(paragraph) for paragraph in section.paragraphs],
                "table": _table(section.table) if section.table else None,
            }
            for section in printed.sections
        ],
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    head, rest = paragraph.text[: paragraph.heading], paragraph.text[paragraph.heading :]
    return {"text": paragraph.text, "alone": paragraph.alone, "head": head, "rest": rest}


def _table(table: PrintedTable) -> dict[str, Any]:
    return {
        "widths": table.widths,
        "heading_rows": table.heading_rows,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: PrintedCell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in ("text", "role", "rows", "span", "vertical", "centred")}


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
        "band": f"#{BAND_SHADE}",
    }


def _families(face: Face) -> list[str]:
    return list(face.families)
