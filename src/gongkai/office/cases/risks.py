"""What a reviewer should weigh before a decision goes out (风险提示): facts of the case beside the rule they touch. Advice, no bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.case.grounds import decisions

from .desk import Desk
from .presenting import NEAR


@dataclass(frozen=True, slots=True)
class Risk:
    """A sentence and its article. ``serious``: a decision is likely not to stand."""

    message: str
    article: str
    serious: bool = False


def risks_of(one: Desk) -> list[Risk]:
    """The risks of the newest draft."""
    return [*_time(one), *_reasons(one), *_search(one), *_consultations(one)]


def _time(one: Desk) -> Iterator[Risk]:
    days = one.clock.working_days_left
    article = "政府信息公开条例第三十三条"
    if one.clock.answered_late is None and days is not None and days < 0:
        yield Risk(f"答复期限已过{-days}个工作日，请尽快制发并准备说明。", article, serious=True)
    elif days is not None and days <= NEAR:
        yield Risk(f"距答复期限还剩{days}个工作日，要留出制发和送达的时间。", article)


def _reasons(one: Desk) -> Iterator[Risk]:
    drafted = one.last("drafted")
    if drafted is None:
        return
    decision = decisions()[drafted.data["outcome"]]
    if decision.refuses and not drafted.data.get("reasons", "").strip():
        yield Risk("不予公开、无法提供、不予处理的，应当说明理由，文稿没有写。", "政府信息公开条例第三十六条", serious=True)
    if decision.refuses and not drafted.data.get("grounds"):
        yield Risk("文稿没有选定依据。", "政府信息公开条例第三十六条", serious=True)
    grounds = set(drafted.data.get("grounds", ()))
    if grounds & {"personnel", "logistics", "workflow", "discussion", "draft", "exchange", "submission", "enforcement_file"}:
        yield Risk("这是可以不公开，不是应当不公开：请核对法律、法规、规章有没有规定应当公开。", "政府信息公开条例第十六条")
    if drafted.data["outcome"].startswith("withheld") and drafted.data["outcome"] != "withheld_inquiry":
        yield Risk("请核对能否区分处理，只对不宜公开的部分不予公开。", "政府信息公开条例第三十七条")


def _search(one: Desk) -> Iterator[Risk]:
    drafted = one.last("drafted")
    if not drafted or "not_held" not in drafted.data.get("grounds", ()):
        return
    if not any(row.data.get("search_places") for row in one.rows if row.kind == "finding_returned"):
        yield Risk("答复信息不存在，但是没有检索记录。", "政府信息公开条例第三十六条第（四）项", serious=True)


def _consultations(one: Desk) -> Iterator[Risk]:
    drafted = one.last("drafted")
    private = {"trade_secret", "privacy", "third_party"} & set(drafted.data.get("grounds", ()) if drafted else ())
    if private and not any(each.whom == "third_party" for each in one.state.consultations):
        yield Risk("以第三方合法权益为依据，但是没有书面征求第三方意见。", "政府信息公开条例第十五条、第三十二条")
    discloses = bool(drafted and decisions()[drafted.data["outcome"]].discloses)
    for each in one.state.consultations:
        if not each.answered_on:
            yield Risk(f"{each.name}还没有答复征求的意见。", "政府信息公开条例第三十二条、第三十四条")
        elif discloses and each.whom == "third_party" and each.opinion in ("object", "partly"):
            message = f"{each.name}不同意公开：决定公开的，要有公共利益的理由，并书面告知其内容和理由。"
            yield Risk(message, "政府信息公开条例第三十二条", serious=True)
