"""The public site at a telephone without JavaScript: apply, look it up, be asked for more, check a published report."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.examples.make import make_examples

from .seeing import Reader

WANTED = "青溪街道社区食堂2026年运营补贴的发放标准"


def test_somebody_applies_is_asked_for_more_and_answers_without_scripts(reader: Callable[..., Reader]) -> None:
    applicant = reader(width=390, scripts=False)
    applicant.open("/").click("网上申请", exact=False).click("云岭市望湖区商务局", exact=False)
    applicant.click("下一步：核对")
    assert "请填写" in applicant.text or "请选择" in applicant.text  # nothing is sent that lacks what the law asks for

    applicant.choose("自然人").fill("姓名或者名称", "柳如眉").choose("居民身份证", of="证件种类").fill(
        "证件号码", "990101198001016635"
    )
    applicant.fill("联系电话", "19900006633").fill("电子邮箱", "liu@example.cn").fill("所需信息", WANTED)
    applicant.choose("电子数据").choose("网上查看、下载").click("下一步：核对")
    assert WANTED in applicant.text and "柳如眉" in applicant.text
    applicant.click("提交")
    number, code = receipt(applicant)

    clerk = reader("swj-jingban")
    path = f"/office/cases/YLWH-003/{number}/"
    clerk.open(path).click("登记收到确认").choose("电话确认", of="确认方式").send("登记收到确认")
    clerk.click("告知补正").fill("需要补正的事项", "请写明社区的名称。").send("告知补正")

    later = reader(width=390, scripts=False)
    later.open("/status/").fill("登记编号", number).fill("查询码", code)
    organs = later.page.locator("select")
    if organs.count():
        organs.first.select_option(label="云岭市望湖区商务局")
    later.click("查询")
    assert "请写明社区的名称" in later.text
    later.click("补正", exact=False).fill("补正后", f"{WANTED}，青溪社区").click("提交补正", exact=False)
    clerk.open(path)
    assert "青溪社区" in clerk.text and "已收到补正" in clerk.text


def receipt(applicant: Reader) -> tuple[str, str]:
    """Number and query code on the page after sending."""
    number = re.search(r"\d{4}-\d{4}", applicant.text)
    code = re.search(r"查询码\s*([0-9A-Z]{10})", applicant.text)
    assert number and code, applicant.text
    return number[0], code[1]


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_published_report_is_checked_repaired_and_downloaded(
    width: int, scripts: bool, reader: Callable[..., Reader], tmp_path: Path
) -> None:
    published = make_examples(tmp_path).published
    wrong = next(path for path in published if "望湖区人民政府办公室" in str(path))
    citizen = reader(width=width, scripts=scripts)
    citizen.open("/check/")
    citizen.page.locator("input[type=file]").first.set_input_files(wrong)
    citizen.click("开始核对", exact=False)
    for _ in range(20):
        if "应为" in citizen.text:
            break
        citizen.page.wait_for_timeout(500)
        citizen.page.reload()
    assert "原 13" in " ".join(citizen.text.split()) and "应为" in citizen.text
    citizen.choose("Word 文档")
    with citizen.page.expect_download() as download:
        citizen.page.get_by_role("button", name="下载改正稿").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
