"""Mistakes of callers. What is wrong with a document is never an exception but a finding."""


class GongkaiError(Exception):
    """Anything this package raises on purpose; its text is Chinese and fit for a user to read."""


class FormError(GongkaiError):
    """An edition file is wrong, or an edition has no file."""


class ReportError(GongkaiError):
    """A report given as data does not fit the contract."""


class WritingError(GongkaiError):
    """A report can't be written as asked: a font is missing, an ending is unknown."""
