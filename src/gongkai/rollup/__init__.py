"""Adding up (汇总): a government's report from those of its departments, townships and lower governments, as declared per field."""

from .differing import differences
from .fields import OWN, Field, field_for, fields
from .rollup import Part, Rollup, roll_up

__all__ = ["OWN", "Field", "Part", "Rollup", "differences", "field_for", "fields", "roll_up"]
