"""What a reader sees of a letter: its text, taken out of the files by libraries other than those that wrote them."""

import io
import re
import zipfile

import docx
import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text):
    """Without spaces and ends of lines, which a page sets as it likes."""
    return "".join(text.split())


def docx_text(data):
    """Every text of the document's body, in order, as python-docx opens it."""
    body = docx.Document(io.BytesIO(data)).element.body
    return squeezed("".join(node.text or "" for node in body.iter(f"{_W}t")))


def pdf_pages(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def pdf_text(data):
    """The text of all pages but for the pages' numbers."""
    return squeezed("".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pdf_pages(data)))


def with_part(data, name, change):
    """The package with one part changed: ``change`` takes and gives its text."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    parts[name] = change(parts.get(name, b"").decode()).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for one, content in parts.items():
            package.writestr(one, content)
    return buffer.getvalue()


def with_body(data, xml):
    """The document with these elements in place of its text; its section stays."""

    def change(text):
        root = etree.fromstring(text.encode())
        body = root.find(f"{_W}body")
        for child in list(body)[:-1]:
            body.remove(child)
        wrapped = etree.fromstring(
            f'<x xmlns:w="{_W[1:-1]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            f' xmlns:v="urn:schemas-microsoft-com:vml">{xml}</x>'
        )
        for at, child in enumerate(wrapped):
            body.insert(at, child)
        return etree.tostring(root, encoding="unicode")

    return with_part(data, "word/document.xml", change)


def paragraph(text, properties=""):
    """A paragraph of one run, as XML."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
