"""Tables laid out otherwise than the form: read by what is printed over and beside a figure, or in doubt; never silently."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.repair import random_report

from gongkai.cli import main
from gongkai.report import load_form

FORM = load_form("2021")
Rows = list[list[object]]


def figures() -> dict[str, int]:
    """A consistent report in which neighbouring cells differ."""
    values = random_report(FORM, random.Random(5))
    proactive = [key for key in FORM.cells if key.startswith("proactive.")]
    return values | {key: 3 + n for n, key in enumerate(proactive)}


VALUES = figures()


def proactive() -> Rows:
    rows: Rows = []
    for block in FORM.table("proactive").blocks:
        rows += [[block.heading], ["信息内容", *(column.heading for column in block.columns)]]
        for row in block.rows:
            keys = [".".join(filter(None, ("proactive", row.key, column.key))) for column in block.columns]
            rows.append([row.label, *(VALUES[key] for key in keys)])
    return rows


def applications() -> Rows:
    (block,) = FORM.table("applications").blocks
    head: list[object] = ["申请", *(column.heading for column in block.columns)]
    return [
        head,
        *([row.label, *(VALUES[f"applications.{row.key}.{column.key}"] for column in block.columns)]
          for row in block.rows),
    ]  # fmt: skip


def remedies() -> Rows:
    (block,) = FORM.table("remedies").blocks
    head: list[object] = ["类型", *(column.heading for column in block.columns)]
    return [
        head,
        *([row.label, *(VALUES[f"remedies.{row.key}.{column.key}"] for column in block.columns)] for row in block.rows),
    ]


def page(*tables: Rows) -> str:
    drawn = [
        "<table>" + "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in table) + "</table>"
        for table in tables
    ]
    contents = ["<p>全面推进公开。</p>", *drawn, "<p>公开的内容还不够丰富。</p>", "<p>没有收取信息处理费。</p>"]
    headed = [
        f"<p>{section.number}、{section.heading}</p>{one}" for section, one in zip(FORM.sections, contents, strict=True)
    ]
    return f"<html><body><h1>某市某局2023年政府信息公开工作年度报告</h1>{''.join(headed)}</body></html>"


def read(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    path = folder / "report.html"
    path.write_text(text, "utf-8")
    main(["read", "--jsonl", str(path)])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def in_doubt(told: dict[str, Any]) -> set[str]:
    return {cell for one in told["findings"] if one["verdict"] == "reading" for cell in one.get("cells", ())}


def columns(*order: int) -> Callable[[Rows], Rows]:
    """Every row of a table with its figures, and their heads, in another order."""

    def move(rows: Rows) -> Rows:
        return [[row[0], *(row[1 + n] for n in order)] if len(row) > len(order) else row for row in rows]

    return move


@pytest.mark.parametrize("order", [(6, 0, 1, 2, 3, 4, 5), (0, 2, 1, 3, 4, 5, 6)])
def test_columns_in_another_order_are_read_by_their_heads_and_told(order, tmp_path, capsys):
    told = read(page(proactive(), columns(*order)(applications()), remedies()), tmp_path, capsys)
    assert told["values"] == VALUES
    assert "column-order" in {one["code"] for one in told["findings"]}
    assert "applications.received.enterprise" in in_doubt(told)


def test_columns_of_tables_two_and_four_in_another_order_are_read_by_their_heads(tmp_path, capsys):
    swapped = [columns(2, 0, 1)(proactive()[:4])[n] if n in (1, 2, 3) else row for n, row in enumerate(proactive())]
    told = read(page(swapped, applications(), columns(4, 3, 2, 1, 0)(remedies())), tmp_path, capsys)
    assert told["values"] == VALUES
    assert {"proactive.rules.issued", "remedies.reconsideration.upheld"} <= in_doubt(told)


def test_a_transposed_table_is_the_readings_doubt_and_no_missing_table(tmp_path, capsys):
    turned = [list(row) for row in zip(*applications(), strict=True)]
    told = read(page(proactive(), turned, remedies()), tmp_path, capsys)
    assert not [key for key in told["values"] if key.startswith("applications.")]
    assert "applications.received.total" in in_doubt(told)
    assert "error" not in {one["severity"] for one in told["findings"]}


def test_a_column_too_many_leaves_no_figure_in_the_wrong_place(tmp_path, capsys):
    numbered: Rows = [
        [row[0], n, *row[1:]] if n else [row[0], "序号", *row[1:]] for n, row in enumerate(applications())
    ]
    told = read(page(proactive(), numbered, remedies()), tmp_path, capsys)
    wrong = {key for key, value in told["values"].items() if value is not None and value != VALUES[key]}
    assert wrong <= in_doubt(told)
