"""Addresses of supervision, in the back office under ``supervision/``. Each module of screens lists its own."""

from __future__ import annotations

from .views import board, likeness, rollup, settings

office_patterns = [*settings.patterns, *rollup.patterns, *likeness.patterns, *board.patterns]
