"""Addresses of the annual report, in the back office under ``filings/``. Each module of screens lists its own."""

from __future__ import annotations

from .views import changes, checks, leader, overview, sheet, steps, tables, text, versions

office_patterns = [
    *overview.patterns,
    *tables.patterns,
    *text.patterns,
    *checks.patterns,
    *changes.patterns,
    *leader.patterns,
    *sheet.patterns,
    *steps.patterns,
    *versions.patterns,
]
