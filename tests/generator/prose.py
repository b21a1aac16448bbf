"""The prose of a report, written for the generator: plain official Chinese, with figures from the tables in it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from . import form

Number = int | Decimal


@dataclass
class Written:
    """Introduction, the six sections, and the figures stated, each with the cells whose sum it should be."""

    introduction: str
    sections: dict[str, str]
    facts: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


_INTRODUCTIONS = (
    "本报告依照《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条编制。所列数据的统计期限为{y}年1月1日至{y}年12月31日。",
    "按照《条例》有关规定，现向社会公布{o}{y}年度政府信息公开工作情况。统计时间自{y}年1月1日起，至{y}年12月31日止。"
    "对报告内容有疑问的，可与{o}联系（电话：0000-{t}）。",
    "为保障公众知情权，{o}编制了本年度报告，内容由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
    "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成，数据截至{y}年12月31日。",
    "",
)
_ANONYMOUS = (
    "根据《条例》要求编制本报告，统计期限为{y}年1月1日至{y}年12月31日。",
    "现公布{y}年度政府信息公开工作年度报告，数据的统计期限自{y}年1月1日起至{y}年12月31日止。",
)
_OPENINGS = (
    "{y}年，我单位围绕中心任务推进政府信息公开，健全工作机制，压实公开责任，各项任务按期完成。",
    "一年来，我们坚持应公开尽公开，把公开贯穿决策、执行、管理、服务和结果全过程，较好完成了年度任务。",
    "{y}年，全体工作人员认真学习《条例》，规范公开流程，公开的时效和质量都有提高。",
)
_PROACTIVE = (
    "全年主动公开信息{n}条，其中门户网站{a}条，政务新媒体{b}条。",
    "{y}年累计发布各类信息{n}条，内容涉及财政预决算、民生保障和行政执法等方面。",
    "围绕群众关心的事项及时更新栏目，做到内容准确、查找方便。",
)
_MANAGEMENT = (
    "严格执行信息发布前的保密审查和三级审核，定期清理失效文件，确保信息权威准确。",
    "修订完善信息公开目录，明确每一栏目的责任科室和更新时限。",
)
_PLATFORM = (
    "做好公开专栏的日常维护，优化检索功能，全年没有发生信息安全事故。",
    "依托本级门户网站集中发布信息，新媒体账号做到专人管理、先审后发。",
)
_SUPERVISION = (
    "将公开工作列入年度考核，组织业务培训{k}次，参训{n}人次，没有发生责任追究情形。",
    "明确分管负责人为第一责任人，畅通监督渠道，接受社会评议。",
)
_PROBLEMS = (
    "一年来虽然取得一些成绩，但仍有不足：一是公开内容不够丰富，二是解读形式比较单一，三是工作人员业务能力有待加强。",
    "主要问题是部分栏目更新不够及时，依申请公开答复的规范程度还需提高。",
)
_REMEDIES_TO_COME = (
    "下一步，我们将加强学习培训，细化公开标准，丰富解读方式，把各项要求落到实处。",
    "今后将完善内部协作机制，对重点领域逐项梳理，提高答复文书的质量。\n同时加大督促检查力度，发现问题立即整改。",
)
_OTHER_MATTERS = (
    "本年度没有收取信息处理费，无其他需要报告的事项。",
    "无。",
    "按照《政府信息公开信息处理费管理办法》，{y}年未发出收费通知，收取信息处理费0元。",
)


def anonymous_introduction(rng: random.Random, year: int) -> str:
    """An introduction that names the year and not the organ, for reports printed without a title."""
    return rng.choice(_ANONYMOUS).format(y=year)


def write(rng: random.Random, organ: str, year: int, edition: str, values: Mapping[str, Number | None]) -> Written:
    """Prose for a report. Figures of the tables are stated as printed, now and then wrongly, as offices do."""
    written = Written("", {})
    fill = {"y": year, "o": organ, "t": rng.randint(1_000_000, 9_999_999), "k": rng.randint(1, 9)}
    web, media = rng.randint(3, 900), rng.randint(3, 900)
    fill |= {"a": web, "b": media, "n": web + media}
    parts = (
        rng.choice(_PROACTIVE).format(**fill) + _documents(rng, values, written),
        _requests(rng, values, written),
        rng.choice(_MANAGEMENT),
        rng.choice(_PLATFORM),
        rng.choice(_SUPERVISION).format(**fill),
    )
    opening = rng.choice(_OPENINGS).format(**fill)
    style = rng.randrange(4)
    if style == 0:
        overview = [opening, "".join(parts)]
    elif style == 1:
        overview = [opening] + [
            f"（{n}）{name}。{text}" for n, name, text in zip("一二三四五", form.PARTS, parts, strict=True)
        ]
    else:
        ending = rng.choice(("", "情况", "方面"))
        overview = [] if style == 2 else [opening]
        for numeral, name, text in zip("一二三四五", form.PARTS, parts, strict=True):
            overview += [f"（{numeral}）{name}{ending}", text]
    problems = rng.choice(_PROBLEMS) + "\n" + rng.choice(_REMEDIES_TO_COME)
    written.introduction = rng.choice(_INTRODUCTIONS).format(**fill)
    written.sections = {
        "overview": "\n".join(overview),
        "proactive": "",
        "applications": "",
        "remedies": "",
        "problems": problems,
        "other_matters": rng.choice(_OTHER_MATTERS).format(**fill),
    }
    return written


def _state(
    rng: random.Random, values: Mapping[str, Number | None], written: Written, template: str, **cells: tuple[str, ...]
) -> str:
    """A sentence with the sums of some cells, noted as facts; one in twenty figures is stated wrongly."""
    stated = {}
    for name, keys in cells.items():
        total = sum(int(values[key] or 0) for key in keys)
        stated[name] = total + rng.randint(1, 3) if rng.random() < 0.05 else total
        written.facts.append((stated[name], keys))
    return template.format(**stated)


def _documents(rng: random.Random, values: Mapping[str, Number | None], written: Written) -> str:
    cell = "proactive.normative_documents.issued"
    if values.get(cell) is None or rng.random() < 0.5:
        return ""
    return _state(rng, values, written, "本年制发行政规范性文件{n}件。", n=(cell,))


def _requests(rng: random.Random, values: Mapping[str, Number | None], written: Written) -> str:
    received, carried, answered, left = (
        (f"applications.{row}.total",) for row in ("received", "carried_in", "total", "carried_over")
    )
    figures = [values.get(cell) for (cell,) in (received, carried, answered, left)]
    if any(figure is None for figure in figures):
        return "依法做好申请的登记、审核、办理、答复和归档工作。"
    if not any(figures):
        written.facts.append((0, received))
        return rng.choice(("本年度未收到政府信息公开申请。", "全年没有收到公民、法人或者其他组织提出的公开申请。"))
    match rng.randrange(3):
        case 0:
            template = "全年新收政府信息公开申请{r}件，上年结转{c}件，办结{a}件，结转下年度{l}件。"
            return _state(rng, values, written, template, r=received, c=carried, a=answered, l=left)
        case 1:
            template = "共受理公开申请{b}件（含上年结转{c}件），答复{a}件，其余{l}件下年办理。"
            return _state(rng, values, written, template, b=received + carried, c=carried, a=answered, l=left)
        case _:
            return _state(rng, values, written, "收到政府信息公开申请{r}件，均依法处理。", r=received)
