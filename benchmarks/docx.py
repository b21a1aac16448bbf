"""Word documents: reading and checking against python-docx walking every cell of every table."""

from __future__ import annotations

import io
from collections.abc import Iterator

from gongkai.checking import check
from gongkai.reading import read

from .documents import groups
from .measuring import Measured, medians, ratio


def tables_of_python_docx(data: bytes) -> list[list[list[str]]]:
    """The text of every cell, row by row."""
    import docx

    document = docx.Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def measure() -> Iterator[Measured]:
    """At most half the time. Documents without any table are left out."""
    for group, documents in groups("docx").items():
        runs = {
            name: medians(
                {
                    "checked": lambda name=name, data=data: check(read(name, data)),
                    "python-docx": lambda data=data: tables_of_python_docx(data),
                }
            )
            for name, data in documents.items()
            if tables_of_python_docx(data)
        }
        yield ratio(f"DOCX read and checked, to python-docx's tables, {group}", "checked", "python-docx", runs, 0.5)
