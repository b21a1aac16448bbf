"""The contract of ``gongkai read``."""

import os
import subprocess
import sys
import zipfile

import pytest
from jsonschema import Draft202012Validator

from gongkai.report.form import load_form
from gongkai.report.schema import report_schema

from .conftest import make_report, without

WRONG_TOTAL = make_report(applications__other__natural_person=0, applications__other__total=13)


def test_prints_one_object_a_document_in_the_order_given(gongkai, write_to):
    second, first = write_to("b.docx", make_report()), write_to("a.html", make_report())
    ran = gongkai("read", "--jsonl", second, first)
    assert [one["path"] for one in ran.objects] == [str(second), str(first)]
    assert (ran.status, ran.err) == (0, "")


def test_an_object_holds_what_the_document_prints(gongkai, write_to):
    report = make_report(proactive__fees=0)
    (one,) = gongkai("read", "--jsonl", write_to("r.html", report)).objects
    assert (one["organ"], one["year"], one["edition"]) == ("某县教育局", 2024, "2021")
    assert one["values"] == dict(report.values)
    assert one["sections"] == dict(report.sections)
    assert one["marks"] == {}


def test_every_object_fits_the_schema_of_its_edition(gongkai, write_to):
    validator = Draft202012Validator(report_schema("2021"))
    paths = [write_to("fine.html", make_report()), write_to("wrong.html", WRONG_TOTAL)]
    for one in gongkai("read", "--jsonl", "--evidence", *paths).objects:
        validator.validate(one)


def test_zero_blank_mark_and_missing_stay_apart(gongkai, write_to, tmp_path):
    page = write_to("r.html", without(make_report(), "proactive.rules.issued", "proactive.rules.repealed"))
    text = page.read_text("utf-8")
    blank = 'data-cell="proactive.rules.repealed"></td>'
    assert blank in text
    page.write_text(text.replace(blank, blank.replace("></td>", ">/</td>")), "utf-8")
    (one,) = gongkai("read", "--jsonl", page).objects
    values = one["values"]
    assert values["proactive.rules.in_force"] == 0
    assert values["proactive.rules.issued"] is None and "proactive.rules.issued" not in one["marks"]
    assert values["proactive.rules.repealed"] is None and one["marks"] == {"proactive.rules.repealed": "/"}
    assert "remedies.mediation.total" not in values


def test_findings_are_those_of_all_rules_with_their_repairs(gongkai, write_to):
    (one,) = gongkai("read", "--jsonl", write_to("r.docx", WRONG_TOTAL)).objects
    finding = next(finding for finding in one["findings"] if finding["code"] == "row-sum")
    assert finding["verdict"] == "report" and finding["severity"] == "error"
    assert finding["cells"][0] == "applications.other.total"
    assert finding["repair"] == {"applications.other.total": 0}
    assert finding["where"]["section"] == 3
    assert "13" in finding["message"] and finding["basis"]
    assert one["values"]["applications.other.total"] == 13


def test_evidence_says_where_each_figure_stands(gongkai, write_to):
    path = write_to("r.docx", make_report())
    (one,) = gongkai("read", "--jsonl", "--evidence", path).objects
    assert one["evidence"]["applications.received.total"]["raw"] == "5"
    assert set(one["evidence"]) == set(load_form("2021").cells)
    stated = one["stated"][0]
    assert set(stated) == {"sentence", "what", "cells", "value", "approximate", "unit"}
    assert (stated["value"], stated["cells"]) == (5, ["applications.received.total"])
    assert "evidence" not in gongkai("read", "--jsonl", path).objects[0]


def test_a_folder_stands_for_every_file_below_it_in_sorted_order(gongkai, write_to, tmp_path):
    for name in ("in/z.html", "in/a/b.html", "in/m.html"):
        write_to(name, make_report())
    ran = gongkai("read", "--jsonl", tmp_path / "in")
    assert [os.path.relpath(one["path"], tmp_path) for one in ran.objects] == ["in/a/b.html", "in/m.html", "in/z.html"]


