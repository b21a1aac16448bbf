"""``gongkai check``: the findings told to a person."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from gongkai.checking.page import page as draw
from gongkai.cli.examining import Outcome
from gongkai.reading import Reading
from gongkai.report.finding import Finding

from .conftest import make_report

WRONG_TOTAL = make_report(applications__other__total=13)
CELL = "applications.other.total"


@pytest.mark.parametrize(("report", "status"), [(make_report(), 0), (WRONG_TOTAL, 1)])
def test_the_exit_status_says_whether_there_is_an_error(gongkai, write_to, report, status):
    assert gongkai("check", write_to("r.docx", report)).status == status


def test_text_says_what_is_printed_what_it_should_be_and_why(gongkai, write_to):
    out = gongkai("check", write_to("r.docx", WRONG_TOTAL)).out
    assert "某县教育局  2024 年度  2021 版格式" in out
    assert "错误 1 处" in out
    assert "表三“（六）其他处理3.其他”总计：原 13，应为 0" in out
    assert "依据：国办公开办函〔2021〕30号" in out
    assert "\x1b" not in out


def test_several_files_end_with_a_summary(gongkai, write_to, tmp_path):
    (tmp_path / "note.txt").write_text("会议通知", "utf-8")
    out = gongkai(
        "check", write_to("a.html", make_report()), write_to("b.html", WRONG_TOTAL), tmp_path / "note.txt"
    ).out
    assert "共 3 份文件：2 份年度报告，其中 1 份有错误，1 份不是年度报告或者不能读取。" in out.splitlines()[-1]


def test_json_is_what_read_prints(gongkai, write_to):
    path = write_to("r.html", WRONG_TOTAL)
    assert gongkai("check", path, "--format", "json").out == gongkai("read", "--jsonl", path).out


def test_last_years_report_is_compared(gongkai, write_to):
    before = replace(make_report(applications__carried_over__total=2), year=2023)
    before = replace(before, title=before.title.replace("2024", "2023"))
    ran = gongkai("check", write_to("now.html", make_report()), "--previous", write_to("before.html", before))
    assert ran.status == 1
    assert "上年" in ran.out and "carried" in ran.out


def test_last_years_reports_of_a_folder_are_found_by_organ(gongkai, write_to, tmp_path):
    before = replace(make_report(applications__carried_over__total=2), year=2023)
    before = replace(before, title=before.title.replace("2024", "2023"))
    other = replace(make_report(), organ="某县民政局", title="某县民政局2024年政府信息公开工作年度报告")
    write_to("before/one.html", before)
    write_to("now/a.html", make_report())
    write_to("now/b.html", other)
    a, b = gongkai("check", tmp_path / "now", "--previous", tmp_path / "before", "--format", "json").objects
    assert any("carried" in finding["code"] for finding in a["findings"])
    assert not any("carried" in finding["code"] for finding in b["findings"])


def test_an_unreadable_report_of_last_year_is_told(gongkai, write_to, tmp_path):
    (tmp_path / "before.txt").write_text("会议通知", "utf-8")
    ran = gongkai("check", write_to("r.html", make_report()), "--previous", tmp_path / "before.txt")
    assert (ran.status, ran.out) == (1, "") and "上年" in ran.err


class Page(HTMLParser):
    """The ids, links and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []


@pytest.fixture
def page(gongkai, write_to) -> str:
    return gongkai("check", write_to("a.html", make_report()), write_to("b.html", WRONG_TOTAL), "--format", "html").out


def test_the_page_stands_alone(page):
    parsed = Page(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert not {"script", "link", "img", "iframe"} & set(parsed.tags)
    assert all(link.startswith("#") for link in parsed.links)
    assert not re.search(r"url\(|@import", page)


def test_every_link_of_the_page_leads_somewhere_and_no_id_stands_twice(page):
    parsed = Page(page)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)


def test_a_wrong_cell_shows_its_repair_and_links_to_its_finding_and_back(page):
    cell = re.search(rf'<td [^>]*id="r2-c-{re.escape(CELL)}"[^>]*>(.*?)</td>', page)
    assert cell
    assert re.search("<del>.*13</del>", cell[1]) and re.search("<ins>.*0</ins>", cell[1])
    finding = re.search(r'href="#(r2-f\d+)"', cell[1])
    assert finding and f'<li id="{finding[1]}" class="finding error">' in page
    assert f'href="#r2-c-{CELL}"' in page
    assert "✗" in cell[1] and "错误" in cell[1]


def test_the_page_prints_what_documents_hold_as_text_only(gongkai, write_to):
    organ = "某县<script>alert(1)</script>局"
    report = replace(WRONG_TOTAL, organ=organ, title=f"{organ}2024年政府信息公开工作年度报告")
    out = gongkai("check", write_to("r.json", report), "--format", "html").out
    assert "<script>" not in out and "&lt;script&gt;" in out


def test_a_finding_about_a_whole_table_does_not_mark_each_of_its_cells(gongkai, write_to):
    blank = replace(make_report(), values=dict.fromkeys(make_report().values))
    out = gongkai("check", write_to("r.html", blank), "--format", "html").out
    assert "空白" in out and 'id="r1-c-applications.' not in out


def test_a_page_in_a_file_is_told_with_what_was_found(gongkai, write_to, tmp_path):
    ran = gongkai("check", write_to("r.docx", WRONG_TOTAL), "--format", "html", "-o", tmp_path / "page.html")
    assert ran.status == 1 and "错误 1 处" in ran.out and f"已写入 {tmp_path / 'page.html'}。" in ran.out
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_of_a_file_that_cannot_be_read_only_the_reason_is_told(gongkai, tmp_path):
    (tmp_path / "空.pdf").touch()
    out = gongkai("check", tmp_path / "空.pdf").out
    assert out.splitlines() == [f"{tmp_path / '空.pdf'}", "  ✗ 不能读取：文件是空的。", ""]


def test_a_report_given_as_data_is_not_asked_for_printed_headings(gongkai, write_to):
    ran = gongkai("check", write_to("r.json", make_report()), "--format", "json")
    assert not [one for one in ran.objects[0]["findings"] if one["code"].startswith("heading")]


@pytest.mark.parametrize(("severity", "begins_a_page"), [("note", False), ("warning", True), ("error", True)])
def test_on_paper_only_a_report_with_something_to_mend_begins_a_page(severity, begins_a_page):
    found = Finding("title", "report", severity, "标题不全。", "格式")
    out = draw([Outcome("a.docx", Reading(make_report()), (found,))])
    assert ('class="short"' in out) is not begins_a_page
    assert re.search(r"article\.short \{[^}]*break-before: auto", out)


def test_a_file_that_is_no_report_is_not_blamed_by_a_law(gongkai, tmp_path):
    (tmp_path / "空.pdf").touch()
    out = gongkai("check", tmp_path / "空.pdf", "--format", "html").out
    assert "文件是空的。" in out and "依据：" not in out and "没有读取的文件" in out
