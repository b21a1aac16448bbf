"""``gongkai repair``: applies what is certain, lists each change, refuses where it would have to choose."""

from dataclasses import replace

import pytest

from .conftest import make_report, without

# the row adds up to 5 and so does the column: only this total is wrong
CERTAIN = make_report(applications__disclosed__total=7)
# one more received than dealt with: received too many, or carried over too few; without its text nothing tells which
OPEN = replace(make_report(applications__received__natural_person=6, applications__received__total=6), sections={})


@pytest.mark.parametrize("ending", ["docx", "html", "xlsx", "json"])
def test_a_certain_repair_is_applied_and_told(gongkai, write_to, tmp_path, ending):
    out = tmp_path / f"fixed.{ending}"
    ran = gongkai("repair", write_to("r.docx", CERTAIN), "-o", out)
    assert ran.status == 0
    assert "表三“（一）予以公开”总计：7 → 5" in ran.out
    (fixed,) = gongkai("read", "--jsonl", out).objects
    assert fixed["values"] == dict(make_report().values)


def test_it_refuses_to_choose_and_lists_what_there_is_to_choose(gongkai, write_to, tmp_path):
    report = write_to("r.json", OPEN)
    out = tmp_path / "fixed.docx"
    ran = gongkai("repair", report, "-o", out)
    assert (ran.status, ran.out, out.exists()) == (1, "", False)
    assert "--choose" in ran.err and "1. " in ran.err and "2. " in ran.err


def test_a_chosen_alternative_lets_every_identity_hold(gongkai, write_to, tmp_path):
    report = write_to("r.json", OPEN)
    for number in (1, 2):
        out = tmp_path / f"fixed{number}.json"
        assert gongkai("repair", report, "-o", out, "--choose", number).status == 0
        (fixed,) = gongkai("read", "--jsonl", out).objects
        assert not [one for one in fixed["findings"] if one["code"] in ("row-sum", "column-sum", "column-balance")]
    ran = gongkai("repair", report, "-o", tmp_path / "no.json", "--choose", 999)
    assert ran.status == 1 and "没有第 999 种" in ran.err


def test_blanks_that_are_determined_are_filled(gongkai, write_to, tmp_path):
    out = tmp_path / "fixed.json"
    ran = gongkai("repair", write_to("r.json", without(make_report(), "applications.disclosed.total")), "-o", out)
    assert ran.status == 0 and "空白 → 5" in ran.out


def test_a_report_without_contradiction_is_written_as_it_is(gongkai, write_to, tmp_path):
    out = tmp_path / "same.json"
    ran = gongkai("repair", write_to("r.docx", make_report()), "-o", out)
    assert ran.status == 0 and "没有要改的数据" in ran.out and out.exists()


def test_what_is_no_report_is_not_repaired(gongkai, tmp_path):
    (tmp_path / "note.txt").write_text("会议通知", "utf-8")
    ran = gongkai("repair", tmp_path / "note.txt", "-o", tmp_path / "fixed.docx")
    assert ran.status == 1 and not (tmp_path / "fixed.docx").exists()


def test_the_original_is_never_overwritten(gongkai, write_to):
    path = write_to("r.docx", CERTAIN)
    before = path.read_bytes()
    assert gongkai("repair", path, "-o", path).status == 2
    assert path.read_bytes() == before


def test_what_is_still_wrong_after_the_repair_is_counted(gongkai, write_to, tmp_path):
    sections = {**CERTAIN.sections, "overview": CERTAIN.sections["overview"].replace("5件", "8件")}
    ran = gongkai("repair", write_to("r.docx", replace(CERTAIN, sections=sections)), "-o", tmp_path / "fixed.docx")
    assert ran.status == 0
    assert "改正后的报告还有错误 1 处" in ran.out
    assert gongkai("check", tmp_path / "fixed.docx").status == 1
