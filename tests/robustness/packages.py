"""Mutations of ZIP packages (DOCX, XLSX, OFD, archives): damaged parts, entities, bombs, references, nesting."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile

from .bases import NATIVE, base
from .traps import Traps

Parts = dict[str, bytes]


def _open(data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except Exception:  # a mutation before this one has torn it
        return {}


def _pack(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0))
            info.compress_type = method
            package.writestr(info, content)
    return out.getvalue()


def _change(data: bytes, rng: random.Random, change: object) -> bytes:
    """The package with one part changed, mostly one that holds the text."""
    parts = _open(data)
    if not parts:
        return data
    texts = [
        name for name in parts if re.search(r"document\.xml|sheet\d|sharedStrings|Content\.xml|workbook|styles", name)
    ]
    name = rng.choice(texts if texts and rng.random() < 0.8 else list(parts))
    assert callable(change)
    parts[name] = change(parts[name])
    return _pack(parts)


def damaged_part(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """A part's own bytes damaged, the package around it sound."""

    def damage(content: bytes) -> bytes:
        damaged = bytearray(content)
        for _ in range(rng.choice((1, 5, 60))):
            if damaged:
                damaged[rng.randrange(len(damaged))] = rng.choice(b"<>/\"'&;=0123456789 \0\xff:abw")
        return bytes(damaged[: rng.randrange(len(damaged) + 1)] if rng.random() < 0.2 else damaged)

    return _change(data, rng, damage)


