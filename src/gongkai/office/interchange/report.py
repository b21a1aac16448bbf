"""The report of an import as a workbook: what became of each row, to be kept or sent back to who filled the file in."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping

from .models import ImportRun
from .planning import VERDICTS

REGISTERS: Mapping[str, str] = {"applications": "依申请公开", "remedies": "复议诉讼"}

_HEADS = (
    ("登记", 14),
    ("工作表", 20),
    ("行", 8),
    ("编号", 24),
    ("结果", 18),
    ("列", 20),
    ("说明", 70),
    ("系统中的编号", 22),
)


def report_workbook(run: ImportRun) -> bytes:
    """The report as XLSX bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#EAF1F8", "border": 1, "font_name": "宋体"})
    plain = book.add_format({"text_wrap": True, "border": 1, "font_name": "宋体", "valign": "top"})
    page = book.add_worksheet("导入结果")
    page.write_string(0, 0, f"{run.name}：{told(counts(run))}")
    for column, (label, width) in enumerate(_HEADS):
        page.set_column(column, column, width)
        page.write_string(2, column, label, head)
    for row, line in enumerate(run.report, 3):
        where = (REGISTERS[line["register"]], line["sheet"], line["row"], line["number"])
        what = (VERDICTS[line["verdict"]], line["column"], line["reason"], _name(line))
        for column, value in enumerate((*where, *what)):
            if isinstance(value, int):
                page.write_number(row, column, value, plain)
            else:
                page.write_string(row, column, value, plain)
    page.freeze_panes(3, 0)
    page.autofilter(2, 0, 2 + len(run.report), len(_HEADS) - 1)
    book.close()
    return buffer.getvalue()


def counts(run: ImportRun) -> Mapping[str, int]:
    """How many rows there are of each verdict; a row that is refused for two reasons is one row."""
    rows = {(line["sheet"], line["row"]): line["verdict"] for line in run.report}
    found = Counter(rows.values())
    return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}


def told(found: Mapping[str, int]) -> str:
    """The counts as a sentence."""
    parts = "，".join(f"{VERDICTS[verdict]} {number} 行" for verdict, number in found.items())
    return f"共 {sum(found.values())} 行，{parts}。" if parts else "没有可以导入的行。"


def _name(line: Mapping[str, str]) -> str:
    return line["record"] if line["register"] == "applications" else ""
