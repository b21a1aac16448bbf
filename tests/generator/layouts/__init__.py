"""Every layout there is, by name. Layouts are only ever added: a reader once right must stay right."""

from __future__ import annotations

from . import bars, docx, html, lines, lossy, pages, pdf, recognised, scrambled, tabs, xlsx
from .base import Layout

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for module in (lines, tabs, bars, lossy, html, docx, xlsx, pdf, pages, recognised, scrambled)
    for layout in module.LAYOUTS
}
