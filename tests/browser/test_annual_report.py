"""An annual report's way at the screens: from the records to the public; returned and corrected; from a file; added up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
    clerk.fill("研究部署信息公开工作的会议（次）", "2").fill("研究部署信息公开工作的会议（次）：说明", "3月、9月各一次").click("保存")

    # compiled from the records: every figure opens what it counts
    clerk.click("年度报告")
    own = clerk.page.locator("section").filter(has=clerk.page.get_by_role("heading", name="云岭市望湖区人民政府办公室", exact=True))
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
