"""Mutations of PDF: objects that lead to themselves, streams that grow, pages beyond measure, actions."""

from __future__ import annotations

import random
import re
import zlib

from .traps import Traps

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483647",
    b"99999999999",
    b"1e9",
    b"-32768",
    b"null",
    b"(x)",
    b"[1 2]",
    b"0.0001",
    b"2 0 R",
)


def _opened(data: bytes, limit: int = 60) -> bytes:
    """The file with its streams unpacked, so that a change means something; pdfium finds the objects again by itself."""
    count = 0

    def unpack(match: re.Match[bytes]) -> bytes:
        nonlocal count
        count += 1
        if count > limit:
            return match.group()
        try:
            return b"stream\n" + zlib.decompress(match[1]) + b"\nendstream"
        except zlib.error:
            return match.group()

    return _STREAM.sub(unpack, data).replace(b"/Filter /FlateDecode", b"").replace(b"/Filter/FlateDecode", b"")


def damaged_objects(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Numbers in the objects changed: sizes, references, boxes, counts."""
    places = list(re.finditer(rb"(?<=[ \[])-?\d+(?:\.\d+)?(?=[ \]\n/>])", data))
    for match in sorted(rng.sample(places, min(len(places), rng.choice((1, 4, 30)))), key=lambda m: -m.start()):
        data = data[: match.start()] + rng.choice(_NUMBERS) + data[match.end() :]
    return data


def damaged_content(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """What the pages draw changed: positions, sizes and texts."""
    data = bytearray(_opened(data))
    streams = [match.span(1) for match in _STREAM.finditer(data)]
    for _ in range(rng.choice((3, 40, 400))):
        start, end = rng.choice(streams) if streams else (0, len(data))
        if end > start:
            data[rng.randrange(start, end)] = rng.choice(b"0123456789.- []()<>TJjmfd\0\xff")
    return bytes(data)


def swapped_objects(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """References that lead to other objects, also back to their own."""
    references = list(re.finditer(rb"\b(\d+) 0 R\b", data))
    if not references:
        return data
    numbers = [match[1] for match in references]
    for match in sorted(rng.sample(references, min(len(references), rng.choice((1, 3, 20)))), key=lambda m: -m.start()):
        data = data[: match.start()] + rng.choice(numbers) + b" 0 R" + data[match.end() :]
    return data


def looped_pages(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """A tree of pages that holds itself, or more pages than there are."""
    pages = re.search(rb"(\d+) 0 obj\s*<<[^>]*?/Type\s*/Pages", data)
    own = pages[1] if pages else b"1"
    kids = rng.choice((own + b" 0 R", (own + b" 0 R ") * 1000, b"9999 0 R " * 1000))
    data = re.sub(rb"/Kids\s*\[[^\]]*\]", b"/Kids [" + kids + b"]", data, count=rng.choice((1, 0)))
    return re.sub(rb"/Count \d+", b"/Count " + rng.choice(_NUMBERS), data)


def many_pages(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    kids = re.search(rb"/Kids\s*\[([^\]]*)\]", data)
    if not kids:
        return data
    times = rng.choice((30, 1000, 20_000))
    data = data.replace(kids.group(), b"/Kids [" + kids[1] * times + b"]")
    return re.sub(rb"/Count (\d+)", lambda m: b"/Count %d" % (int(m[1]) * times), data)


def absurd_pages(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    box = rng.choice(
        (b"[0 0 0 0]", b"[0 0 1e30 1e30]", b"[-1e9 -1e9 1e9 1e9]", b"[600 800 0 0]", b"[0 0 nan inf]", b"[0 0 3 3]")
    )
    data = re.sub(rb"/MediaBox\s*\[[^\]]*\]", b"/MediaBox " + box, data)
    if rng.random() < 0.5:
        turn = rng.choice((b"90", b"180", b"270", b"45", b"-90", b"999999"))
        data = data.replace(b"/MediaBox", b"/Rotate " + turn + b" /UserUnit 75000 /MediaBox")
    return data


def endless_content(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """A page that draws the same over and over: text, rulings, states, pictures."""
    piece = rng.choice(
        (b"0 0 m 500 500 l S ", b"q ", b"BT /F1 10 Tf (0) Tj ET ", b"10 10 5 5 re f ", b"0.1 0 0 0.1 0 0 cm ", b"[(0) -100 ",
         b"1 0 0 1 0 0 Tm (\x00\x10) Tj ", b"BT ", b"<0010> Tj ", b"100 700 m 200 700 l S 100 690 m 100 700 l S ")
    ) * rng.choice((1000, 50_000, 400_000))  # fmt: skip
    data = _opened(data)
    streams = [match for match in _STREAM.finditer(data) if b"Tj" in match[1] or b"TJ" in match[1]]
    if not streams:
        return data
    chosen = rng.choice(streams)
    at = chosen.start(1) + (0 if rng.random() < 0.5 else len(chosen[1]))
    if at > chosen.start(1):
        last = data.rfind(b"ET", chosen.start(1), at)
        at = last if last > 0 else at
    return re.sub(rb"/Length \d+", b"/Length 99999999", data[:at] + piece + data[at:])


def swollen_stream(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """A bomb: a stream that unpacks to many megabytes, maybe packed twice."""
    size = rng.choice((1 << 20, 40 << 20, 200 << 20))
    packed = zlib.compress(rng.choice((b"\0", b" ", b"q ", b"0 0 m ")) * (size // 4))
    filters = b"/FlateDecode"
    if rng.random() < 0.4:
        packed, filters = zlib.compress(packed), b"[/FlateDecode /FlateDecode]"
    streams = list(_STREAM.finditer(data))
    if not streams:
        return data
    chosen = rng.choice(streams)
    data = data[: chosen.start(1)] + packed + data[chosen.end(1) :]
    return data.replace(b"/Filter /FlateDecode", b"/Filter " + filters)


def locked(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Said to be encrypted, by handlers known and unknown."""
    handler = rng.choice((b"/Standard", b"/Adobe.PubSec", b"/None"))
    revision = rng.choice((b"2", b"3", b"4", b"6", b"99"))
    entry = b"/Encrypt << /Filter %s /V %s /R %s /O <%s> /U <%s> /P -4 >> " % (
        handler, rng.choice((b"1", b"2", b"4", b"5")), revision, b"41" * 32, b"42" * 32,
    )  # fmt: skip
    return re.sub(rb"trailer\s*<<", lambda m: m.group() + entry, data) if b"trailer" in data else data.replace(
        b"/Type /XRef", entry + b"/Type /XRef"
    )  # fmt: skip


def actions(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Actions on opening: addresses, files, programs, scripts."""
    target = rng.choice((traps.url, traps.file)).encode()
    action = rng.choice(
        (b"/S /URI /URI (%s)", b"/S /Launch /F (%s)", b"/S /GoToR /F (%s) /D [0 /Fit]", b"/S /SubmitForm /F (%s)",
         b"/S /JavaScript /JS (app.launchURL\\('%s'\\);while\\(1\\);)", b"/S /ImportData /F (%s)")
    ) % target  # fmt: skip
    data = data.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << %s >>" % action)
    return data.replace(b"/FontFile2", b"/F (%s) /FontFile2" % target) if rng.random() < 0.3 else data


def lost_table(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Without its table of objects, or with several ends."""
    match rng.randrange(4):
        case 0:
            return re.sub(rb"startxref\s*\d+", b"startxref " + rng.choice(_NUMBERS), data)
        case 1:
            return data[: data.rfind(b"startxref")]
        case 2:
            return data.replace(b"xref", b"xrfe").replace(b"trailer", b"trialer")
        case _:
            return data + b"\nstartxref\n%d\n%%%%EOF" % rng.randrange(len(data)) * 50


def deep_objects(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    depth = rng.choice((100, 5000, 300_000))
    deep = rng.choice((b"[" * depth + b"]" * depth, b"<<" * depth, b"<</A" * depth, b"(" * depth, b"[" * depth))
    at = data.find(b"/Type /Catalog")
    return data[:at] + b"/Deep " + deep + b" " + data[at:] if at > 0 else data


def broken_fonts(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Character maps that are lost, wrong or endless."""
    data = _opened(data)
    match rng.randrange(4):
        case 0:
            return data.replace(b"/ToUnicode", b"/ToUnicorn")
        case 1:
            return re.sub(
                rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>", lambda m: b"<%s> <%04x>" % (m[1], rng.randrange(65536)), data
            )
        case 2:
            return data.replace(b"beginbfchar", b"beginbfchar\n" + b"<0000> <" + b"4E00" * 5000 + b">\n")
        case _:
            return re.sub(rb"/W \[", b"/W [0 65535 " + rng.choice(_NUMBERS) + b" ", data)


OF_PDF = (
    damaged_objects, damaged_objects, damaged_content, damaged_content, damaged_content, swapped_objects, swapped_objects,
    looped_pages, many_pages, absurd_pages, endless_content, swollen_stream, locked, actions, lost_table, deep_objects,
    broken_fonts, broken_fonts,
)  # fmt: skip
