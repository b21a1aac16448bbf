"""The project's own generator of test documents: random annual reports in every layout seen, with the truth beside.

It shares nothing with the reader, not even the labels: what each edition prints is typed in ``form`` by another hand,
so a mistake in one is not repeated in the other. Layouts are only ever added.
"""

from .layouts import LAYOUTS
from .make import GeneratedDocument, make

__all__ = ["LAYOUTS", "GeneratedDocument", "make"]
