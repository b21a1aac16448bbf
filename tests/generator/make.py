"""Make a document of a seed, with the truth beside it."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, replace
from typing import Any

from .draft import PLAIN, Draft, Dress, draw_up, random_dress
from .layouts import LAYOUTS, Layout
from .model import Sample, random_sample


@dataclass(frozen=True)
class GeneratedDocument:
    """A document and what it says.

    ``truth``: ``organ``, ``year``, ``edition``, ``sections`` (absent where it can't be judged); ``values``: what each cell prints,
    None for none; no key for a cell that the document lacks. ``marks`` as the contract has them. ``unsettled``: cells
    that may be left unread without fault (read, they must be as in ``values``). ``broken``: cells whose printed figure
    is false, and ``sound`` what it was. ``layout``, ``format``, ``seed``; ``dress``: what is not official about
    it; ``facts``: figures that the prose states, with their cells.
    """

    name: str
    data: bytes
    truth: dict[str, Any]


def make(
    seed: int,
    *,
    layout: str | None = None,
    format: str | None = None,
    edition: str | None = None,
    consistent: bool | None = None,
) -> GeneratedDocument:
    """The document of a seed; the same arguments give the same bytes. ``format="zip"``: any layout inside an archive.

    Raises KeyError for an unknown layout, ValueError for a format that no layout has.
    """
    rng = random.Random(f"{seed}/{layout}/{format}/{edition}/{consistent}")
    chosen = LAYOUTS[layout] if layout else _choose(rng, format)
    sample = random_sample(rng, edition, consistent, filled=chosen.filled)
    draft = draw_up(rng, sample, _dress(rng, sample, chosen))
    data = chosen.set(draft, rng)
    name = f"{seed:06d}_{chosen.name}.{chosen.format}"
    truth = _truth(seed, draft, chosen)
    if format == "zip" or (format is None and layout is None and rng.random() < 0.04):
        data, name, truth["format"] = _archive(name, data), name.rsplit(".", 1)[0] + ".zip", "zip"
    return GeneratedDocument(name, data, truth)


def _choose(rng: random.Random, format: str | None) -> Layout:
    pool = [layout for layout in LAYOUTS.values() if format in (None, "zip", layout.format)]
    if not pool:
        raise ValueError(f"no layout has the format {format!r}")
    return rng.choice(pool)


def _dress(rng: random.Random, sample: Sample, layout: Layout) -> Dress:
    if layout.undressed:
        return PLAIN
    dress = random_dress(rng, sample, figures=not layout.plain)
    if layout.plain:  # figures run into labels: what is between them must be the form's own
        dress = replace(dress, local_row=False, explained=False)
    return dress


def _truth(seed: int, draft: Draft, layout: Layout) -> dict[str, Any]:
    sample = draft.sample
    broken = [key for key in draft.broken if draft.values[key] is not None]
    truth: dict[str, Any] = {
        "seed": seed,
        "layout": layout.name,
        "format": layout.format,
        "organ": draft.organ,
        "year": sample.year,
        "edition": sample.edition,
        "sections": draft.sections,
        "consistent": sample.consistent,
        "values": dict(draft.values),
        "marks": dict(draft.marks),
        "broken": broken,
        "sound": {key: _sound(draft, key) for key in broken},
        "unsettled": sorted(draft.unsettled),
        "dress": dict(_liberties(draft.dress)),
        "facts": [{"value": value, "cells": list(cells)} for value, cells in sample.facts],
    }
    return {name: value for name, value in truth.items() if name not in draft.unjudged}


def _sound(draft: Draft, key: str) -> Any:
    """The figure before it was made false; for a row that stands for three, their sum."""
    sound = draft.sample.sound
    if draft.dress.results == "merged" and key.startswith("applications.other."):
        column = key.rsplit(".", 1)[1]
        return sum(sound[f"applications.{row}.{column}"] for row in ("other_uncorrected", "other_fee_unpaid", "other"))
    return sound[key]


def _liberties(dress: Dress) -> list[tuple[str, Any]]:
    official = vars(PLAIN)
    return [(name, value) for name, value in vars(dress).items() if value != official[name]]


def _archive(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0)), data)
    return out.getvalue()
