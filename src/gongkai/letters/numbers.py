"""Numbers of letters (文号) by a template that each organ may set: ``{机关代字}{文种}〔{年份}〕{序号}号{后缀}``.

GB/T 9704 as remembered, not checked against its text: the year in full in hexagonal brackets, the serial without zeros in front.
"""

from __future__ import annotations

import re
from string import Formatter

from .errors import LettersError

DEFAULT_NUMBERING = "{机关代字}{文种}〔{年份}〕{序号}号{后缀}"

FIELDS = ("机关代字", "文种", "年份", "序号", "后缀")
"""What a template may use."""

_LONGEST = 60
_WRONG_BRACKETS = re.compile(r"[\[\](（【﹝［〈<][^\[\]()（）]*\{年份\}|\{年份\}[^\[\]()（）]*[\])）】﹞］〉>]")
_UNPRINTED = re.compile(r"[\s\x00-\x1f\x7f\\/:*?\"<>|{}]")


def numbering_problems(template: str) -> tuple[str, ...]:
    """Whole Chinese sentences on what is wrong with a numbering template; empty where it may be used."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return ("编号规则的花括号不成对，请成对书写，如 {年份}。",)
    found = [name for _, name, _, _ in parts if name is not None]
    problems = []
    if unknown := [name for name in dict.fromkeys(found) if name not in FIELDS]:
        known = "、".join(f"{{{name}}}" for name in FIELDS)
        problems.append(f"编号规则中不认识 {'、'.join(f'{{{name}}}' for name in unknown)}。可以使用：{known}。")
    if any(form or conversion for _, _, form, conversion in parts):
        problems.append("编号规则的花括号中只写名称，不写格式。序号不补零。")
    once = [name for name in ("年份", "序号") if found.count(name) != 1]
    problems += [f"编号规则中 {{{name}}} 应当出现一次。" for name in once]
    if repeated := [name for name in ("机关代字", "文种", "后缀") if found.count(name) > 1]:
        problems.append(f"编号规则中 {'、'.join(f'{{{name}}}' for name in repeated)} 只能出现一次。")
    if "年份" in found and ("〔{年份}〕" not in template or _WRONG_BRACKETS.search(template)):
        problems.append("年份应当用六角括号括起，写作 〔{年份}〕。")
    literal = "".join(text for text, _, _, _ in parts)
    if _UNPRINTED.search(literal) or "0" in literal:
        problems.append('编号规则中不能有空格、补位的 0 和 \\ / : * ? " < > | 等符号。')
    if len(template) > _LONGEST:
        problems.append(f"编号规则不能超过 {_LONGEST} 个字。")
    return tuple(problems)


def letter_number(template: str, *, code: str, kind: str, year: int, serial: int, suffix: str = "") -> str:
    """The number of a letter: ``青教公复〔2026〕12号``, with a suffix ``青教公复〔2026〕12号-补``.

    ``code``: the organ's characters (机关代字). ``kind``: the letter's (文种). ``serial``: from 1. ``suffix``: without the
    dash, "" for none. Raises LettersError for a wrong template and for parts that would spoil the number.
    """
    if problems := numbering_problems(template):
        raise LettersError(problems[0])
    for name, text in (("机关代字", code), ("文种", kind), ("后缀", suffix)):
        if _UNPRINTED.search(text):
            raise LettersError(f'{name}“{text}”中不能有空格和 \\ / : * ? " < > | {{ }} 等符号。')
    if "{机关代字}" in template and not code:
        raise LettersError("还没有设定机关代字，不能编号。请在机关设置中填写。")
    if type(year) is not int or not 1949 <= year <= 9999:
        raise LettersError(f"年份应当是四位数，现为“{year}”。")
    if type(serial) is not int or serial < 1:
        raise LettersError(f"序号应当是从 1 起的整数，现为“{serial}”。")
    if suffix and "{后缀}" not in template:
        raise LettersError("编号规则中没有 {后缀}，不能加后缀。")
    tail = f"-{suffix}" if suffix else ""
    return template.format_map(dict(zip(FIELDS, (code, kind, year, serial, tail), strict=True)))
