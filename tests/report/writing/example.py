"""A report to write, with one figure of every kind; tests state only what they change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.report import Report, load_form

ORGAN = "青澜市云栖岭区水利局"


def make_report(edition: str = "2021", **changes: Any) -> Report:
    """A complete report with zeros, but for a count, an amount, a blank cell and a mark."""
    year = 2024 if edition == "2021" else 2020
    values = dict.fromkeys(load_form(edition).cells, 0)
    fees = "proactive.fees" if edition == "2021" else "proactive.procurement.amount"
    report: dict[str, Any] = {
        "organ": ORGAN,
        "year": year,
        "edition": edition,
        "title": f"{ORGAN}{year}年政府信息公开工作年度报告",
        "introduction": "本报告依照条例编制。\n数据统计期限为全年。",
        "values": {
            **values,
            "applications.received.natural_person": 128,
            fees: Decimal("1234.50"),
            "remedies.reconsideration.upheld": None,
            "remedies.reconsideration.other": None,
        },
        "marks": {"remedies.reconsideration.other": "/"},
        "sections": {
            "overview": "全年工作平稳。\n（一）主动公开\n公开信息 < 12 条 & 更新目录。\n（二）依申请公开。办理按期。",
            "problems": "人手不足。",
            "other_matters": "没有收取信息处理费。",
        },
    }
    return Report(**{**report, **changes})
