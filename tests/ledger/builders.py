"""Ledgers for tests: our own workbook filled with rows, or any spreadsheet given cell by cell."""

import io
from datetime import date, datetime

import xlsxwriter

from gongkai.ledger import compile_ledger
from gongkai.ledger.workbook import write_ledger

ORGAN = "青澜市水利局"
YEAR = 2025


def application(
    number="2025-001", received=date(2025, 3, 3), kind="natural_person", finished=None, outcome=None, **more
):
    """One row of 依申请公开; unfinished unless told otherwise."""
    row = {
        "number": number,
        "received": received,
        "applicant_kind": kind,
        "finished": finished,
        "outcome": outcome,
        **more,
    }
    return {key: value for key, value in row.items() if value is not None}


def compiled(year=YEAR, **registers):
    """What our workbook with these registers compiles to."""
    return compile_ledger(write_ledger(registers, year), ORGAN, year)


def spreadsheet(**sheets):
    """An XLSX workbook of rows of plain values, as another office might have made it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
                elif value not in (None, ""):
                    sheet.write(r, c, value)
    book.close()
    return buffer.getvalue()


def figures(compilation):
    """The figures other than 0, without the totals of rows."""
    return {
        key: number
        for key, number in compilation.report.values.items()
        if number and not (key.startswith("applications.") and key.endswith(".total"))
    }


def errors(compilation):
    """Each error as sheet, row, column and reason."""
    return [(one.sheet, one.row, one.column, one.reason) for one in compilation.errors]
