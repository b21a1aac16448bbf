"""Blank sheets (空白表样) of the registers: what a filled-in one holds is imported without a question asked."""

from __future__ import annotations

from datetime import date

from gongkai.law import document_kinds
from gongkai.law.terms import Term, Vocabulary
from gongkai.ledger import blank_register
from gongkai.ledger.columns import ledger_sheet

from ..organs.models import Division, Organ
from .documents import kinds_of

_HOW = {
    "documents": "一件文件填一行，现行有效的和本年废止的都要登记。深色表头的列必须填写；“类别”从列表中选择；"
    "日期写成 2025-03-01 的样子，没有的留空。表头不要改动，填好后在本系统“导入”页上传。",
    "decisions": "一个期间一个承办机构填一行，期间不要重叠；没有分机构的，“承办机构”留空。深色表头的列必须填写；期间写成"
    " {year}年3月、第一季度、上半年或者全年的样子；没有发生的填 0，没有数字的留空。表头不要改动，填好后在本系统“导入”页上传。",
}


def blank_sheet(organ: Organ, register: str, year: int) -> tuple[str, bytes]:
    """File name and bytes (XLSX) of a register's blank sheet, with what the organ may choose. ``year``: of figures."""
    sheet = ledger_sheet(register)
    of_year = f"{year}年" if register == "decisions" else ""
    name = f"{of_year}{sheet.name}空白表样.xlsx"
    return name, blank_register(register, _HOW[register].format(year=year), _lists(organ, register, year))


def _lists(organ: Organ, register: str, year: int) -> dict[str, Vocabulary]:
    """The kinds of documents that the organ may make; its divisions in the year."""
    if register == "documents":
        kinds, allowed = document_kinds(), {code for code, _ in kinds_of(organ)}
        return {"kind": Vocabulary(kinds.key, kinds.name, tuple(one for one in kinds.terms if one.code in allowed))}
    there = organ.divisions.filter(Division.between(date(year, 1, 1), date(year, 12, 31))).order_by("pk")
    names = dict.fromkeys(one.name for one in there)
    column = ledger_sheet(register).column("division")
    terms = tuple(Term(name, name, name) for name in names)
    return {column.key: Vocabulary(column.key, column.head, terms)} if terms else {}
