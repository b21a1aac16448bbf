"""Whose report it is and of which year: from the title, else from what the text says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .folding import fold, simplify, widths

_REPORT = r"(?:年度工作报告|工作年度报告|年度报告|工作报告|年报|报告)"
_SUBJECT = r"(?:政府信息与?政务公开|政府信息公开|政务信息公开|政务公开|信息公开)"
_YEAR = r"(?:20\d\d)年?度?"
_TITLE = re.compile(
    rf"^[《\"]?(?P<before>.{{0,40}}?)(?:关于)?(?P<subject>{_SUBJECT})(?:工作)?(?:的)?(?P<year>{_YEAR})?(?:年度)?(?:工作)?{_REPORT}[》\"]?"
    r"(?:\(.{0,12}\))?$"
)
_SELF = re.compile(rf"{_SUBJECT}(?:工作)?(?:的)?(?:{_YEAR})?(?:情况)?{_REPORT}")
_WRITTEN_YEAR = re.compile(r"二[〇○零0OΟ][〇○零一二三四五六七八九0]{2}年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九OΟ", "0001234567890" + "0")
_YEAR_ALONE = re.compile(r"(20\d\d)年?度?")
_PERIOD = re.compile(r"(20\d\d)年?度?1月1日")
_YEAR_IN_TEXT = re.compile(r"(20[0-4]\d)年")
_ORGAN = re.compile(
    r"(?:政府|委员会|管委会|办公室|办公厅|局|厅|院|处|站|所|队|中心|街道|镇|乡|县|区|市|省|旗|州|盟|苏木|部|社|办|委|署|行|馆|会|公司|大学|学校|总队|支队|大队)$"
)
_SENTENCE = re.compile(r"[。，；：:,;>＞?!！？|]|根据|按照|依据|规定")
_FUNCTION_WORDS = re.compile(r"^.*(?:由|与|和|向|请|联系|公布|公开|现将|按照)(?=[一-鿿]{2})")
_UNLIKELY = 45


@dataclass(frozen=True, slots=True)
class Title:
    """``text`` as printed, lines joined; ``first`` and ``last``: indexes of the paragraphs that print it."""

    text: str
    organ: str | None
    year: int | None
    first: int
    last: int

    @property
    def weight(self) -> int:
        """How much of a title it is."""
        return 2 * (self.year is not None) + 2 * (self.organ is not None) + ("年度" in self.text)


def find_title(texts: Sequence[str]) -> Title | None:
    """The report's title among the paragraphs before its first section, possibly over two or three of them."""
    best: Title | None = None
    for first in range(len(texts)):
        for last in range(first, min(first + 3, len(texts))):
            if title := _title(texts[first : last + 1], first, last):
                better = best is None or title.weight > best.weight
                same = best is not None and title.weight == best.weight and not _fuller(best.organ, title.organ)
                if better or (same and best is not None and first > best.last):
                    best = title
                break
    return best


def _fuller(first: str | None, second: str | None) -> bool:
    """Whether the first name is the second one with the place before it: the page's headline names an organ in full."""
    return bool(first and second and first != second and first.endswith(second))


def _title(parts: Sequence[str], first: int, last: int) -> Title | None:
    opening = fold(parts[0])
    if (len(opening) < 4 and not _ORGAN.search(opening)) or any(
        len(part) > _UNLIKELY or _SENTENCE.search(part) for part in parts
    ):
        return None
    rest = _organ_without(parts) if len(parts) > 1 else None
    if rest and (not _ORGAN.search(opening) or rest.endswith(opening)):
        return None  # what stands above a whole title is part of it only where it is an organ's name, and another
    found = named("".join(parts))
    if found is None:
        return None
    organ, year = found
    if organ and year is None and not _ORGAN.search(fold(organ)):
        return None  # entries of a menu, one above the other
    separator = "" if _cjk(parts[0][-1:]) or len(parts) == 1 else " "
    return Title(separator.join(part.strip() for part in parts), organ, year, first, last)


