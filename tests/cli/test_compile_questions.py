"""``gongkai compile`` with an office's own spreadsheet: what is not recognised is asked for once and remembered."""

import io
import sys
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from .conftest import make_report


@pytest.fixture
def spreadsheet(tmp_path):
    """A register in which one outcome is called by a word that no list knows."""
    book = openpyxl.Workbook()
    book.active.append(["编号", "收到日期", "申请人类型", "办结日期", "办理结果"])
    book.active.append(["1", date(2025, 3, 3), "自然人", date(2025, 3, 20), "按甲类办结"])
    book.active.append(["2", date(2025, 4, 3), "自然人", date(2025, 4, 20), "按甲类办结"])
    path = tmp_path / "登记表.xlsx"
    book.save(path)
    return path


def compile_it(gongkai, spreadsheet, tmp_path):
    return gongkai("compile", spreadsheet, "--organ", "某县教育局", "--year", 2025, "-o", tmp_path / "r.json")


class Terminal(io.StringIO):
    """Answers typed at a terminal."""

    def isatty(self) -> bool:
        return True


def test_without_a_terminal_the_question_is_told_and_nothing_written(gongkai, spreadsheet, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    ran = compile_it(gongkai, spreadsheet, tmp_path)
    assert ran.status == 1 and "按甲类办结" in ran.err and "问题 1" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["登记表.xlsx"]


def test_at_a_terminal_it_is_asked_once_and_remembered(gongkai, spreadsheet, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("999\n1\n"))
    first = compile_it(gongkai, spreadsheet, tmp_path)
    assert first.status == 0 and first.err.count("按甲类办结") == 1
    assert (tmp_path / "登记表.对照.json").exists()
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "r.json").unlink()
    again = compile_it(gongkai, spreadsheet, tmp_path)
    assert again.status == 0 and again.err == ""
    assert (tmp_path / "r.json").exists()


def test_answers_that_are_no_text_are_told(gongkai, spreadsheet, tmp_path):
    ran = gongkai(
        "compile",
        spreadsheet,
        "--organ",
        "某县教育局",
        "--year",
        2025,
        "-o",
        tmp_path / "r.json",
        "--mapping",
        spreadsheet,
    )
    assert ran.status == 1 and "对照文件不是" in ran.err


def test_of_several_reports_of_last_year_that_of_the_same_organ_is_compared(gongkai, tmp_path, write_to):
    ledger = tmp_path / "台账.xlsx"
    gongkai("ledger", "--blank", "-o", ledger)
    for name in ("甲局", "某县教育局"):
        report = replace(make_report(applications__carried_over__natural_person=2), organ=name)
        write_to(f"before/{name}.docx", replace(report, title=f"{name}2024年政府信息公开工作年度报告"))
    args = ("--year", 2025, "--previous", tmp_path / "before", "-o", tmp_path / "r.json")
    assert "上年报告结转下年度 2 件" in gongkai("compile", ledger, "--organ", "某县教育局", *args).out
    other = gongkai("compile", ledger, "--organ", "乙局", *args)
    assert other.status == 1 and "没有乙局 2024 年度的报告" in other.err
