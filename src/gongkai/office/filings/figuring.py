"""Figures of a report beside those of the records: what a person sets (人工更正), what came late (迟到的数据), which sums follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gongkai.narrative import fact_items, source_name
from gongkai.report.form import CellKey, Form
from gongkai.report.report import Number

from .compiling import Computed, compute
from .content import Content, Override
from .models import Filing

_ROUNDS = 3
"""A cell goes into a sum, and that into the sum of sums: nothing further follows."""


@dataclass(frozen=True, slots=True)
class Late:
    """A figure whose records have changed since a version was compiled. ``was``, ``now``: what they gave then, and give now."""

    key: str
    name: str
    was: Number | str | None
    now: Number | str | None


def late_figures(content: Content, computed: Computed) -> tuple[Late, ...]:
    """The cells, in the order of the form; none of a report that came as a file, for which nothing was computed."""
    form = content.report.form
    if form is None or not content.computed:
        return ()
    then, now = content.computed, computed.values
    return tuple(
        Late(key, cell.name, then.get(key), now.get(key))
        for key, cell in form.cells.items()
        if then.get(key) != now.get(key)
    )


def late_facts(content: Content, computed: Computed) -> tuple[Late, ...]:
    """The figures and texts for the narrative, in the order in which they are written; then the channels of publication."""
    form = content.report.form
    if form is None or not content.computed:
        return ()
    then = {**content.facts, **content.channels}
    now = {**computed.facts.items, **computed.facts.channels}
    channels = sorted({*content.channels, *computed.facts.channels})
    names = {item.key: item.label for item in fact_items()} | {key: source_name(key, form) for key in channels}
    return tuple(
        Late(key, name, then.get(key), now.get(key)) for key, name in names.items() if then.get(key) != now.get(key)
    )


def late_count(filing: Filing, content: Content) -> int:
    """How many figures and facts the records give otherwise now than when the version was compiled."""
    if not content.computed:
        return 0
    computed = compute([filing.organ], filing.year, content.report.form)[filing.organ_id]
    return len(late_figures(content, computed)) + len(late_facts(content, computed))


def base_of(content: Content, key: CellKey) -> Number | None:
    """What a cell holds where nobody has set it: what the records gave, or what the file that came said."""
    if content.computed:
        return content.computed.get(key)
    return content.overrides[key].was if key in content.overrides else content.report.values.get(key)


def with_figures(
    content: Content, figures: Mapping[CellKey, Number | None], *, reason: str, by: str, at: str
) -> Content:
    """The content with figures that a person sets. One that says what the records say is none: it takes back what was set.

    ``by``: the person's name; ``at``: ISO moment.
    """
    overrides, values = dict(content.overrides), dict(content.report.values)
    for key, value in figures.items():
        base = base_of(content, key)
        values[key] = value
        if value == base:
            overrides.pop(key, None)
        else:
            overrides[key] = Override(value, base, reason, by, at)
    marks = {key: mark for key, mark in content.report.marks.items() if key not in figures}
    return replace(content, report=replace(content.report, values=values, marks=marks), overrides=overrides)


def sums_following(
    form: Form, values: Mapping[CellKey, Number | None], figures: Mapping[CellKey, Number | None]
) -> dict[CellKey, Number]:
    """The sums that no longer are their parts' once ``figures`` are set, as they would have to be (勾稽关系).

    Only cells that the form makes the one sum of others follow; a figure in ``figures`` is never another by that. A sum of
    which some part is blank does not follow.
    """
    after: dict[CellKey, Number | None] = {**values, **figures}
    changed: dict[CellKey, Number] = {}
    for _ in range(_ROUNDS):
        for one in form.identities:
            if len(one.left) != 1 or not any(part in figures or part in changed for part in one.right):
                continue
            (total,) = one.left
            parts = [part for key in one.right if (part := after.get(key)) is not None]
            if total not in figures and len(parts) == len(one.right):
                after[total] = changed[total] = sum(parts)
    return {key: value for key, value in changed.items() if value != values.get(key)}
