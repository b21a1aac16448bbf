"""Every layout there is, by name. Layouts are only ever added: a reader once right must stay right."""

from __future__ import annotations

from . import bars, lines, lossy, tabs
from .base import Layout

LAYOUTS: dict[str, Layout] = {layout.name: layout for module in (lines, tabs, bars, lossy) for layout in module.LAYOUTS}
