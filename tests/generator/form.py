"""What the two editions of the statutory form print, typed by hand (国办公开办函〔2021〕30号, 〔2019〕60号).

On purpose not taken from the edition files of ``gongkai.report``: this is the independent witness against which they
are tested. Only the official wording stands here; what publications make of it is the business of ``dress``.
"""

from __future__ import annotations

from typing import NamedTuple


class ResultRow(NamedTuple):
    """A row of table 三: key, the group over it ("" for none), printed label, and whether it is a 办理结果."""

    key: str
    group: str
    label: str
    result: bool = True


class Strip(NamedTuple):
    """A strip of table 二: its heading, the column heads, and the rows, each a label with one key a column."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


SECTIONS = {
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "remedies": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other_matters": "其他需要报告的事项",
}
PROBLEMS_2019 = "政府信息公开工作存在的主要问题及改进情况"
NUMERALS = "一二三四五六七八九十"
PARTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")

APPLICANTS = {
    "natural_person": "自然人",
    "enterprise": "商业企业",
    "research": "科研机构",
    "public_welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_organisation": "其他",
    "total": "总计",
}
PARTIES = tuple(APPLICANTS)[:-1]
ORGANISATIONS = "法人或其他组织"
APPLICANTS_HEAD = "申请人情况"
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"

WITHHELD, UNAVAILABLE, DECLINED, OTHERWISE = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"

_FIRST = (
    ResultRow("received", "", "一、本年新收政府信息公开申请数量", False),
    ResultRow("carried_in", "", "二、上年结转政府信息公开申请数量", False),
)
_COMMON = (
    ResultRow("disclosed", "", "（一）予以公开"),
    ResultRow("partly_disclosed", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ResultRow("withheld_state_secret", WITHHELD, "1.属于国家秘密"),
    ResultRow("withheld_other_law", WITHHELD, "2.其他法律行政法规禁止公开"),
    ResultRow("withheld_stability", WITHHELD, "3.危及“三安全一稳定”"),
    ResultRow("withheld_third_party", WITHHELD, "4.保护第三方合法权益"),
    ResultRow("withheld_internal", WITHHELD, "5.属于三类内部事务信息"),
    ResultRow("withheld_deliberative", WITHHELD, "6.属于四类过程性信息"),
    ResultRow("withheld_enforcement_file", WITHHELD, "7.属于行政执法案卷"),
    ResultRow("withheld_inquiry", WITHHELD, "8.属于行政查询事项"),
    ResultRow("unavailable_not_held", UNAVAILABLE, "1.本机关不掌握相关政府信息"),
    ResultRow("unavailable_needs_creation", UNAVAILABLE, "2.没有现成信息需要另行制作"),
    ResultRow("unavailable_unclear", UNAVAILABLE, "3.补正后申请内容仍不明确"),
    ResultRow("declined_petition", DECLINED, "1.信访举报投诉类申请"),
    ResultRow("declined_repeat", DECLINED, "2.重复申请"),
    ResultRow("declined_publication", DECLINED, "3.要求提供公开出版物"),
    ResultRow("declined_abusive", DECLINED, "4.无正当理由大量反复申请"),
    ResultRow("declined_reconfirmation", DECLINED, "5.要求行政机关确认或重新出具已获取信息"),
)
_OTHER_2021 = (
    ResultRow("other_uncorrected", OTHERWISE, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ResultRow(
        "other_fee_unpaid", OTHERWISE, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    ),
    ResultRow("other", OTHERWISE, "3.其他"),
)
_OTHER_ONE = (ResultRow("other", "", OTHERWISE),)
_LAST = (
    ResultRow("total", "", "（七）总计", False),
    ResultRow("carried_over", "", "四、结转下年度继续办理", False),
)
ROWS = {
    "2021": (*_FIRST, *_COMMON, *_OTHER_2021, *_LAST),
    "2019": (*_FIRST, *_COMMON, *_OTHER_ONE, *_LAST),
}
MERGED_ROWS_2021 = (*_FIRST, *_COMMON, *_OTHER_ONE, *_LAST)
"""The rows of a 2021 report that prints （六）其他处理 as a single row, as some do."""

DECISIONS = ("上一年项目数量", "本年增/减", "处理决定数量")


def _three(stem: str, *leaves: str) -> tuple[str, ...]:
    return tuple(f"proactive.{stem}.{leaf}" for leaf in leaves)


_PCD = ("previous", "change", "decisions")
STRIPS = {
    "2021": (
        Strip(
            "第二十条第（一）项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            (
                ("规章", _three("rules", "issued", "repealed", "in_force")),
                ("行政规范性文件", _three("normative_documents", "issued", "repealed", "in_force")),
            ),
        ),
        Strip("第二十条第（五）项", ("本年处理决定数量",), (("行政许可", ("proactive.licences",)),)),
        Strip(
            "第二十条第（六）项",
            ("本年处理决定数量",),
            (("行政处罚", ("proactive.penalties",)), ("行政强制", ("proactive.compulsion",))),
        ),
        Strip("第二十条第（八）项", ("本年收费金额（单位：万元）",), (("行政事业性收费", ("proactive.fees",)),)),
    ),
    "2019": (
        Strip(
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            (
                ("规章", _three("rules", "made", "published", "total")),
                ("规范性文件", _three("normative_documents", "made", "published", "total")),
            ),
        ),
        Strip(
            "第二十条第（五）项",
            DECISIONS,
            (("行政许可", _three("licences", *_PCD)), ("其他对外管理服务事项", _three("other_services", *_PCD))),
        ),
        Strip(
            "第二十条第（六）项",
            DECISIONS,
            (("行政处罚", _three("penalties", *_PCD)), ("行政强制", _three("compulsion", *_PCD))),
        ),
        Strip("第二十条第（八）项", DECISIONS[:2], (("行政事业性收费", _three("fees", "previous", "change")),)),
        Strip(
            "第二十条第（九）项",
            ("采购项目数量", "采购总金额"),
            (("政府集中采购", _three("procurement", "items", "amount")),),
        ),
    ),
}
INFORMATION = "信息内容"

REMEDIES = {
    "reconsideration": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}
LITIGATION = "行政诉讼"
OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
EDITIONS = ("2021", "2019")


def strip_keys(edition: str) -> tuple[str, ...]:
    """The keys of table 二 in printed order."""
    return tuple(key for strip in STRIPS[edition] for _, keys in strip.rows for key in keys)


def remedy_keys() -> tuple[str, ...]:
    """The fifteen keys of table 四 in printed order."""
    return tuple(f"remedies.{group}.{outcome}" for group in REMEDIES for outcome in OUTCOMES)


def application_keys(edition: str) -> tuple[str, ...]:
    """The keys of table 三 in printed order, row by row."""
    return tuple(f"applications.{row.key}.{column}" for row in ROWS[edition] for column in APPLICANTS)


def keys(edition: str) -> tuple[str, ...]:
    """Every cell of the edition: 200 in 2021, 198 in 2019."""
    return strip_keys(edition) + application_keys(edition) + remedy_keys()


def results(edition: str) -> tuple[str, ...]:
    """The rows whose sum is （七）总计."""
    return tuple(row.key for row in ROWS[edition] if row.result)


def is_change(key: str) -> bool:
    """本年增/减: the one kind of cell that may be negative."""
    return key.endswith(".change")


def is_amount(key: str) -> bool:
    """Cells that hold money, and may have decimals."""
    return key in ("proactive.fees", "proactive.procurement.amount")
