"""``gongkai write``, ``form``, ``ledger`` and ``compile``."""

import json

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from gongkai.examples import organs
from gongkai.ledger.sample import ledger_from_report
from gongkai.report.form import editions, load_form

from .conftest import make_report

SAME = ("organ", "year", "edition", "title", "introduction", "values", "marks", "sections")


@pytest.mark.parametrize("ending", ["docx", "html", "xlsx", "json"])
def test_what_read_prints_can_be_written_and_reads_back_identical(gongkai, write_to, tmp_path, ending):
    read = gongkai("read", "--jsonl", write_to("r.html", make_report(applications__other__total=13)))
    (tmp_path / "r.json").write_text(read.out, "utf-8")
    out = tmp_path / f"out.{ending}"
    assert gongkai("write", tmp_path / "r.json", "-o", out).status == 0
    (again,) = gongkai("read", "--jsonl", out).objects
    assert {key: again[key] for key in SAME} == {key: read.objects[0][key] for key in SAME}


def test_a_report_that_breaks_the_contract_is_refused(gongkai, tmp_path):
    (tmp_path / "r.json").write_text('{"edition": "2021", "values": {"applications.received": 1}}', "utf-8")
    ran = gongkai("write", tmp_path / "r.json", "-o", tmp_path / "out.docx")
    assert ran.status == 1 and "applications.received" in ran.err
    assert not (tmp_path / "out.docx").exists()


def test_a_missing_file_is_told_without_a_traceback(gongkai, tmp_path):
    ran = gongkai("write", tmp_path / "nothing.json", "-o", tmp_path / "out.docx")
    assert ran.status == 1 and "nothing.json" in ran.err and "Traceback" not in ran.err


def test_a_folder_that_is_not_there_is_named(gongkai, tmp_path):
    ran = gongkai("form", "-o", tmp_path / "nowhere" / "form.docx")
    assert ran.status == 1 and str(tmp_path / "nowhere") in ran.err


def test_a_mistake_of_the_program_ends_in_a_sentence(gongkai, tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("gongkai.ledger.blank_ledger", fail)
    ran = gongkai("ledger", "--blank", "-o", tmp_path / "l.xlsx")
    assert ran.status == 1 and "ZeroDivisionError" in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize("edition", editions())
def test_a_blank_form_has_every_cell_blank(gongkai, tmp_path, edition):
    out = tmp_path / "form.docx"
    assert gongkai("form", "--edition", edition, "-o", out).status == 0
    (blank,) = gongkai("read", "--jsonl", out).objects
    assert blank["values"] == dict.fromkeys(load_form(edition).cells)
    assert json.loads(gongkai("form", "--edition", edition).out)["values"] == blank["values"]


def test_the_schema_of_the_form_is_a_json_schema(gongkai, tmp_path):
    out = tmp_path / "form.schema.json"
    assert gongkai("form", "-o", out).status == 0
    Draft202012Validator.check_schema(json.loads(out.read_text("utf-8")))


@pytest.fixture
def ledger(tmp_path):
    organ = next(organ for organ in organs() if organ.key == "district_office")
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger_from_report(organ.report, organ.facts))
    return organ, path


def test_a_blank_ledger_compiles_to_a_report_of_zeros(gongkai, tmp_path):
    ledger, out = tmp_path / "台账.xlsx", tmp_path / "r.json"
    assert gongkai("ledger", "--blank", "-o", ledger).status == 0
    assert gongkai("compile", ledger, "--organ", "某县教育局", "--year", 2025, "-o", out).status == 0
    values = json.loads(out.read_text("utf-8"))["values"]
    assert set(values) == set(load_form("2021").cells) and not any(values.values())


def test_a_ledger_compiles_to_its_figures(gongkai, tmp_path, ledger):
    organ, path = ledger
    ran = gongkai("compile", path, "--organ", organ.name, "--year", 2023, "-o", tmp_path / "r.docx")
    assert ran.status == 0
    (made,) = gongkai("read", "--jsonl", tmp_path / "r.docx").objects
    assert made["values"] == dict(organ.report.values)
    assert made["organ"] == organ.name


def test_each_figure_lists_its_rows(gongkai, tmp_path, ledger):
    organ, path = ledger
    ran = gongkai("compile", path, "--organ", organ.name, "--year", 2023, "-o", tmp_path / "r.xlsx", "--trace")
    assert "表三“（二）部分公开”商业企业 = 2：依申请公开 第 " in ran.out and "（共 2 行）" in ran.out
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert any("来源" in name for name in book.sheetnames)


def test_a_ledger_with_a_row_that_cannot_be_taken_gives_no_report(gongkai, tmp_path, ledger):
    organ, path = ledger
    book = openpyxl.load_workbook(path)
    sheet = book["依申请公开"]
    heads = next(row for row in sheet.iter_rows(max_row=6) if any(cell.value == "收到日期" for cell in row))
    column = next(cell.column for cell in heads if cell.value == "收到日期")
    row = next(row for row in range(heads[0].row + 1, 99) if sheet.cell(row, column).is_date)
    sheet.cell(row, column).value = "去年某日"
    book.save(path)
    ran = gongkai("compile", path, "--organ", organ.name, "--year", 2023, "-o", tmp_path / "r.docx")
    assert ran.status == 1 and f"工作表“依申请公开”第 {row} 行" in ran.err
    assert not (tmp_path / "r.docx").exists()


def test_a_document_given_to_write_is_refused_with_the_way_to_go(gongkai, write_to, tmp_path):
    ran = gongkai("write", write_to("r.docx", make_report()), "-o", tmp_path / "out.pdf")
    assert ran.status == 1 and "r.docx" in ran.err and "gongkai read" in ran.err
