"""Whether a document's number can be one: the resident identity card's (GB 11643) and the social credit code's (GB 32100)."""

from __future__ import annotations

import re
from datetime import date

_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def complaint(id_kind: str, number: str) -> str:
    """What is wrong with the number of a document of this kind, as a sentence; "" for nothing."""
    folded = number.upper()
    if id_kind == "identity_card" and not _is_card(folded):
        return "居民身份证号码有误：应当是 18 位，最后一位可以是 X，请对照证件核对。"
    if id_kind == "credit_code" and not _is_credit_code(folded):
        return "统一社会信用代码有误：应当是 18 位数字和大写字母，请对照证照核对。"
    return ""


def _is_card(number: str) -> bool:
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(number, _CARD_WEIGHTS, strict=False))
    return _CARD_CHECKS[total % 11] == number[17]


def _is_credit_code(number: str) -> bool:
    if len(number) != 18 or any(sign not in _CREDIT_SIGNS for sign in number):
        return False
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(number[:17]))
    return _CREDIT_SIGNS[(31 - total % 31) % 31] == number[17]
