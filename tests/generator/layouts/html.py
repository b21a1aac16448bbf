"""HTML as government sites publish it: plain, pasted from a word processor, without row spans, in a whole page."""

from __future__ import annotations

import random
from collections.abc import Callable
from html import escape

from ..draft import Cell, Draft, Paragraph, Table
from .base import Layout, Setter, gather_zeros, with_covered

SetCell = Callable[[Cell, random.Random], str]


def _attributes(cell: Cell, *, rows: bool = True) -> str:
    out = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return out + (f' rowspan="{cell.rows}"' if rows and cell.rows > 1 else "")


def _plain_cell(cell: Cell, rng: random.Random) -> str:
    return f"<td{_attributes(cell)}>{escape(cell.text)}</td>"


def _paragraph_cell(cell: Cell, rng: random.Random) -> str:
    """A paragraph in the cell, ``&nbsp;`` for a blank, header words broken by ``<br />``."""
    text = escape(cell.text).replace("\xa0", "&nbsp;") or "&nbsp;"
    if not cell.key and len(text) == 4 and rng.random() < 0.4:
        text = text[:2] + "<br />" + text[2:]
    style = f' nowrap="nowrap" style="width:{rng.randint(40, 300)}px;"'
    return f'<td{_attributes(cell)}{style}><p align="center">{text}</p></td>'


def _word_cell(cell: Cell, rng: random.Random) -> str:
    """What a word processor leaves: nested spans and fonts, labels cut into pieces, ``<o:p>`` for blanks."""
    font = '<font face="仿宋"><span style="font-size:10.5pt;mso-spacerun:\'yes\'">{}</span></font>'
    if not cell.text:
        inner = '<span style="font-family:宋体"><o:p>&nbsp;</o:p></span>'
    else:
        inner = "".join(font.format(escape(piece)) for piece in _pieces(cell.text, rng))
    return (
        f'<td{_attributes(cell)} valign="center" style="border:1.0000pt solid windowtext;">'
        f'<p class="MsoNormal" align="center">{inner}<o:p></o:p></p></td>'
    )


def _entity_cell(cell: Cell, rng: random.Random) -> str:
    """Every character a numeric entity, and characters without width among those of a label."""
    text = cell.text
    if not cell.key and len(text) > 3 and rng.random() < 0.3:
        text = text[:2] + rng.choice(("\u200b", "\ufeff", "\u00ad")) + text[2:]
    return f"<TD{_attributes(cell)}>{''.join(f'&#{ord(character)};' for character in text)}</TD>"


def _unclosed_cell(cell: Cell, rng: random.Random) -> str:
    """Cells and paragraphs that are opened and never closed, as browsers allow."""
    return f"<td{_attributes(cell)}><p>{escape(cell.text)}\n"


def _pieces(text: str, rng: random.Random) -> list[str]:
    """The text cut at random; figures stay whole most of the time."""
    if len(text) < 2 or (text.isdigit() and rng.random() < 0.7):
        return [text]
    cuts = sorted(rng.sample(range(1, len(text)), min(len(text) - 1, rng.choice((0, 1, 1, 2, 3)))))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _table(table: Table, set_cell: SetCell, rng: random.Random, attributes: str) -> str:
    rows = "".join("<tr>" + "".join(set_cell(cell, rng) for cell in row) + "</tr>\n" for row in table.rows)
    return f"<table{attributes}><tbody>\n{rows}</tbody></table>\n"


def _flat_table(table: Table, set_cell: SetCell, rng: random.Random, attributes: str) -> str:
    """No row spans: the header rows have empty cells where one reaches down, the body keeps its own."""
    head = {"applications": 3, "remedies": 3, "proactive": 0}[table.name]
    rows = []
    for place, row in enumerate(with_covered(table)):
        if place < head:
            line = "".join(f"<td{_attributes(cell, rows=False)}>{escape(cell.text)}</td>" for cell in row)
        else:
            line = "".join(set_cell(cell, rng) for cell in row if not cell.covered)
        rows.append(f"<tr>{line}</tr>\n")
    return f"<table{attributes}>\n{''.join(rows)}</table>\n"


def _widened(table: Table, rng: random.Random) -> Table:
    """The same table on a grid of more columns, header spans other than those of the data rows (表二 only)."""
    if table.name != "proactive":
        return table
    rows = []
    for row in table.rows:
        if len(row) == 1:
            spans = [5]
        elif len(row) == 2:
            spans = [1, 4]
        elif len(row) == 3:
            spans = [1, 2, 2]
        else:
            spans = [1, 2, 1, 1] if row[1].key else [1, 1, 2, 1]
        rows.append([Cell(cell.text, cell.key, span) for cell, span in zip(row, spans, strict=True)])
    return Table(table.name, 5, rows)


_CELLS: dict[str, SetCell] = {
    "word": _word_cell,
    "paragraphs": _paragraph_cell,
    "entities": _entity_cell,
    "unclosed": _unclosed_cell,
}


def _unclosed_table(table: Table, set_cell: SetCell, rng: random.Random, attributes: str) -> str:
    rows = "".join("<tr>" + "".join(set_cell(cell, rng) for cell in row) for row in table.rows)
    return f"<table{attributes}>{rows}</table>\n"


