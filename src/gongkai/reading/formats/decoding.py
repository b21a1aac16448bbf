"""Bytes to text (解码): byte order marks, UTF-8, GB18030, UTF-16 with or without a mark, Big5.

Never raises. UTF-8 is tried first whatever the page claims, because Chinese text in another encoding hardly ever passes
for it; only then do the claim and the plausibility of the outcome decide. What can't be decoded becomes ``�`` and is
told of in a sentence.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB18030_MARK = b"\x84\x31\x95\x33"

_CLAIM = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.I)
_NAMES = {"gbk": "gb18030", "gb2312": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8"}

_UNWANTED = dict.fromkeys([*range(9), 11, *range(14, 32), 127, *range(0x80, 0x85), *range(0x86, 0xA0), 0xFEFF], None)
"""Control characters that no reader sees; tab, line feed, form feed, carriage return and next line stay."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")

SAMPLE = 1 << 16
"""How much of a file is looked at to tell its encoding, in bytes."""


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what went wrong as Chinese sentences (empty where nothing did)."""
    encoding, start = _encoding(data)
    text = data[start:].decode(encoding, "replace")
    lost = text.count("�") - (data.count("�".encode()) if encoding == "utf-8" else 0)
    if _CONTROL.search(text):
        text = text.translate(_UNWANTED)
    if lost > 0:
        return text, (f"文件按 {encoding.upper()} 解码时有 {lost} 处字节无法识别，已用“�”代替，请核对原文件。",)
    return text, ()


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding to decode with, and the length of the mark to leave out."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if data.startswith(_GB18030_MARK):
        return "gb18030", len(_GB18030_MARK)
    sample = data[:SAMPLE]
    if b"\0" in sample and (wide := _wide(sample)):
        return wide, 0
    try:
        data.decode("utf-8")
        return "utf-8", 0
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return "utf-8", 0
    claim = _CLAIM.search(sample[:4096])
    name = claim.group(1).decode("ascii").lower() if claim else ""
    name = _NAMES.get(name, name)
    return ("big5" if name.startswith("big5") or _is_big5(sample) else "gb18030"), 0


def _wide(sample: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where the zero bytes of line ends and digits stand on one side, else None."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(2, len(sample) // 400) or max(even, odd) < 4 * min(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    plausible = sum(
        1 for c in text if c in "\t\r\n" or " " <= c <= "~" or "\u2000" <= c <= "\u9fff" or "！" <= c <= "～"
    )
    return encoding if plausible >= 0.8 * len(text) else None


_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _mostly_utf8(data: bytes) -> bool:
    """Whether broken bytes are few enough beside whole UTF-8 characters that the file must be damaged UTF-8."""
    sample = data[: SAMPLE * 4]
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    whole = sum(len(match.group()) for match in _MULTIBYTE.finditer(sample))
    three = sum(1 for match in _MULTIBYTE.finditer(sample) if len(match.group()) == 3)
    # GB18030 text holds chance pairs that look like two-byte characters, three-byte ones only rarely
    return whole >= 0.8 * high and three * 3 >= 0.7 * whole


def _is_big5(sample: bytes) -> bool:
    """Whether the sample holds words of government in Big5 and none in GB18030."""
    words = ("政府", "公開", "資訊", "信息", "年度", "工作")
    gb = sample.decode("gb18030", "replace")
    if any(word in gb for word in (*words, "公开")):
        return False
    big5 = sample.decode("big5", "replace")
    return sum(word in big5 for word in words) >= 2
