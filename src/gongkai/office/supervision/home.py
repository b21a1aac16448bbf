"""What the first page says of the annual reports to who supervises a territory: how many were filed, and who is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from ..clock import today
from ..organs.models import Organ
from ..organs.queries import name_on, organs_with
from .board import Board, board

_SEASON = range(1, 5)
"""The months in which the reports of the year before are filed; later only what is still missing is told."""

_NAMED = 12


class ProgressPanel(Component):
    """How a government's territory stands."""

    template_name = "supervision/home.html"
    order = 140

    def __init__(self, found: Board, day: date) -> None:
        self.board, self.day = found, day

    def get_context_data(self, parent_context: Any) -> Mapping[str, Any]:
        found = self.board
        pressing = [one for one in found.unfiled if one.pending and one.pending.press]
        return {
            "government": found.government,
            "name": name_on(found.government, self.day),
            "year": found.year,
            "counts": found.counts,
            "pressing": pressing[:_NAMED],
            "more": len(pressing) - len(pressing[:_NAMED]),
            "address": reverse("supervision_board", args=[found.government.code, found.year]),
        }


def panels(request: HttpRequest) -> list[ProgressPanel]:
    """A panel for each government at which, or at whose office, the person supervises."""
    day = today()
    held = organs_with(request.user, ["supervisor"], day)
    governments = {
        one.pk: one for one in (each.parent if each.kind == Organ.Kind.OFFICE else each for each in held) if one
    }
    boards = [board(one, day.year - 1, day) for one in governments.values() if one.kind == Organ.Kind.GOVERNMENT]
    return [ProgressPanel(one, day) for one in boards if one.lines and (day.month in _SEASON or one.unfiled)]
