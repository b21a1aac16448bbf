"""JSON is read strictly: what the contract does not know is refused, in Chinese, with its place."""

from __future__ import annotations

import json

import pytest

from gongkai.report import GongkaiError, ReportError
from gongkai.report.writing import read_json, write

from .example import make_report


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "顶层"),
        ("{", "第 1 行"),
        ('{"edition": "2020"}', "2020"),
        ('{"edition": "2021", "values": {"proactive.fee": 1}}', "proactive.fee"),
        ('{"edition": "2021", "values": {"proactive.procurement.items": 1}}', "proactive.procurement.items"),
        ('{"values": {"proactive.fees": "1"}}', "values.proactive.fees"),
        ('{"values": {"proactive.fees": true}}', "values.proactive.fees"),
        ('{"values": {"proactive.fees": NaN}}', "NaN"),
        ('{"values": {"proactive.fees": 1e400}}', "values.proactive.fees"),
        ('{"values": {"proactive.fees": 1e-400}}', "values.proactive.fees"),
        ('{"values": {"proactive.fees": %s}}' % ("9" * 5000), "数字"),
        ('{"values": []}', "values"),
        ('{"values": {"proactive.fees": 1}, "marks": {"proactive.fees": "/"}}', "marks.proactive.fees"),
        ('{"marks": {"proactive.fees": 1}}', "marks.proactive.fees"),
        ('{"sections": {"preface": ""}}', "preface"),
        ('{"section": {}}', "section"),
        ('{"year": 2024.5}', "year"),
        ('{"organ": 1}', "organ"),
        ('{"year": 2023, "year": 2024}', "year"),
        ("[" * 100_000, "嵌套"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_what_the_contract_does_not_know_is_refused_with_its_place(text: str | bytes, told: str) -> None:
    with pytest.raises(ReportError, match=told) as refused:
        read_json(text)
    assert isinstance(refused.value, GongkaiError)
    assert str(refused.value).startswith("报告 JSON：")
    assert str(refused.value).endswith("。")


def test_findings_and_evidence_are_passed_over() -> None:
    data = json.loads(write(make_report(), "json"))
    data |= {"path": "a.docx", "findings": [{"code": "x"}], "evidence": {}, "stated": []}
    assert read_json(json.dumps(data)).values["applications.received.natural_person"] == 128


def test_a_whole_number_written_with_a_point_is_whole() -> None:
    value = read_json('{"values": {"proactive.fees": 3.0}}').values["proactive.fees"]
    assert value == 3
    assert isinstance(value, int)
