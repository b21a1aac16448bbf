"""How a paragraph or run of a Word document looks once its styles are followed (样式): properties by name and attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .package import WORD

Properties = Mapping[str, Mapping[str, str]]
"""Elements of ``w:pPr`` or ``w:rPr`` by local name, each with its attributes by local name."""

_OFF = {"0", "false", "off", "none"}
_MOST_DEPTH = 20
_OPPOSED = {
    "hanging": ("firstLine", "firstLineChars"),
    "hangingChars": ("firstLine", "firstLineChars"),
    "firstLine": ("hanging", "hangingChars"),
    "firstLineChars": ("hanging", "hangingChars"),
}


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document, with the defaults beneath them."""

    defaults: Mapping[str, Properties]
    by_identity: Mapping[str, Any]
    default_paragraph: str
    default_table: str

    def paragraph(self, element: Any | None) -> Properties:
        """What holds of a paragraph with this ``w:pPr``."""
        chosen = _style_of(element, "pStyle") or self.default_paragraph
        return _merged((self.defaults.get("pPr", {}), *self._chain(chosen, "pPr"), _read(element)))

    def run(self, paragraph: Any | None, element: Any | None) -> Properties:
        """What holds of a run with this ``w:rPr`` in a paragraph with that ``w:pPr``."""
        chosen = _style_of(paragraph, "pStyle") or self.default_paragraph
        own = _style_of(element, "rStyle")
        return _merged(
            (self.defaults.get("rPr", {}), *self._chain(chosen, "rPr"), *self._chain(own, "rPr"), _read(element))
        )

    def table(self, element: Any | None) -> Iterator[Any]:
        """The ``w:tblPr`` of a table and of its styles."""
        if element is not None:
            yield element
        for style in self._styles(_style_of(element, "tblStyle") or self.default_table):
            if (found := style.find(f"{WORD}tblPr")) is not None:
                yield found

    def _chain(self, identity: str, kind: str) -> tuple[Properties, ...]:
        """The properties of a style and of those it is based on, the most general first."""
        return tuple(_read(style.find(WORD + kind)) for style in reversed(list(self._styles(identity))))

    def _styles(self, identity: str) -> Iterator[Any]:
        for _ in range(_MOST_DEPTH):  # a damaged document may base styles on each other
            style = self.by_identity.get(identity)
            if style is None:
                return
            yield style
            identity = _val(style.find(f"{WORD}basedOn"))


def read_styles(root: Any | None) -> Styles:
    """The styles in ``word/styles.xml``; a document may have none."""
    if root is None:
        return Styles({}, {}, "", "")
    defaults = {}
    for kind in ("pPr", "rPr"):
        found = root.find(f"{WORD}docDefaults/{WORD}{kind}Default/{WORD}{kind}")
        defaults[kind] = _read(found)
    styles = {style.get(f"{WORD}styleId", ""): style for style in root.iter(f"{WORD}style")}
    usual = {
        style.get(f"{WORD}type", ""): identity
        for identity, style in styles.items()
        if style.get(f"{WORD}default", "0") not in _OFF
    }
    return Styles(defaults, styles, usual.get("paragraph", ""), usual.get("table", ""))


def is_on(properties: Properties, name: str) -> bool:
    """Whether a property that is on or off is on: ``<w:b/>`` is, ``<w:b w:val="0"/>`` is not."""
    return name in properties and properties[name].get("val", "1") not in _OFF


def _style_of(element: Any | None, name: str) -> str:
    return "" if element is None else _val(element.find(WORD + name))


def _val(element: Any | None) -> str:
    return "" if element is None else element.get(f"{WORD}val", "")


def _read(element: Any | None) -> Properties:
    """The properties in an element. Those of a numbering stand with the number they refer to."""
    if element is None:
        return {}
    found = {}
    for child in element:
        attributes = {key.rpartition("}")[2]: value for key, value in child.attrib.items()}
        if child.tag == f"{WORD}numPr":
            attributes["numId"] = _val(child.find(f"{WORD}numId"))
        found[child.tag.rpartition("}")[2]] = attributes
    return found


def _merged(levels: tuple[Properties, ...]) -> Properties:
    """Later levels override earlier ones, attribute by attribute where an element has several (spacing, ind, rFonts)."""
    result: dict[str, dict[str, str]] = {}
    for level in levels:
        for name, attributes in level.items():
            into = result.setdefault(name, {})
            if name not in ("spacing", "ind", "rFonts"):
                into.clear()
            for key in attributes:
                for opposed in _OPPOSED.get(key, ()):
                    into.pop(opposed, None)
            into.update(attributes)
    return result
