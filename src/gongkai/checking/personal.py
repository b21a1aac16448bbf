"""Personal data in the text (个人信息): identity numbers, mobile numbers, bank cards. None is repeated in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ..report.finding import Finding
from .findings import found
from .passages import KEPT, Passage, passages, sentence_at
from .rules import Subject, rule

_BASIS = "个人信息保护法 第二十五条；政府信息公开条例 第十五条"

# GB 11643: six digits of the place, eight of the birth, three of the sequence, one check character
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-68]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[0-9Xx])(?![0-9A-Za-z])")
# 11 北京 to 65 新疆, 71 台湾, 81 香港, 82 澳门, 83 for residents of 台湾
_PROVINCES = frozenset(
    str(first + number)
    for first, numbers in ((10, 5), (20, 3), (30, 7), (40, 6), (60, 5), (80, 3))
    for number in range(1, numbers + 1)
) | {"50", "51", "52", "53", "54", "71"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CREDIT_CODE = re.compile(r"信用代码|机构代码|索引号")

_MOBILE = re.compile(r"(?<![0-9A-Za-z./_=—－-])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![0-9A-Za-z.%])")
_AMOUNT = re.compile(r"\s*(?:万|亿|元|件|条|次|人|户|个|份|篇|家|字节|吨|米|平方)")
_CONTACT = re.compile(
    r"本报告|疑问|邮编|联系电话|咨询电话|办公电话|监督电话|值班|传真|联系我们|请与|请联系|公开工作机构"
)

# GB/T 40560 and ISO/IEC 7812: the issuer's number, then the account, then the Luhn digit
_CARD = re.compile(r"(?<![0-9A-Za-z])((?:62|4|5[1-5]|35|60|95)\d(?:[ -]?\d){12,16})(?![0-9A-Za-z])")
_CARD_WORDS = re.compile(r"卡|账|帐|户")
_PUBLIC_ACCOUNT = re.compile(r"对公|财政|国库|非税|单位账户|收款单位|专户")


_LONG = re.compile(r"[0-9](?:[ -]?[0-9]){10}")


@lru_cache(maxsize=KEPT)
def _has_long_numbers(text: str) -> bool:
    """Whether the text holds eleven digits on end: most texts don't, and need no closer look."""
    return _LONG.search(text) is not None


def _matches(
    subject: Subject, pattern: re.Pattern[str], *, tight: bool = False
) -> Iterator[tuple[Passage, re.Match[str], str]]:
    """All that a pattern finds in the text, with the sentence around it; ``tight``: without the blanks within lines."""
    for passage in passages(subject.report):
        if _has_long_numbers(passage.text):
            text = passage.tight if tight else passage.text
            for match in pattern.finditer(text):
                yield passage, match, sentence_at(text, match.start(), match.end())


@rule(
    "identity-number",
    family="personal",
    severity="error",
    basis=_BASIS,
    summary="正文出现校验位正确的公民身份号码。",
)
def identity_number(subject: Subject) -> Iterator[Finding]:
    for passage, match, sentence in _matches(subject, _IDENTITY, tight=True):
        if is_identity_number(match[1]) and not _CREDIT_CODE.search(sentence):
            yield _personal("identity-number", passage, match, sentence, "公民身份号码")


@rule(
    "mobile-number",
    family="personal",
    severity="error",
    basis=_BASIS,
    summary="正文出现个人手机号码；工作机构用作对外联系电话的，只作提醒。",
)
def mobile_number(subject: Subject) -> Iterator[Finding]:
    for passage, match, sentence in _matches(subject, _MOBILE):
        if _AMOUNT.match(match.string, match.end()) or re.sub(r"\D", "", match[1]).endswith("00000"):
            continue
        if passage.key == "introduction" or _CONTACT.search(sentence):
            yield found(
                "mobile-number",
                "warning",
                f"{passage.name}用手机号码 {masked(match[1])} 作为联系电话。"
                "对外联系请使用办公固定电话，避免公开个人号码。",
                where=passage.where(sentence.replace(match[1], masked(match[1]))),
            )
        else:
            yield _personal("mobile-number", passage, match, sentence, "手机号码")


@rule(
    "bank-card",
    family="personal",
    severity="error",
    basis=_BASIS,
    summary="正文出现校验位正确的银行卡号。",
)
def bank_card(subject: Subject) -> Iterator[Finding]:
    for passage, match, sentence in _matches(subject, _CARD):
        digits = re.sub(r"\D", "", match[1])
        if not is_card_number(digits) or is_identity_number(digits) or _PUBLIC_ACCOUNT.search(sentence):
            continue
        # other issuers' numbers are too short a mark to be certain without a word for it
        if digits.startswith("62") or _CARD_WORDS.search(sentence):
            yield _personal("bank-card", passage, match, sentence, "银行卡号")


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are an identity number (GB 11643): a place, a day of birth, the right check character."""
    if len(number) != 18 or number[:2] not in _PROVINCES:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11] == number[17].upper()


def is_card_number(digits: str) -> bool:
    """Whether 16 to 19 digits end in the right Luhn digit (ISO/IEC 7812) and are not one digit repeated."""
    if not 16 <= len(digits) <= 19 or len(set(digits)) < 3:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def masked(number: str) -> str:
    """The number with all but its first three and last two characters hidden."""
    plain = re.sub(r"[\s-]", "", number)
    return plain[:3] + "*" * (len(plain) - 5) + plain[-2:]


def _personal(code: str, passage: Passage, match: re.Match[str], sentence: str, what: str) -> Finding:
    hidden = masked(match[1])
    return found(
        code,
        "error",
        f"{passage.name}公开了{what} {hidden}。公开前应当删去或者遮盖个人信息，请尽快更正已发布的版本。",
        where=passage.where(sentence.replace(match[1], hidden)),
    )
