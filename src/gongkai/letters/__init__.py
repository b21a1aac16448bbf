"""Letters (文书) of an application: templates that a legal office edits in Word, filled, numbered, printed and archived.

`catalogue` lists the letters, `context` what they may say, `body` and `writing` make the default templates, `checking` looks at an
uploaded one, `filling` fills it, `pdf` prints it, `numbers` gives its number, `archive` puts a case's papers together.
"""

from __future__ import annotations

from .archive import ArchivedCase, ArchiveItem, archive_case
from .catalogue import Letter, letter, letters, letters_for_outcome, letters_for_step
from .checking import Problem, check_template
from .context import Placeholder, placeholders, sample_values
from .errors import LettersError
from .filling import fill
from .numbers import DEFAULT_NUMBERING, letter_number, numbering_problems
from .pdf import to_pdf
from .writing import default_template

__all__ = [
    "DEFAULT_NUMBERING",
    "ArchiveItem",
    "ArchivedCase",
    "Letter",
    "LettersError",
    "Placeholder",
    "Problem",
    "archive_case",
    "check_template",
    "default_template",
    "fill",
    "letter",
    "letter_number",
    "letters",
    "letters_for_outcome",
    "letters_for_step",
    "numbering_problems",
    "placeholders",
    "sample_values",
    "to_pdf",
]
