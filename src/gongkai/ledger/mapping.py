"""What an office said once about its own spreadsheet, and the questions by which it is asked.

A mapping remembers which sheet is which register, which head is which column, and which word means which term of a
list. It is kept as a small JSON text that a person can read and correct.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..reading.folding import fold
from .columns import ledger_sheets, vocabularies
from .errors import MappingError
from .recognising import plain

QuestionKind = Literal["sheet", "column", "value"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. ``value`` is what the mapping remembers, ``label`` what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something about a spreadsheet that only its office knows.

    ``kind`` sheet: which sheet is the register ``subject``; column: which head of ``sheet`` is the column ``subject``;
    value: which term of the list ``subject`` the word ``word`` means. ``text``: the whole question, in Chinese.
    """

    kind: QuestionKind
    sheet: str
    subject: str
    word: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class LedgerMapping:
    """Answers given before.

    ``sheets``: sheet name → register; ``heads``: register → head → column; ``values``: list → word → term, all by
    the keys of ``sheets.toml`` and of the law's lists. Names, heads and words are compared folded.
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def sheet(self, name: str) -> str | None:
        """The register that a sheet of this name was said to be."""
        return self.sheets.get(fold(name))

    def column(self, register: str, head: str) -> str | None:
        """The column that a head was said to be."""
        return self.heads.get(register, {}).get(fold(head))

    def term(self, vocabulary: str, word: str) -> str | None:
        """The code of the term that a word was said to mean."""
        return self.values.get(vocabulary, {}).get(plain(word))


def answered(mapping: LedgerMapping, question: Question, choice: Choice) -> LedgerMapping:
    """The mapping with one more answer. Raises MappingError if the question does not offer the choice."""
    if choice not in question.choices:
        raise MappingError(f"“{choice.label}”不是这个问题的选项。")
    match question.kind:
        case "sheet":
            return replace(mapping, sheets={**mapping.sheets, fold(choice.value): question.subject})
        case "column":
            register, column = question.subject.split(".")
            heads = {**mapping.heads.get(register, {}), fold(choice.value): column}
            return replace(mapping, heads={**mapping.heads, register: heads})
        case "value":
            words = {**mapping.values.get(question.subject, {}), plain(question.word): choice.value}
            return replace(mapping, values={**mapping.values, question.subject: words})


def dump_mapping(mapping: LedgerMapping) -> str:
    """The mapping as JSON text, the same for the same answers."""
    content = {"sheets": mapping.sheets, "heads": mapping.heads, "values": mapping.values}
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def load_mapping(text: str | bytes) -> LedgerMapping:
    """The mapping that ``dump_mapping`` wrote, perhaps corrected by hand. Raises MappingError, naming the place."""
    try:
        raw = json.loads(text)
    except UnicodeDecodeError as error:
        raise MappingError("对照文件不是 UTF-8 编码的文字。") from error
    except json.JSONDecodeError as error:
        raise MappingError(f"对照文件不是有效的 JSON：第 {error.lineno} 行。") from error
    if not isinstance(raw, dict) or raw.keys() - {"sheets", "heads", "values"}:
        raise MappingError("对照文件只能有 sheets、heads、values 三项。")
    registers = {sheet.key: {column.key for column in sheet.columns} for sheet in ledger_sheets()}
    terms = {key: {term.code for term in one.terms} for key, one in vocabularies().items()}
    sheets = _answers(raw.get("sheets", {}), "sheets", set(registers))
    heads = _groups(raw.get("heads", {}), "heads", registers)
    values = _groups(raw.get("values", {}), "values", terms)
    return LedgerMapping(
        {fold(name): key for name, key in sheets.items()},
        {group: {fold(head): key for head, key in one.items()} for group, one in heads.items()},
        {group: {plain(word): code for word, code in one.items()} for group, one in values.items()},
    )


def _groups(raw: Any, place: str, allowed: Mapping[str, set[str]]) -> dict[str, dict[str, str]]:
    if not isinstance(raw, dict):
        raise MappingError(f"对照文件的 {place} 应当是一组对照。")
    if unknown := raw.keys() - allowed.keys():
        raise MappingError(f"对照文件的 {place} 中不认识 {'、'.join(sorted(unknown))}。")
    return {group: _answers(one, f"{place}.{group}", allowed[group]) for group, one in raw.items()}


def _answers(raw: Any, place: str, allowed: set[str]) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise MappingError(f"对照文件的 {place} 应当是一组对照。")
    for word, answer in raw.items():
        if not isinstance(answer, str) or answer not in allowed:
            raise MappingError(f"对照文件的 {place} 中，“{word}”对照的“{answer}”不在可选范围内。")
    return raw