def _organ_without(parts: Sequence[str]) -> str | None:
    """The organ of the lines after the first, where they are a title of their own, organ and all."""
    found = named("".join(parts[1:]))
    return found[0] if found else None


def _cjk(character: str) -> bool:
    return "一" <= character <= "鿿"


def named(text: str) -> tuple[str | None, int | None] | None:
    """Organ and year that a title names, None where the text is no title of an annual report."""
    folded = _arabic_year(fold(text))
    match = _TITLE.match(folded)
    if not match:
        return None
    before = match["before"]
    years = _YEAR_ALONE.findall(before) or _YEAR_ALONE.findall(match["year"] or "")
    organ = _YEAR_ALONE.sub("", before).strip('-_ "《》•·●■◆') if before else ""
    if len(organ) < 2 or organ in ("年度", "正文", "关于"):
        organ = ""
    if not organ and not years and "年度" not in folded and "年报" not in folded:
        return None
    return _as_printed(text, organ) or None, int(years[0]) if years else None


def _as_printed(text: str, organ: str) -> str:
    """The organ's name with the characters of the text (width of brackets, traditional ones), without its spaces."""
    bare = "".join(text.split())
    at = simplify(widths(bare)).find(organ)
    return bare[at : at + len(organ)] if at >= 0 else organ


def _arabic_year(text: str) -> str:
    return _WRITTEN_YEAR.sub(lambda match: match.group().translate(_DIGITS), text)


def year_of_text(introduction: str, overview: str) -> int | None:
    """The reporting year that the text tells: its statistical period, the title it quotes, the year it speaks of."""
    head = _arabic_year(fold(introduction + "\n" + overview[:3000]))
    if match := _PERIOD.search(head):
        return int(match[1])
    if match := re.search(rf"(20\d\d)年度?.{{0,20}}{_SUBJECT}(?:工作)?年度(?:工作)?报告", head):
        return int(match[1])
    years = Counter(_YEAR_IN_TEXT.findall(head))
    if not years:
        return None
    most, count = years.most_common(1)[0]
    first = _YEAR_IN_TEXT.search(head)
    assert first is not None
    return int(most if count > years[first[1]] + 1 else first[1])


def names_itself(text: str) -> bool:
    """Whether a text speaks of an annual report on government information disclosure."""
    return bool(_SELF.search(fold(text)))


_QUOTED = re.compile(
    rf"(?:《|编制|公布|发布|现将|公开)(?P<first>{_YEAR})?(?P<organ>[一-鿿]{{4,25}}?)(?P<last>{_YEAR})?{_SUBJECT}"
    r"(?:工作)?年度(?:工作)?报告(?!制度)"
)
_OWN = re.compile("[本我全该]")


def organ_of_text(introduction: str, overview: str) -> str | None:
    """The organ that an introduction names in the report's title (特编制某局2023年政府信息公开工作年度报告), if one."""
    text = simplify("".join((introduction + "\n" + overview[:600]).split()))
    found = {
        match["organ"]
        for match in _QUOTED.finditer(text)
        if (match["first"] or match["last"]) and _ORGAN.search(match["organ"]) and not _OWN.search(match["organ"])
    }
    return found.pop() if len(found) == 1 else None


def full_name(organ: str | None, introduction: str) -> str | None:
    """The organ's name with the city or province before it, where the title leaves it out and the introduction has it.

    ``洪泽区人民政府`` is not unique in the country; where the introduction writes ``淮安市洪泽区人民政府`` that is its name.
    """
    if not organ or not re.match(r"[一-鿿]{1,6}?[区县]", organ) or re.match(r"[一-鿿]{2,8}?[省市州盟]", organ):
        return organ
    match = re.search(rf"([一-鿿]{{2,6}}?[省市州盟])({re.escape(organ)})", introduction)
    if not match:
        return organ
    return _FUNCTION_WORDS.sub("", match[1]) + organ
