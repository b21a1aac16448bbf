"""The six sections of a report: their headings as printed, their text, and what stands before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ..report.form import editions, load_form
from .folding import fold
from .labels import bigrams, core, number_of
from .locating import Region
from .naming import Title, find_title
from .prose import Paragraph
from .reading import Heading

_NUMBER = r"(?:第?[一二三四五六七八九十]{1,3}(?:部分)?\s*[、.．,，:：\s]|\d{1,2}\s*[、.．,，])"
_BRACKETED = r"[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]"
_LEVEL_ONE = re.compile(rf"^\s*(?P<number>{_NUMBER})?\s*(?P<text>.+)$", re.DOTALL)
_LEVEL_ONE_BRACKETED = re.compile(rf"^\s*(?P<number>{_BRACKETED})\s*(?P<text>.+)$", re.DOTALL)
_ONLY_NUMBER = re.compile(rf"\s*(?:{_NUMBER}|{_BRACKETED})\s*")
_LEVEL_TWO = re.compile(rf"^\s*(?P<number>{_BRACKETED}[、.．]?)\s*(?P<text>[^。：:；\n]{{1,60}})")
_LEVEL_THREE = re.compile(
    r"^\s*(?P<number>\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]{1,3}、)\s*(?P<text>[^。：:；\n]{1,60})"
)
_YEAR = re.compile(r"^20\d\d年度?")
_ENDS_HEADING = re.compile(r"[\s。：:]")
_METADATA = re.compile(
    r"^[【\[(（]?\s*(?:发布|来源|信息来源|文章来源|时间|日期|点击|浏览|阅读|访问|字号|字体|作者|编辑|打印|收藏|分享|索引号|索\s*引|发文机关|"
    r"成文日期|文\s*号|文件有效性|关闭|下载|附件|信息索引|名\s*称|公开|有效性|主题|体裁|视力|扫一扫|大\s*中\s*小|首页|您|当前|【)"
)
_INNER = re.compile(
    r"(?:[。；]\s*|\s|^)(?P<heading>[一二三四五六]、\s*"
    r"(?P<text>[^\s，。；：、（(]{4,24}(?:、[^\s，。；：、（(]{4,12})?))(?=\s|[（(]|$)"
)
_RUN_ON = 40
"""Fewer characters than that are no section's text."""
_LONGEST_HEADING = 48
_LIKENESS = 0.62
_MENU = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """The report's parts outside its tables. ``exact`` tells how many of the six headings were found."""

    title: Title | None
    introduction: str
    sections: Mapping[str, str]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph that may be the heading of a section; ``rest`` is text that follows it in the same paragraph."""

    paragraph: int
    key: str
    number: str
    text: str
    rest: str
    bracketed: bool
    likeness: float


def read_outline(paragraphs: Sequence[Paragraph], regions: Mapping[str, Region]) -> Outline:
    """Title, introduction and sections of a document's paragraphs; ``regions`` are its tables."""
    paragraphs = [part for paragraph in paragraphs for part in _parted(paragraph)]
    found = _choose(_candidates(paragraphs), paragraphs, regions)
    first = min((candidate.paragraph for candidate in found.values()), default=len(paragraphs))
    first_table = min((region.start for region in regions.values()), default=None)
    if first_table is not None:
        first = min(first, next((n for n, p in enumerate(paragraphs) if p.line > first_table), len(paragraphs)))
    title = find_title([paragraph.text for paragraph in paragraphs[: min(first, 400)]])
    introduction = _introduction(paragraphs, title, first)
    sections: dict[str, str] = {}
    headings: list[Heading] = []
    order = sorted(found.values(), key=lambda candidate: candidate.paragraph)
    for at, candidate in enumerate(order):
        following = order[at + 1] if at + 1 < len(order) else None
        end = following.paragraph if following else len(paragraphs)
        body = [paragraph.text for paragraph in paragraphs[candidate.paragraph + 1 : end]]
        body = [text for text in body if not _repeats(text, candidate)]
        if following is None:
            body = _without_footer(body)
        if candidate.rest:
            body.insert(0, candidate.rest)
        printed = paragraphs[candidate.paragraph].text
        headings.append(
            Heading(
                printed if not candidate.rest else f"{candidate.number}{candidate.text}",
                candidate.number,
                candidate.text,
                candidate.key,
                1,
            )
        )
        headings += _inner_headings(candidate.key, body)
        sections[candidate.key] = "\n".join(body)
    return Outline(title, introduction, sections, tuple(headings))


# ── headings of the six sections ─────────────────────────────────────────────────────────────────────────────


