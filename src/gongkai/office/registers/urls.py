"""Addresses of the registers, in the back office under ``registers/``. Each module of screens lists its own."""

from __future__ import annotations

from .views import decisions, documents, facts, imports, year

office_patterns = [
    *imports.patterns,
    *documents.patterns,
    *decisions.patterns,
    *facts.patterns,
    *year.patterns,
]