def _body(draft: Draft, rng: random.Random, style: str) -> str:
    set_cell = _CELLS.get(style, _plain_cell)
    attributes = rng.choice(
        (' border="1"', ' align="center" border="1" cellspacing="1"', "", ' class="MsoNormalTable"')
    )
    out = []
    for block in draft.blocks:
        if isinstance(block, Table):
            if style == "paragraphs":
                block = _widened(block, rng)
            elif style == "gathered":
                gather_zeros(draft, block, merged=True)
            set_table = {"flat": _flat_table, "unclosed": _unclosed_table}.get(style, _table)
            out.append(set_table(block, set_cell, rng, attributes))
        else:
            out.append(_paragraph(block, rng, style))
    return "".join(out)


def _paragraph(block: Paragraph, rng: random.Random, style: str) -> str:
    text = escape(block.text)
    if block.kind == "title":
        return f"<h1>{text}</h1>\n" if style != "word" else f'<p align="center"><b>{text}</b></p>\n'
    if style == "word":
        pieces = "".join(f'<span style="font-family:仿宋">{escape(p)}</span>' for p in _pieces(block.text, rng))
        return f'<p class="MsoNormal" style="text-indent:2em">{pieces}<o:p></o:p></p>\n'
    if block.kind == "heading" and rng.random() < 0.3:
        return f"<p><strong>{text}</strong></p>\n"
    return f"<p>&emsp;&emsp;{text}</p>\n" if rng.random() < 0.4 else f"<p>{text}</p>\n"


_METADATA = (
    '<table class="xxgk"><tr><td>索引号</td><td>000000000/{y}-00{n}</td><td>发布日期</td><td>{y}-01-2{d}</td></tr>'
    '<tr><td>名称</td><td colspan="3">{title}</td></tr><tr><td>文号</td><td>无</td><td>主题分类</td><td>其他</td></tr>'
    "</table>\n"
)
_TOP = """<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/zwfw/">政务服务</a></li><li><a href="/hd/">互动交流</a></li></ul>
<form action="/search"><input name="q" value="请输入关键字"><button>搜索</button></form></div>
<div class="left"><table width="100%"><tr><td><a href="#">政府信息公开指南</a></td></tr>
<tr><td><a href="#">政府信息公开制度</a></td></tr><tr><td><a href="#">法定主动公开内容</a></td></tr>
<tr><td><a href="#">政府信息公开年报</a></td></tr></table></div>
"""
_FOOT = """<div class="share">分享到：<a href="#">微信</a>
<a href="#">微博</a> <a href="javascript:print()">打印</a></div>
<div class="footer"><p>网站标识码：0000000000 &copy; 版权所有</p>
<table><tr><td>访问量</td><td>123456</td></tr></table></div>
"""
_SCRIPT = (
    "<script>var pages = 1; if (pages < 2 && 1 > 0) { "
    "document.write('<table><tr><td>规章</td><td>9</td></tr></table>'); }</script>\n"
)


def _page(draft: Draft, rng: random.Random, body: str, declared: str) -> str:
    """A whole page round the report: navigation, a table for the layout, scripts, a foot."""
    sample = draft.sample
    title = next((b.text for b in draft.blocks if isinstance(b, Paragraph) and b.kind == "title"), "")
    head = f"<title>{escape(title)}</title>" if title and draft.dress.title != "two lines" else "<title>年报</title>"
    metadata = ""
    if title and draft.dress.title == "line" and rng.random() < 0.5:
        metadata = _METADATA.format(
            y=sample.year + 1, n=rng.randint(100, 999), d=rng.randint(0, 9), title=escape(title)
        )
    body = metadata + body
    if rng.random() < 0.4:
        side = '<td class="side">栏目导航</td>'
        body = f'<table class="layout" width="1000"><tr>{side}<td class="main">{body}</td></tr></table>'
    return (
        f"<!DOCTYPE html>\n<html><head>{declared}{head}<style>td {{ border: 1px solid }} p:after {{ content: '3' }}"
        "</style>"
        f'{_SCRIPT}</head><body>{_TOP}<div class="content">\n{body}</div>\n{_FOOT}{_SCRIPT}</body></html>\n'
    )


def as_html(style: str, *, page: bool = False) -> Setter:
    """A layout of HTML; the encoding declared, or left to be found out."""

    def set_html(draft: Draft, rng: random.Random) -> bytes:
        body = _body(draft, rng, style)
        encoding = rng.choices(("utf-8", "gb18030", "utf-16"), (8, 3, 1))[0]
        name = {"gb18030": rng.choice(("gb2312", "gbk", "GB18030"))}.get(encoding, encoding)
        declared = (
            "" if rng.random() < 0.25 else f'<meta http-equiv="Content-Type" content="text/html; charset={name}">'
        )
        if encoding == "utf-8" and rng.random() < 0.3:
            declared = '<meta charset="utf-8">'
        text = (
            _page(draft, rng, body, declared)
            if page
            else f"<html><head>{declared}</head><body>\n{body}</body></html>\n"
        )
        return text.encode(encoding)

    return set_html


LAYOUTS = (
    Layout("html_plain", "html", as_html("plain")),
    Layout("html_paragraphs", "html", as_html("paragraphs")),
    Layout("html_word", "html", as_html("word")),
    Layout("html_flat", "html", as_html("flat")),
    Layout("html_page", "html", as_html("plain", page=True)),
    Layout("html_page_paragraphs", "html", as_html("paragraphs", page=True)),
    Layout("html_page_word", "html", as_html("word", page=True)),
    Layout("html_entities", "html", as_html("entities")),
    Layout("html_gathered", "html", as_html("gathered")),
    Layout("html_unclosed", "html", as_html("unclosed", page=True)),
)
