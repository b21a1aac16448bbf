"""A report → findings. One module a family of rules, registered by being imported here; ``check`` runs them all."""

from . import (  # noqa: F401  each registers its rules
    cells,
    dates,
    form,
    identities,
    narrative,
    opening,
    personal,
    previous,
    sections,
    structure,
    text,
)
from .check import check, sort_findings
from .rules import RULES, Rule, Subject

__all__ = ["RULES", "Rule", "Subject", "check", "sort_findings"]
