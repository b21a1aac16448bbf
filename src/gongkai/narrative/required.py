"""What each section and part must say (必备内容), and which of it a report does not say: ``required.toml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..law.records import check_shape, parse_toml
from ..law.terms import LawError
from ..reading.narrative.text import compact, sentences
from ..reading.narrative.vocabulary import lexicon
from ..report.form import Form
from ..report.report import Report
from .facts import Facts, fact_items
from .openings import without_openings
from .ties import INTRODUCTION, texts_of

_TEXTS = ("key", "section", "label", "ask", "article")
_MEDIA, _SHORTCOMINGS, _PREVIOUS = "media", "shortcomings", "shortcomings.previous"
_PART_HEADING = re.compile(r"(?:[（(]?[一二三四五六七八九十]{1,3}[)）、．.])?[^。，,；;：:\n]{2,24}[。：:]?")


@dataclass(frozen=True, slots=True)
class Point:
    """Something that must be said. ``section``: its key, or ``introduction``; ``part``: of section one, or "".

    ``ask``: the sentence that asks for it. ``telling``: words of which one must stand there; ``facts``: entries that fill
    it as long as nothing is written there; ``table``: a figure of the section's table must be there. ``government``:
    asked of governments only; ``since``: first year of which it is asked, 0 for all.
    """

    key: str
    section: str
    label: str
    ask: str
    article: str
    part: str = ""
    telling: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    table: bool = False
    government: bool = False
    since: int = 0


@cache
def required_points() -> tuple[Point, ...]:
    """Everything a report must say, in the order of its sections."""
    text = files("gongkai.narrative").joinpath("required.toml").read_text("utf-8")
    return parse_points(text, "required.toml")


def parse_points(text: str, source: str) -> tuple[Point, ...]:
    """The points in the text of a data file. Every mistake is a LawError that names file and place."""
    optional = {"part": str, "telling": list, "facts": list, "table": bool, "government": bool, "since": int}
    known = {item.key for item in fact_items()} | {_MEDIA, _SHORTCOMINGS, _PREVIOUS}
    points = []
    for number, raw in enumerate(parse_toml(text, source, "points")["points"]):
        place = f"{source}：points[{number}]"
        item = check_shape(raw, place, dict.fromkeys(_TEXTS, str), optional)
        lists = {name: tuple(item.get(name, ())) for name in ("telling", "facts")}
        part = item.get("part", "")
        if part and "facts" not in item:
            lists["facts"] = _entries(part)
        if unknown := set(lists["facts"]) - known:
            raise LawError(f"{place}：facts 中没有 {'、'.join(sorted(map(str, unknown)))}。")
        if item.get("table", False) == bool(lists["telling"]):
            raise LawError(f"{place}：文字应当有 telling，表格不应当有。")
        points.append(Point(**{**item, **lists}))
    if twice := {one.key for one in points if [other.key for other in points].count(one.key) > 1}:
        raise LawError(f"{source}：{'、'.join(sorted(twice))} 重复。")
    return tuple(points)


def missing_points(report: Report, facts: Facts | None, government: bool) -> tuple[Point, ...]:
    """What the report does not say, in the order of its sections.

    A place left open in 【】 says nothing. ``facts``: what was entered; it counts only where nothing is
    written yet. ``government``: it is the report of a people's government. Raises no error: a report without edition
    is held against no table and no part.
    """
    texts = {key: without_openings(text) for key, text in texts_of(report).items()}
    parts = _texts_of_parts(texts.get("overview", ""), report.form) if report.form else {}
    return tuple(
        point
        for point in required_points()
        if _is_asked(point, report, government) and not _is_said(point, report, facts, texts, parts)
    )


def overview_length(report: Report) -> int:
    """The length of section one, for a district's rule on it; places left open count nothing."""
    return length_of(without_openings(report.sections.get("overview", "")))


def length_of(text: str) -> int:
    """How many characters a text has as the word count (字数) of Word has it.

    A Chinese character counts one, and so does a full-width punctuation mark; letters and digits in a row count one
    together; white space counts nothing.
    """
    count, running = 0, False
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WFA"
        if wide or (not running and not character.isspace()):
            count += 1
        running = not wide and not character.isspace()
    return count


def _entries(part: str) -> tuple[str, ...]:
    own = tuple(item.key for item in fact_items() if item.part == part)
    return (*own, _MEDIA) if part in ("proactive", "platform") else own


def _is_asked(point: Point, report: Report, government: bool) -> bool:
    if (point.government and not government) or (report.year is not None and report.year < point.since):
        return False
    form = report.form
    if form is None:
        return not point.part and not point.table
    section = next((one for one in form.sections if one.key == point.section), None)
    if section is None:
        return point.section == INTRODUCTION
    return not point.part or any(part.key == point.part for part in section.parts)


def _is_said(
    point: Point, report: Report, facts: Facts | None, texts: Mapping[str, str], parts: Mapping[str, str]
) -> bool:
    if point.table:
        form = report.form
        cells = form.cells.values() if form else ()
        return any(report.values.get(cell.key) is not None for cell in cells if cell.table.section == point.section)
    text = texts.get(point.section, "")
    if point.part and parts:
        if parts.get(point.part, ""):
            return True
    elif text.strip():
        words = (word.replace("{previous}", str((report.year or 0) - 1)) for word in point.telling)
        plain = "".join(text.split())
        return any(word in plain for word in words)
    return facts is not None and any(_is_entered(key, facts) for key in point.facts)


def _is_entered(key: str, facts: Facts) -> bool:
    match key:
        case "media":
            return any(one.published is not None or one.reads is not None for one in facts.media)
        case "shortcomings":
            return bool(facts.shortcomings)
        case "shortcomings.previous":
            return any(one.previous for one in facts.shortcomings)
    return facts.items.get(key, "") != ""


def _texts_of_parts(text: str, form: Form) -> dict[str, str]:
    """What stands under the heading of each part; empty where the text is not divided by headings."""
    found: dict[str, str] = {}
    whole = compact(text)
    for one in sentences(whole, lexicon(form.edition).parts):
        words = whole.plain[one.start : one.end].strip()
        if one.part and one.opens and one.part not in found:
            words = _PART_HEADING.sub("", words, count=1)
        if one.part:
            found[one.part] = found.get(one.part, "") + words
    return found if len(found) > 1 else {}
