"""Mutants: sound documents damaged, cut, joined, swollen or laid as traps, each from its number and a seed.

``mutant("docx", 7, seed=1)`` is always the same bytes. A third of the mutants of a format is damaged without regard to
what the bytes mean; the rest by what its module here knows about the format.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from . import packages, pages, pdfs
from .bases import BY_SUITE, COUNT, NATIVE, base
from .traps import Traps

Mutation = Callable[[bytes, random.Random, Traps], bytes]


@dataclass(frozen=True, slots=True)
class Mutant:
    """Bytes to read, the name to read them by, and the mutations that made them, for the report."""

    name: str
    data: bytes
    how: str


def mutant(format: str, number: int, seed: int, traps: Traps) -> Mutant:
    """The mutant of this number. ``traps``: where external references lead."""
    rng = random.Random(f"{seed}/{format}/{number}")
    data = base(format, rng.randrange(COUNT))
    how = []
    own = _OWN[format]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        mutation = rng.choice(own if rng.random() < 0.67 else _BLIND)
        how.append(mutation.__name__)
        data = mutation(data, rng, traps)
        if len(data) > _SWOLLEN or mutation in (packages.swollen_part, packages.layered_bomb):
            break  # another mutation on top would only take the memory of whoever makes the mutant
    ending = rng.choice(NATIVE + BY_SUITE) if rng.random() < 0.05 else format
    return Mutant(f"{number:06d}.{ending}", data[:_LARGEST], "+".join(how))


_LARGEST = 24 << 20
_SWOLLEN = 4 << 20


def flip_bits(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        if damaged:
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def set_bytes(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.choice((1, 5, 50, 1000))):
        if damaged:
            damaged[rng.randrange(len(damaged))] = rng.choice((0, 0xFF, 0x3C, 0x28, 0x80, rng.randrange(256)))
    return bytes(damaged)


def cut_end(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def cut_start(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    return data[rng.randrange(min(len(data) + 1, 4096)) :]


def cut_middle(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    first, second = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return data[:first] + data[second:]


def double_part(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    first, second = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return data[:second] + data[first:]


def repeat(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    return data * rng.choice((2, 3, 40, 400))


def splice(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """The start of one document and the end of another, maybe of another format."""
    other = base(rng.choice(NATIVE), rng.randrange(COUNT))
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def insert_nulls(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + b"\0" * rng.choice((1, 2, 1000, 1 << 20)) + data[at:]


def insert_noise(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.choice((1, 16, 5000, 1 << 18))) + data[at:]


def prefix(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """The start of some other format before everything."""
    starts = (
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"<html>",
    )
    return (
        rng.choice((*starts, b"{\\rtf1 ", b"\x89PNG\r\n\x1a\n", b"MIME-Version: 1.0\n", b"{", b"Rar!\x1a\x07")) + data
    )


def shuffle_blocks(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    size = max(1, len(data) // rng.choice((3, 10, 50)))
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    rng.shuffle(blocks)
    return b"".join(blocks)


def next_to_nothing(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    return rng.choice((b"", b"\0", b"\n", data[:1], data[:4], data[:16], b" " * 5000, b"\0" * 5000))


_BLIND: Sequence[Mutation] = (
    flip_bits, flip_bits, set_bytes, set_bytes, cut_end, cut_end, cut_start, cut_middle, cut_middle, double_part,
    repeat, splice, splice, insert_nulls, insert_noise, prefix, shuffle_blocks, next_to_nothing,
)  # fmt: skip

_OWN: Mapping[str, Sequence[Mutation]] = {
    "txt": pages.OF_TEXT,
    "html": (*pages.OF_HTML, *pages.OF_TEXT[:4]),
    "mhtml": pages.OF_MHTML,
    "docx": packages.OF_DOCX,
    "xlsx": packages.OF_XLSX,
    "ofd": packages.OF_PACKAGE,
    "zip": packages.OF_ZIP,
    "pdf": pdfs.OF_PDF,
    "doc": (flip_bits, set_bytes),
    "wps": (flip_bits, set_bytes),
}
