"""Filling a template: values go in as text and only as text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from .context import Placeholder, Prepared, placeholders_by_name, prepared
from .errors import LettersError
from .package import dangers, pack, read_parts
from .syntax import environment, odd_packages_told, opened, usage

_NAME = re.compile(r"'([^']+)' is undefined")


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The template with its placeholders filled, as DOCX; the same bytes for the same template and values.

    ``values``: by key of `placeholders`; a date as date or text, rows as a list of mappings. A value that lacks, is None or
    blank counts as missing: conditions find it so, and printing it is an error unless the placeholder may be blank.
    Raises LettersError for a template that `check_template` refuses and for a missing value, naming it.
    """
    if found := next(dangers(read_parts(template)), None):
        raise LettersError(found[1])
    document = opened(template)
    if wrong := usage(document).wrong:
        raise LettersError(wrong[0][1])
    printable = _printable(prepared(values))
    buffer = io.BytesIO()
    with odd_packages_told():
        _render(document, printable)
        document.docx.save(buffer)
    return pack(read_parts(buffer.getvalue()))


def _printable(values: Mapping[str, Prepared]) -> Mapping[str, Any]:
    """The values as docxtpl prints them: escaped, a paragraph's end as \\a, a line's end as \\n."""
    result: dict[str, Any] = {name: "" for name, one in placeholders_by_name().items() if one.blank}
    for name, value in values.items():
        if isinstance(value, str):
            result[name] = _escaped(value, placeholders_by_name()[name])
        else:
            result[name] = [{column: _escaped(cell) for column, cell in row.items()} for row in value]
    return result


def _escaped(text: str, one: Placeholder | None = None) -> Any:
    from markupsafe import Markup, escape

    safe = str(escape(text)).replace("_", "&#95;")  # docxtpl turns {_{ into {{ after it has filled in the values
    if one and one.kind == "text":
        safe = safe.replace("\n", "\a")
    return Markup(safe)


def _render(document: Any, values: Mapping[str, Any]) -> None:
    """Text, headers and footers. The document's properties are left alone, they hold no placeholders."""
    from jinja2 import TemplateError, UndefinedError

    jinja = environment()
    try:
        xml = document.build_xml(values, jinja)
        _well_formed(xml)
        document.map_tree(document.fix_tables(xml))
        for uri in (document.HEADER_URI, document.FOOTER_URI):
            for key, part in list(document.build_headers_footers_xml(values, uri, jinja)):
                _well_formed(part)
                document.map_headers_footers_xml(key, part)
    except UndefinedError as error:
        name = _NAME.search(str(error))
        raise LettersError(
            f"模板用到“{name[1] if name else '（未知）'}”，但是没有填写这一项。请先填写，或者在模板中用 if 写明没有时怎样印。"
        ) from error
    except (TemplateError, RecursionError) as error:
        raise LettersError("模板的写法有误，不能填写。请先检查模板。") from error


def _well_formed(xml: str | bytes) -> None:
    """docxtpl mends broken XML by leaving parts out; a letter must not lose text unnoticed."""
    from lxml import etree

    try:
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise LettersError(
            "模板中条件或者逐行列出的位置不当，填写后文档不完整。"
            "{%p … %} 要独占一段，{%tr … %} 要独占表格的一行，请检查后重新上传。"
        ) from error
