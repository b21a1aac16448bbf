"""What a cell prints is a value, a mark, or in doubt: a figure is never read wrongly in silence."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import main
from gongkai.report import Report, load_form
from gongkai.report.writing import write

CELL = "proactive.licences"


def read_cell(printed: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Any, Any, dict[str, str]]:
    """Value and mark of a cell of a web page that prints this, and the verdict of each finding that names the cell."""
    values = dict.fromkeys(load_form("2021").cells, 0) | {CELL: 888}
    sections = {"overview": "全面推进公开。", "problems": "无。", "other_matters": "没有收取信息处理费。"}
    page = write(Report("某县某局", 2023, "2021", values=values, sections=sections), "html").decode()
    assert page.count(">888<") == 1
    path = folder / "report.html"
    path.write_text(page.replace(">888<", f">{printed}<"), "utf-8")
    main(["read", "--jsonl", str(path)])
    told = json.loads(capsys.readouterr().out, parse_float=Decimal)
    findings = {one["code"]: one["verdict"] for one in told["findings"] if CELL in one.get("cells", ())}
    return told["values"][CELL], told["marks"].get(CELL), findings


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("０５", 5),
        ("3件", 3),
        ("22（其中修订 16 件）", 22),
        ("2万", 20000),
        ("1.5万", 15000),
        ("-5", -5),
        ("0.5", Decimal("0.5")),
        ("10<sup>1</sup>", 10),
        ("10<sup>②</sup>", 10),
    ],
)
def test_a_printed_figure_is_the_value_and_what_stands_beside_it_is_told(printed, value, tmp_path, capsys):
    read, mark, findings = read_cell(printed, tmp_path, capsys)
    assert (read, mark) == (value, None)
    assert findings or printed in ("12", "1,234", "０５")
    assert "reading" not in findings.values()


@pytest.mark.parametrize("printed", ["/", "—", "无", "零", "本单位未制作", "2023 年没有办理这一类事项"])
def test_a_mark_or_words_are_no_figure_and_the_publication_is_told_so(printed, tmp_path, capsys):
    assert read_cell(printed, tmp_path, capsys) == (None, printed, {"cell-marks": "report"})


def test_a_blank_cell_is_null_without_a_mark(tmp_path, capsys):
    assert read_cell("&nbsp;", tmp_path, capsys) == (None, None, {"blank-cells": "report"})


@pytest.mark.parametrize(
    "printed",
    ["12<br>3", "1 2", "12.", "3*", "(3)", "300余", "约3", "3-5", "5+3", "10①", "1.234.567", "○", "±5", "十二"],
)
def test_a_cell_that_may_mean_several_figures_is_null_and_the_reading_in_doubt(printed, tmp_path, capsys):
    value, mark, findings = read_cell(printed, tmp_path, capsys)
    assert value is None
    assert mark
    assert findings == {"figure-unclear": "reading"}


def test_the_number_of_a_note_is_no_digit_of_a_figure_in_word(tmp_path, capsys):
    """A raised 1 behind 888, as Word sets the number of a note."""
    import docx

    document = docx.Document(io.BytesIO(write(Report("某县某局", 2023, "2021", values={CELL: 888}), "docx")))
    (paragraph,) = {
        cell._tc: cell.paragraphs[0]
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if cell.text == "888"
    }.values()
    paragraph.add_run("1").font.superscript = True
    path = tmp_path / "report.docx"
    document.save(path)
    main(["read", "--jsonl", str(path)])
    told = json.loads(capsys.readouterr().out)
    assert told["values"][CELL] == 888
    assert "remark-in-cell" in {one["code"] for one in told["findings"] if CELL in one.get("cells", ())}
