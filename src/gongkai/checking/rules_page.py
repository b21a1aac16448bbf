"""The page of rules, made from the register: ``python -m gongkai.checking.rules_page > docs/rules.md``."""

from __future__ import annotations

from typing import get_args

from ..report.finding import SEVERITY_NAMES
from . import RULES
from .rules import Family, Rule

_FAMILIES: dict[Family, str] = {
    "identity": "勾稽关系",
    "form": "格式与填报",
    "structure": "结构",
    "narrative": "正文与表格",
    "previous": "与上年报告比较",
    "text": "文字",
    "sections": "第五、第六部分",
    "personal": "个人信息",
}

_HEAD = """# 核对规则

本页由程序内登记的规则生成（`python -m gongkai.checking.rules_page > docs/rules.md`），请勿手工修改。

每条规则有固定的代码。程度分三级：**错误**，可以确定与格式或者法律不符；**提醒**，很可能有误，请核对；
**提示**，供参考。“最高程度”是一条规则可能给出的最高一级。
"""


def rules_page() -> str:
    """The page as Markdown: a table a family, its rules in the order in which they are registered."""
    parts = [_HEAD]
    for family in get_args(Family):
        rules = [rule for rule in RULES.values() if rule.family == family]
        if rules:
            parts.append(f"## {_FAMILIES[family]}\n\n{_table(rules)}\n")
    return "\n".join(parts)


def _table(rules: list[Rule]) -> str:
    lines = ["| 代码 | 最高程度 | 规则 | 依据 |", "| --- | --- | --- | --- |"]
    lines += [f"| `{r.code}` | {SEVERITY_NAMES[r.severity]} | {_cell(r.summary)} | {_cell(r.basis)} |" for r in rules]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    print(rules_page(), end="")
