"""The vocabulary of the narrative as data: ``vocabulary.toml`` joined with the labels of a form.

Loaded strictly: an unknown or missing key, or a place that stands in no edition, is a FormError.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from ...report.errors import FormError
from ...report.form import CellKey, Form, editions, load_form
from ...report.wording import unnumbered
from .meanings import Event, Lexicon, Meaning, Strength, Word

_SOURCE = "vocabulary.toml"
_STOPS = "，,；;、：:（）()\n。！？"


def expand(pattern: str) -> list[str]:
    """The words that a pattern stands for: ``{上,去}年{度,}结转`` is six... each alternative of each brace in turn."""
    pieces = [piece.split(",") for piece in re.split(r"[{}]", pattern)]
    literal = [[",".join(piece)] if n % 2 == 0 else piece for n, piece in enumerate(pieces)]
    return ["".join(choice) for choice in product(*literal)]


def expand_all(patterns: Iterable[str]) -> list[str]:
    return [word for pattern in patterns for word in expand(pattern)]


def trie(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words, sharing their beginnings so that matching stays fast."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}

    def build(node: dict[str, Any]) -> str:
        branches = [re.escape(character) + build(below) for character, below in node.items() if character]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
        return f"(?:{body})?" if "" in node else body

    return build(root)


def _many(words: Iterable[str]) -> str:
    """Any number of the words, one after another; possessive, so that no text makes matching slow."""
    ordered = sorted(set(words) - {""}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})*+"


@cache
def vocabulary() -> dict[str, Any]:
    """The raw vocabulary, its shape checked."""
    raw = tomllib.loads(files(__package__).joinpath(_SOURCE).read_text("utf-8"))
    known = {"units", "fillers", "approximate", "lists", "topics", "foreign", "growth", "denials", "extra", "meanings",
             "neutral",
             "channels", "events"}  # fmt: skip
    if raw.keys() != known:
        raise FormError(f"{_SOURCE}：（顶层）：应为 {'、'.join(sorted(known))}。")
    allowed = {entry.name for entry in fields(Meaning)} - {"key"} | {"words"}
    for n, item in enumerate(raw["meanings"]):
        if unknown := item.keys() - allowed:
            raise FormError(f"{_SOURCE}：meanings[{n}]：不认识 {'、'.join(sorted(unknown))}。")
        if item["units"] not in raw["units"]:
            raise FormError(f"{_SOURCE}：meanings[{n}].units：没有“{item['units']}”。")
        for place in (*item.get("cells", ()), *(place for reading in item.get("readings", ()) for place in reading)):
            if not any(cells_at(load_form(edition), place) for edition in editions()):
                raise FormError(f"{_SOURCE}：meanings[{n}]：各版格式都没有“{place}”。")
    return raw


def cells_at(form: Form, place: str) -> tuple[CellKey, ...]:
    """The cells of a place: a row, a group of rows, a column or group of columns of 表三 (then of the new
    applications), a whole table (its totals) or a cell. Empty where the edition has none.
    """
    if place in form.cells:
        return (place,)
    path, _, column = place.partition("@")
    name, _, key = path.partition(".")
    cells = [cell for cell in form.cells.values() if cell.table.key == name]
    rows = [cell for cell in cells if key in ("", cell.row.key, cell.row.group)]
    if rows:
        return tuple(c.key for c in rows if (c.column.key == column if column else c.column.total))
    return tuple(
        c.key
        for c in cells
        if key in (c.column.key, c.column.group) and c.row is c.block.rows[0] and not c.column.total
    )


def label_words(label: str, variants: Iterable[str]) -> list[str]:
    """A printed label, and its variants, without numbering and bracketed explanation."""
    words = [unnumbered(text) for text in (label, *variants)]
    words += [word.removeprefix("属于") for word in words if word.startswith("属于")]
    return [word for word in words if len(word) >= 4]


def _labelled(form: Form, raw: dict[str, Any]) -> Iterator[tuple[list[str], Meaning]]:
    """The meanings that the labels of the form itself give: results, groups of results, applicants, remedies."""
    units = {name: frozenset(words) for name, words in raw["units"].items()}
    extra: dict[str, list[str]] = {place: expand_all(words) for place, words in raw["extra"].items()}

    def of(
        place: str, label: str, variants: tuple[str, ...], family: str, unit: str, key: str = "", **more: Any
    ) -> Any:
        what = {"document": key}.get(family, place.partition(".")[2])
        cells = () if family == "document" else cells_at(form, place)
        words = label_words(label, variants) + extra.pop(place, [])
        if key and key in ("rules",):
            words.append(label)
        return words, Meaning(what, family, "plain", units[unit], cells, key=key, **more)

    table = form.table("applications")
    for row in table.blocks[0].rows:
        if row.result:
            family = "row" if row.group != "results" else "result"
            yield of(f"applications.{row.key}", row.label, row.variants, family, "case", after=True)
    groups = {group.key for group in table.row_groups if group.parent}
    for group in table.row_groups:
        if group.parent:
            yield of(f"applications.{group.key}", group.label, group.variants, "result", "case", after=True)
    if "other_handling" not in groups:  # one row in the older edition
        words = extra.pop("applications.other_handling", [])
        cells = cells_at(form, "applications.other")
        yield words, Meaning("other_handling", "result", "plain", units["case"], cells, after=True)
    columns = [c for c in table.blocks[0].columns if not c.total and len(c.heading) > 2]
    everything = [
        *((column.key, column.heading, column.variants) for column in columns),
        *((group.key, group.label, group.variants) for group in table.column_groups),
    ]
    for key, label, variants in everything:
        cells = cells_at(form, f"applications.{key}")
        readings = _with_carried(form, cells)
        words = [w for w in label_words(label, variants) if len(w) > 3] + extra.pop(f"applications.{key}", [])
        if len(label) == 3:
            words.append(label)
        yield words, Meaning(key, "applicant", "plain", units["application"], cells, readings, key=key)
    remedies = form.table("remedies")
    for row in remedies.blocks[0].rows:
        yield of(f"remedies.{row.key}", row.label, row.variants, "remedy", "case", after=False)
    for column_group in remedies.column_groups:
        yield of(f"remedies.{column_group.key}", column_group.label, column_group.variants, "remedy", "case")
    for column in remedies.blocks[0].columns:
        if not column.total:
            words = label_words(column.heading, column.variants) + extra.pop(f"remedies@{column.key}", [])
            place = cells_at(form, f"remedies@{column.key}")
            yield (
                words,
                Meaning(
                    column.key, "outcome", "plain", units["case"], place, topic="remedies", after=True, key=column.key
                ),
            )
    for row in form.table("proactive").blocks[0].rows:
        yield of(f"proactive.{row.key}", row.label, row.variants, "document", "document", key=row.key)


def _with_carried(form: Form, cells: tuple[CellKey, ...]) -> tuple[tuple[CellKey, ...], ...]:
    """Further readings of new applications by applicant: with those carried in, and those handled."""
    carried = tuple(cell.replace(".received.", ".carried_in.") for cell in cells)
    handled = tuple(cell.replace(".received.", ".total.") for cell in cells)
    return (cells + carried, handled)


def _meanings(form: Form, raw: dict[str, Any]) -> Iterator[tuple[list[str], Meaning]]:
    yield from _labelled(form, raw)
    for item in raw["meanings"]:
        more = {key: value for key, value in item.items() if key not in ("words", "units", "cells", "readings", "gap")}
        places = (cells_at(form, place) for place in item.get("cells", ()))
        readings = (
            tuple(cell for place in reading for cell in cells_at(form, place)) for reading in item.get("readings", ())
        )
        yield (
            expand_all(item["words"]),
            Meaning(
                **more,
                units=frozenset(raw["units"][item["units"]]),
                cells=tuple(cell for cells in places for cell in cells),
                readings=tuple(filter(None, readings)),
                gap=tuple(item.get("gap", ())),
            ),
        )


@cache
def lexicon(edition: str) -> Lexicon:
    """The vocabulary with the labels of one edition, compiled."""
    form, raw = load_form(edition), vocabulary()
    words: dict[str, Word] = {}

    def word(text: str) -> Word:
        return words.setdefault(text, Word())

    application = _application(form, raw)
    strengths: dict[str, Strength] = {application.what: application.strength}
    for texts, meaning in _meanings(form, raw):
        strengths[meaning.what] = meaning.strength
        for text in dict.fromkeys(texts):
            word(text).meanings.append(meaning)
            if meaning.family in ("remedy", "document"):
                word(text).topic = "remedies" if meaning.family == "remedy" else meaning.key
    for topic, patterns in raw["topics"].items():
        for text in expand_all(patterns):
            word(text).topic = topic
    for item in raw["events"]:
        event = Event(item["key"], tuple(item["columns"]), tuple(item.get("other_columns", ())))
        for text in expand_all(item["words"]):
            word(text).event = event
    lists, foreign = raw["lists"], raw["foreign"]
    for role, patterns in (("open", lists["open"]), ("apart", lists["apart"]), ("foreign", foreign["times"]),
                           ("last_year", foreign["last_year"]), ("compare", raw["growth"]["compare"])):  # fmt: skip
        for text in expand_all(patterns):
            word(text).role = role

    neutral = expand_all(raw["neutral"]["words"])
    for text in neutral:
        word(text)

    fillers, growth, denials, approximate = raw["fillers"], raw["growth"], raw["denials"], raw["approximate"]
    topic_words = [*expand_all(raw["topics"]["applications"]), *neutral]
    fill = _many(expand_all(fillers["words"]) + topic_words)
    units = sorted(raw["units"]["any"] + ["件"], key=len, reverse=True)
    unit = "|".join(map(re.escape, units))
    gaps = {
        m.gap: re.compile(_many([*m.gap, *expand_all(fillers["words"]), *topic_words])) for _, m in _meanings(form, raw)
    }
    before_words = [*approximate["under"], *approximate["over"], *approximate["about"]]
    firsts = "".join(sorted({text[0] for text in words} | set("0123456789零〇一二两三四五六七八九十百千万亿" + _STOPS)))
    return Lexicon(
        form=form,
        words=words,
        parts=_part_headings(form),
        scan=re.compile(
            rf"(?=[{re.escape(firsts)}])(?:(?P<word>{trie(words)})"
            r"|(?<![A-Za-z\d.第\-—+/@#_〔])(?P<arabic>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)(?![\d\-—/+@A-Za-z:])"
            r"|百分之(?P<percent>[零一二三四五六七八九十百]+)(?:点(?P<fraction>[零一二三四五六七八九]+))?"
            rf"|(?<![第数几每这那某同逐各上届一二三四五六七八九十])(?P<chinese>[零〇一二两三四五六七八九十百千万亿]+)(?=[余多]?(?:{unit}))"
            rf"|(?P<stop>[{_STOPS}]))"
        ),
        topic=re.compile(trie(text for text, word in words.items() if word.topic)),
        tail=re.compile(
            r"(?P<percent>%|％)|(?P<multiplier>百万|千万|十万|[百千万亿])?"
            rf"(?P<more>[{''.join(approximate['over_after'][:2])}])?"
            rf"(?P<unit>{unit})?(?P<bound>以上|左右|上下)?"
        ),
        before=re.compile(f"(?:{'|'.join(sorted(before_words, key=len, reverse=True))})$"),
        filler=re.compile(fill),
        zero_filler=re.compile(_many(expand_all(fillers["words"]) + topic_words + fillers["zero"])),
        decision_filler=re.compile(_many(expand_all(fillers["words"]) + fillers["decision"])),
        gaps=gaps,
        lead=re.compile(_many(fillers["lead"])),
        after=re.compile(_many(fillers["after"] + topic_words)),
        join=re.compile(f"(?:{'|'.join(fillers['join'])}){_many(fillers['join_after'])}"),
        compare=re.compile(trie(expand_all(growth["compare"]))),
        share=re.compile(f"{_many(fillers['share'])}(?:{'|'.join(growth['share'])})"),
        changed=re.compile(f"(?:{'|'.join(growth['up'] + growth['down'])})(?:了|约|近|超过|幅度为|率为|达)*$"),
        down=frozenset(growth["down"]),
        about=frozenset([*approximate["about"], *approximate["about_after"]]),
        over=frozenset([*approximate["over"], *approximate["over_after"]]),
        channels=tuple((what, re.compile("|".join(channel))) for what, channel in raw["channels"].items()),
        ways=re.compile("|".join(raw["neutral"]["ways"])),
        all_ways=re.compile("|".join(raw["neutral"]["all_ways"])),
        region=re.compile("|".join(foreign["region"])),
        region_organ=tuple(foreign["region_organ"]),
        self_words=tuple(foreign["self"]),
        organ=re.compile(f"[一-鿿]{{1,16}}(?:{'|'.join(foreign['organ_ends'])})"),
        times=re.compile(trie(expand_all([*foreign["times"], *foreign["last_year"]]))),
        named=re.compile("|".join(denials["named"])),
        no_application=_no_application(denials),
        no_remedy=_no_remedy(denials, raw["extra"], form),
        disclosure=re.compile("|".join(denials["disclosure"])),
        rest=tuple(lists["rest"]),
        application=application,
        documents={m.key: m for _, m in _meanings(form, raw) if m.family == "document"},
        published=next(word.event for word in words.values() if word.event and word.event.key == "published"),
        strengths=strengths,
    )


def _application(form: Form, raw: dict[str, Any]) -> Meaning:
    """依申请公开 N 件, without a verb: received, with or without those carried in, or handled, or disclosed."""
    places = (("received",), ("received", "carried_in"), ("total",), ("disclosed",), ("disclosed", "partly_disclosed"))
    cells, *readings = (
        tuple(cell for key in keys for cell in cells_at(form, f"applications.{key}")) for keys in places
    )
    return Meaning("applications", "topic", "loose", frozenset(raw["units"]["application"]), cells, tuple(readings))


def _part_headings(form: Form) -> dict[str, str]:
    pairs = [
        (h, part.key) for section in form.sections for part in section.parts for h in (part.heading, *part.variants)
    ]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _no_application(denials: dict[str, Any]) -> re.Pattern[str]:
    """未收到政府信息公开申请, up to the end of the clause."""
    negation, bare, verb, objects = (
        "|".join(sorted(denials[key], key=len, reverse=True)) for key in ("negations", "bare", "verbs", "objects")
    )
    filler, tail = _many(denials["fillers"]), _many(denials["tail"])
    return re.compile(
        rf"(?<![{''.join(denials['conditions'])}])(?:(?:{negation})(?:{verb})|(?:{bare})){filler}"
        rf"(?:{objects}){tail}(?=[，,。；;、！？）)\n]|和|及|以及|$)"
    )


def _no_remedy(denials: dict[str, Any], extra: dict[str, list[str]], form: Form) -> re.Pattern[str]:
    """未发生因政府信息公开引起的行政复议、行政诉讼, up to the end of the clause, or to 纠错、败诉."""
    negation = "|".join(sorted([*denials["negations"], *denials["remedy_negations"]], key=len, reverse=True))
    filler, tail = _many(denials["remedy_fillers"]), _many(denials["remedy_tail"])
    names = {
        key: "|".join(sorted(expand_all(extra[f"remedies.{key}"]), key=len, reverse=True))
        for key in ("reconsideration", "litigation")
    }
    remedy = f"(?:{names['reconsideration']}|{names['litigation']})"
    corrected = "|".join(denials["corrected"])
    return re.compile(
        rf"(?<![{''.join(denials['conditions'][:3])}])(?:{negation}){filler}"
        rf"(?P<remedies>{remedy}(?:(?:被?(?P<corrected>{corrected}))|{filler}{remedy})*)"
        rf"(?:被?(?P<corrected_last>{corrected}))?{tail}(?=[，,。；;！？）)\n]|$)"
    )
