"""The text of a content and its figures kept together: which sentences no longer agree, and texts that change under their ties."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from gongkai.narrative import Facts, Narrative, Stale, Tie, carried, found, stale, texts_of, updated
from gongkai.report.report import Number

from .compiling import compute
from .content import Content
from .models import Filing
from .writing import blocks, joined, with_texts


def facts_now(filing: Filing) -> Facts:
    """The facts of the year as the registers give them now."""
    return compute([filing.organ], filing.year)[filing.organ_id].facts


def numbers_of(content: Content) -> dict[str, Number | None]:
    """Every figure that a sentence of the content may state: its cells, and the facts and channels that it was composed from."""
    return {**content.report.values, **Facts(content.facts).numbers, **content.channels}


def stale_in(content: Content) -> tuple[Stale, ...]:
    """Sentences that state another figure than the content itself."""
    return stale(content.ties, texts_of(content.report), numbers_of(content))


def renewed(content: Content, which: Collection[Tie]) -> Content:
    """The content with its figures in the sentences of these ties."""
    those = [one for one in stale_in(content) if one.tie in which]
    texts, ties = updated(texts_of(content.report), content.ties, those)
    return replace(content, report=with_texts(content.report, texts), ties=tuple(ties))


def rewritten(content: Content, texts: Mapping[str, str]) -> tuple[Content, tuple[Tie, ...]]:
    """The content with other texts for some sections; and the ties that are lost: no numeral states their figures any more.

    Numerals of these sections that can state nothing but certain cells are tied to them.
    """
    before = texts_of(content.report)
    kept, lost = carried(content.ties, before, {**before, **texts})
    after = with_figures_tied(replace(content, report=with_texts(content.report, texts), ties=tuple(kept)), texts)
    stated = {(tie.section, tie.sources) for tie in after.ties}
    return after, tuple(tie for tie in lost if (tie.section, tie.sources) not in stated)


def with_figures_tied(content: Content, sections: Collection[str]) -> Content:
    """The content with the numerals of these sections tied that can state nothing but certain cells, and do."""
    fresh = [tie for tie in found(content.report, content.ties) if tie.section in sections]
    return replace(content, ties=(*content.ties, *fresh))


def taken_over(content: Content, new: Narrative, facts: Facts, section: str, chosen: Collection[str]) -> Content:
    """The content with a section, or some of its blocks by key, as they were written anew from these facts; their ties with
    them. ``chosen``: keys of blocks, or the section's own for the whole of it.
    """
    form, texts = content.report.form, texts_of(content.report)
    assert form is not None  # a report that is written here has an edition
    written = new.texts[section]
    anew = {one.key: one for one in blocks(form, section, written)}
    old = blocks(form, section, texts[section])
    if section in chosen:
        text, taken = written, None
    else:
        taken = {key for key in chosen if key in anew}
        text = joined([replace(anew[one.key], printed=True) if one.key in taken else one for one in old])
    after = {**texts, section: text}
    spans = [
        (one.start, one.start + len(one.text))
        for one in blocks(form, section, text)
        if taken is None or one.key in taken
    ]
    kept, _ = carried(content.ties, texts, after)
    fresh, _ = carried([tie for tie in new.ties if tie.section == section], {**after, section: written}, after)
    ties = [*_where(kept, section, spans, inside=False), *_where(fresh, section, spans, inside=True)]
    sources = {source for tie in fresh for source in tie.sources}
    told = {key: value for key, value in facts.items.items() if f"fact:{key}" in sources}
    channels = {key: number for key, number in facts.channels.items() if key in sources}
    return replace(
        content,
        report=with_texts(content.report, {section: text}),
        ties=tuple(ties),
        facts={**content.facts, **told},
        channels={**content.channels, **channels},
    )


def _where(ties: Iterable[Tie], section: str, spans: Collection[tuple[int, int]], *, inside: bool) -> list[Tie]:
    def within(tie: Tie) -> bool:
        return tie.section == section and any(start <= tie.start < end for start, end in spans)

    return [tie for tie in ties if within(tie) == inside]


def name_of_tie(tie: Tie) -> str:
    """By which a form names a tie: its place."""
    return f"{tie.section}-{tie.start}-{tie.end}"
