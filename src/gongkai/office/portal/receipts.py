"""The receipt (回执) of an application sent online: as a page, as text and as PDF, all from the same lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from ..cases.presenting import chinese_day
from ..cases.record import Registered
from ..organs.models import Organ
from ..organs.queries import name_on
from .online import OnlineForm

NEXT = (
    "网上提交的申请，以双方确认之日为收到申请之日（政府信息公开条例第三十一条第（三）项）。机关会按您留的联系方式与您确认，请保持畅通。",
    "自收到之日的第二天起，20 个工作日内答复；需要延长的，最多再延长 20 个工作日，并会告知您（第三十三条）。",
    "内容不明确的，机关自收到之日起 7 个工作日内一次性通知您补正（第三十条）。",
    "用登记编号和查询码可以在本网站“查询进度”中查看、补正、撤回，下载网上送达的答复。",
)
NEXT_RECTIFICATION = (
    "机关有权更正、审核属实的，予以更正并告知您；不属于它职能范围的，转送有权更正的机关并告知您，或者告知您向有权更正的机关提出（政府信息公开条例第四十一条）。",
    "用登记编号和查询码可以在本网站“查询进度”中查看办理情况。",
)


def receipt_of(form: OnlineForm, organ: Organ, made: Registered, description: str, day: date) -> dict[str, Any]:
    """The receipt as plain values, as the draft keeps it for a while."""
    return {
        "title": f"{form.title}回执",
        "number": made.case.number,
        "code": made.query_code,
        "lines": [
            ["受理机关", name_on(organ, day)],
            ["登记编号", made.case.number],
            ["查询码", made.query_code],
            ["提交日期", chinese_day(day)],
            ["申请内容", description],
            *([["联系电话", organ.telephone]] if organ.telephone else []),
            *([["办公地址", organ.address]] if organ.address else []),
        ],
        "next": list(NEXT_RECTIFICATION if form.key == "rectification" else NEXT),
    }


def as_text(receipt: Mapping[str, Any]) -> bytes:
    """The receipt as a text file, for any device."""
    lines = [str(receipt["title"]), "", *(f"{label}：{value}" for label, value in receipt["lines"]), "", "接下来："]
    lines += [f"{number}. {sentence}" for number, sentence in enumerate(receipt["next"], 1)]
    lines += ["", "请妥善保存登记编号和查询码：查询码只显示这一次，遗失的要持有效证件向受理机关重新领取。"]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def as_pdf(receipt: Mapping[str, Any]) -> bytes:
    """The receipt as a tagged PDF."""
    import typst

    template = files(__package__).joinpath("receipt.typ").read_bytes()
    inputs = {"receipt": json.dumps(receipt, ensure_ascii=False)}
    made: bytes = typst.compile(template, format="pdf", sys_inputs=inputs)
    return made
