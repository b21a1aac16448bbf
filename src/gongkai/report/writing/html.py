"""A report as one standalone page: no script, nothing fetched, readable on a telephone, on paper and by ear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from importlib.resources import files
from itertools import chain

from .layout import Paragraph, PrintedReport, PrintedSection
from .tables import PrintedCell, PrintedTable

Mark = Callable[[PrintedCell], tuple[str, str]]
"""What a page adds to a figure: attributes of its cell, and the cell's content as HTML."""


def write_html(printed: PrintedReport, theme: str = "official") -> bytes:
    """The page, UTF-8. Every figure's cell carries its key in ``data-cell`` and names its heads."""
    style = "".join(files(__package__).joinpath("themes", f"{name}.css").read_text("utf-8") for name in ("page", theme))
    author = f'<meta name="author" content="{escape(printed.organ)}">\n' if printed.organ else ""
    lines = chain(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(printed.full_title)}</title>\n{author}<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
            f"<h1>{escape(printed.title)}</h1>",
        ),
        draw_body(printed),
        ("</main>\n</body>\n</html>\n",),
    )
    return "\n".join(lines).encode()


def draw_body(printed: PrintedReport, mark: Mark | None = None, *, widths: bool = True) -> Iterator[str]:
    """The lines of everything below the title; ``mark`` and ``widths`` as with `draw_table`."""
    yield from _paragraphs(printed.introduction)
    for section in printed.sections:
        yield from _section(section, mark, widths)


def _section(section: PrintedSection, mark: Mark | None, widths: bool) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.key}">'
    yield f'<h2 id="{section.key}">{escape(section.heading)}</h2>'
    yield from _paragraphs(section.paragraphs)
    if section.table:
        yield from draw_table(section.table, mark=mark, widths=widths)
    yield "</section>"


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    for paragraph in paragraphs:
        head, rest = escape(paragraph.text[: paragraph.heading]), escape(paragraph.text[paragraph.heading :])
        if paragraph.alone:
            yield f"<h3>{head}</h3>"
        elif head:
            yield f'<p><span class="part">{head}</span>{rest}</p>'
        else:
            yield f"<p>{rest}</p>"


def draw_table(
    table: PrintedTable, prefix: str = "", mark: Mark | None = None, *, widths: bool = True
) -> Iterator[str]:
    """The lines of a table in a region that scrolls sideways and takes the keyboard's focus. Its name is the section's
    heading, which stands right above: a caption would say the same words twice, on paper and by ear.

    ``prefix`` keeps the ids of several reports on one page apart; ``mark`` draws the figures in its own way.
    ``widths``: the columns' widths as inline style, which a site may not allow."""
    yield f'<div class="table" role="region" aria-labelledby="{prefix}{table.section}" tabindex="0">'
    yield f'<table class="{table.key}" aria-labelledby="{prefix}{table.section}">'
    if widths:
        columns = "".join(f'<col style="width:{100 * width:.2f}%">' for width in table.widths)
        yield f"<colgroup>{columns}</colgroup>"
    head, body = table.rows[: table.heading_rows], table.rows[table.heading_rows :]
    for tag, rows in (("thead", head), ("tbody", body)):
        if rows:
            yield f"<{tag}>"
            for row in rows:
                yield "<tr>" + "".join(_cell(f"{prefix}{table.key}", cell, mark) for cell in row) + "</tr>"
            yield f"</{tag}>"
    yield "</table>"
    yield "</div>"


def _cell(table: str, cell: PrintedCell, mark: Mark | None) -> str:
    attributes = []
    content = escape(cell.text)
    if cell.rows > 1:
        attributes.append(f'rowspan="{cell.rows}"')
    if cell.span > 1:
        attributes.append(f'colspan="{cell.span}"')
    if cell.key:
        attributes.append(f'headers="{" ".join(_id(table, *place) for place in cell.heads)}"')
        attributes.append(f'data-cell="{cell.key}"')
        if mark:
            added, content = mark(cell)
            attributes += [added] if added else []
    elif cell.role == "corner":
        attributes.append('class="corner"')
    else:
        attributes += [
            f'id="{_id(table, *cell.place)}"',
            f'scope="{_scope(cell)}"',
            f'class="{cell.role}{"" if cell.centred else " left"}"',
        ]
    tag = "th" if cell.header and cell.role != "corner" else "td"
    return f"<{tag} {' '.join(attributes)}>{content}</{tag}>"


def _id(table: str, row: int, column: int) -> str:
    return f"{table}-{row}-{column}"


def _scope(cell: PrintedCell) -> str:
    if cell.role == "row":
        return "rowgroup" if cell.rows > 1 else "row"
    return "colgroup" if cell.span > 1 else "col"
