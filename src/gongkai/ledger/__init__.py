"""The ledger (台账): a workbook that a clerk fills in through the year, and the report compiled from it."""

from .compile import Compilation, compile_ledger
from .errors import LedgerError, MappingError, UnreadableLedgerError
from .mapping import Choice, LedgerMapping, Question, answered, dump_mapping, load_mapping
from .problem import Problem
from .reading import RowRef
from .trace import TRACE_HEADS, rows_told, trace_rows, trace_text
from .workbook import blank_ledger, blank_register

__all__ = [
    "TRACE_HEADS",
    "Choice",
    "Compilation",
    "LedgerError",
    "LedgerMapping",
    "MappingError",
    "Problem",
    "Question",
    "RowRef",
    "UnreadableLedgerError",
    "answered",
    "blank_ledger",
    "blank_register",
    "compile_ledger",
    "dump_mapping",
    "load_mapping",
    "rows_told",
    "trace_rows",
    "trace_text",
]
