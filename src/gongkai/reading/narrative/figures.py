"""The figures of a sentence with what they count: words before a figure, or behind it, decide.

Only what is plain is tied to cells: between word and figure nothing may stand that could name another thing, the
figure must be of the reporting year and of the reporting organ. Otherwise the figure stands without cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ...report.form import CellKey
from .meanings import Event, Lexicon, Meaning
from .subjects import Context, of_another, of_another_year
from .tokens import Token

Cells = tuple[CellKey, ...]

_GROWTH = "growth"
_DECLINE = "decline"
_FAR = 24
"""A word further behind its figure than so many characters does not speak of it."""
_PUBLISHED_FAR = 20
_NEED_UNIT = ("publish", "decision", "document", "money", "other")
_ELIDED = re.compile(r"\.\.\.|…")
"""A sentence quoted with its beginning left out does not tell what it counts."""
_REMARK = re.compile(r"[（(][^（）()\d]*[）)]")
_INTO_YEAR = re.compile(r"[至到入]?\d{4}年度?(?:继续)?(?:办理|处理|答复)?")
_OF_YEAR = re.compile(r"(\d{4})年度?$")


@dataclass(slots=True)
class Figure:
    """A figure read: as ``Stated``, in places of the plain text. ``family``: of the meaning that was found."""

    token: Token
    what: str = ""
    cells: Cells = ()
    readings: tuple[Cells, ...] = ()
    family: str = ""
    key: str = ""
    clause: int = 0
    """Place of the stop before it."""
    whole: Figure | None = None
    rest: bool = False
    """Whether it counts 其他, so that the list it ends is complete."""
    bracketed: bool = False


def figures(row: Sequence[Token], context: Context) -> tuple[list[Figure], str]:
    """The figures of a sentence's tokens, and the topic at its end."""
    found: list[Figure] = []
    topic, foreign, remedies = context.topic, False, _none
    elided = context.elided and _ELIDED.search(context.plain, context.start, row[-1].end) is not None
    window = 0
    for index, token in enumerate(row):
        if token.kind == "year":
            foreign = of_another_year(row, index, context)
        elif token.kind == "word" and token.word is not None:
            if token.word.topic:
                topic = token.word.topic
                if topic == "remedies":
                    remedies = _union(remedies, token.word.meanings[0])
            if token.word.role in ("foreign", "last_year"):
                foreign = True
            if token.word.role == "open":
                window = index + 1
        elif token.kind == "stop":
            window = index + 1
        elif token.kind == "figure":
            figure = _figure(row, window, index, _with_topic(context, topic), remedies)
            if figure is not None:
                if foreign or elided:
                    figure.what, figure.cells, figure.readings = "", (), ()
                found.append(figure)
            window = index + 1
    return found, "" if topic == "remedies" else topic


_none = Meaning("", "", "loose", frozenset())


def between(plain: str, start: int, end: int) -> str:
    """The text without remarks in brackets that hold no figure: 其他处理（含撤回申请）341 件."""
    text = plain[start:end]
    return _REMARK.sub("", text) if "）" in text or ")" in text else text


def without_remarks(row: Sequence[Token]) -> list[Token]:
    """The tokens without those of brackets that hold no figure and no year."""
    kept: list[Token] = []
    opened = -1
    for token in row:
        kept.append(token)
        if token.kind != "word" and token.kind != "stop":
            opened = -1
        elif token.text in "（(":
            opened = len(kept) - 1
        elif token.text in "）)" and opened >= 0:
            del kept[opened:]
            opened = -1
    return kept


def _with_topic(context: Context, topic: str) -> Context:
    return context if topic == context.topic else replace(context, topic=topic)


def _union(first: Meaning, second: Meaning) -> Meaning:
    cells = first.cells + tuple(cell for cell in second.cells if cell not in first.cells)
    what = "remedies" if first.cells and second.family == "remedy" and first.what != second.what else second.what
    return replace(second, what=what, cells=cells, readings=())


