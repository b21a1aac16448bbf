"""Bytes of a published document → a report, cell by cell, with where it was read."""

from .read import read, read_document
from .reading import Evidence, Heading, Reading

__all__ = ["Evidence", "Heading", "Reading", "read", "read_document"]
