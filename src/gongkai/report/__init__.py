"""The statutory form as data, a report as a value, its identities, their repair, and writing it."""

from .errors import FormError, GongkaiError, ReportError, WritingError
from .finding import Finding, Where
from .form import Form, editions, form_for_year, load_form
from .report import Number, Report

__all__ = [
    "Finding",
    "Form",
    "FormError",
    "GongkaiError",
    "Number",
    "Report",
    "ReportError",
    "Where",
    "WritingError",
    "editions",
    "form_for_year",
    "load_form",
]
