"""An annual report's way at the screens: from the records to the public; returned and corrected; from a file; added up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from gongkai.examples.organ import organs
from gongkai.report.writing import write

from .seeing import Reader

YEAR = date.today().year - 1
"""The year that is reported; the demonstration holds its records."""

MOST_ACTS = 60
"""What all people together may do from signing in to the published page: presses, choices, fields filled in."""

REPORT = f"/office/filings/YLWH-001/{YEAR}/"
PUBLIC = f"/reports/YLWH-001/{YEAR}/"


def take(person: Reader, step: str, **fields: str) -> None:
    """Take a step with the report that is shown."""
    person.click(step)
    for label, text in fields.items():
        person.fill(label, text)
    person.send(f"确认{step}")


def test_an_office_goes_from_its_records_to_the_published_report(reader: Callable[..., Reader]) -> None:
    clerk = reader("qfb-jingban")

    # what no register holds is entered in two fields
    clerk.open("/office/").click("登记簿").click(f"{YEAR}年").click("年度情况")
    clerk.fill("研究部署信息公开工作的会议（次）", "2").fill(
        "研究部署信息公开工作的会议（次）：说明", "3月、9月各一次"
    ).click("保存")

    # compiled from the records: every figure opens what it counts
    clerk.click("年度报告")
    own = clerk.page.locator("section").filter(
        has=clerk.page.get_by_role("heading", name="云岭市望湖区人民政府办公室", exact=True)
    )
    own.get_by_role("button", name=f"编制{YEAR}年度报告").click()
    clerk.look().click("统计表")
    clerk.page.locator('[data-cell="applications.partly_disclosed.enterprise"] a').click()
    assert "2 件" in clerk.look().text or "2件" in clerk.text
    clerk.acts += 2

    # a sentence is edited, the change since last year explained, the checks looked at
    clerk.click("文字")
    assert "召开会议研究部署信息公开工作2次" in clerk.text
    clerk.click("核对")
    assert "没有妨碍送审的错误" in clerk.text
    clerk.click("与上年比较")
    take(clerk, "送审")

    reviewer, leader = reader("qfb-shenhe"), reader("qfb-lingdao", width=390)
    for person, step in ((reviewer, "审核通过"), (leader, "批准")):
        person.open("/office/").click(f"云岭市望湖区人民政府办公室{YEAR}年度报告")
        take(person, step)

    clerk.open("/office/").click(f"云岭市望湖区人民政府办公室{YEAR}年度报告")
    take(clerk, "报送主管部门")
    take(clerk, "发布")
    assert "已经公布" in clerk.text
    everybody = (clerk, reviewer, leader)
    assert sum(one.acts for one in everybody) <= MOST_ACTS

    # the public reads it, asks what is behind a figure, and takes it away
    anyone = reader(width=390, scripts=False)
    anyone.open(PUBLIC)
    assert "总体情况" in anyone.text


def test_a_report_returned_after_publication_is_corrected_in_a_new_edition(reader: Callable[..., Reader]) -> None:
    path, public = f"/office/filings/YLWH-002/{YEAR}/", f"/reports/YLWH-002/{YEAR}/"
    supervisor, clerk = reader("jiandu"), reader("scj-jingban")
    anyone = reader(scripts=False)
    assert "937" in anyone.open(public).text

    supervisor.open(path).click("退回机关修改").choose("表二“行政处罚”", of="统计表中的哪一格")
    supervisor.fill("意见", "请核对是否漏计12月的处罚决定。").send("确认退回机关修改")
    assert "937" in anyone.open(public).text  # what was published stays until it is corrected

    # the figure is set, which the sentence that states it does not yet say
    clerk.open(path)
    assert "请核对是否漏计12月的处罚决定。" in clerk.text
    clerk.click("统计表")
    clerk.page.locator('[data-cell="proactive.penalties"] a').click()
    clerk.look().fill("改为", "938").fill("更正的原因", "漏计12月31日作出的一件。").click("只改这一格")
    clerk.open(path).click("核对")
    assert "没有妨碍送审的错误" not in clerk.text
    clerk.click("文字").click("全部改为现在的数", exact=False)
    clerk.open(path).click("核对")
    assert "没有妨碍送审的错误" in clerk.text
    take(clerk, "送审")
    for login, step in (("scj-shenhe", "审核通过"), ("scj-lingdao", "批准")):
        take(reader(login).open(path), step)
    take(clerk.open(path), "发布", 这一版更正了什么="表二行政处罚由937件更正为938件。")
    anyone.open(public)
    assert "938" in anyone.text
    assert "表二行政处罚由937件更正为938件。" in anyone.text


def test_the_files_of_an_organ_outside_are_read_confirmed_accepted_and_published(
    reader: Callable[..., Reader], tmp_path: Path
) -> None:
    name = "云岭市望湖区水利局"
    title = f"{name}{YEAR}年政府信息公开工作年度报告"
    example = next(one.report for one in organs() if one.key == "district_market")
    report = replace(
        example, organ=name, year=YEAR, title=title, sections={"overview": "（一）主动公开\n公开水利工程建设信息。"}
    )
    (tmp_path / "水利局.docx").write_bytes(write(report, "docx"))
    (tmp_path / "会议通知.txt").write_text("关于召开会议的通知\n请各单位参加。\n", "utf-8")

    clerk = reader("qfb-jingban")
    clerk.open("/office/").click("接收报告").click(f"接收{YEAR}年度的报告")
    clerk.page.locator("input[type=file]").set_input_files([tmp_path / "水利局.docx", tmp_path / "会议通知.txt"])
    clerk.click("上传并读取")
    clerk.page.wait_for_function("document.body.innerText.includes('全部接收')", timeout=60_000)
    clerk.look()
    assert "不是年度报告" in clerk.text
    clerk.click("水利局.docx", exact=False).click("确认接收")
    assert "接收的结果" in clerk.text

    path, public = f"/office/filings/YLWH-007/{YEAR}/", f"/reports/YLWH-007/{YEAR}/"
    anyone = reader(scripts=False)
    assert anyone.page.request.get(anyone.site.address + public).status == 404
    take(reader("jiandu").open(path), "审核通过")
    take(clerk.open(path), "发布")
    assert "公开水利工程建设信息。" in anyone.open(public).text


def test_the_government_adds_up_what_its_organs_have_filed(reader: Callable[..., Reader]) -> None:
    clerk = reader("qfb-jingban")
    clerk.open("/office/").click("年度报告")
    own = clerk.page.locator("section").filter(
        has=clerk.page.get_by_role("heading", name="云岭市望湖区人民政府", exact=True)
    )
    own.get_by_role("button", name=f"编制{YEAR}年度报告").click()
    clerk.look().click("统计表")
    clerk.page.locator('[data-cell="applications.received.total"] a').click()
    clerk.look()
    assert "云岭市望湖区市场监督管理局" in clerk.text

    supervisor = reader("jiandu")
    supervisor.open(f"/office/supervision/YLWH-000/{YEAR}/rollup/")
    assert "云岭市望湖区教育局" in supervisor.text  # has not filed
    supervisor.open(f"/office/supervision/YLWH-000/{YEAR}/likeness/")
