"""The text of a report (文字部分): composed from the year's figures and facts, each figure in it tied to where it comes from."""

from .compose import Narrative, compose
from .facts import FactItem, Facts, Medium, Shortcoming, fact_item, fact_items, information_kinds, media_kinds
from .ties import Tie

__all__ = [
    "FactItem",
    "Facts",
    "Medium",
    "Narrative",
    "Shortcoming",
    "Tie",
    "compose",
    "fact_item",
    "fact_items",
    "information_kinds",
    "media_kinds",
]
