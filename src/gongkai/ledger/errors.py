"""Mistakes of callers of the ledger. What is wrong in a ledger is never an exception but a problem."""

from ..report.errors import GongkaiError


class LedgerError(GongkaiError):
    """A file of the ledger's data is wrong, or the ledger can't be made as asked."""


class UnreadableLedgerError(LedgerError):
    """These bytes are no workbook, or one that can't be opened."""


class MappingError(LedgerError):
    """A mapping file does not have the shape it should have."""