def test_an_archive_stands_for_its_members(gongkai, write_to, tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(write_to("r.html", make_report()), "县/教育局.html")
        archive.writestr("说明.txt", "请各单位按时报送。")
    ran = gongkai("read", "--jsonl", tmp_path / "all.zip")
    assert [one["path"] for one in ran.objects] == [
        f"{tmp_path}/all.zip!/县/教育局.html",
        f"{tmp_path}/all.zip!/说明.txt",
    ]
    assert ran.status == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("broken.pdf", b"%PDF-1.7 nothing follows"),
        ("broken.docx", b"PK\x03\x04 nothing follows"),
        ("list.json", b'{"other": 1}'),
        ("noise.bin", bytes(range(256)) * 8),
    ],
)
def test_a_broken_file_is_a_finding_and_stops_nothing(gongkai, write_to, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    ran = gongkai("read", "--jsonl", tmp_path / name, write_to("r.html", make_report()))
    broken, fine = ran.objects
    assert broken["findings"][0]["code"] in ("unreadable", "not-a-report") and broken["values"] == {}
    assert fine["organ"] == "某县教育局"
    assert ran.status == 1


def test_a_path_without_file_is_a_finding_too(gongkai, tmp_path):
    ran = gongkai("read", "--jsonl", tmp_path / "nothing.pdf")
    assert (ran.status, ran.objects[0]["findings"][0]["code"]) == (1, "unreadable")


def test_what_is_no_report_is_said_to_be_none(gongkai, tmp_path):
    (tmp_path / "notice.txt").write_text("关于召开会议的通知\n各科室：请于周五下午到会。\n", "utf-8")
    ran = gongkai("read", "--jsonl", tmp_path / "notice.txt")
    (one,) = ran.objects
    assert (one["values"], one["edition"], ran.status) == ({}, None, 1)
    assert [finding["code"] for finding in one["findings"]] == ["not-a-report"]


def test_a_mistake_of_the_program_is_a_finding_in_a_plain_sentence(gongkai, write_to, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("gongkai.cli.examining.read", fail)
    ran = gongkai("read", "--jsonl", write_to("r.html", make_report()))
    assert (ran.status, ran.objects[0]["findings"][0]["code"]) == (1, "internal-error")
    assert "Traceback" not in ran.out + ran.err


def test_what_was_read_reads_back_from_its_own_object(gongkai, write_to, tmp_path):
    ran = gongkai("read", "--jsonl", write_to("r.docx", WRONG_TOTAL))
    (tmp_path / "r.json").write_text(ran.out, "utf-8")
    again = gongkai("read", "--jsonl", tmp_path / "r.json").objects[0]
    for key in ("organ", "year", "edition", "title", "introduction", "values", "marks", "sections"):
        assert again[key] == ran.objects[0][key]


def test_an_object_without_a_report_in_it_is_none(gongkai, tmp_path):
    (tmp_path / "r.json").write_text('{"values": {}}', "utf-8")
    ran = gongkai("read", "--jsonl", tmp_path / "r.json")
    assert ran.status == 1
    assert [finding["code"] for finding in ran.objects[0]["findings"]] == ["not-a-report"]


def test_the_command_speaks_utf8_whatever_the_locale(write_to):
    path = write_to("报告.html", make_report())
    command = [sys.executable, "-m", "gongkai", "read", "--jsonl", str(path)]
    ran = subprocess.run(
        command, capture_output=True, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "某县教育局" in ran.stdout.decode("utf-8")


def test_a_folder_without_files_is_told(gongkai, tmp_path):
    (tmp_path / "空").mkdir()
    ran = gongkai("read", "--jsonl", tmp_path / "空")
    assert ran.status == 1 and ran.objects[0]["findings"][0]["message"] == "文件夹里没有文件。"
