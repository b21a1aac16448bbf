"""Statements that there was none: 未收到政府信息公开申请, 未发生因政府信息公开引起的行政复议、行政诉讼."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import Figure
from .subjects import Context, of_another
from .tokens import Token, tokens

_YEAR = re.compile(r"(?<!\d)(\d{4})年")


def denials(start: int, end: int, context: Context) -> Iterator[Figure]:
    """The denials of a sentence ``plain[start:end]``, each a figure of value 0 without a numeral."""
    plain, lexicon = context.plain, context.lexicon
    sentence = plain[start:end]
    if not any(negation in sentence for negation in "未无没零"):
        return
    if "申请" in sentence:
        for match in lexicon.no_application.finditer(plain, start, end):
            if context.topic != "applications" and not lexicon.named.search(match[0]):
                continue  # 申请 alone, of which nothing says for what
            if _foreign(start, match.start(), context):
                continue
            received = lexicon.application.cells
            yield Figure(_token(plain, match.start(), match.end()), "received", received, family="denial")
    if ("复议" in sentence or "诉讼" in sentence) and context.disclosure:
        for match in lexicon.no_remedy.finditer(plain, start, end):
            if _foreign(start, match.start(), context):
                continue
            inside = tokens(plain, *match.span("remedies"), lexicon)
            meanings = [m for token in inside if token.word for m in token.word.meanings if m.family == "remedy"]
            cells = tuple(dict.fromkeys(cell for meaning in meanings for cell in meaning.cells))
            what = "remedies" if len({meaning.what for meaning in meanings}) > 1 else meanings[0].what
            if match["corrected"] or match["corrected_last"]:
                what += "_corrected"
                cells = tuple(cell.removesuffix("total") + "corrected" for cell in cells)
            yield Figure(_token(plain, match.start(), match.end()), what, cells, family="denial")


def _token(plain: str, start: int, end: int) -> Token:
    return Token("figure", plain[start:end], start, end, first=start, last=end)


def _foreign(start: int, at: int, context: Context) -> bool:
    """Whether what is denied is of another year, or of another organ."""
    years = _YEAR.findall(context.plain, start, at)
    if years and context.year is not None and int(years[-1]) != context.year:
        return True
    if context.lexicon.times.search(context.plain, start, at):
        return True
    clause = at
    while clause > start and context.plain[clause - 1] not in "，,；;：:。":
        clause -= 1
    return of_another(clause, at, context)
