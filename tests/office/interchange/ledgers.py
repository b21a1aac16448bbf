"""Ledgers for the tests of import and export, filled row by row."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter

from gongkai.ledger.workbook import write_ledger

RECEIVED = date(2026, 3, 2)  # a Monday


def application(number="2026-001", received=RECEIVED, kind="natural_person", **more):
    """One row of 依申请公开, unfinished and handed in in person unless told otherwise."""
    row = {"number": number, "received": received, "applicant_kind": kind, "channel": "in_person", **more}
    return {key: value for key, value in row.items() if value is not None}


def remedy(number="青复〔2026〕1号", begun=date(2026, 5, 6), kind="reconsideration", **more):
    """One row of 复议诉讼, not concluded unless told otherwise."""
    return {"number": number, "begun": begun, "kind": kind, **more}


def ledger(*applications, remedies=()):
    """Our own workbook with these rows."""
    return write_ledger({"applications": applications, "remedies": remedies})


def spreadsheet(**sheets):
    """A workbook as another office made it: rows of plain values, the heads first."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(number, column, value)
    book.close()
    return buffer.getvalue()