def _figure(row: Sequence[Token], window: int, index: int, context: Context, remedies: Meaning) -> Figure | None:
    token = row[index]
    clause = row[window - 1].end if window else context.start
    figure = Figure(token, clause=clause)
    lead = between(context.plain, clause, token.start)
    if token.unit == "%":
        _percentage(figure, lead, context.plain[clause - 1 : clause], context.lexicon)
        return figure
    if context.lexicon.changed.search(lead):
        return figure if token.unit else None
    words = [t for t in row[window:index] if t.kind == "word"]
    meaning = _before(row, window, index, words, lead, context, remedies)
    if meaning is None and context.lexicon.lead.fullmatch(lead):
        meaning = _behind(row, index, context)
    if meaning is None:
        known = bool(token.unit) and not token.chinese
        return figure if known or (token.approximate and _ends(row, index, context)) else None
    figure.what, figure.cells, figure.readings = meaning.what, meaning.cells, meaning.readings
    figure.family, figure.key = meaning.family, meaning.key
    figure.rest = any(lead.lstrip("，、").startswith(rest) for rest in context.lexicon.rest)
    return figure


def _ends(row: Sequence[Token], index: int, context: Context) -> bool:
    end = row[index].end
    return end >= len(context.plain) or context.plain[end] in "，,。；;、）)\n"


def _before(
    row: Sequence[Token],
    window: int,
    index: int,
    words: list[Token],
    lead: str,
    context: Context,
    remedies: Meaning,
) -> Meaning | None:
    """The meaning that the words before a figure in its clause give it."""
    token, lexicon = row[index], context.lexicon
    carriers = [word for word in words if word.word is not None and (word.word.meanings or word.word.event)]
    if not words and window and lexicon.filler.fullmatch(lead) and row[window - 1].text in "，,：:":
        previous = window - 1  # 受理申请，共 12 件: the clause before
        while previous and row[previous - 1].kind != "stop":
            previous -= 1
        words = [t for t in row[previous : window - 1] if t.kind == "word"]
        if any(t.kind == "figure" for t in row[previous : window - 1]):
            return None
        window = previous
        carriers = [word for word in words if word.word is not None and (word.word.meanings or word.word.event)]
    for place in range(len(carriers) - 1, -1, -1):
        carrier = carriers[place]
        gap = between(context.plain, carrier.end, token.start).replace("，", "").replace(",", "")
        assert carrier.word is not None
        earlier = carriers[place - 1] if place else None
        if earlier is not None and _INTO_YEAR.fullmatch(context.plain, earlier.end, carrier.end):
            continue  # 结转至2024年办理
        for meaning in carrier.word.meanings:
            if meaning.family in ("publish", "other") and place < len(carriers) - 1:
                continue
            chosen = _fits(meaning, carrier, gap, token, words, context, remedies)
            if chosen is not None:
                return _settle(chosen, carrier, carriers[:place], row, window, token, context)
        if carrier.word.event is not None and context.topic in lexicon.documents and lexicon.filler.fullmatch(gap):
            return _document(context.topic, carrier.word.event, token, lexicon)
    return _topic_alone(words, token, context)


