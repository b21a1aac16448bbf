"""Looking at what is typed before it is saved: what would be found then in a section or a cell, and how it is set right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.narrative import texts_of
from gongkai.report.finding import SEVERITY_NAMES, Finding
from gongkai.report.form import CellKey, Form
from gongkai.report.report import Number

from .content import Content
from .gate import findings_of, fingerprint, number_of, reason_for, stale_findings
from .models import Filing
from .writing import Block

_MOST_CHOICES = 6
"""How many repairs of one finding are offered."""

Way = tuple[tuple[str, Number | None, Number], ...]
"""A way of setting a finding right: name of a cell, what it holds, what it would hold."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is found in something typed. ``severity``: its name; ``block``: key of the block that it is about, "" for the whole;
    ``proposed``: the sentence as it would be right, "" where only a person knows; ``value``: the figure that sets it right in
    the cell looked at, None for none; ``reason``: the written reason for leaving it, "" for none.
    """

    finding: Finding
    severity: str
    ways: tuple[Way, ...]
    reason: str
    block: str = ""
    proposed: str = ""
    value: Number | None = None

    @property
    def sentence(self) -> str:
        """The sentence that it is about, "" for none."""
        return (self.finding.where.sentence or "") if self.finding.where else ""


def repairs(finding: Finding) -> list[dict[CellKey, Number]]:
    """The ways of setting a finding right, each with the figures that it sets."""
    offered = [finding.repair] if finding.repair else list(finding.alternatives)
    return [dict(one) for one in offered[:_MOST_CHOICES]]


def told(figures: Mapping[CellKey, Number], form: Form, values: Mapping[CellKey, Number | None]) -> Way:
    """A way of setting right in words."""
    return tuple((form.cells[key].name, values.get(key), value) for key, value in figures.items())


def seen_in_section(filing: Filing, content: Content, key: str, these: Sequence[Block]) -> tuple[Seen, ...]:
    """What is found in a section, the gravest first. ``these``: the blocks that it is written in."""
    form = content.report.form
    assert form is not None  # a filing's report has an edition
    text = texts_of(content.report)[key]
    proposals = {fingerprint(found): one.proposed for one, found in stale_findings(content) if one.current is not None}
    found = (one for one in findings_of(filing, content) if _is_about(one, number_of(form, key), text))
    return tuple(
        Seen(
            one,
            SEVERITY_NAMES[one.severity],
            _ways(one, content, form),
            _reason(content, one),
            _block_of(one, these),
            proposals.get(fingerprint(one), ""),
        )
        for one in found
    )


def seen_in_cell(filing: Filing, content: Content, key: CellKey) -> tuple[Seen, ...]:
    """What is found of a cell, the gravest first."""
    form = content.report.form
    assert form is not None  # a filing's report has an edition
    return tuple(
        Seen(
            one, SEVERITY_NAMES[one.severity], _ways(one, content, form), _reason(content, one), value=_alone(one, key)
        )
        for one in findings_of(filing, content)
        if key in one.cells
    )


def rewritten_as_proposed(typed: Mapping[str, str], seen: Iterable[Seen], asked: str) -> dict[str, str]:
    """What was typed, by block, with the sentence ``asked`` (as it stands) in the words that are proposed for it."""
    proposed = next((one.proposed for one in seen if one.proposed and one.sentence == asked), asked)
    return {key: text.replace(asked, proposed, 1) if asked else text for key, text in typed.items()}


def _ways(finding: Finding, content: Content, form: Form) -> tuple[Way, ...]:
    return tuple(told(one, form, content.report.values) for one in repairs(finding))


def _reason(content: Content, finding: Finding) -> str:
    excuse = reason_for(content, finding)
    return excuse.reason if excuse else ""


def _alone(finding: Finding, key: CellKey) -> Number | None:
    """The one figure by which this cell alone sets a finding right."""
    values = {one[key] for one in repairs(finding) if one.keys() == {key}}
    return values.pop() if len(values) == 1 else None


def _is_about(finding: Finding, number: int | None, text: str) -> bool:
    where = finding.where
    if where is None or where.section != number:
        return False
    return number is not None or where.sentence is None or where.sentence in text


def _block_of(finding: Finding, these: Iterable[Block]) -> str:
    sentence = finding.where.sentence if finding.where else None
    return next(_blocks_with(sentence, these), "") if sentence else ""


def _blocks_with(sentence: str, these: Iterable[Block]) -> Iterator[str]:
    wanted = "".join(sentence.split())
    return (one.key for one in these if wanted in "".join(one.text.split()))
