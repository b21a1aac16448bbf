"""Every letter (文书) of an application: its title, word in the number, articles, and when it is sent. ``letters.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from .context import placeholders
from .errors import LettersError

Addressee = Literal["applicant", "third_party", "organ", "staff"]
Frame = Literal["letter", "sheet"]
Mark = Literal["", "memory", "infer"]

_SOURCE = "letters.toml"
_TEXTS = {"key", "title", "variant", "kind", "to", "frame", "note", "mark"}
_LISTS = {"articles", "outcomes", "grounds", "steps", "parties", "required"}
_REQUIRED = {"key", "title", "kind", "articles"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. ``kind``: the word for it in a number (文种). ``articles``: what it rests on, at least one.

    It tells of ``outcomes`` (codes of `gongkai.law.outcomes`), of several letters of an outcome only where the decision rests on
    one of its ``grounds`` (codes of `gongkai.law.case.grounds`), or is sent or drawn up with ``steps`` (keys of
    `gongkai.law.case.steps`); where somebody is consulted, only with these ``parties``. ``to``: to whom.
    ``frame``: ``letter`` has a number, an addressee, a signature and a date around its body; ``sheet`` is a form.
    ``required``: keys of placeholders that no template of it may lack. ``variant``: what tells it from letters of the
    same title. ``note``: when to use it. ``mark``: "memory" or "infer" where the practice behind it is not verified.
    """

    key: str
    title: str
    kind: str
    articles: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    to: Addressee = "applicant"
    frame: Frame = "letter"
    required: tuple[str, ...] = ()
    note: str = ""
    mark: Mark = ""
    variant: str = ""

    @property
    def label(self) -> str:
        """How a list names it: the title, and what tells it from others of that title."""
        return f"{self.title}（{self.variant}）" if self.variant else self.title


@cache
def letters() -> Mapping[str, Letter]:
    """All letters by key, in the order of the file. Raises LettersError where the file is wrong."""
    return parse_letters(files("gongkai.letters").joinpath(_SOURCE).read_text("utf-8"), _SOURCE)


def letter(key: str) -> Letter:
    """The letter with this key. Raises LettersError where there is none."""
    try:
        return letters()[key]
    except KeyError:
        raise LettersError(f"没有“{key}”这一种文书。") from None


def letters_for_outcome(code: str) -> tuple[Letter, ...]:
    """The replies that tell an applicant of this outcome, the usual one first."""
    return tuple(one for one in letters().values() if code in one.outcomes)


def letters_for_step(key: str, party: str = "") -> tuple[Letter, ...]:
    """The letters that a step sends or draws up, the usual one first. ``party``: who is consulted, where somebody is."""
    return tuple(one for one in letters().values() if key in one.steps and (not one.parties or party in one.parties))


def parse_letters(text: str, source: str) -> Mapping[str, Letter]:
    """The letters in the text of a data file. Every mistake is a LettersError that names file and place."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LettersError(f"{source}：不是有效的 TOML：{error}。") from error
    if raw.keys() != {"letters"}:
        raise LettersError(f"{source}：顶层应当是 letters，现为 {'、'.join(raw)}。")
    found: dict[str, Letter] = {}
    for number, item in enumerate(raw["letters"]):
        where = f"{source}：letters[{number}]"
        if why := _wrong(item):
            raise LettersError(f"{where}：{why}。")
        if item["key"] in found:
            raise LettersError(f"{where}：“{item['key']}”重复。")
        values: dict[str, Any] = {key: tuple(value) if key in _LISTS else value for key, value in item.items()}
        found[item["key"]] = Letter(**values)
    return found


def _wrong(item: Mapping[str, Any]) -> str:
    """What is wrong with a record, "" where nothing is."""
    if missing := _REQUIRED - item.keys():
        return f"缺少 {'、'.join(sorted(missing))}"
    if unknown := item.keys() - _TEXTS - _LISTS:
        return f"不认识 {'、'.join(sorted(unknown))}"
    if texts := [key for key in _TEXTS & item.keys() if not isinstance(item[key], str)]:
        return f"{'、'.join(sorted(texts))} 应当是文字"
    for key in _LISTS & item.keys():
        if not isinstance(item[key], list) or not all(isinstance(one, str) for one in item[key]):
            return f"{key} 应当是一组文字"
    if not item["articles"]:
        return "articles 不能为空"
    for key, known in (("to", get_args(Addressee)), ("frame", get_args(Frame)), ("mark", get_args(Mark))):
        if key in item and item[key] not in known:
            return f"不认识 {key}“{item[key]}”"
    if unknown := set(item.get("required", ())) - placeholders().keys():
        return f"required 中没有这样的占位符：{'、'.join(sorted(unknown))}"
    return ""
