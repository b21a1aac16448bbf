"""Documents and a way to call the command line as its users do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import main
from gongkai.report.form import load_form
from gongkai.report.report import Report
from gongkai.report.writing import write


@dataclass(frozen=True)
class Ran:
    """What a call of the command line came to."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def gongkai(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run(*args: object) -> Ran:
        status = main([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


def make_report(**figures: int) -> Report:
    """A consistent report of an invented organ: five applications of natural persons, all disclosed.

    ``figures`` sets cells, their dots written as double underscores.
    """
    form = load_form("2021")
    values = dict.fromkeys(form.cells, 0)
    for row in ("received", "disclosed", "total"):
        for column in ("natural_person", "total"):
            values[f"applications.{row}.{column}"] = 5
    values |= {key.replace("__", "."): figure for key, figure in figures.items()}
    sections = dict.fromkeys((section.key for section in form.sections), "")
    sections["overview"] = "（一）主动公开\n及时公开各类政府信息。\n（二）依申请公开\n全年新收政府信息公开申请5件。"
    sections["problems"] = "公开的内容不够丰富，今后将编制清单，按清单逐项公开。"
    sections["other_matters"] = "本年没有收取信息处理费。"
    return Report(
        organ="某县教育局",
        year=2024,
        edition="2021",
        title="某县教育局2024年政府信息公开工作年度报告",
        introduction="本报告依据《中华人民共和国政府信息公开条例》编制，统计期限为2024年1月1日至12月31日。",
        values=values,
        sections=sections,
    )


def without(report: Report, *cells: str) -> Report:
    """The report with blank cells."""
    return replace(report, values={**report.values, **dict.fromkeys(cells)})


@pytest.fixture
def write_to(tmp_path: Path) -> Callable[[str, Report], Path]:
    def write_one(name: str, report: Report) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(report, path.suffix.removeprefix(".")))
        return path

    return write_one
