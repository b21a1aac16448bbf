"""Examples that the project makes itself: five organs' published figures under invented names, with what they got wrong.

A figure is a fact and free to use; the organs' names and all sentences are invented. ``organs`` holds a file for each.
"""

from .organ import Organ, organs

__all__ = ["Organ", "organs"]
