"""Comparing reports: with last year's, with the organ's own past and its peers, and their texts with each other."""

from .changes import Change, Continuity, carried, changes
from .prints import prints_of
from .repeated import Likeness, Repeated, Texts, common_stock, repeated, shared
from .unusual import Peer, Unusual, by_row, findings, unusual

__all__ = [
    "Change",
    "Continuity",
    "Likeness",
    "Peer",
    "Repeated",
    "Texts",
    "Unusual",
    "by_row",
    "carried",
    "changes",
    "common_stock",
    "findings",
    "prints_of",
    "repeated",
    "shared",
    "unusual",
]
