"""Mistakes of callers and of templates."""

from __future__ import annotations

from ..report.errors import GongkaiError


class LettersError(GongkaiError):
    """A letter can't be made as asked; the text is Chinese, fit for staff to read, and says what to do."""