def torn_elements(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Whole elements lost, doubled, or put elsewhere; the XML may stay well formed."""

    def tear(content: bytes) -> bytes:
        elements = list(re.finditer(rb"<(w:tc|w:tr|w:p|w:r|c|row|si|v|ofd:\w+)\b[^>]*>.*?</\1>", content, re.S))
        for found in rng.sample(elements, min(len(elements), rng.choice((1, 5, 30)))):
            piece = found.group()
            content = content.replace(piece, rng.choice((b"", piece * 2, piece * 50, rng.choice(elements).group())), 1)
        return content

    return _change(data, rng, tear)


def entities(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Entities that grow without end, or lead elsewhere."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, rng.choice((6, 10, 30))))
    declarations = (
        f'<!ENTITY e0 "一二三四五六七八九十">{levels}',
        f'<!ENTITY e0 "{"一" * 100_000}">',
        f'<!ENTITY e0 SYSTEM "{traps.file}">',
        f'<!ENTITY e0 SYSTEM "{traps.url}">',
        f'<!ENTITY % p SYSTEM "{traps.url}">%p;<!ENTITY e0 "x">',
        '<!ENTITY e0 "&e0;">',
    )
    chosen = rng.choice(declarations)
    name = chosen.count("<!ENTITY e") - 1
    use = f"&e{name};" * rng.choice((1, 2000))

    def declare(content: bytes) -> bytes:
        body = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", content)
        texts = [match.start() for match in re.finditer(rb"</(?:w:t|t|v|ofd:TextCode)>", body)]
        at = rng.choice(texts) if texts else max(body.rfind(b"</"), 0)
        return f"<!DOCTYPE x [{chosen}]>".encode() + body[:at] + use.encode() + body[at:]

    return _change(data, rng, declare)


def external_doctype(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    def declare(content: bytes) -> bytes:
        body = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", content)
        return f'<!DOCTYPE x SYSTEM "{rng.choice((traps.url, traps.file))}">'.encode() + body

    return _change(data, rng, declare)


def deep_part(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Elements within elements, closed or not."""
    tag = rng.choice(("w:tbl><w:tr><w:tc", "w:p", "w:sdt><w:sdtContent", "w:r", "row", "c", "ofd:Layer", "x", "w:ins"))
    depth = rng.choice((50, 250, 300, 5000, 100_000))
    closed = "".join(f"</{name}>" for name in reversed(tag.split("><"))) * depth if rng.random() < 0.5 else ""

    def nest(content: bytes) -> bytes:
        opening = re.search(rb"<(?:w:body|sheetData|ofd:Layer)\b[^>]*>", content)
        at = opening.end() if opening else len(content) // 2
        return content[:at] + (f"<{tag}>" * depth + "0" + closed).encode() + content[at:]

    return _change(data, rng, nest)


def swollen_part(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """A bomb: a part of many megabytes that packs small."""
    size = rng.choice((1 << 20, 30 << 20, 90 << 20))
    filler = rng.choice(
        (b" ", b"\0", b"<w:p/>", b"<w:t>0</w:t>", b"<row/>", b"<c><v>1</v></c>", b"<!-- -->", b"0", b"\xe4\xb8\x80")
    )

    def swell(content: bytes) -> bytes:
        opening = re.search(rb"<(?:w:body|sheetData|ofd:Layer|sst)\b[^>]*>", content)
        at = opening.end() if opening else 0
        return content[:at] + filler * (size // len(filler)) + content[at:]

    return _change(data, rng, swell)


def lost_part(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    parts = _open(data)
    for name in rng.sample(sorted(parts), min(len(parts), rng.choice((1, 1, 3)))):
        content = parts.pop(name)
        match rng.randrange(4):
            case 0:
                parts[f"../../{name}"] = content
            case 1:
                parts[name.upper().replace("/", "\\")] = content
            case 2:
                parts[name] = b""
    return _pack(parts)


def strange_parts(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Parts of other packages put in, so that it is not clear what the package is."""
    parts = _open(data)
    for format in rng.sample(("docx", "xlsx", "ofd", "zip"), 2):
        other = _open(base(format, rng.randrange(4)))
        parts |= {name: other[name] for name in rng.sample(sorted(other), len(other) // 2)}
    if rng.random() < 0.3:
        parts["mimetype"] = rng.choice((b"application/vnd.oasis.opendocument.text", b"\xff" * 3000, b""))
    return _pack(parts)


def wrong_directory(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Sizes, flags, methods and offsets of the package's own directory changed."""
    damaged = bytearray(data)
    starts = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06|PK\x06\x06", data)]
    for start in rng.sample(starts, min(len(starts), rng.choice((1, 2, 10)))):
        field = start + rng.choice((6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 42))
        value = rng.choice(
            (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x01\0", b"\x09\x08", b"\x63\0", struct.pack("<I", 1 << 30))
        )
        if field + len(value) <= len(damaged):
            damaged[field : field + len(value)] = value
    return bytes(damaged)


def encrypted(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Marked as encrypted, in the directory and before each part."""
    damaged = bytearray(data)
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for match in re.finditer(mark, data[:-flags]):
            damaged[match.start() + flags] |= 1
    return bytes(damaged)


def other_packing(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    parts, method = _open(data), rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    return _pack(parts, method) if sum(map(len, parts.values())) < 4 << 20 else data  # packing more takes a minute


def many_parts(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    parts = _open(data)
    ending = rng.choice((".xml", ".txt", "", "/", ".zip"))
    return _pack(parts | {f"x{n}{ending}": b"" for n in range(rng.choice((100, 2500, 20_000)))})


def external_relations(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Relations that lead to a network or a file, pictures and templates first."""
    parts = _open(data)
    relations = [name for name in parts if name.endswith(".rels")]
    kind = rng.choice(
        ("attachedTemplate", "image", "hyperlink", "externalLink", "officeDocument", "styles", "sharedStrings")
    )
    added = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{rng.choice((traps.url, traps.file))}" TargetMode="External"/></Relationships>'
    ).encode()
    for name in relations:
        parts[name] = parts[name].replace(b"</Relationships>", added)
        if rng.random() < 0.3:
            parts[name] = re.sub(rb'Target="[^"]*"', b'Target="' + traps.file.encode() + b'"', parts[name])
    return _pack(parts)


def absurd_grid(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Merged cells over the whole world, widths of millions, references to cells and strings that are not there."""
    size = rng.choice((b"0", b"-1", b"1000000000", b"99999999999999999999", b"x", b"16384", b"1048576"))
    row_and_column = rng.choice((b"XFD1048576", b"ZZZZZZ1", b"A0", b"A99999999999", b"1A", b""))

    def swell(content: bytes) -> bytes:
        match rng.randrange(7):
            case 0:
                return re.sub(rb'(<w:gridSpan w:val=")[^"]*', rb"\g<1>" + size, content)
            case 1:
                return content.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="' + size + b'"/><w:vMerge/>')
            case 2:
                return re.sub(rb' r="[A-Z]+\d+"', b' r="' + row_and_column + b'"', content)
            case 3:
                return re.sub(rb"(<dimension ref=\")[^\"]*", rb"\g<1>A1:XFD1048576", content)
            case 4:
                merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                return re.sub(rb"</sheetData>", b"</sheetData>" + merge, content)
            case 5:
                return re.sub(rb"<v>\d+</v>", b"<v>" + size + b"</v>", content)
            case _:
                return content.replace(b"<row ", b'<row spans="1:16384" ').replace(b'Size="4"', b'Size="1e308"')

    parts = {name: swell(content) if name.endswith(".xml") else content for name, content in _open(data).items()}
    return _pack(parts)


def strange_values(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Figures in every shape a cell can have, and none."""
    values = (
        b"1e308",
        b"-0",
        b"NaN",
        b"1E+400",
        b"9" * 400,
        b"9" * 6000,
        b"0.1",
        b"#REF!",
        b"",
        b"TRUE",
        b"1,2",
        b"\xef\xbc\x95",
    )
    share = rng.choice((0.05, 0.5))

    def change(match: re.Match[bytes]) -> bytes:
        return match[1] + rng.choice(values) + match[3] if rng.random() < share else match.group()

    pattern = re.compile(rb"(<(?:w:t|t|v|ofd:TextCode)\b[^>]*>)(\d+)(</)")
    return _pack({name: pattern.sub(change, content) for name, content in _open(data).items()})


def nested(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Archives in archives, deeper than anyone needs."""
    for level in range(rng.choice((1, 3, 12, 60))):
        data = _pack(
            {f"{level}.zip": data, **({f"{level}b.zip": data} if rng.random() < 0.2 and len(data) < 9999 else {})}
        )
    return data


def layered_bomb(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Few bytes that hold many archives, each of which holds as many."""
    core = _pack({"x.txt": b"0" * (8 << 20)})
    for _ in range(rng.choice((1, 2, 3))):
        core = _pack({f"{n}.zip": core for n in range(16)})
    return _pack({"bomb.zip": core, **_open(data)})


def mixed_members(data: bytes, rng: random.Random, traps: Traps) -> bytes:
    """Documents of all formats, some damaged, under names that mislead."""
    members = {}
    for n in range(rng.randrange(1, 6)):
        content = base(rng.choice([one for one in NATIVE if one != "zip"]), rng.randrange(8))
        if rng.random() < 0.5:
            content = content[: rng.randrange(len(content))]
        name = rng.choice(
            ("报告.docx", "../../etc/passwd", "a/" * 200 + "x", "\u202etxt.exe", "CON", "x\0y", "report.pdf", "~$x.doc")
        )
        members[f"{n}{name}" if rng.random() < 0.7 else name] = content
    return _pack(members)


OF_PACKAGE = (
    damaged_part, damaged_part, damaged_part, torn_elements, torn_elements, entities, entities, external_doctype, deep_part,
    swollen_part, lost_part, strange_parts, wrong_directory, wrong_directory, encrypted, other_packing, many_parts,
    absurd_grid, strange_values, nested,
)  # fmt: skip
OF_DOCX = (*OF_PACKAGE, external_relations, absurd_grid, strange_values)
OF_XLSX = (*OF_PACKAGE, external_relations, absurd_grid, absurd_grid, strange_values)
OF_ZIP = (
    wrong_directory, wrong_directory, encrypted, other_packing, many_parts, nested, nested, layered_bomb, mixed_members,
    mixed_members, mixed_members, lost_part, swollen_part, damaged_part,
)  # fmt: skip
