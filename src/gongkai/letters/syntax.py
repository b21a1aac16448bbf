"""What a template may say between its braces: names of placeholders, conditions on them, a table's rows. Nothing else.

Word's XML is made readable for Jinja by docxtpl, which joins what Word splits over runs; the syntax tree is then walked
and everything that is not listed here is a mistake, so that a template can neither compute nor call.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .context import placeholders, placeholders_by_name
from .errors import LettersError

_TAGS = re.compile(r"<[^>]*>")
_MOST_BRACES = 4_000
"""More would keep docxtpl's patterns busy for long; the longest letter has some hundred."""

_FULL_WIDTH = re.compile(r"｛\s*[｛{%％]|[{]\s*[｛％]|[｝}%％]\s*｝")


@dataclass(slots=True)
class Usage:
    """What the braces of a template use: ``printed`` and ``asked`` (only in a condition), names of placeholders;
    ``wrong``: pairs of code and Chinese sentence."""

    printed: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    wrong: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def odd_packages_told() -> Iterator[None]:
    """What the libraries raise over a package whose parts don't fit, as a LettersError."""
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        yield
    except (OpcError, LxmlError, ValueError, KeyError, AttributeError, TypeError, IndexError) as error:
        raise LettersError("Word 文件的内部结构不完整，无法使用。请在 Word 中打开，另存为新的 .docx 文件。") from error


def opened(data: bytes) -> Any:
    """The document as docxtpl holds it. To be called only after the package has been checked. Raises LettersError."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(data))
    with odd_packages_told():
        template.render_init()
        template.get_xml()
    return template


@cache
def environment() -> Any:
    """Jinja as templates get it: sandboxed, escaping, and with a missing value as an error that names it."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Missing(StrictUndefined):
        """A value that was not given. It may be asked for in a condition, but not printed."""

        def __bool__(self) -> bool:  # type: ignore[override]
            return False

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=Missing)


def usage(template: Any) -> Usage:
    """What the braces in a document's text, headers and footers use. Raises LettersError."""
    found = Usage()
    with odd_packages_told():
        sources = [template.get_xml()]
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            sources += [template.get_part_xml(part) for _, part in template.get_headers_footers(uri)]
    for xml in sources:
        if xml.count("{") > _MOST_BRACES:
            found.wrong.append(("syntax", "模板中的花括号过多，不像文书的模板。请检查后重新上传。"))
        else:
            _look(xml, template.patch_xml(xml), found)
    return found


def _look(xml: str, patched: str, found: Usage) -> None:
    from jinja2 import TemplateSyntaxError

    if hit := _FULL_WIDTH.search(_TAGS.sub("", xml)):
        found.wrong.append(("full_width", f"占位符要用半角的花括号和百分号，请把“{hit[0]}”改为半角。"))
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)
    try:
        for node in environment().parse(lines).body:
            _walk(node, found, {})
    except TemplateSyntaxError as error:
        found.wrong.append(_badly_written(_TAGS.sub("", lines.split("\n")[error.lineno - 1])))
    except RecursionError:
        found.wrong.append(_badly_written(""))


def _badly_written(line: str) -> tuple[str, str]:
    near = line.strip()[:40]
    return (
        "syntax",
        f"模板的写法有误{f'，在“{near}”附近' if near else ''}。请检查花括号是否成对、名称是否写对，"
        "{%p if … %} 是否有对应的 {%p endif %}，{%tr for … %} 是否有对应的 {%tr endfor %}。",
    )


def _walk(node: Any, found: Usage, rows: Mapping[str, str]) -> None:
    """``rows``: the names for a row that are in force, each with the placeholder it runs over."""
    from jinja2 import nodes

    match node:
        case nodes.Output():
            for shown in node.nodes:
                if not isinstance(shown, nodes.TemplateData):
                    _printed(shown, found, rows)
        case nodes.If():
            for name in _asked(node.test, found):
                _known(name, found, found.asked)
            for one in (*node.body, *node.elif_, *node.else_):
                _walk(one, found, rows)
        case nodes.For() if not (node.else_ or node.test or node.recursive or rows):
            _rows(node, found)
        case _:
            found.wrong.append(_forbidden(node))


def _printed(node: Any, found: Usage, rows: Mapping[str, str]) -> None:
    from jinja2 import nodes

    if isinstance(node, nodes.Name) and node.name not in rows:
        known = placeholders_by_name().get(node.name)
        if known and known.kind == "rows":
            assert known.columns is not None
            columns = "、".join(f"{{{{行.{name}}}}}" for name in known.columns.values())
            found.wrong.append(
                ("rows", f"“{node.name}”是表格的各行，要写成 {{%tr for 行 in {node.name} %}}，再用 {columns}。")
            )
        else:
            _known(node.name, found, found.printed)
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name in rows:
        over = rows[node.node.name]
        known_columns = (placeholders_by_name()[over].columns or {}).values()
        if node.attr not in known_columns:
            found.wrong.append(("unknown", f"“{over}”没有“{node.attr}”这一列。可以使用：{'、'.join(known_columns)}。"))
    else:
        found.wrong.append(_forbidden(node))


def _asked(node: Any, found: Usage) -> Iterator[str]:
    from jinja2 import nodes

    match node:
        case nodes.Name():
            yield node.name
        case nodes.Not():
            yield from _asked(node.node, found)
        case nodes.And() | nodes.Or():
            yield from _asked(node.left, found)
            yield from _asked(node.right, found)
        case _:
            found.wrong.append(_forbidden(node))


def _rows(node: Any, found: Usage) -> None:
    from jinja2 import nodes

    if not isinstance(node.iter, nodes.Name) or not isinstance(node.target, nodes.Name):
        found.wrong.append(_forbidden(node))
        return
    known = placeholders_by_name().get(node.iter.name)
    if known is None or known.kind != "rows":
        several = "、".join(one.name for one in placeholders().values() if one.kind == "rows")
        found.wrong.append(("rows", f"“{node.iter.name}”不能用在 for 中。可以逐行列出的有：{several}。"))
        return
    found.printed.add(node.iter.name)
    for one in node.body:
        _walk(one, found, {node.target.name: node.iter.name})


def _known(name: str, found: Usage, into: set[str]) -> None:
    if name in placeholders_by_name():
        into.add(name)
    else:
        found.wrong.append(("unknown", f"不认识占位符“{name}”。请从占位符一览中选用，并核对写法。"))


def _forbidden(node: Any) -> tuple[str, str]:
    return (
        "forbidden",
        f"模板中有不允许的写法（第 {node.lineno} 段）。花括号之间只能写占位符的名称，条件只能写 if、elif、else 和 and、or、not。",
    )
