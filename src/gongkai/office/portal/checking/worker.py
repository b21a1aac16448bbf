"""The process in which uploaded reports are read, checked and mended: it knows neither Django nor keys nor the database.

It takes one task as a line of JSON on standard input and answers in lines of JSON on standard output, so that a hostile
file can at worst spoil its own answer.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TextIO

from gongkai.checking import check
from gongkai.cli.examining import NOT_READ, LastYear, Outcome, examine, read_source
from gongkai.cli.read import as_object
from gongkai.cli.repair import mend
from gongkai.cli.sources import Source
from gongkai.cli.told import changed
from gongkai.office.intake.doubts import cells_to_confirm
from gongkai.reading import Evidence, Reading
from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.archive import is_archive, members
from gongkai.reading.formats.office_suite import MOST_MEMORY
from gongkai.report.errors import GongkaiError
from gongkai.report.writing import dumps, read_json, write
from gongkai.report.writing.json import finding_to_dict

PROCESSOR_SECONDS = 1200
"""Processor time of one worker, whatever it is given."""

_PLACES = tuple(one.name for one in fields(Evidence))

MEMBER = "／"
"""Between an archive's name and that of its member."""


def main() -> int:
    """Do the one task that standard input names."""
    answers = _answers()
    _limit()
    task = json.loads(sys.stdin.buffer.readline())
    for answer in _TASKS[task["task"]](task):
        answers.write(dumps(answer) + "\n")
        answers.flush()
    return 0


def _answers() -> TextIO:
    """Standard output for answers alone: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
    os.dup2(2, 1)
    return answers


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _examine(task: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """For each document from number ``skip`` on: that it is begun, then what was found."""
    files = [(one["name"], base64.b64decode(one["data"])) for one in task["files"]]
    last_year = _last_year(task.get("previous"), sure=len(files) == 1)
    documents = [document for name, data in files for document in _documents(name, data)]
    if task.get("previous") and not last_year.reports:
        yield {"remark": "上年的年度报告没有能够读取，本次没有与上年比较。"}
    if len(documents) > task["most"]:
        yield {"remark": f"一次最多核对 {task['most']} 份文件，其余 {len(documents) - task['most']} 份没有核对。"}
        documents = documents[: task["most"]]
    yield from _one_by_one(documents, last_year, task["skip"], seen=bool(task.get("seen")))


def _examples(task: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The project's own examples, as their organs published them, mistakes included."""
    from gongkai.examples.make import make_examples

    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        made = make_examples(Path(folder))
        files = [(path.name, path.read_bytes()) for path in made.published]
    documents = [document for name, data in files for document in _documents(name, data)]
    yield from _one_by_one(documents, LastYear(), task["skip"])


def _one_by_one(
    documents: list[Source], last_year: LastYear, skip: int, *, seen: bool = False
) -> Iterator[Mapping[str, Any]]:
    """``seen``: each document as one text, with where its figures were read and what the reading itself doubts; see `taken_down`."""
    yield {"documents": len(documents)}
    for document in documents[skip:]:
        yield {"begun": document.path}
        outcome = examine(document, last_year)
        yield taken_down(outcome) if seen else {"found": as_object(outcome), "read": outcome.read}


def taken_down(outcome: Outcome) -> dict[str, Any]:
    """``about``: what a list of documents shows of one; ``reading``: all of it as text, which whoever keeps it need not take apart."""
    report = outcome.report
    doubts = [one for one in outcome.reading.findings if one.verdict == "reading"]
    why = next((one.message for one in outcome.findings if one.code in NOT_READ), "")
    about = {
        "organ": report.organ or "",
        "title": report.title or "",
        "year": report.year,
        "edition": report.edition or "",
        "read": outcome.read,
        "trouble": why,
        "errors": sum(one.severity == "error" and one.verdict == "report" for one in outcome.findings),
        "open": len(cells_to_confirm(report, doubts)) if outcome.read else 0,
    }
    told = {
        "found": as_object(outcome),
        "read": outcome.read,
        "seen": {key: _places(one) for key, one in outcome.reading.evidence.items()},
        "doubts": [finding_to_dict(one) for one in doubts],
    }
    return {"about": about, "reading": dumps(told)}


def _places(evidence: Evidence) -> dict[str, Any]:
    places = {name: getattr(evidence, name) for name in _PLACES}
    told = {name: place for name, place in places.items() if place is not None}
    return {**told, "box": [round(one) for one in evidence.box]} if evidence.box else told


def _documents(name: str, data: bytes) -> Iterator[Source]:
    """A file as it is, an archive as its members."""
    try:
        inside = members(data) if data.startswith(b"PK") and is_archive(data) else None
    except UnreadableError as error:
        yield Source(name, None, str(error))
        return
    if inside is None:
        yield Source(name, data)
    elif not inside:
        yield Source(name, None, "压缩包里没有文件。")
    for member, content in inside or ():
        yield Source(f"{name}{MEMBER}{member}", content)


def _unpack(task: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The files in an archive, nested ones opened; ``problem`` where it can't be opened."""
    try:
        inside = members(base64.b64decode(task["data"]))
    except UnreadableError as error:
        yield {"problem": str(error)}
        return
    for path, data in inside:
        too_large = len(data) > task["largest"]
        yield {"member": path, "data": "" if too_large else base64.b64encode(data).decode(), "too_large": too_large}


def _draw(task: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The pages of a document as images, or its lines where it has no pages; see `drawing`."""
    from .drawing import drawn

    yield from drawn(task["name"], base64.b64decode(task["data"]))


def _last_year(given: Mapping[str, str] | None, *, sure: bool) -> LastYear:
    if not given:
        return LastYear()
    readings = [read_source(one) for one in _documents(given["name"], base64.b64decode(given["data"]))]
    read = (one.report for one in readings if not any(finding.code in NOT_READ for finding in one.findings))
    return LastYear(tuple(read), sure=sure)


def _mend(task: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The report with the chosen figures, written in a format; ``problem`` where that can't be done."""
    report = read_json(task["report"])
    try:
        mended = mend(Outcome("", Reading(report), check(report)), task["figures"])
        if mended is None:
            yield {"problem": "改正后勾稽关系仍不成立：报告中相互矛盾的数据过多，请对照原始数据逐格核对。"}
            return
        data = write(mended, task["format"])
    except GongkaiError as error:
        yield {"problem": str(error)}
        return
    yield {"data": base64.b64encode(data).decode(), "changed": changed(report, mended)}


_TASKS = {"examine": _examine, "examples": _examples, "mend": _mend, "unpack": _unpack, "draw": _draw}

if __name__ == "__main__":
    sys.exit(main())
