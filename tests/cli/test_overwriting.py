"""What a user has is never lost: no command overwrites what it reads, and a file is there whole or not at all."""

import pytest

from .conftest import make_report


@pytest.fixture
def kept(tmp_path, write_to):
    """A ledger, a report and the same report as data."""
    return {"docx": write_to("r.docx", make_report()), "json": write_to("r.json", make_report())}


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_check_never_overwrites_a_report_that_it_reads(gongkai, kept, form):
    before = kept["docx"].read_bytes()
    ran = gongkai("check", kept["json"], kept["docx"], "--format", form, "-o", kept["docx"])
    assert (ran.status, ran.out) == (2, "") and "覆盖" in ran.err
    assert kept["docx"].read_bytes() == before


def test_check_never_overwrites_last_years_report(gongkai, kept):
    before = kept["json"].read_bytes()
    assert gongkai("check", kept["docx"], "--previous", kept["json"], "-o", kept["json"]).status == 2
    assert kept["json"].read_bytes() == before


def test_write_never_overwrites_its_source(gongkai, kept):
    before = kept["json"].read_bytes()
    assert gongkai("write", kept["json"], "-o", kept["json"]).status == 2
    assert kept["json"].read_bytes() == before


def test_a_report_never_overwrites_the_ledger_that_it_is_compiled_from(gongkai, tmp_path):
    ledger = tmp_path / "台账.xlsx"
    assert gongkai("ledger", "--blank", "-o", ledger).status == 0
    before = ledger.read_bytes()
    ran = gongkai("compile", ledger, "--organ", "某县教育局", "--year", 2025, "-o", ledger)
    assert ran.status == 2 and "覆盖" in ran.err
    assert ledger.read_bytes() == before


def test_a_blank_ledger_never_overwrites_a_file(gongkai, tmp_path):
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes("登记了一年的台账".encode())
    ran = gongkai("ledger", "--blank", "-o", ledger)
    assert ran.status == 2 and "换一个文件名" in ran.err
    assert ledger.read_bytes() == "登记了一年的台账".encode()


def test_what_fails_half_way_leaves_the_earlier_file_and_no_other(gongkai, kept, tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    out = tmp_path / "out.txt"
    out.write_text("earlier", "utf-8")
    monkeypatch.setattr("gongkai.cli.told.summarise", fail)
    assert gongkai("check", kept["docx"], kept["json"], "-o", out).status == 1
    assert out.read_text("utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.txt", "r.docx", "r.json"]


def test_a_folder_in_the_place_of_the_file_is_told_by_its_name(gongkai, kept, tmp_path):
    (tmp_path / "out.docx").mkdir()
    ran = gongkai("write", kept["json"], "-o", tmp_path / "out.docx")
    assert ran.status == 1 and f"{tmp_path / 'out.docx'}：这是文件夹" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.docx", "r.docx", "r.json"]
