"""Figures that the narrative states (正文中的数据): what each counts, and the cells of the form it corresponds to.

The text is cut into sentences (``text``), each sentence into words of the vocabulary and figures (``tokens``); the
words around a figure say what it counts (``figures``, ``denials``) and whose it is (``subjects``), lists say which is
part of which (``lists``). The words are data: ``vocabulary.toml``, joined with the labels of the form (``vocabulary``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...report.form import editions, form_for_year
from ...report.report import Report
from ..stated import Stated
from .denials import denials
from .figures import Figure, figures, without_remarks
from .lists import enumerate_parts, parts_by_meaning
from .meanings import Lexicon, Strength
from .subjects import Context
from .text import Text, compact, sentences
from .tokens import tokens
from .vocabulary import lexicon

__all__ = ["stated_figures", "strength"]

_SPEAKS = re.compile(
    r"\d|[一二两三四五六七八九十百千万][余多]?[件起宗条例份个次期篇场项]|百分之|[未无没零].*?(?:申请|复议|诉讼)"
)
_LONGEST = 100_000
_LONGEST_SENTENCE = 1_000
_MOST = 2_000
"""Characters of a section that are read, of a sentence that are told, and figures of a section: ten times what any
office writes, so that a text without stops does not become as many copies of itself as it has figures."""

_LINE_BREAK = re.compile(r"\s*\n\s*")


def stated_figures(report: Report) -> tuple[Stated, ...]:
    """Every figure that introduction and sections state, in order. Pure; a report without text states none."""
    words = lexicon(_edition(report))
    stated: list[Stated] = []
    for section in ("introduction", *(section.key for section in words.form.sections)):
        printed = report.introduction if section == "introduction" else report.sections.get(section, "")
        if printed:
            stated += _section(section, printed[:_LONGEST], report, words, len(stated))
    return tuple(stated)


def strength(what: str, edition: str | None = None) -> Strength:
    """How sure the vocabulary is of the cells of a ``what``: ``plain`` for sums of several."""
    return lexicon(edition or editions()[-1]).strengths.get(what, "plain")


def _edition(report: Report) -> str:
    if report.edition in editions():
        return str(report.edition)
    return form_for_year(report.year).edition if report.year else editions()[-1]


def _section(section: str, printed: str, report: Report, words: Lexicon, offset: int) -> Iterator[Stated]:
    text = compact(printed)
    found = sorted(_figures(section, text, report, words), key=lambda pair: pair[0].token.start)[:_MOST]
    index = {id(figure): offset + n for n, (figure, _, _) in enumerate(found)}
    span, sentence = (0, 0), ""
    for figure, part, (start, end) in found:
        token = figure.token
        if span != (start, end):  # one string for all figures of a sentence
            span = (start, end)
            whole_sentence = printed[text.origin(start) : text.origin(end - 1) + 1].strip()
            sentence = _LINE_BREAK.sub("", whole_sentence)[:_LONGEST_SENTENCE]
        yield Stated(
            section=section,
            sentence=sentence,
            value=token.value,
            start=text.origin(token.first),
            end=text.origin(token.last - 1) + 1,
            what=figure.what,
            cells=figure.cells,
            readings=figure.readings,
            approximate=token.approximate,
            unit=token.unit,
            part=part,
            whole=index.get(id(figure.whole)) if figure.whole is not None else None,
            denied=figure.family == "denial",
        )


def _figures(section: str, text: Text, report: Report, words: Lexicon) -> Iterator[tuple[Figure, str, tuple[int, int]]]:
    plain = text.plain
    elided = "…" in plain or "..." in plain
    topic, paragraph, outside = "", list[Figure](), list[Figure]()
    for sentence in sentences(text, words.parts if section == "overview" else {}):
        about = sentence.part == "applications" or section in ("applications", "remedies")
        if sentence.opens:
            parts_by_meaning(paragraph)
            paragraph, outside = [], []
            topic = "applications" if about else ""
        start, end = sentence.start, sentence.end
        if _SPEAKS.search(plain, start, end) is None:
            spoken = words.topic.findall(plain, start, end)
            topic = words.words[spoken[-1]].topic if spoken else topic
            topic = "" if topic == "remedies" else topic
            continue
        context = Context(
            plain=plain,
            lexicon=words,
            topic=topic,
            organ=report.organ or "",
            year=report.year,
            disclosure=about or words.disclosure.search(plain, start, end) is not None,
            start=start,
            elided=elided,
        )
        row = without_remarks(list(tokens(plain, start, end, words)))
        found, topic = figures(row, context) if row else ([], topic)
        outside = enumerate_parts(row, found, outside)
        none = list(denials(start, end, context))
        paragraph += found
        for figure in (*found, *none):
            yield figure, sentence.part, (start, end)
    parts_by_meaning(paragraph)