def _fits(
    meaning: Meaning, carrier: Token, gap: str, token: Token, words: list[Token], context: Context, remedies: Meaning
) -> Meaning | None:
    """The meaning, where topic, unit and the words between allow it."""
    if token.unit and token.unit not in meaning.units:
        return None
    if not token.unit and (meaning.family in _NEED_UNIT or not _unitless(token, context)):
        return None
    if meaning.topic and meaning.topic != context.topic:
        return None
    if meaning.family == "remedy" and not context.disclosure:
        return None
    if meaning.alone and context.plain[carrier.start - 1 : carrier.start] not in (
        "，",
        ",",
        "；",
        ";",
        "、",
        "：",
        "其",
    ):
        return None
    lexicon = context.lexicon
    if meaning.family in ("publish", "other"):
        return meaning if len(gap) <= _PUBLISHED_FAR else None
    if meaning.what == "carried":
        meaning, gap = _carried(meaning, carrier, gap, context)
    filler = lexicon.decision_filler if meaning.family == "decision" else lexicon.gaps[meaning.gap]
    if not filler.fullmatch(gap) and not (token.value == 0 and lexicon.zero_filler.fullmatch(gap)):
        return None
    if meaning.family == "decision" and any(w.word and _publishes(w) for w in words if w.end <= carrier.start):
        return None
    if meaning.what == "remedies":
        return (
            replace(meaning, cells=remedies.cells, what=remedies.what)
            if context.disclosure and remedies.cells
            else None
        )
    return meaning


def _carried(meaning: Meaning, carrier: Token, gap: str, context: Context) -> tuple[Meaning, str]:
    """结转 with a year: 结转至2024年 goes out of the reporting year 2023, 2022年结转 comes into it."""
    out, into = meaning.cells, meaning.readings[0]
    if target := _INTO_YEAR.match(gap):
        return replace(meaning, what="carried_over", cells=out, readings=()), gap[target.end() :]
    source = _OF_YEAR.search(context.plain, max(0, carrier.start - 8), carrier.start)
    if source and context.year is not None and int(source[1]) == context.year - 1:
        return replace(meaning, what="carried_in", cells=into, readings=()), gap
    return meaning, gap


def _publishes(token: Token) -> bool:
    return token.word is not None and any(meaning.what == "published" for meaning in token.word.meanings)


def _unitless(token: Token, context: Context) -> bool:
    """A numeral without a unit is a figure where it ends its clause and can't be a year or a code."""
    after = context.plain[token.end : token.end + 1]
    return (
        (after == "" or after in "，,。；;、）)（(\n")
        and isinstance(token.value, int)
        and (token.value < 1900 or bool(token.approximate))
    )


def _settle(
    meaning: Meaning,
    carrier: Token,
    before: list[Token],
    row: Sequence[Token],
    window: int,
    token: Token,
    context: Context,
) -> Meaning | None:
    """The meaning with what stands before its word: further results, a single row of a group, another organ."""
    lexicon = context.lexicon
    if meaning.family == "document":
        events = [word.word.event for word in before if word.word and word.word.event]
        return _document(meaning.key, events[-1] if events else lexicon.published, token, lexicon)
    if meaning.family == "publish" and meaning.what == "published":
        clause = context.plain[_clause_start(row, window, context) : token.start]
        for what, pattern in lexicon.channels:
            if pattern.search(clause):
                return replace(meaning, what=what)
        return meaning
    if meaning.family in ("verb", "carry", "applicant"):
        start = _clause_start(row, window, context)
        listed = (window > 0 and row[window - 1].kind == "word") or context.plain[start - 1 : start] in (
            "、",
            "（",
            "(",
        )
        if of_another(start, carrier.start, context, listed):
            return None
        subject = context.plain[start : carrier.start]
        if meaning.family == "verb" and lexicon.ways.search(subject) and not lexicon.all_ways.search(subject):
            return None  # one way of receiving of several
    if meaning.family == "result" and before:
        row_word = before[-1]
        assert row_word.word is not None
        one = next(
            (m for m in row_word.word.meanings if m.family == "row" and set(m.cells) <= set(meaning.cells)), None
        )
        between = context.plain[row_word.end : carrier.start]
        if one is not None and between in ("", "的", "而", "，", "原因"):
            return replace(one, readings=(meaning.cells,))
    if meaning.family in ("result", "remedy"):
        return _joined(meaning, carrier, row, context)
    return meaning


def _clause_start(row: Sequence[Token], window: int, context: Context) -> int:
    return row[window - 1].end if window else context.start


