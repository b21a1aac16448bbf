"""The text of a report (文字部分): composed from the year's figures and facts, each figure in it tied to where it comes from."""

from .ties import Tie

__all__ = ["Tie"]
