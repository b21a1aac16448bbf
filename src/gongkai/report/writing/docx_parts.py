"""The parts of a Word document besides its text: styles, fonts, settings, footers, properties, and what ties them."""

from __future__ import annotations

from typing import Any

from .layout import PrintedReport
from .theme import CELL_MARGIN, LATIN, ROW_HEIGHT, RULE, Face, Theme

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def attribute(name: str, namespace: str = NAMESPACE) -> str:
    """A name in lxml's notation."""
    return f"{{{namespace}}}{name}"


def element(name: str, /, *children: Any, **attributes: object) -> Any:
    """A WordprocessingML element with its children and attributes."""
    from lxml import etree

    named = {attribute(key): str(value) for key, value in attributes.items()}
    result = etree.Element(attribute(name), named, nsmap={"w": NAMESPACE})
    result.extend(children)
    return result


def static_parts(printed: PrintedReport, theme: Theme) -> dict[str, Any]:
    """Everything but ``word/document.xml``, by name, as elements."""
    footers = {"word/footer1.xml": _footer(theme, "right" if theme.numbered_aside else "center")}
    if theme.numbered_aside:
        footers["word/footer2.xml"] = _footer(theme, "left")
    return {
        "[Content_Types].xml": _content_types(list(footers)),
        "_rels/.rels": _relationships(
            ("officeDocument", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("app", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(printed),
        "docProps/app.xml": _parse(
            f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>gongkai</Application></Properties>'
        ),
        "word/_rels/document.xml.rels": _relationships(
            *(
                (name, f"{_OFFICE}/relationships/{name.rstrip('12')}", f"{name}.xml")
                for name in ("styles", "settings", "fontTable", "footer1", "footer2")[: 3 + len(footers)]
            )
        ),
        "word/styles.xml": _styles(theme),
        "word/settings.xml": _settings(theme),
        "word/fontTable.xml": _fonts(theme),
        **footers,
    }


def _parse(text: str) -> Any:
    from lxml import etree

    return etree.fromstring(text)


def _content_types(footers: list[str]) -> Any:
    overrides = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        **{f"/{name}": f"{_WORD}.footer+xml" for name in footers},
    }
    return _parse(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
        + "</Types>"
    )


def _relationships(*targets: tuple[str, str, str]) -> Any:
    return _parse(
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (_, kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _core(printed: PrintedReport) -> Any:
    from lxml import etree

    dublin = "http://purl.org/dc/elements/1.1/"
    kind = f"{_PACKAGE}/metadata/core-properties"
    core = etree.Element(f"{{{kind}}}coreProperties", nsmap={"cp": kind, "dc": dublin})
    for name, text in (("title", printed.full_title), ("creator", printed.organ), ("language", "zh-CN")):
        if text:
            etree.SubElement(core, f"{{{dublin}}}{name}").text = text
    return core


def _settings(theme: Theme) -> Any:
    return element(
        "settings",
        element("zoom", percent=100),
        element("defaultTabStop", val=420),
        *([element("evenAndOddHeaders")] if theme.numbered_aside else []),
        element("characterSpacingControl", val="doNotCompress"),
        element(
            "compat",
            element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
        ),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


_PANOSE = {"roman": "02010600030101010101", "swiss": "02010609060101010101", "script": "02010609030101010101"}
"""Weights and shapes by which an office suite finds a stand-in: Song, Hei, Kai."""


def _fonts(theme: Theme) -> Any:
    faces = {face.name: face for face in (theme.title, theme.body, theme.heading, theme.part, theme.table, theme.note)}
    return element(
        "fonts",
        *(
            element(
                "font",
                element("altName", val=",".join((face.western, *face.akin[:2]))),
                element("panose1", val=_PANOSE[face.family]),
                element("charset", val="86"),
                element("family", val=face.family),
                element("pitch", val="variable"),
                name=face.name,
            )
            for face in faces.values()
        ),
    )


def _footer(theme: Theme, side: str) -> Any:
    number = [
        _field("begin"),
        element("r", _text("instrText", " PAGE ")),
        _field("separate"),
        element("r", _text("t", "1")),
        _field("end"),
    ]
    if theme.numbered_aside:
        number = [element("r", _text("t", "— ")), *number, element("r", _text("t", " —"))]
    one = round(theme.page_number_size * 20)
    indent = [element("ind", **{side: one})] if theme.numbered_aside else []
    properties = element("pPr", element("pStyle", val="Footer"), *indent, element("jc", val=side))
    return element("ftr", element("p", properties, *number))


def _field(kind: str) -> Any:
    return element("r", element("fldChar", fldCharType=kind))


def _text(name: str, text: str) -> Any:
    result = element(name)
    result.text = text
    result.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return result


def _styles(theme: Theme) -> Any:
    """Word's own styles by their built-in names, so that they show as 标题 1 and feed the navigation pane."""
    pitch = round(theme.pitch * 20)
    exact = element("spacing", before=0, after=0, line=pitch, lineRule="exact")
    loose = element("spacing", before=0, after=0, line=240, lineRule="auto")
    tight = element("spacing", before=0, after=0, line=round(theme.table_pitch * 20), lineRule="exact")
    indent = element("ind", firstLineChars=200, firstLine=round(theme.body_size * 40))
    title_gap = element("spacing", before=0, after=pitch, line=round(theme.title_size * 1.6 * 20), lineRule="exact")
    even = [element("autoSpaceDE", val=0), element("autoSpaceDN", val=0)]
    tracking = [element("spacing", val=round(theme.tracking * 20))] if theme.tracking else []
    bold = [element("b"), element("bCs")] if theme.bold_headings else []
    base = _properties(theme.body, theme.body_size)
    base.append(element("lang", val="en-US", eastAsia="zh-CN"))
    small = theme.table_size
    grid_off = element("snapToGrid", val=0)
    return element(
        "styles",
        element(
            "docDefaults",
            element("rPrDefault", base),
            element("pPrDefault", element("pPr", element("widowControl"))),
        ),
        _style(
            "Normal",
            "Normal",
            None,
            _copy("pPr", exact, element("jc", val="both")),
            default=1,
        ),
        _style("BodyText", "Body Text", "Normal", _copy("pPr", indent), _copy("rPr", *tracking)),
        _style(
            "Title",
            "Title",
            "Normal",
            _copy("pPr", element("keepNext"), *even, grid_off, title_gap, element("jc", val="center")),
            _properties(theme.title, theme.title_size, *bold),
        ),
        _style(
            "Heading1",
            "heading 1",
            "Normal",
            _copy("pPr", element("keepNext"), indent, element("outlineLvl", val=0)),
            _properties(theme.heading, theme.body_size, *bold),
            following="BodyText",
        ),
        _style(
            "Heading2",
            "heading 2",
            "Normal",
            _copy("pPr", element("keepNext"), indent, element("outlineLvl", val=1)),
            _properties(theme.part, theme.body_size, *bold),
            following="BodyText",
        ),
        _style("PartHeading", "Part Heading", None, None, _properties(theme.part, None, *bold), kind="character"),
        _style("Footer", "footer", "Normal", _copy("pPr", loose), _properties(theme.table, theme.page_number_size)),
        _style(
            "TableLabel",
            "Table Label",
            "Normal",
            _copy("pPr", grid_off, tight, element("jc", val="left")),
            _properties(theme.table, small),
        ),
        _style("TableHead", "Table Head", "TableLabel", _copy("pPr", element("jc", val="center"))),
        _style("TableFigure", "Table Figure", "TableHead", None),
        _style("TableNote", "Table Note", "TableLabel", None, _properties(theme.note, None)),
        _table_style(theme),
    )


def _copy(name: str, *children: Any) -> Any:
    """An element with copies of the children, which lxml would otherwise move."""
    from copy import deepcopy

    return element(name, *map(deepcopy, children))


def _properties(face: Face, size: float | None, *more: Any) -> Any:
    fonts = element("rFonts", ascii=LATIN.name, hAnsi=LATIN.name, eastAsia=face.name, cs=LATIN.name)
    sizes = [element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))] if size else []
    return _copy("rPr", fonts, *more, *sizes)


def _style(
    identity: str,
    name: str,
    based_on: str | None,
    paragraph: Any | None,
    run: Any | None = None,
    *,
    kind: str = "paragraph",
    following: str | None = None,
    **attributes: object,
) -> Any:
    style = element("style", element("name", val=name), type=kind, styleId=identity, **attributes)
    if based_on:
        style.append(element("basedOn", val=based_on))
    if following:
        style.append(element("next", val=following))
    style.append(element("qFormat"))
    for properties in (paragraph, run):
        if properties is not None and len(properties):
            style.append(properties)
    return style


def _table_style(theme: Theme) -> Any:
    line = {"val": "single", "sz": round(8 * RULE), "space": 0, "color": "auto"}
    borders = (element(side, **line) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    beside, above = round(20 * CELL_MARGIN), round(10 * (ROW_HEIGHT - theme.table_pitch))
    margins = (
        element(side, w=width, type="dxa")
        for side, width in zip(("top", "left", "bottom", "right"), (above, beside, above, beside), strict=True)
    )
    properties = element("tblPr", element("tblBorders", *borders), element("tblCellMar", *margins))
    return element("style", element("name", val="Report Table"), properties, type="table", styleId="ReportTable")