def _joined(meaning: Meaning, carrier: Token, row: Sequence[Token], context: Context) -> Meaning:
    """予以公开及部分公开、行政复议和行政诉讼: the figure counts both."""
    position = next(n for n, token in enumerate(row) if token is carrier)
    cells, what = meaning.cells, meaning.what
    while position:
        earlier = position - 1
        while earlier and row[earlier].kind == "stop" and row[earlier].text == "、":
            earlier -= 1
        token = row[earlier]
        if token.kind != "word" or token.word is None:
            break
        other = next((m for m in token.word.meanings if m.family == meaning.family), None)
        if other is None or not context.lexicon.join.fullmatch(context.plain[token.end : row[position].start]):
            break
        cells = other.cells + cells
        what = "remedies" if meaning.family == "remedy" else f"{other.what}+{what}"
        position = earlier
    if cells == meaning.cells:
        return meaning
    return replace(meaning, what=what, cells=tuple(dict.fromkeys(cells)), readings=())


def _topic_alone(words: list[Token], token: Token, context: Context) -> Meaning | None:
    """依申请公开 5 件: no verb, only what is spoken of."""
    if not words:
        return None
    last = words[-1]
    meaning = context.lexicon.application
    gap = between(context.plain, last.end, token.start)
    if last.word is None or last.word.topic != "applications" or token.unit not in meaning.units | {""}:
        return None
    if not token.unit and not _unitless(token, context):
        return None
    if any(word.word and word.word.meanings for word in words):  # a verb whose object is not plain
        return None
    return meaning if context.lexicon.filler.fullmatch(gap) else None


def _behind(row: Sequence[Token], index: int, context: Context) -> Meaning | None:
    """The meaning that the words behind a figure give it: 7 件予以公开, 75 件结转下年."""
    token, lexicon = row[index], context.lexicon
    behind: list[Token] = []
    for later in islice(row, index + 1, None):
        if later.kind != "word" or later.start - token.end > _FAR:
            break
        behind.append(later)
    found: Meaning | None = None
    place = 0
    for later in behind:
        assert later.word is not None
        between = context.plain[token.end : later.start]
        meaning = next((m for m in later.word.meanings if m.after), None)
        if meaning is None or (meaning.topic and meaning.topic != context.topic):
            continue
        if token.unit and token.unit not in meaning.units:
            continue
        if not token.unit and (between or meaning.family not in ("row", "result")):
            continue
        if meaning.family == "verb" and not lexicon.after.fullmatch(between):
            continue
        if found is not None and found.family == "row" and meaning.family == "result":
            linked = context.plain[place : later.start]
            wide = "等" in linked or "、" in linked
            return meaning if wide else replace(found, readings=(meaning.cells,))
        if meaning.family == "row":
            if found is not None:
                continue
            found, place = meaning, later.end
            continue
        return meaning if found is None else found
    return found


def _document(key: str, event: Event, token: Token, lexicon: Lexicon) -> Meaning:
    """Documents of one kind with what happened to them, as the columns of 表二 count it."""
    document = lexicon.documents[key]
    columns = (*event.columns, *event.other_columns) if token.unit in document.units else ()
    there = [(cell,) for column in columns if (cell := f"proactive.{key}.{column}") in lexicon.form.cells]
    if not event.columns:
        return replace(document, what="", cells=())
    if not there:
        return replace(document, what=f"{key}_{event.key}", cells=(), strength="loose")
    return replace(document, what=f"{key}_{event.key}", cells=there[0], readings=tuple(there[1:]))


def _percentage(figure: Figure, lead: str, stop: str, lexicon: Lexicon) -> None:
    """A percentage is growth, a share, or neither (a rate)."""
    changed = lexicon.changed.search(lead)
    if changed is not None:
        if lexicon.compare.search(lead):
            figure.what = _DECLINE if any(word in changed[0] for word in lexicon.down) else _GROWTH
    elif lexicon.share.match(lead) or (lead == "" and stop in ("（", "(")):
        figure.what = "share"
