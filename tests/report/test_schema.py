"""The schemas follow the form: every cell is there, and what the writer prints validates."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from gongkai.report import Finding, Report, Where, load_form
from gongkai.report.schema import report_schema, table_schema
from gongkai.report.writing import dumps, to_json
from tests.generator.strategies import reports


def validator(edition: str) -> Draft202012Validator:
    return Draft202012Validator(report_schema(edition))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_report_schema_is_a_valid_2020_12_schema(edition: str) -> None:
    Draft202012Validator.check_schema(report_schema(edition))


@settings(max_examples=20, deadline=None)
@given(report=reports())
def test_every_report_as_json_validates(report: Report) -> None:
    assert report.edition
    validator(report.edition).validate(json.loads(dumps(to_json(report, (), path="a.docx"))))


def test_a_finding_as_json_validates() -> None:
    finding = Finding(
        "row-sum",
        "report",
        "error",
        "合计不符。",
        "格式",
        ("applications.other.total",),
        Where(section=3, row=23),
        {"applications.other.total": 3},
    )
    printed: dict[str, Any] = to_json(Report(edition="2021"), [finding])
    validator("2021").validate(printed)
    assert printed["findings"][0]["where"] == {"section": 3, "row": 23}
    assert "alternatives" not in printed["findings"][0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"edition": "2019"},
        {"values": {"applications.other": 1}},
        {"values": {"proactive.licences": "3"}},
        {"section": {}},
    ],
)
def test_what_the_contract_does_not_know_does_not_validate(wrong: dict[str, Any]) -> None:
    assert not validator("2021").is_valid({**to_json(Report(edition="2021")), **wrong})


@pytest.mark.parametrize(("edition", "cells"), [("2021", 200), ("2019", 198)])
def test_the_table_schema_has_a_column_for_every_cell(edition: str, cells: int) -> None:
    fields = {field["name"]: field for field in table_schema(edition)["fields"]}
    assert len(fields) == cells + 3
    assert fields.keys() >= load_form(edition).cells.keys()
    assert fields["proactive.licences" if edition == "2021" else "proactive.licences.decisions"]["type"] == "integer"


def test_changes_may_be_negative_and_amounts_fractional() -> None:
    fields = {field["name"]: field for field in table_schema("2019")["fields"]}
    assert "constraints" not in fields["proactive.licences.change"]
    assert fields["proactive.procurement.amount"]["type"] == "number"
    assert fields["proactive.procurement.amount"]["unit"] == "元"


def test_decimals_are_printed_to_the_last_digit() -> None:
    report = Report(edition="2021", values={"proactive.fees": Decimal("17.50")})
    assert '"proactive.fees": 17.50' in dumps(to_json(report))
