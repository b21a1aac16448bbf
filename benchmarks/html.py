"""Web pages: reading them against the tables that pandas finds in them."""

from __future__ import annotations

import io
from collections.abc import Iterator

from gongkai.checking import check
from gongkai.reading import read

from .documents import groups
from .measuring import Measured, medians, ratio


def tables_of_pandas(data: bytes) -> object:
    """All tables of the page; pandas decodes it as it declares."""
    import pandas

    return pandas.read_html(io.BytesIO(data))


def measure() -> Iterator[Measured]:
    """Read at most as slow as pandas, read and checked at most twice. Pages without any table are left out."""
    for group, documents in groups("html").items():
        runs = {}
        for name, data in documents.items():
            try:
                tables_of_pandas(data)
            except ValueError:
                continue
            runs[name] = medians(
                {
                    "read": lambda name=name, data=data: read(name, data),
                    "pandas": lambda data=data: tables_of_pandas(data),
                    "checked": lambda name=name, data=data: check(read(name, data)),
                }
            )
        yield ratio(f"HTML read, to pandas.read_html, {group}", "read", "pandas", runs, 1.0)
        yield ratio(f"HTML read and checked, to pandas.read_html, {group}", "checked", "pandas", runs, 2.0)
