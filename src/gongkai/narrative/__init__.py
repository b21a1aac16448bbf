"""The text of a report (文字部分): composed from the year's figures and facts, each figure in it tied to where it comes from."""

from .carrying import carried
from .compose import OWN, Narrative, compose, subject_of
from .facts import FactItem, Facts, Medium, Shortcoming, fact_item, fact_items, information_kinds, media_kinds
from .found import found
from .naming import source_name, sources_name
from .openings import OPENING, is_finished, openings
from .required import Point, length_of, missing_points, overview_length, required_points
from .ties import INTRODUCTION, Stale, Tie, stale, texts_of, updated
from .word import Returned, from_word, to_word

__all__ = [
    "INTRODUCTION",
    "OPENING",
    "OWN",
    "FactItem",
    "Facts",
    "Medium",
    "Narrative",
    "Point",
    "Returned",
    "Shortcoming",
    "Stale",
    "Tie",
    "carried",
    "compose",
    "fact_item",
    "fact_items",
    "found",
    "from_word",
    "information_kinds",
    "is_finished",
    "length_of",
    "media_kinds",
    "missing_points",
    "openings",
    "overview_length",
    "required_points",
    "source_name",
    "sources_name",
    "stale",
    "subject_of",
    "texts_of",
    "to_word",
    "updated",
]
