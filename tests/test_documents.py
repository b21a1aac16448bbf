"""The documents say what is true of the code: commands, links, dependencies."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from gongkai.cli.parser import COMMANDS, build_parser

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def rows(document: str) -> list[list[str]]:
    """The rows of a document's tables that open with a command."""
    lines = (ROOT / document).read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if re.match(r"\| `\w+` ", line)]


def test_the_readme_lists_the_commands_as_the_help_does():
    assert {row[0].strip("`"): row[1] for row in rows("README.md")} == COMMANDS


def test_every_example_of_the_readme_is_a_command_line_that_is_understood():
    for row in rows("README.md"):
        words = shlex.split(row[2].strip("`").split(" > ")[0])
        options = build_parser().parse(words[1:])
        assert words[0] == "gongkai" and options is not None


def test_the_english_readme_names_the_same_commands():
    named = re.findall(r"^\| `gongkai (\w+)", (ROOT / "README.en.md").read_text("utf-8"), re.M)
    assert named == list(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_project_lead_to_files(document):
    for link in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
        assert link.startswith("https://") or (document.parent / link).exists(), link


def test_every_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    explained = set(re.findall(r"^\| `([\w-]+)`", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.M))
    assert {re.split(r"[<>=\[]", one)[0] for one in needed} == explained


def test_the_project_refers_to_nothing_beside_it():
    told = [*DOCUMENTS, ROOT / "Makefile", *(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.toml")]
    assert [str(path) for path in told if "../shared" in path.read_text("utf-8")] == []
