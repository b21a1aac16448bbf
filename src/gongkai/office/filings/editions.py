"""An edition as the files that the public gets."""

from __future__ import annotations

from gongkai.report.report import Report
from gongkai.report.writing import FORMATS, write


def rendered(report: Report) -> dict[str, bytes]:
    """The report in every format that can be written."""
    return {format: write(report, format) for format in FORMATS}
