"""Which figure is a part of which: 共 374 条，其中政府网 79 条、公众号 295 条; 办结 50 件（含上年结转 3 件）."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...report.report import Number
from .figures import Cells, Figure
from .tokens import Token


def enumerate_parts(row: Sequence[Token], found: list[Figure], earlier: Sequence[Figure]) -> list[Figure]:
    """Set ``whole`` of each figure that is a part. ``earlier``: the figures before this sentence in its paragraph that
    are parts of nothing; the answer is that list for the next sentence."""
    by_token = {id(figure.token): figure for figure in found}
    brackets: list[Figure | None] = []
    outside: list[Figure] = []  # figures outside brackets and lists, of this sentence
    last: Figure | None = None  # the figure just before
    listing = False
    owners: Sequence[Figure] = ()
    for token in row:
        if token.kind == "stop":
            if token.text in "（(":
                brackets.append(last if last is not None and last.token.end == token.start else None)
            elif token.text in "）)":
                if brackets:
                    brackets.pop()
            elif token.text in "；;" and not brackets and outside:
                listing = False  # a list that opens its sentence runs to its end
        elif token.kind == "word" and token.word is not None:
            if token.word.role == "open" and not brackets:
                listing = True
                owners = [*outside] or earlier
                if last is not None and last.whole is not None:
                    owners = [*owners, last]
            elif token.word.role == "apart":
                listing = False
                if brackets:
                    brackets[-1] = None
        elif token.kind == "figure" and (figure := by_token.get(id(token))) is not None:
            last = figure
            figure.bracketed = bool(brackets)
            if token.unit == "%":
                continue
            if brackets:
                figure.whole = _same_unit(figure, [brackets[-1]] if brackets[-1] else ())
            elif listing:
                figure.whole = _same_unit(figure, owners)
            else:
                outside.append(figure)
    _share_out(found)
    return outside or list(earlier)


def _same_unit(part: Figure, owners: Iterable[Figure]) -> Figure | None:
    """The nearest figure of which it can be a part: counted alike, and not smaller."""
    for owner in reversed(list(owners)):
        if part.token.unit in (owner.token.unit, "") and part.token.value <= owner.token.value:
            return owner
    return None


def _share_out(found: list[Figure]) -> None:
    """Parts of a part come first; what no longer fits into it belongs to the whole above."""
    used: dict[int, Number] = {}
    for figure in found:
        whole = figure.whole
        while (
            whole is not None
            and whole.whole is not None
            and used.get(id(whole), 0) + figure.token.value > whole.token.value
        ):
            whole = whole.whole
        figure.whole = whole
        if whole is not None:
            used[id(whole)] = used.get(id(whole), 0) + figure.token.value


def parts_by_meaning(paragraph: Sequence[Figure]) -> None:
    """Results belong to the figure handled before them; applicants and shares follow the figure they divide."""
    handled: Figure | None = None
    previous: Figure | None = None
    remedy: Figure | None = None
    main: Figure | None = None  # the last one outside brackets
    for figure in paragraph:
        if figure.token.unit == "%":
            previous = previous if figure.bracketed else main
            if previous is not None and figure.what in ("share", "growth", "decline"):
                figure.cells, figure.readings = previous.cells, previous.readings
                figure.whole = previous.whole if figure.what == "share" else None
            continue
        previous = figure
        if not figure.bracketed:
            main = figure
        if figure.family == "remedy":
            remedy = figure
        elif figure.family == "outcome":
            _outcome(figure, figure.whole or remedy)
        if figure.what == "handled":
            handled = figure
        elif figure.what.startswith("received"):
            handled = None
        if figure.whole is None and figure.family in ("result", "row") and figure.cells and handled is not None:
            figure.whole = handled
        if figure.family == "applicant" and figure.whole is not None:
            _applicant(figure, figure.whole)


def _outcome(figure: Figure, remedy: Figure | None) -> None:
    """维持 3 件 of the reconsiderations before it; of nothing where no remedy was counted."""
    if remedy is None or remedy.family != "remedy":
        figure.what, figure.cells = "", ()
        return
    figure.cells = tuple(f"{cell.rpartition('.')[0]}.{figure.key}" for cell in remedy.cells)
    figure.what = f"{remedy.what}_{figure.key}"


def _applicant(figure: Figure, whole: Figure) -> None:
    """自然人 among those handled or disclosed: the same rows in the applicant's columns."""
    if whole.what.startswith("received") or not whole.cells or not all(c.endswith(".total") for c in whole.cells):
        return
    columns = list(dict.fromkeys(cell.rpartition(".")[2] for cell in figure.cells))

    def spread(cells: Cells) -> Cells:
        return tuple(f"{cell.rpartition('.')[0]}.{column}" for cell in cells for column in columns)

    figure.readings = tuple(spread(reading) for reading in whole.readings)
    figure.cells = spread(whole.cells)
