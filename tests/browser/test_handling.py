"""One letter's way through an office, at the screens: registered, corrected, consulted about, extended, answered in part, counted."""

from __future__ import annotations

import re
from collections.abc import Callable

from .seeing import Reader

INFORMATION = "望湖区第三农贸市场改造项目的中标合同和施工单位联系方式"
OFFICE = "/office/cases/YLWH-001/"

STAGES = (("qfb-shenhe", "审核"), ("qfb-fazhi", "法制审核"), ("qfb-baomi", "保密审查"), ("qfb-lingdao", "批准"))
"""Who reviews a partial refusal, in order."""


def register(clerk: Reader) -> str:
    """Register a letter that came by post today; returns its number."""
    clerk.open("/office/").click("收件箱").click("登记申请")
    clerk.choose("邮寄", of="渠道")
    clerk.fill("签收之日", clerk.value("登记之日"))
    clerk.choose("自然人").fill("申请人姓名或者名称", "何清欢").choose("居民身份证", of="证件种类").fill(
        "证件号码", "990101198001015522"
    )
    clerk.fill("联系电话", "19900005522").fill("所需信息的名称", INFORMATION)
    clerk.choose("纸质文本").choose("邮寄", of="获取信息的方式").click("登记")
    if "登记前请看" in clerk.text:  # an earlier run left an application of the same person
        clerk.click("已经核对，登记为新的一件")
    found = re.search(r"/(\d{4}-\d{4})/receipt/", clerk.page.url)
    assert found, clerk.text
    return found[1]


def test_a_letter_goes_from_the_post_to_the_figure_of_table_three(reader: Callable[..., Reader]) -> None:
    clerk, handler, head = reader("qfb-jingban"), reader("qfb-chengban"), reader("qfb-kezhang")
    number = register(clerk)
    path = f"{OFFICE}{number}/"

    # asked for a correction, corrected: twenty fresh working days
    clerk.open(path).click("告知补正").fill("需要补正的事项", "请写明所需合同的标段或者签订年份。").send("告知补正")
    assert "待补正" in clerk.text
    clerk.click("登记补正").fill("补正后的申请内容", f"{INFORMATION}，2026年签订的").send("登记补正")
    assert "还剩20个工作日" in clerk.text

    # routed to a division, which finds it
    clerk.click("分办").choose("秘书科", of="承办科室").fill("要办的事", "请检索合同并说明能否公开。").send("分办")
    handler.open(path).click("反馈检索结果").choose("有申请的信息", of="检索结果")
    handler.fill("意见和理由", "合同可以公开，联系方式属于个人信息。").send("反馈检索结果")

    # a third party is consulted: the clock stands still until its opinion is there
    clerk.open(path).click("征求意见").choose("第三方", of="征求谁的意见").fill("名称", "第三方甲")
    clerk.fill("征求意见的内容", "是否同意公开合同中的联系方式。").fill(
        "对方签收之日", clerk.value("发出征求意见书之日")
    )
    clerk.send("征求意见")
    assert "停止计算" in clerk.text or "征求意见" in clerk.text
    clerk.click("登记意见").choose("不同意公开", of="意见").fill("理由", "联系方式属于个人信息。")
    clerk.choose("是", of="理由是否合理").send("登记意见")

    # extended: asked for, approved by the head, told to the applicant
    clerk.click("申请延长答复期限").fill("延长的工作日数", "10").fill("延长的原因", "合同份数多，需要逐份核对。").send(
        "申请延长答复期限"
    )
    head.open(path).click("同意延长").fill("同意延长的工作日数", "10").send("同意延长")
    clerk.open(path).click("告知延长").send("告知延长")
    assert "还剩30个工作日" in clerk.text

    # answered in part: drafted, reviewed by three, approved, issued
    clerk.click("起草文书").choose("部分公开").click("下一步：起草")
    clerk.choose("提供该政府信息", of="依据").choose("涉及个人隐私", of="依据").fill(
        "理由", "联系方式属于个人隐私，第三方不同意公开。"
    )
    clerk.fill("公开内容", "《望湖区第三农贸市场改造项目施工合同》。").fill(
        "不予公开内容", "合同中施工单位人员的联系电话。"
    )
    clerk.send("保存并送审")
    for login, stage in STAGES:
        reviewer = reader(login, width=390)  # at a telephone
        reviewer.open(path).click(f"审阅、{stage}")
        if stage == "保密审查":
            reviewer.choose("不含国家秘密", of="审查结论")
        reviewer.send(f"{stage}通过")

    # issued, sent, delivered, closed
    clerk.open(path).click("制发决定").send("制发决定")
    clerk.click("送达文书").choose("邮寄", of="送达方式").send("送达文书")
    clerk.click("登记送达").choose("邮政企业的妥投记录", of="凭证种类").send("登记送达")
    clerk.click("办结").send("办结")
    assert "已办结" in clerk.text

    # counted: the figure of table three opens a list that holds it
    clerk.click("统计")
    clerk.page.locator('[data-cell="applications.partly_disclosed.natural_person"] a').click()
    clerk.look()
    assert number in clerk.text
    clerk.click(number)
    assert INFORMATION in clerk.text
