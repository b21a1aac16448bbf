"""A few lines of PDF, written by hand, so that the tests need no font: pdfium knows Adobe's Chinese tables by itself.

Places are in points from the top left corner of an A4 page; text stands with its baseline at ``y``.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 595.0, 842.0


def text(x: float, y: float, words: str, size: float = 12.0) -> str:
    """Operators that print words: Chinese characters are as wide as ``size``, ASCII half of it."""
    codes = words.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf 1 0 0 1 {x:.2f} {HEIGHT - y:.2f} Tm <{codes}> Tj ET\n"


def vertical(x: float, y: float, words: str, size: float = 12.0) -> str:
    """Operators that print words in a font that runs downwards, scaled by the matrix as WPS does."""
    codes = words.encode("utf-16-be").hex()
    return f"BT /F2 {size * 20} Tf 0.05 0 0 0.05 {x:.2f} {HEIGHT - y:.2f} Tm <{codes}> Tj ET\n"


def radical(x: float, y: float, words: str, size: float = 12.0) -> str:
    """``text`` in a font whose table gives a radical (U+2F2F) for 工."""
    return text(x, y, words, size).replace("/F1", "/F3")


def unmapped(x: float, y: float, glyphs: str, size: float = 12.0) -> str:
    """Operators that print glyphs by number, in hexadecimal, in a font without a table."""
    return f"BT /F4 {size} Tf 1 0 0 1 {x:.2f} {HEIGHT - y:.2f} Tm <{glyphs}> Tj ET\n"


def width(words: str, size: float = 12.0) -> float:
    """How wide ``text`` prints words."""
    return sum(size if character >= "\u2e80" else size / 2 for character in words)


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Operators that stroke a line."""
    return f"0.5 w {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S\n"


def bar(x0: float, y0: float, x1: float, y1: float) -> str:
    """Operators that fill a rectangle."""
    return f"{x0:.2f} {HEIGHT - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f\n"


def frame(x0: float, y0: float, x1: float, y1: float) -> str:
    """Operators that stroke a rectangle."""
    return f"0.5 w {x0:.2f} {HEIGHT - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S\n"


def cell(x0: float, y0: float, x1: float, y1: float, words: str, size: float = 9.0) -> str:
    """Words in the middle of a box, wrapped where they are wider."""
    fits = max(1, int((x1 - x0 - 4) // size))
    rows = [words] if width(words, size) <= x1 - x0 else [words[i : i + fits] for i in range(0, len(words), fits)]
    top = (y0 + y1) / 2 - len(rows) * size * 1.2 / 2
    return "".join(
        text((x0 + x1 - width(row, size)) / 2, top + (index + 0.85) * size * 1.2, row, size)
        for index, row in enumerate(rows)
    )


Merged = tuple[int, int, int, int, str]
"""Row, column, rows, columns, words."""


def table(xs: Sequence[float], ys: Sequence[float], cells: Sequence[Merged], *, style: str = "lines") -> str:
    """A table with these grid lines. ``style``: ``lines`` strokes, ``bars`` fills thin rectangles cell by cell,
    ``frames`` strokes a box a cell, ``none`` draws nothing, ``rows`` strokes only between rows."""
    out = []
    for row, column, rows, columns, words in cells:
        x0, x1, y0, y1 = xs[column], xs[column + columns], ys[row], ys[row + rows]
        sides = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        if style == "lines":
            out += [line(*side) for side in sides]
        elif style == "rows":
            out += [line(*side) for side in sides[:2]]
        elif style == "bars":
            out += [bar(a - 0.24, b - 0.24, c + 0.24, d + 0.24) for a, b, c, d in sides]
        elif style == "frames":
            out.append(frame(x0, y0, x1, y1))
        if words:
            out.append(cell(x0, y0, x1, y1, words))
    return "".join(out)


def plain_table(
    xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], *, style: str = "lines"
) -> str:
    """A table without merged cells."""
    cells = [(r, c, 1, 1, words) for r, row in enumerate(rows) for c, words in enumerate(row)]
    return table(xs, ys, cells, style=style)


_FONTS = """<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{} /DescendantFonts [<<
/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 907 500]
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor
/FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120
/CapHeight 880 /StemV 93 >> >>] >>"""


_STRANGE = """<< /Type /Font /Subtype /Type0 /BaseFont /Strange /Encoding /Identity-H /DescendantFonts
[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Strange /DW 1000 /CIDSystemInfo << /Registry (Adobe)
/Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Strange /Flags 4
/FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"""
_TABLE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Strange def
1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <5de5> <2f2f> endbfchar endcmap end end
"""


def pdf(pages: Sequence[str], *, title: str = "", page: str = "", trailer: str = "") -> bytes:
    """A file with these pages of operators. ``page``: more entries of each page; ``trailer``: of the trailer."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{9 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append(_FONTS.format("UniGB-UCS2-H"))
    objects.append(_FONTS.format("UniGB-UCS2-V"))
    objects.append(f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>")
    objects.append(f"<< /Length {len(_TABLE)} >>\nstream\n{_TABLE}endstream")
    objects.append(_FONTS.format("UniGB-UCS2-H").replace("/Desc", "/ToUnicode 6 0 R /Desc", 1))
    objects.append(_STRANGE)
    for index, content in enumerate(pages):
        resources = "/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 7 0 R /F4 8 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {resources} "
            f"/Contents {10 + 2 * index} 0 R {page} >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}endstream")
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return bytes(out)
