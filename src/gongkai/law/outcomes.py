"""What the law lets an office choose from, tied to the rows and columns of the statutory form.

办理结果 and 申请人类型 (表三), 行政复议、行政诉讼 and their results (表四), kinds of documents and of decisions (表二),
and the channels by which an application may come (政府信息公开条例第三十一条).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..report.form import Block, CellKey, Column, Form, Row, Stock, editions, load_form
from ..report.wording import numbering, unnumbered
from .terms import LawError, Term, Vocabulary, plain_term, read_records


@cache
def newest_form() -> Form:
    """The form in force: the newest edition there is a file for."""
    return load_form(editions()[-1])


@cache
def outcomes() -> Vocabulary:
    """办理结果: every result row of 表三, as a list shows it: ``（三）不予公开：1.属于国家秘密``."""
    table = newest_form().table("applications")
    records = {record["code"]: record for record in read_records("outcomes.toml", "terms")["terms"]}
    rows = {row.key: row for block in table.blocks for row in block.rows if row.result}
    _same_keys("outcomes.toml", records, rows)

    def term(row: Row) -> Term:
        group = table.group(row.group)
        label = records[row.key].get("label", unnumbered(row.label))
        numbered = numbering(row.label) + label
        inner = group.parent != ""  # 三、本年度办理结果 itself is no group to choose by
        return _from_form(
            records[row.key],
            label=label,
            listed=f"{group.label}：{numbered}" if inner else numbered,
            group=group.label if inner else "",
            article=row.article,
            printed=(row.label, unnumbered(row.label), *row.variants),
        )

    return Vocabulary("outcome", "办理结果", tuple(map(term, rows.values())))


def outcome_row(code: str, form: Form) -> str:
    """The row of 表三 in which an edition counts this outcome: its own, or the one it falls back to."""
    keys = {row.key for block in form.table("applications").blocks for row in block.rows}
    if code in keys:
        return code
    fallback = outcomes()[code].fallback
    if fallback not in keys:
        raise LawError(f"{form.edition} 版格式没有“{code}”这一行，也没有可以代替的行。")
    return fallback


@cache
def applicant_kinds() -> Vocabulary:
    """申请人类型: the columns of 表三 other than 总计."""
    table = newest_form().table("applications")
    records = {record["code"]: record for record in read_records("applicants.toml", "terms")["terms"]}
    columns = {column.key: column for block in table.blocks for column in block.columns if not column.total}
    _same_keys("applicants.toml", records, columns)

    def term(column: Column) -> Term:
        label = records[column.key].get("label", column.heading)
        return _from_form(
            records[column.key],
            label=label,
            listed=label,
            group=table.group(column.group).label if column.group else "",
            article="",
            printed=(column.heading, *column.variants),
        )

    return Vocabulary("applicant", "申请人类型", tuple(map(term, columns.values())))


@cache
def remedy_kinds() -> Vocabulary:
    """复议诉讼类型: the three groups of 表四."""
    table = newest_form().table("remedies")
    records = {record["code"]: record for record in read_records("remedies.toml", "kinds", "results")["kinds"]}
    rows = {row.key: row for block in table.blocks for row in block.rows}
    _same_keys("remedies.toml", records, rows)

    def term(row: Row) -> Term:
        group = table.group(row.group).label if row.group else ""
        return _from_form(
            records[row.key],
            label=row.label,
            listed=f"{group}：{row.label}" if group else row.label,
            group=group,
            article=row.article,
            printed=row.variants,
        )

    return Vocabulary("remedy", "复议诉讼类型", tuple(map(term, rows.values())))


@cache
def remedy_results() -> Vocabulary:
    """审理结果: the columns of 表四 other than 总计."""
    table = newest_form().table("remedies")
    records = {record["code"]: record for record in read_records("remedies.toml", "kinds", "results")["results"]}
    columns = {column.key: column for block in table.blocks for column in block.columns if not column.total}
    _same_keys("remedies.toml", records, columns)

    def term(column: Column) -> Term:
        label = records[column.key].get("label", column.heading)
        return _from_form(records[column.key], label=label, listed=label, printed=(column.heading, *column.variants))

    return Vocabulary("remedy_result", "审理结果", tuple(map(term, columns.values())))


@cache
def document_kinds() -> Vocabulary:
    """文件类别: the rows of 表二 that count what is in force (规章、行政规范性文件)."""
    block, _ = _documents()
    return Vocabulary("document", "文件类别", tuple(_row_term(row, block.article) for row in block.rows))


@cache
def document_figures() -> tuple[Column, Column, Column]:
    """The figures of such a row: 本年制发、本年废止、现行有效, as the form heads them."""
    block, stock = _documents()
    columns = {column.key: column for column in block.columns}
    return columns[stock.adds], columns[stock.removes], columns[stock.of]


def _documents() -> tuple[Block, Stock]:
    return next((block, block.stock) for block in newest_form().table("proactive").blocks if block.stock)


@cache
def decision_kinds() -> Vocabulary:
    """The rows of 表二 with one figure each: 行政许可、行政处罚、行政强制 decided, 行政事业性收费 collected."""
    blocks = [block for block in newest_form().table("proactive").blocks if len(block.columns) == 1]
    return Vocabulary(
        "decision", "处理决定和收费", tuple(_row_term(row, block.article) for block in blocks for row in block.rows)
    )


def decision_cell(code: str, form: Form) -> CellKey | None:
    """The cell of an edition that holds the year's figure of a kind of decision, None where it has none."""
    return next((key for key in (f"proactive.{code}", f"proactive.{code}.decisions") if key in form.cells), None)


@cache
def channels() -> Vocabulary:
    """收到申请的渠道, with the day that counts as the day of receipt (政府信息公开条例第三十一条)."""
    return Vocabulary("channel", "申请渠道", tuple(map(plain_term, read_records("channels.toml", "terms")["terms"])))


def _row_term(row: Row, article: str) -> Term:
    return Term(row.key, row.label, row.label, article=article, variants=row.variants)


def _from_form(
    record: Mapping[str, Any],
    *,
    label: str,
    listed: str,
    group: str = "",
    article: str = "",
    printed: tuple[str, ...] = (),
) -> Term:
    """A term whose wording is the form's; what the form prints is one of its variants."""
    return Term(
        code=record["code"],
        label=label,
        listed=listed,
        group=group,
        article=article,
        note=record.get("note", ""),
        variants=(*printed, *record.get("variants", ())),
        fallback=record.get("fallback", ""),
    )


def _same_keys(source: str, records: Mapping[str, Any], form: Mapping[str, Any]) -> None:
    if missing := form.keys() - records.keys():
        raise LawError(f"{source}：缺少表格中的 {'、'.join(sorted(missing))}。")
    if unknown := records.keys() - form.keys():
        raise LawError(f"{source}：表格中没有 {'、'.join(sorted(unknown))}。")
