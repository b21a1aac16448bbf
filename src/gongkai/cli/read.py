"""``gongkai read``: documents to JSON objects, one for each, in order."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from .parser import Parser, add_paths

if TYPE_CHECKING:
    from ..reading import Evidence
    from ..reading.stated import Stated
    from .examining import Outcome


def declare(parser: Parser) -> None:
    """Its options."""
    add_paths(parser)
    parser.add_argument("--jsonl", action="store_true", help="每份报告输出一行 JSON；不加此项时分行缩进，便于阅读")
    parser.add_argument(
        "--evidence", action="store_true", help="同时输出每个数据在文件中的位置和原文，以及正文中写到的数据"
    )
    parser.epilog = "退出状态：0 全部读取为年度报告；1 有文件不能读取，或者不是年度报告；2 命令有误。"


def run(options: Namespace) -> int:
    """Print an object for every document. 1 where one of them was not read as a report."""
    from ..report.writing import dumps
    from .examining import examine_all
    from .sources import sources
    from .terminal import with_progress

    all_read = True
    for outcome in with_progress(examine_all(sources(options.paths))):
        all_read &= outcome.read
        print(dumps(as_object(outcome, options.evidence), indent=None if options.jsonl else 1), flush=True)
    return 0 if all_read else 1


def as_object(outcome: Outcome, evidence: bool = False) -> dict[str, Any]:
    """The contract's object of a document."""
    from ..report.writing import to_json

    result = to_json(outcome.report, outcome.findings, outcome.path)
    if evidence:
        from ..reading.narrative import stated_figures

        result["evidence"] = {cell: _seen(seen) for cell, seen in outcome.reading.evidence.items()}
        result["stated"] = [_stated(figure) for figure in stated_figures(outcome.report)]
    return result


def _seen(evidence: Evidence) -> Mapping[str, Any]:
    places = {item.name: getattr(evidence, item.name) for item in fields(evidence)}
    return {name: place for name, place in places.items() if place is not None}


def _stated(figure: Stated) -> Mapping[str, Any]:
    return {
        "sentence": figure.sentence,
        "what": figure.what,
        "cells": figure.cells,
        "value": figure.value,
        "approximate": figure.approximate,
        "unit": figure.unit,
    }