@cache
def _names() -> dict[str, dict[str, frozenset[str]]]:
    """Section key → cores of its heading and variants, over all editions, with their character pairs."""
    names: dict[str, dict[str, None]] = {}
    for edition in editions():
        for section in load_form(edition).sections:
            for text in (section.heading, *section.variants):
                names.setdefault(section.key, {})[core(text)] = None
    return {key: {one: bigrams(one) for one in cores} for key, cores in names.items()}


def is_section_heading(text: str) -> bool:
    """Whether a text is a section's heading with its numeral: ``四、政府信息公开行政复议、行政诉讼情况``."""
    candidate = _candidate(0, text)
    return candidate is not None and not candidate.bracketed and number_of(candidate.number) in _numerals()


@cache
def _numerals() -> frozenset[str]:
    return frozenset(section.number for edition in editions() for section in load_form(edition).sections)


def _parted(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph in which sections run on: parted before and behind the headings within it.

    Headings one after the other only tell what the report consists of.
    """
    text = paragraph.text
    if len(text) < _RUN_ON:
        return [paragraph]
    found = [match for match in _INNER.finditer(text) if _likest(core(match["text"]), False)[1] == 1.0]
    ends = [match.start() for match in found[1:]] + [len(text) + _RUN_ON]
    if not found or any(end - match.end() < _RUN_ON for match, end in zip(found, ends, strict=True)):
        return [paragraph]
    places = [0, *(place for match in found for place in match.span("heading")), len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(places)]
    return [Paragraph(part, paragraph.line) for part in parts if part]


def _candidates(paragraphs: Sequence[Paragraph]) -> list[_Candidate]:
    found = []
    for n, paragraph in enumerate(paragraphs):
        text = paragraph.text
        head = text.replace("\n", "") if len(text) <= _LONGEST_HEADING else text.split("\n", 1)[0]
        if len(head) < 20 and _ONLY_NUMBER.fullmatch(head + " ") and n + 1 < len(paragraphs):
            head = text = f"{head}{paragraphs[n + 1].text}"  # the numeral stands on a line of its own
        if candidate := _candidate(n, head if len(head) <= _LONGEST_HEADING else text):
            found.append(candidate)
    return found


def _candidate(n: int, text: str) -> _Candidate | None:
    bracketed = _LEVEL_ONE_BRACKETED.match(text[:80])
    match = bracketed or _LEVEL_ONE.match(text[:80])
    if not match:
        return None
    number, body = (match["number"] or "").strip(), match["text"].strip()
    if len(text) > _LONGEST_HEADING:
        return _with_rest(n, number, text, bool(bracketed)) if number and not bracketed else None
    key, best = _likest(_YEAR.sub("", core(body)), bool(number))
    return _Candidate(n, key, number, body, "", bool(bracketed), best) if best >= _LIKENESS else None


@lru_cache(maxsize=1 << 12)
def _likest(bare: str, numbered: bool) -> tuple[str, float]:
    """The section whose heading is most like this core, and how much; without a numeral only the same words count."""
    best, key = 0.0, ""
    pairs = bigrams(bare)
    for name, cores in _names().items():
        for one, own in cores.items():
            if bare == one:
                likeness = 1.0
            elif numbered and len(bare) <= len(one) + 14:
                likeness = 2 * len(pairs & own) / (len(pairs) + len(own))  # Dice
            else:
                continue
            if likeness > best:
                best, key = likeness, name
    return key, best


def _with_rest(n: int, number: str, text: str, bracketed: bool) -> _Candidate | None:
    """A heading that its section's text follows in the same paragraph."""
    at = text.find(number) + len(number)
    match = _ENDS_HEADING.search(text, at + 1, at + 40)
    if not match:
        return None
    body = text[at : match.start()].strip()
    for name, cores in _names().items():
        if core(body) in cores:
            return _Candidate(n, name, number, body, text[match.end() :].strip(), bracketed, 1.0)
    return None


def _choose(
    candidates: Sequence[_Candidate], paragraphs: Sequence[Paragraph], regions: Mapping[str, Region]
) -> dict[str, _Candidate]:
    """One heading a section, in order, around the tables; a table of contents and doubled headings are passed over.

    Where the tables stand elsewhere than in their sections (on sheets of their own), the headings' order alone counts.
    """
    rest = _without_contents(candidates, paragraphs, regions)
    around = _in_order(rest, paragraphs, regions)
    alone = _in_order(rest, paragraphs, {})
    return alone if len(alone) > len(around) else around


def _in_order(
    candidates: Sequence[_Candidate], paragraphs: Sequence[Paragraph], regions: Mapping[str, Region]
) -> dict[str, _Candidate]:
    sections = load_form(editions()[-1]).sections
    order = [section.key for section in sections]
    chosen: dict[str, _Candidate] = {}
    after = -1
    for at, section in enumerate(sections):
        key = section.key
        before = [regions[k].start for k in order[at + 1 :] if k in regions]
        behind = [regions[k].end for k in order[:at] if k in regions]
        ceiling = regions[key].end if key in regions else min(before, default=None)
        floor = max(behind, default=0) - 1
        mine = [
            c
            for c in candidates
            if c.key == key
            and c.paragraph > after
            and (ceiling is None or paragraphs[c.paragraph].line < ceiling)
            and (key in regions or paragraphs[c.paragraph].line >= floor)
        ]
        plain = [c for c in mine if not c.bracketed]
        numbers = (section.number, str(at + 1))
        mine = plain or [
            c
            for c in mine
            if c.likeness == 1.0 and (key in regions or section.kind == "text" or number_of(c.number) in numbers)
        ]
        if not mine:
            continue
        best = max(c.likeness for c in mine)
        good = [c for c in mine if c.likeness >= min(best, 0.95)]
        good = [c for c in good if number_of(c.number) == section.number] or good
        chosen[key] = _first_of_doubled(good) if key in regions else good[0]
        after = chosen[key].paragraph
    return chosen


def _first_of_doubled(good: Sequence[_Candidate]) -> _Candidate:
    """The last heading before the table, or the first of two that stand directly one after the other."""
    pick = good[-1]
    for candidate in reversed(good[:-1]):
        if pick.paragraph - candidate.paragraph > 1:
            break
        pick = candidate
    return pick


def _without_contents(
    candidates: Sequence[_Candidate], paragraphs: Sequence[Paragraph], regions: Mapping[str, Region]
) -> list[_Candidate]:
    """Without runs of headings with nothing between them that all come again: a table of contents or a menu."""
    runs: list[list[_Candidate]] = []
    for candidate in candidates:
        if (
            runs
            and candidate.key not in {c.key for c in runs[-1]}
            and candidate.paragraph - runs[-1][-1].paragraph == 1
            and not _between(paragraphs[runs[-1][-1].paragraph].line, paragraphs[candidate.paragraph].line, regions)
        ):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    rest: list[_Candidate] = []
    later: set[str] = set()
    for run in reversed(runs):
        keys = {candidate.key for candidate in run}
        if len(keys) < _MENU or not keys <= later:
            rest += reversed(run)
        later |= keys
    return rest[::-1]


def _between(first: int, second: int, regions: Mapping[str, Region]) -> bool:
    return any(first <= region.start <= second or first < region.end <= second for region in regions.values())


def _repeats(text: str, candidate: _Candidate) -> bool:
    """Whether a paragraph is the section's heading once more."""
    return len(text) <= _LONGEST_HEADING and core(text) == core(candidate.text)


def _inner_headings(section: str, body: Sequence[str]) -> list[Heading]:
    found = []
    for n, text in enumerate(body):
        match = _LEVEL_TWO.match(text)
        level = 2
        if not match:
            match, level = _LEVEL_THREE.match(text), 3
        if match:
            found.append(
                Heading(match.group().strip(), match["number"].strip(), match["text"].strip(), section, level, n)
            )
    return found


# ── what stands around the sections ──────────────────────────────────────────────────────────────────────────


def _introduction(paragraphs: Sequence[Paragraph], title: Title | None, first: int) -> str:
    """The text between title and section one, without the page's own lines (source, date, font size)."""
    if title is not None:
        body = [paragraph.text for paragraph in paragraphs[title.last + 1 : first]]
        return "\n".join(text for text in body if not (_METADATA.match(text) and len(text) < 60))
    body = []
    for paragraph in reversed(paragraphs[:first]):
        if len(paragraph.text) < 20 or _METADATA.match(paragraph.text):
            break
        body.append(paragraph.text)
    return "\n".join(reversed(body))


_FOOTER = re.compile(
    r"^(?:版权所有|主办单位|主办[:：]|承办|网站标识码|网站地图|联系我们|Copyright|ICP|.{0,12}ICP备|.{0,10}公网安备|扫一扫|分享到|相关链接|相关信息|上一篇|"
    r"下一篇|打印本页|关闭窗口|【?打印|【?关闭|责任编辑|编辑[:：]|初审|政府网站标识码|技术支持|附件[:：]?|相关附件|友情链接|返回顶部|网站声明|智能问答)"
)


def _without_footer(body: Sequence[str]) -> list[str]:
    for n, text in enumerate(body):
        if _FOOTER.match(fold(text)) and len(text) < 80:
            return list(body[:n])
    return list(body)
