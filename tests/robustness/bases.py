"""Sound documents that the mutants are made of: the generator's, and of formats that it lacks, made of its text."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from functools import cache
from xml.sax.saxutils import escape

from tests.generator import make

COUNT = 16
"""Sound documents of each format."""

GENERATED = ("txt", "html", "docx", "pdf", "xlsx", "zip")
NATIVE = (*GENERATED, "ofd", "mhtml")
"""Formats that are read without an office suite."""

BY_SUITE = ("doc", "wps")


@cache
def base(format: str, number: int) -> bytes:
    """The sound document of this number, below ``COUNT``."""
    if format == "mhtml":
        return as_mhtml(base("html", number), number % 2 == 0)
    if format == "ofd":
        return as_ofd(make(number, layout="tabs", edition=("2021", "2019")[number % 2]).data)
    if format in BY_SUITE:
        return as_doc(base("docx", number % 2))
    return make(number, format=format).data


def as_mhtml(page: bytes, quoted: bool) -> bytes:
    """A page as a browser saves it in one file."""
    encoding, body = ("quoted-printable", quopri.encodestring(page)) if quoted else ("base64", base64.encodebytes(page))
    head = (
        "From: <Saved by Blink>\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----Part"\r\n\r\n------Part\r\n'
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n------Part--\r\n"


_PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content>'
    '<ofd:Layer ID="1">{}</ofd:Layer></ofd:Content></ofd:Page>'
)
_TEXT = (
    '<ofd:TextObject ID="{}" Boundary="{} {} 18 4" Font="1" Size="4"><ofd:TextCode X="0" Y="4">{}</ofd:TextCode>'
    "</ofd:TextObject>"
)


def as_ofd(text: bytes) -> bytes:
    """An OFD of a text whose columns are set by tabs, forty lines a page."""
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            lines = text.decode(encoding).splitlines()
            break
        except UnicodeDecodeError:
            continue
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_member("OFD.xml"), '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>')
        for page in range(0, len(lines), 40):
            objects = [
                _TEXT.format(1000 * row + column, 10 + 20 * column, 10 + 6 * row, escape(cell))
                for row, line in enumerate(lines[page : page + 40])
                for column, cell in enumerate(line.split("\t"))
            ]
            package.writestr(_member(f"Doc_0/Pages/Page_{page // 40}/Content.xml"), _PAGE.format("".join(objects)))
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def as_doc(document: bytes) -> bytes:
    """A Word document in the old format, made by the office suite. Raises CalledProcessError where it can't."""
    import subprocess
    import tempfile
    from pathlib import Path

    from gongkai.reading.formats.office_suite import find_suite

    program = find_suite()
    assert program
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(document)
        command = [program, f"-env:UserInstallation={folder.as_uri()}/profile", "--headless", "--convert-to", "doc"]
        command += ["--outdir", name, str(folder / "report.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (folder / "report.doc").read_bytes()
