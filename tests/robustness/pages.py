"""Mutations of texts and web pages: broken encodings, endless lines, deep nesting, absurd spans and figures."""

from __future__ import annotations

import random
import re

from .traps import Traps

_FIGURE = re.compile(r"\d+")
_STRANGE = (
    "9" * 400, "9" * 6000, "-1", "1e999", "NaN", "inf", "٣٤", "²", "１２３", "1.5", "1,234,567", "0x10", "〇", "一百二十三",
    "½", "1/2", "100%", "3件", "-", "——", "０．００", "1" + "0" * 30, "00012", "\u202e12", "1\u200b2", "1\u0301", "①", "\ud800",
)  # fmt: skip


def _text(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def strange_figures(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    share = rng.choice((0.02, 0.3, 1.0))
    return _bytes(_FIGURE.sub(lambda m: rng.choice(_STRANGE) if rng.random() < share else m.group(), _text(data)))


def other_encoding(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """In some other encoding, maybe with bytes of a third in it."""
    text = _text(data)
    encoding = rng.choice(("utf-16-le", "utf-16-be", "utf-32", "utf-7", "big5", "gb18030", "shift_jis", "hz", "cp037"))
    encoded = text.encode(encoding, "replace")
    if rng.random() < 0.5:
        at = rng.randrange(len(encoded) + 1)
        encoded = encoded[:at] + text[:50].encode(rng.choice(("utf-8", "gb18030", "utf-16"))) + encoded[at:]
    return encoded


def shuffle_lines(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    lines = _text(data).split("\n")
    rng.shuffle(lines)
    return _bytes("\n".join(lines))


def repeat_line(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    lines = _text(data).split("\n")
    at = rng.randrange(len(lines))
    lines[at] = "\n".join([lines[at]] * min(rng.choice((10, 1000, 100_000)), 4_000_000 // (len(lines[at]) + 1) + 1))
    return _bytes("\n".join(lines))


def endless_line(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    text = _text(data).replace("\n", rng.choice(("", " ", "\t", "|")))
    return _bytes(text * rng.choice((1, 10, 100)))[: 4 << 20]


def many_columns(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    lines = _text(data).split("\n")
    at = rng.randrange(len(lines))
    filler = rng.choice(("|", "\t", " 0 ", "| 0 ", "，", "0"))
    lines[at] += filler * rng.choice((100, 10_000, 300_000))
    return _bytes("\n".join(lines))


def piled_signs(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """The same sign over and over, such as patterns go astray in."""
    text = _text(data)
    at = rng.randrange(len(text) + 1)
    sign = rng.choice("（(【“《一二十、。，0123456789.- \u3000\u200b\u0301年月日件条%万①\t|#*年其中共计是")
    pile = rng.choice((sign, sign + rng.choice("一件、）。0 "))) * rng.choice((50, 5000, 200_000))
    return _bytes(text[:at] + pile + text[at:])


def no_full_stops(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    return _bytes(re.sub("[。；！？]", rng.choice(("，", "", "、", "其中")), _text(data)) * rng.choice((1, 5, 50)))[
        : 4 << 20
    ]


def copied_sections(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Pieces of the text copied to other places: headings, tables and titles several times."""
    text = _text(data)
    for _ in range(rng.choice((2, 10, 60))):
        first = rng.randrange(len(text) + 1)
        piece, at = text[first : first + rng.choice((30, 400, 4000))], rng.randrange(len(text) + 1)
        text = text[:at] + piece + text[at:]
    return _bytes(text)


def deep_elements(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    tag = rng.choice(("div", "table><tr><td", "span", "ul><li", "b", "blockquote", "font", "select", "svg", "template"))
    deep = f"<{tag}>" * rng.choice((50, 5000, 60_000))
    text = _text(data)
    at = rng.randrange(len(text) + 1)
    return _bytes(text[:at] + deep + text[at:])


def absurd_spans(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    size = rng.choice(("0", "-1", "1000", "99999999999", "65535", "2147483648", "x", "1e9", "٣"))
    attribute = rng.choice(("colspan", "rowspan"))
    return _bytes(re.sub(r"<(t[dh])\b", lambda m: f'<{m[1]} {attribute}="{size}"', _text(data)))


def many_rows(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    row = rng.choice(("<tr>", "<tr><td>0</td></tr>", "<tr><td rowspan=100 colspan=100>1", "<td>0", "<p>", "<br>"))
    text = _text(data)
    at = rng.randrange(len(text) + 1)
    return _bytes(text[:at] + row * rng.choice((100, 10_000, 150_000)) + text[at:])


def torn_tags(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Tags lost, or opened and never closed."""
    share = rng.choice((0.02, 0.3))
    return _bytes(re.sub(r"</?\w+[^>]*>", lambda m: "" if rng.random() < share else m.group(), _text(data)))


def odd_markup(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    text = _text(data)
    at = rng.randrange(len(text) + 1)
    piece = rng.choice(
        (
            "<!--", "<!-->", "<script>", "<style>", "<![CDATA[", "</html>", "<plaintext>", "<xmp>", "<textarea>", "<svg><td>",
            "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>]>", "&" * 5000, "&#" + "9" * 5000 + ";", "&#0;&#xD800;&#x110000;",
            "<meta charset=utf-7>", "<meta charset=utf-16>", "<base href=x>", "<td " + "a=b " * 50_000 + ">",
            "<p " + "x" * 500_000 + ">", "<td style='" + "display:" * 20_000 + "'>", "<" * 20_000, "<a" * 20_000, "\v" * 5000,
        )
    )  # fmt: skip
    return _bytes(text[:at] + piece + text[at:])


def external_references(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    target = rng.choice((traps.url, traps.file))
    head = rng.choice(
        (
            f'<!DOCTYPE html SYSTEM "{target}">',
            f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{target}">]><p>&x;</p>',
            f'<link rel="stylesheet" href="{target}"><script src="{target}"></script><img src="{target}">',
            f'<iframe src="{target}"></iframe><object data="{target}"></object><embed src="{target}">',
            f'<meta http-equiv="refresh" content="0;url={target}"><base href="{target}">',
            f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{target}" parse="text"/>',
        )
    )
    return _bytes(head + _text(data))


def torn_envelope(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """The envelope of a web archive says something else than what it holds."""
    changes = (
        (b"base64", b"quoted-printable"), (b"quoted-printable", b"x-uuencode"), (b"----Part", b"----Other"),
        (b"text/html", b"multipart/mixed"), (b"text/html", b"message/rfc822"), (b"text/html", b"text/html; charset=x-no"),
        (b"\r\n\r\n", b"\r\n"), (b"MIME-Version: 1.0", b"MIME-Version: 1.0\r\nX: " + b"(" * 100_000),
        (b"multipart/related", b"multipart/related; boundary=" + b"a" * 50_000),
    )  # fmt: skip
    old, new = rng.choice(changes)
    return data.replace(old, new, rng.choice((1, 3)))


def nested_envelopes(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    for n in range(rng.choice((5, 200, 2000))):
        head = f"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"
        data = head.encode() + data
    return data


OF_TEXT = (
    strange_figures, copied_sections, piled_signs, other_encoding, shuffle_lines, repeat_line, endless_line, many_columns,
    no_full_stops,
)  # fmt: skip
OF_HTML = (deep_elements, absurd_spans, many_rows, torn_tags, odd_markup, external_references)
OF_MHTML = (torn_envelope, nested_envelopes, torn_envelope)
