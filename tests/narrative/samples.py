"""A composed report with its ties, for tests of what happens to them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gongkai.narrative import Facts, Medium, Shortcoming, compose

from ..ledger.builders import application, compiled

FACTS = Facts(
    {
        "contact_office": "局办公室",
        "contact_phone": "0571-12345678",
        "interpretations": 21,
        "press_conferences": 4,
        "on_time": 3,
        "average_days": Decimal("6.5"),
        "reviews": 245,
        "proactive_text": "重点公开供水水质监测结果。",
        "meetings": 5,
        "trainings": 7,
        "trained": 130,
        "fee_notices": 1,
        "processing_fee": 400,
    },
    (Medium("website", 512, "水利局网站", 9000), Medium("wechat", 88, reads=1200)),
    (
        Shortcoming("政策解读形式单一", "发布图解10期", True),
        Shortcoming("栏目更新不及时", "每季度检查一次更新情况"),
    ),
)

FIGURES = compiled(
    applications=[
        *(application(f"a{n}", date(2025, 1, 2), finished=date(2025, 1, 9), outcome="disclosed") for n in range(11)),
        *(
            application(f"b{n}", date(2025, 2, 2), finished=date(2025, 2, 9), outcome="withheld_internal")
            for n in range(6)
        ),
        application("c", date(2024, 12, 2), finished=date(2025, 1, 9), outcome="other"),
        application("d", date(2025, 12, 22)),
        application("e", date(2025, 12, 23)),
    ],
    documents=[{"title": "甲办法", "kind": "normative_documents", "issued": date(2025, 3, 1)}],
    decisions=[{"period": "全年", "licences": 1263, "penalties": 37, "fees": Decimal("1.25")}],
    remedies=[{"kind": "reconsideration", "begun": date(2025, 3, 1)}],
).report


def report_and_ties():
    """The report with its composed text, and the ties of the text."""
    told = compose(FIGURES, FACTS)
    return replace(FIGURES, introduction=told.introduction, sections=told.sections), told.ties
