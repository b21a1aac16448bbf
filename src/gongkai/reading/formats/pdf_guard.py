"""What must be refused before pdfium sees it, because pdfium can't be stopped: small files that unfold without end.

Two kinds are known: streams that blow up when unpacked, and forms that draw forms that draw forms. The bytes are
searched for them without a parser, so a file with unusual syntax may pass; a real report is never near the limits.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

LARGE = 8_000_000
"""Bytes that a page's content or a font may have after unpacking, where it is packed more densely than DENSE."""

DENSE = 100
"""Bytes out for a byte in; text, fonts and drawings reach about ten."""

MOST = 1_032
"""Bytes out for a byte in that deflate can reach."""

PROBE = 4_096
"""Packed bytes by which a stream's density is judged."""

DRAWN = 5_000
"""How often forms may be drawn, counted through all levels."""

LEVELS = 12
"""Levels of forms after which a circle of forms is taken to go on."""

_NUMBER = re.compile(rb"(\d+)\s+\d+\s+obj$")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_DRAW = re.compile(rb"\bDo\b")
_HEADER = 2_000


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream object: its number, its dictionary as bytes, and its packed content."""

    number: int
    entries: bytes
    content: memoryview

    @property
    def layers(self) -> int:
        """How often it is packed."""
        return self.entries.count(b"/FlateDecode")


def unfolds(data: bytes) -> bool:
    """Whether these bytes of a PDF unfold to far more than any report holds."""
    forms: dict[int, tuple[int, list[int]]] = {}
    for stream in _streams(data):
        if b"/Image" in stream.entries:
            continue  # images are not unpacked for their text
        if _bursts(stream):
            return True
        if b"/Form" in stream.entries:
            draws = len(_DRAW.findall(_unpacked(stream, LARGE)))
            forms[stream.number] = (draws, [int(n) for n in _REFERENCE.findall(_with_resources(stream.entries, data))])
    return _most_drawn(forms) > DRAWN


def _streams(data: bytes) -> Iterator[_Stream]:
    """The streams that can be dangerous: forms, those packed twice, and those not too small to become large."""
    view = memoryview(data)
    place = data.find(b"stream")
    while place >= 0:
        end = data.find(b"endstream", place)
        end = end if end >= 0 else len(data)
        begin = data.rfind(b"obj", max(0, place - _HEADER), place)
        entries = data[begin + 3 : place] if begin >= 0 else b""
        if end - place > LARGE // MOST or entries.count(b"/FlateDecode") > 1 or b"/Form" in entries:
            number = _NUMBER.search(data, max(0, begin - 24), begin + 3)
            start = place + len(b"stream\r\n" if data.startswith(b"\r", place + 6) else b"stream\n")
            yield _Stream(int(number[1]) if number else 0, entries, view[start:end])
        place = data.find(b"stream", end + len(b"endstream"))


def _bursts(stream: _Stream) -> bool:
    """Whether a stream is large once unpacked, and too densely packed to be what a report holds."""
    if not stream.layers or (stream.layers == 1 and len(stream.content) * MOST < LARGE):
        return False
    probe = stream.content[:PROBE]
    if stream.layers == 1 and len(_inflated(probe, DENSE * len(probe) + 1)) <= DENSE * len(probe):
        return False
    return len(_unpacked(stream, LARGE)) >= LARGE


def _unpacked(stream: _Stream, limit: int) -> bytes | memoryview:
    """The stream's content, up to ``limit`` bytes."""
    content: bytes | memoryview = stream.content
    for _ in range(stream.layers):
        content = _inflated(content, limit)
    return content


def _inflated(packed: bytes | memoryview, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, limit)
    except zlib.error:
        return b""


def _with_resources(entries: bytes, data: bytes) -> bytes:
    """A form's dictionary with the resources to which it refers, where they can be found."""
    match = re.search(rb"/Resources\s+(\d+)\s+(\d+)\s+R", entries)
    found = match and re.search(rb"(?<!\d)%s\s+%s\s+obj\b(.{0,4000}?)endobj" % match.groups(), data, re.DOTALL)
    return entries + found[1] if found else entries


def _most_drawn(forms: dict[int, tuple[int, list[int]]]) -> int:
    """How many forms one of them draws at most, through all levels."""
    drawn = dict.fromkeys(forms, 1)
    for _ in range(LEVELS):
        drawn = {
            number: 1 + draws * max((drawn[inner] for inner in references if inner in forms), default=0)
            for number, (draws, references) in forms.items()
        }
    return max(drawn.values(), default=0)
