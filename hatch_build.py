"""Compiles the catalogues (.po → .mo) whenever the package is built or installed for editing.

``python hatch_build.py`` does the same by hand after a catalogue was edited.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
CATALOGUES = "src/gongkai/**/LC_MESSAGES/*.po"


def compile_catalogues(root: Path) -> list[Path]:
    """Writes a .mo beside each .po below the project's folder, and says which."""
    compiled = []
    for source in sorted(root.glob(CATALOGUES)):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, domain=source.stem)
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        compiled.append(target)
    return compiled


class CatalogueHook(BuildHookInterface[Any]):
    """Git ignores the compiled files; naming them artifacts puts them into the wheel all the same."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        build_data["artifacts"] += [str(path.relative_to(root)) for path in compile_catalogues(root)]


if __name__ == "__main__":
    for path in compile_catalogues(ROOT):
        print(path.relative_to(ROOT))
