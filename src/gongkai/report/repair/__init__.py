"""The smallest repair of figures that contradict each other: error localisation after Fellegi and Holt (1976).

``smallest_repair`` finds the fewest printed figures that must be wrong, every other set of figures of that size, and
what they should be. ``network`` holds the identities as equations, ``part`` a report's figures in them, ``search``
finds the sets, ``model`` finds and proves one where the search grows too large, ``filling`` settles blanks and loose values,
``grouping`` splits what was found into independent contradictions, ``ranking`` orders their choices.
"""

from .ranking import Witnesses
from .repair import smallest_repair
from .result import Choice, Repair, RepairGroup

__all__ = ["Choice", "Repair", "RepairGroup", "Witnesses", "smallest_repair"]
