"""Addresses of taking reports in, in the back office under ``intake/``. Each module of screens lists its own."""

from __future__ import annotations

from .views import batch, files, report, sending

office_patterns = [*sending.patterns, *batch.patterns, *report.patterns, *files.patterns]
